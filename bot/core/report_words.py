"""The words of reports, as patterns over folded text, in the order in which they are looked for."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a piece of a sentence is."""

    UNIT = "unit"
    INDICATOR = "indicator"
    NUMBER = "number"
    RATIO = "ratio"
    APPROXIMATE = "approximate"
    DIGITS = "digits"
    DONE = "done"
    STEP = "step"
    NOT_DONE = "not_done"
    PLAN = "plan"
    ZERO = "zero"
    SAME = "same"
    NONE = "none"
    HEDGE = "hedge"
    ADDITION = "addition"
    CORRECTION = "correction"
    ELECTION = "election"
    ROLES = "roles"
    PLACES = "places"
    FOREIGN = "foreign"
    OWN = "own"
    ASKED = "asked"
    RISKY = "risky"
    BREAK = "break"
    SKIP = "skip"
    FILLER = "filler"
    TEXT = "text"


_D: Final = "[0-9零〇一二三四五六七八九十百千两廿卅俩仨]"
_N: Final = rf"{_D}+(?:\.[0-9]+)?[万千百]?"
_DAY: Final = rf"{_D}{{1,3}}"
_OF: Final = "[名个人位]"
_WEEK: Final = "(?:周|星期|礼拜)"
_DO: Final = "(?:完成|完城|改好|搞好|弄好|整好|办好|做好|建好|改完|搞完|弄完|整完|办完|做完|搞定|选完|选好|选举|换届|结束|到位|落实|通过|动手|启动|开始|开会|召开|选|开|搞|弄|改|办|做|整|动|成|好)"

TABLE: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        # nothing new
        (Kind.SAME, rf"[跟和同与]上(?:个?{_WEEK}|个?月|次|回|期)(?:的|报的)?(?:一样|相同|不变)|(?:没有?|无|未|没得|冇)(?:什么|啥|任何|新的?)?(?:变化|变动|进展|动静|改变)|没变|不变|没动静?|老样子|还是(?:那样|老样子)|照旧|同上周"),
        (Kind.ZERO, r"零报告|0报告|(?:没有?|无|未|冇|没得|零)\s*(?:再)?新?增加?(?:的|人员)?|新增\s*(?:为)?(?:无|没有)"),
        # numbers that are no values: telephones, days, hours, references, money, votes, who came
        (Kind.SKIP, r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|12338)(?!\d)"),
        (Kind.SKIP, rf"(?<!\d)(?:\d{{4}}|二[〇零]{_D}{{2}})\s*[-/.年]\s*{_DAY}(?:\s*[-/.月]\s*{_DAY}[日号]?)?月?"),
        (Kind.PLAN, rf"(?:本|这个?|下个?)?月底(?:前|之前)?|年底(?:前|之前)?|下个?(?:{_WEEK}[一二三四五六日天]?|月|旬|季度)|明后?天|明[早晚年]|后天|过[几两些]+天|{_D}+(?:天|周|个月|小时)(?:后|内|之后|以后)"),
        (Kind.SKIP, rf"(?<!\d){_DAY}月(?:{_DAY}[日号]?|份|底|初|[上中下]旬)?"),
        (Kind.SKIP, r"[NnDd]\d{1,9}(?!\d)|\d+号(?:的?通知|的?困难|文件)"),
        (Kind.SKIP, rf"(?<![\d第]){_DAY}[日号](?!楼)"),
        (Kind.SKIP, rf"(?:早上|上午|中午|下午|傍晚|晚上|夜里|凌晨|晚|早)?{_DAY}(?:[点时](?!间)(?:{_DAY}分?|半|整)?|:\d\d)(?:左右|许|前)?"),
        (Kind.SKIP, rf"(?:本|这|上个?)?{_WEEK}[一二三四五六日天]|(?:本|这个?|上个?)(?:{_WEEK}|月|季度|年)(?=[^\u4e00-\u9fff]|[^一二三四五六日天])"),
        (Kind.SKIP, rf"第\s*{_N}\s*(?:次|届|批|期|轮|季度|组|村民小组|支部|号|个|名|位)?"),
        (Kind.SKIP, rf"(?:应到|实到|到会|参会|出席|列席|与会|到场)(?:人数|代表|村民|妇女)*(?:共|有)?\s*{_N}\s*{_OF}?"),
        (Kind.SKIP, rf"{_N}\s*{_OF}?(?:多)?(?:妇女|村民|群众|代表|党员|姐妹|同志)*(?:参加|参会|到会|出席|在场|到场|投票)(?:了|会议|大会)*"),
        (Kind.ROLES, rf"副?主席\s*[:是为]?\s*{_N}\s*{_OF}?|{_N}\s*{_OF}?\s*副?主席"),
        (Kind.SKIP, r"其中(?![^,。;!\n()]*(?:新增|新选|\x00))[^,。;!\n()]*"),
        # what she asks, plans, denies
        (Kind.ASKED, r"\?|吗(?=$|[,。!\s])|是不是|对不对|是否|多少|怎么|咋|为什么|能不能|可不可以|行不行|好不好|有没有"),
        (Kind.CORRECTION, rf"(?:哦|噢)?不是\s*{_N}\s*{_OF}?(?:新?执委)?\s*[,。]?\s*(?:而?是)?|(?:哦|噢)?(?:不对|[写打说报搞弄输填]?错了|哦不|噢不|更正)[,。!\s]*(?:应该)?(?:是|为)?|改成|改为|应为"),
        (Kind.NOT_DONE, rf"(?:还|尚|都|一个|暂)*(?:没有?|未|还不|冇)(?:有)?(?:全部|正式|能)?{_DO}+|还没呢?|没呢"),
        (Kind.PLAN, r"计划|准备|打算|预计|争取|力争|拟|将要?|即将|要选|应选|还要|还差|还剩|还缺|还少|差(?=\d)|目标|任务数|如果|要是|假如|到时|再说|正在|正|在[搞弄办选改推筹]|进行中|推进中?|筹备|尽快|抓紧|马上"),
        (Kind.PLAN, rf"快(?:要)?(?:{_DO}了?|了)"),
        (Kind.HEDGE, r"基本上?|差不多|差不离|大体上?|大部分|大致|大概|大约|可能|好像|似乎|估计|应该|应当|听说|据说|也许|恐怕|初步|暂定|部分|左右|上下|接近|几乎|勉强|(?<=\S)吧(?=$|[,。!\s])"),
        (Kind.ADDITION, r"又(?:新?[选增加报有来]+加?了?)?|再(?:新?[选增加报]+加?了?)|另外?(?:新?[增选加]+)?|追加了?|补选了?|增补了?|额外|还(?=选|新增|增)"),
        (Kind.RISKY, r"去年|共有(?=\x00)|现有|原有|在册|在任|现任|合计数|上次|上届|之前|原来|以前|作废|取消|撤[回销]|重复|多报|少报|假的|不算|除外|减[去少掉]?|退出|辞职|不愿意?|加上|包括|扣除|没(?:选上|通过)"),
        (Kind.PLACES, rf"{_N}\s*个?(?:行政)?(?:村|社区|乡镇|乡|镇|街道)(?![委民])|[各每几](?:个)?(?:行政)?(?:村|社区|乡镇|乡|镇)|所有(?:的)?村|全部(?:的)?村"),
        # what happened
        (Kind.ELECTION, r"(?:选举大?会|换届选举|换届大?会|妇女代表大会|妇代会|换届|选举)(?:都|也|已经?|顺利)*(?:开过|开完|开好|开|召开|结束|选完)*(?:了|过)?|班子(?:都|也|已经?)*选(?:出来|好|完)了?|选(?:出来|好|完)了"),
        (Kind.DONE, r"(?:已经?|都|全部|全都|全|均|也|顺利|圆满|如期|按时|按期)*(?:完成|完城|完工|改好|搞好|弄好|整好|办好|做好|建好|改完|搞完|弄完|整完|办完|做完|搞定|搞掂|弄妥|办妥|改了|结束|到位|ok|OK|Ok|完了|好了|成了|✓)(?:了|啦|咯|喽|的|任务)*"),
        (Kind.FOREIGN, r"(?:隔壁|别的?|其他|他们|她们|人家|邻)(?:的)?(?:村|社区|乡|镇|那边)?"),
        (Kind.OWN, r"(?:我们?|咱们?|俺们?|阮|本)(?:的|这个?)?(?:村|社区|乡|镇|街道|嘎查|苏木|连队|团场|团|连|居委会|县|区|市)(?:里|妇联)?|全[村乡镇县]|村[里上]|[乡镇]里"),
    )
)  # fmt: skip

NUMERALS_THEN: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Kind.FOREIGN, r"[\u4e00-\u9fff]{2,5}?(?<![农进到在驻政回])(?:村(?![民委部里干])|社区|居委会|[乡镇](?![长里])|街道|[县市](?![里长区场民级妇委]))"),
        (Kind.FILLER, "她不会打字|她不会弄|请查收|请审阅|请知悉|特此报告|特此汇报|汇报如下|报告如下|情况如下"),
        (Kind.FILLER, "选举产生|新当选|新增加|一共|总共|共计|合计|总计|累计|共有|新增|增加|增选|新选|推选|当选|产生|选出|选了|选的"),
        (Kind.FILLER, "今天|昨天|昨晚|前天|前晚|今晚|今早|上午|下午|晚上|早上|中午|刚刚?|现在|目前|截[至止]|至今|已经?|顺利|圆满|成功|正式|日前"),
        (Kind.FILLER, "领导|主席|大家|各位|[您你]好|谢谢|感谢|辛苦|收到|早上好|报告|汇报|上报|填报|报数|报|特此|工作|情况|人数|姐妹|数字|名额|数量|数据|数"),
        (Kind.FILLER, "妇联|夫联|妇连|妇女联合会|执委会|班子|委员|成员|人员|女?同志|会议|召开|我们?|咱们?|俺们?|阮|本单位|我这边?|这里|这边|单位"),
        (Kind.FILLER, "各|均|帮|替|代|给|的|了|是|为|有|共|在|于|由|也|都|就|和|与|及|以及|并|且|个|名|人|位|新|选|女|啊|呀|哦|哈|啦|嗯|呢|嘛|哟|咯|计|好|于是|请|该|其|即|已|现|今"),
    )
)  # fmt: skip
NONE: Final = re.compile("没有|没得|木有|莫得|冇|无|没")
BREAKS: Final = re.compile(r"[,;。!\n()、]")
QUIET: Final = re.compile(r"[\s:\"'\[\]<>《》~.·…\-/+=*%&@#^_|]+")

# What speech input and hurried thumbs make of the campaign's words; each stands for the word it replaces.
MISHEARD: Final = (
    ("会改联", "(?:会改联|费改联|会改连|会改莲|会该联|会该连|回改联|惠改联|慧改联|汇改联|灰改联|绘改联|飞改联|费改连|妇改联|会改恋|会盖联)"),
    ("执委", "(?:执委|职位|职委|只委|直委|执位|值委|执为|只位|织委|知委|致委|执微)"),
    ("区域化", "(?:区域化|区域话|区域画|去域化|区域花)"),
)  # fmt: skip


def pattern_of(alias: str) -> str:
    """A pattern for an alias and for what is often written in its place."""
    said = re.escape(alias)
    for word, often in MISHEARD:
        said = said.replace(word, often)
    return said
