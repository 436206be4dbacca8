"""Requests to write a figure down, heads over the township's own, and other ways round: 把新增执委记成14; 一个都没有，新增执委; 镇里：….

Each is put as one would say it plainly before the sentence is read, as long as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.core.reading import Ask, Claim, Question

_N: Final = r"[0-9零一二三四五六七八九十百两]+\s*[名个人位]?"
_END: Final = r"(?=\s*(?:$|[,。;!)]))"
_WRITE: Final = re.compile(
    rf"^((?:主席|您好|你好|请|麻烦|帮忙?|给?我|你|您|[,\s])*把)([^,。;0-9把]{{2,8}}?)((?:给我)?(?:记|写|填|登记?)(?:成|为))(?=\s*{_N}(?:[,。!吧哈]|$))"
)
_WRONG: Final = re.compile("错|不是|应|更正|改(?!联)|别|误")
_TURNED: Final = re.compile(
    r"^[一半][个名位](?:都|也)(?:没有?|无)([,\s]+)((?:新增|新选)(?:的)?执委)(?=[。!]?$)"
)
_ROWS: Final = tuple(
    (frozenset(chars), re.compile(pattern), plain)
    for chars, pattern, plain in (
        ("州洲", r"(?<=[本这上])[州洲](?=[没无未暂新共又还会])", "周"),
        (".…", r"[.…]{2,}(?=(?:不是|不对|哦|应该?是)[0-9一二三四五六七八九十两,])", ","),
        ("完", r"(?<=[0-9名个人位])[,。\s]+完了(?=[。!~\s]*$)", ""),
        ("进", r"(?<!暂)(?:没有?|无)(?:什么|啥)?(?:新的|新)(?:的)?进展|(?:一点儿?|半点|丝毫|什么|啥)(?:新的?)?进展(?:都|也)(?:没有?|无)", "没进展"),
        ("么", r"(?<=执委|改联|域化)么(?=是?[,\s]*[0-9一二三四五六七八九十]|是?已|就?完成)", "呢"),
        ("交催吩叮", rf"(?:书记|主席|主任|领导|[镇乡县]里|上面|上级)(?:交[代待]|吩咐|叮嘱|催|催着)(?:我们?|过|了|说)?(?:今[天晚]|现在|马上|下班前|中午前|务必|一定|必须|赶紧|尽快)*(?:要|得)?(?:上?报|交|发)(?:上来|上去|给您|数|数字)*{_END}", ""),
        ("毕", rf"(?<=[。;,!\s])(?:汇?报|上报)毕{_END}", ""),
        ("模", r"一模一样(?:的)?[,\s]*(?=没(?:有)?变)|(?<=没变)(?:化)?[,\s]*一模一样(?:的)?$", ""),
        ("样", r"(?:^|(?<=[\s,。;])|(?<=数[据字])|(?<=人数|情况|执委))[跟和同与]上(?:周|个?礼拜|个?星期)[一二三四五六日天](?:报)?的?(?:数据?|数字)?一样(?=$|[\s,。;!])", "跟上周一样"),
        ("样", r"跟(?:[0-9]+月[0-9]+[日号]|上周[一二三四五六日天])报的(?:数)?一样", "跟上周一样"),
        ("报", r"^(?=(?:[一-鿿]{2,4}(?:村|社区|乡|镇))?(?:本周|这周|[我本][村乡镇])*(?:无|没有))(?:[一-鿿]{2,4}(?:村|社区|乡|镇))?(?:本周|这周|[我本][村乡镇])*(?:无|没有)(?:新增?)?(?:(?:数据|数字|内容|事项)(?:可|要|需)?(?:上报|报)|(?:可)?上报(?:的)?(?:数据|事项|内容))[。!]?$", "零报告"),
        ("域", r"(?<=[我本][乡镇])(?:乡镇|乡|镇)妇联(?:组织)?(?=区域化)", ""),
        ("域", r"妇联组织(?=区域化(?:建设)?(?:工作)?(?:已|均|全部|全面|圆满|顺利|完成))", "妇联"),
        ("%", r"(?<=改联|域化|建设|工作)的?进度(?:已|为|是|达到?|:)*100%", "已完成"),
        ("完", r"(?<=会改联)(?:的会|大会|会)?(?:也|都|已经?|全|顺利|给)*开完了(?=[,。;!\s]+(?:我们?|这次|会上|大家|一共|总共|共)*(?:新[增选]|选[了出]|选举产生|产生|当选))", "完成了"),
        ("从", r"从(?:全村|广大|优秀|全体|的)*(?:妇女代表|妇女|女党员|女代表|妇女骨干|骨干|女能人|致富能手)(?:当中|之中|中|里面?)(?=(?:投票|差额|民主)?(?:选举产生|推选产生|[推选]?选举?出|选举|推选|产生|选)了?(?:新增)?执委)", ""),
        ("恁", r"(?<=执委)恁[些多](?=\s*[:,]\s*[0-9一二三四五六七八九十]+[名个人位])", ""),
        ("勾", r"(?<=那[项栏])(?:打勾|勾上)(?=[,。;!\s]|$)", "完成"),
        ("变", r"(?<=完成)了?(?:维持|保持)?不变(?=\s*(?:[,。;!\s]|$))", "了"),
        ("变样致", r"(?<=改联|域化|建设)(?:(?:跟|与|和|同)(?:上一?[周期次]|上个?星期)(?:一样|一致|相同)|(?:维持|保持)?不变),?(?=(?:是|已经?|都|早就?)*完成了?\s*(?:[,。;!]|$))", ""),
        ("口", r"(?<=执委[0-9])口人(?=[,。;!\s]|$)|(?<=执委[0-9][0-9])口人(?=[,。;!\s]|$)|(?<=[0-9])口人(?=当选)", "人"),
        ("新", r"^我?重新(?:填|上)?报(?:一下|一遍|一次)?(?=[,:\s])", "重报一下"),
        ("忘没", r"^(?:前面|刚才|上面)?(?:忘记?了?|没有?)[写报填说](?:单位|村名|哪个村|名字|村)(?:名称|名字)?了?[,\s]+(?=[一-鿿]{2,4}(?:村|社区)[^,。;]*[0-9一二三四五六七八九十])", ""),
        ("位", r"[,(]\s*(?:她们)?[两三]位主席(?:都)?(?:不会打字|没空|在忙|去[^,()0-9]{1,6}了)\)?(?=[。!\s]*$)", ""),
    )
)  # fmt: skip
_BOTH: Final = re.compile(
    r"会改联(?:工作)?(?:和|及|与|以及|、)(?:新增)?执委(?:方面|工作|情况)?(?:均|都)(?:无|没有)新增(?=\s*(?:$|[,。;!]))"
)
"""会改联及执委方面均无新增: nothing new of either."""
_OURS: Final = re.compile(r"(?<=[。;!\n])\s*(?:我们?|本)?[镇乡](?:里|上|本级)\s*(?P<sign>:)")


def _put(plain: str, found: re.Match[str]) -> str:
    return plain.ljust(len(found[0]))[: len(found[0])]


def plainly(text: str, *, office: bool) -> str:
    """The text with such phrases put plainly, as long as before."""
    signs = frozenset(text)
    for chars, pattern, plain in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(partial(_put, plain), text)
    if "把" in text and not _WRONG.search(text):
        text = _WRITE.sub(lambda m: " " * len(m[1]) + m[2] + " " * len(m[3]), text)
    if "," in text:
        text = _TURNED.sub(lambda m: f"{m[2]}{m[1]}一个都没有"[: len(m[0])].ljust(len(m[0])), text)
    if not office and "新增" in text:
        text = _BOTH.sub(partial(_put, "无新增"), text)
    if office and ":" in text:
        text = _OURS.sub(lambda m: m[0].replace(":", " "), text)
    return text


# ---- what stays in doubt -----------------------------------------------------------------------------------

_BEHIND: Final = re.compile(
    rf"{_N}[^,。;0-9]{{0,3}}[,\s]+(?!我们|咱们|俺们|本|这|今|昨|上周|妇联|村里|乡里|镇里|刚|一共|总共|都是|全是|已经|我|就是|也就|共|是|为|最)[一-鿿]{{2,4}}?(?:新增|新选|选)的新?执委[。!哈啊]*$"
)
"""9个呢，富美新增的执委: whose they are is no unit that we know."""
_ORDERED: Final = re.compile(
    rf"(?:书记|支书|主任|领导|[镇乡县]里|上面|上级)(?:让|叫|要求|要|交[代待])(?:我们?)?(?:要|必须)?(?:上?报|写|填){_N}"
)
"""书记让报9名: it may be what she was told to say."""


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """What is said behind a number of whose it is, or at whose word it is told."""
    told = [c for c in claims if isinstance(c.value, int)]
    found = []
    if len(told) == 1 and "的" in text and _BEHIND.search(text):
        found += [Question(Ask.UNIT, c.span, c.indicators) for c in told]
    if told and "报" in text and _ORDERED.search(text):
        found += [Question(Ask.UNREAD, c.span, c.indicators) for c in told]
    return found
