"""Ways to say that there is nothing new, put plainly before a sentence is read, its places as they are: 上周咋报的这周还咋报, 报个零就好."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from bot.core.report.plain import blank

_WEEK: Final = "(?:个?(?:周|礼拜|星期|期|月)|[次回])"
_WHAT: Final = "(?:[咋怎]么?样?|多少|几个|啥|什么)"
_SAY: Final = "(?:报|填|写)"
_DATA: Final = "(?:各项|全部|所有|各类)?(?:数据|数字|指标|情况|人数)?"
_NEW: Final = "(?:新增|新选|新添|新加|新来|新当选|新人|新)"
_SPELT: Final = "[一二三四五六七八九十百]+"
_JUST: Final = "(?:就(?:好|行|成|完|可以|得|中|ok|是)|即可|得|吧)[了啦啊哈的]*(?!吗|么|嘛|\\?)"
_ANYTHING: Final = "(?<![为凭的他它余做干])(?:啥|什么)(?:人|执委|情况|数据?|数字)?[也都](?:没有?|无|冇得?|没得|莫得)"
"""什么都没有…, and not 为什么都没有, 别的什么都没有."""
_ROWS: Final = tuple(
    (frozenset(chars), re.compile(pattern), plain)
    for chars, pattern, plain in (
        ("咋怎啥少么几", rf"上{_WEEK}(?:我们?|俺们?|咱们?)?(?:是)?(?:{_WHAT}{_SAY}|{_SAY}的?(?:是)?{_WHAT})的?[,\s]*[这本]{_WEEK}(?:我们?|俺们?|咱们?)?(?:还|就|也|照样|仍)+(?:是)?(?:{_WHAT}{_SAY}?|{_SAY}{_WHAT})(?=$|[,。!~\s哈啊了吧呗])", "跟上周一样"),
        ("较比同与和跟", rf"(?:较|相较|同|与|和|跟|对比|比|比起)(?:于)?上{_WEEK}(?:的)?(?:相比|相较|比较|比)?,?{_DATA}(?:均|都|全|全部|一律|也)*(?:无|没有?|未|冇|莫得|没得|么得|木有)(?:任何|什么|啥|有|发生)*(?:变化|变动|改变|增减|变|动)|(?:较|比|相比)上{_WEEK}持平", "跟上周一样"),
        ("用照采", rf"(?:延用|沿用|参照|照抄|照搬|照用|比照|采用|按照?)上{_WEEK}的?(?:数据|数字|情况|数)?(?=$|[,。!~\s])", "跟上周一样"),
        ("比", rf"(?:比|[跟和与同](?=上{_WEEK}比))上{_WEEK}比?,?(?:(?:一个)?没多(?:一个)?(?:也)?没少|不多不少|没增(?:也)?没减|(?:还|仍)是(?:原来|原先|老)(?:的)?(?:那?样子?))", "跟上周一样"),
        ("蛋", r"(?<![0-9一二三四五六七八九十吃考得记写打])(?:零|0)蛋(?=$|[,。!~\s啊了呢哈哦])", "零报"),
        ("封", r"原封[不没]动的?(?=$|[,。!~\s])", "没变化"),
        ("盖", r"(?:(?<=区域化完成)|(?<=化建设完成)|(?<=化已完成)|(?<=建设已完成))了?[,\s]+(?:共|已|全[乡镇]|[乡镇]里|实现)*(?:(?:覆盖|辐射)(?:了|到|全[乡镇]|全部)*[0-9一二三四五六七八九十]+个(?:行政)?(?:村|社区)|[0-9一二三四五六七八九十]+个(?:行政)?(?:村|社区)(?:都|已|全部?|实现)*覆盖)了?(?=$|[,。;!\s])", ""),
        ("吸", r"(?<=[0-9一二三四五六七八九十][名个位])(?:优秀|致富|返乡|年轻|创业|农村|的)+(?=(?:女性|妇女|女能人|女青年|女干部|女党员)(?:为|进|入|加入|进入|担任|当)(?:妇联|新)?执委(?:$|[,。;!\s]))", ""),
        ("投", r"投票选举出(?=[0-9一二三四五六七八九十]+[名个位])", "选出"),
        ("样", r"一样一样(?:的|滴|哒|儿)*", "一样"),
        ("照", r"(?<=[,。;!\s])(?:您|你|请|麻烦|那边|那里|就)*(?:照旧|照上周的?|照原来的?|照原样|按上周的?|照着)(?:登记|登|记|填|录入?|写)(?:就行|就好|即可|就可以|吧|好了|了)*(?=$|[,。!~\s])", ""),
        ("一", rf"一[个名位]{_NEW}(?:的|人|上的|上来的|出来的)*(?:都|也)(?:没有?|无|冇|没得)(?:新增|增加|选)?(?=$|[,。!~\s啊呢哈了])", "没有新增"),
        ("零0", rf"(?:给我们?)?(?:报|填|写|记)(?:个|一个|上)?(?:零|0){_JUST}", "零报告"),
        ("需要可", r"没有?(?:需要|要|可)(?:新增|增加|新选|增补)的(?=执委(?!名单|人选|的))", "没有新增"),
        ("\n", r"(?<=完成:会改联|完成:区域化)\n(?=\s*[0-9]+[名个人位]?:(?:新[增选]|执委))", ";"),
        ("又", r"(?<=十)又(?=[一二三四五六七八九][名个人位])", ""),
        ("….", rf"(?P<a>{_SPELT})(?:[.]{{2,}}|…+)\s*(?=(?P=a)(?:{_SPELT})?[名个位人.…])", ""),
        ("来多几", rf"(?:并)?不是(?:[几数]?十[来多几]|[几数]十|{_SPELT}[来多几]|[0-9]+[来多几])[名个位]?人?[,\s]*(?=是(?:[0-9]+|{_SPELT})[名个位])", ""),
        ("毛", r"一毛一样", "一模一样"),
        ("啥什", rf"{_ANYTHING}(?:新?增加?|新选|加|添)(?!班)", "没有新增"),
        ("啥什", rf"{_ANYTHING}(?:变(?![成得更])[化动]?|动静|进展)", "没有变化"),
        ("啥", r"啥新增(?:也|都)没有?(?![^,。;!\s])", "没有新增"),
        ("批", r"第[二三四五2-5]批的?(?=新[增选]|选[出了上])", "又"),
        ("(", r"新增执委\(镇级?\)", "镇级新增执委"),
        ("(", r"新增执委\(乡级?\)", "乡级新增执委"),
        ("款", r"跟(?:头前|前头|顶回|上回|以前)一款(?=$|[,。!~\s])", "跟以前一样"),
        ("里", r"[这那]里[面头](?=新[增选])", "其中"),
        ("时日", r"(?<=会改联|区域化)完成(?:时间|日期)(?:为|是|:)*(?=\s*(?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}[日号](?![之以]?前))", "已完成"),
        ("选", r"(?<=[0-9一二三四五六七八九十]个)人(?=选[好定齐完]了)", ""),
        ("整", r"(?:(?<=[十百0])|(?<=[十百0][名个位人]))[,\s]*(?:正好|刚好|就是|是|个)*整(?:的|数|整的?|整儿)(?=$|[,。;!\s])", ""),
        ("率", r"得票率?(?:都|均|全)*(?:在|是|为|达到?|超过?)?[0-9.]+%(?:以上)?", ""),
        ("完", r"(?<=[0-9名个人位成了])[,。;\s]+完(?=[。!~\s]*$)", ""),
        ("上进", r"(?<=选)[上进]来(?=的(?:$|[,。!]))", "出来"),
        ("至", "至于(?:困难|意见|问题|别的|其[他它]|建议|要求)[^,。;!\n0-9]{0,4},?(?:我们?|咱们?|俺们?|本)?(?:村|社区|乡|镇)?(?:暂时|目前|也|都|倒)*没有?(?:什么|啥)?(?=$|[,。!])", ""),
        ("样项个件", r"(?<=[\s,。;])(?:这|以上)?[两三23](?:样|项|个|件事?)(?:数字?|工作)?(?:都|一起|一并|一块儿?|全)*(?:上?报)(?:上来?|了|给您|完)*(?=$|[,。!\s])", ""),
        ("联", r"(?<=[名个人位的])(?:我|本)?(?:乡|镇|村)(?:里的?)?妇联(?=执委)", ""),
        ("村乡镇", r"(?:[两二三四五六七八九十]|[0-9]+)个?(?:行政)?(?:村|乡镇|乡|镇)(?:[一两二三四五]个?社区)?(?=(?:的|各|新增|执委|会改联|妇联|工作|区域化|建设|本周)*(?:情况|数据|数字|进展|进度|数)(?:报告|汇报|报送|上报|报|统计)?(?:如下|上来|上|来)?[:。,\n])", ""),
        ("计总共", r"(?<=计|数|共)[.…-]{2,}(?=\s*[0-9])|(?<=[计数共])[.…](?=\s*[0-9])", ""),
    )
)  # fmt: skip
"""Characters of which any such phrase holds one, what it looks like, and what it says."""


def _put(plain: str, found: re.Match[str]) -> str:
    return plain.ljust(len(found[0]))


_CHAIN: Final = re.compile(r"^#?接龙[\s:,]*")


_HEADING: Final = re.compile(r"(?<=[\u4e00-\u9fff])的(?:数字?|数据|情况)(?=:)")
_LEVEL: Final = re.compile("村级(?=(?:妇联)?(?:新增|新选))")
_OF_VILLAGES: Final = re.compile("村级(?=(?:妇联)?(?:新增|新选|会改联|工作)[^,。;!\n0-9]{0,12}:)")
"""村级新增执委数上报：石屯村15人, by an office: of each village."""
_THEN: Final = re.compile("则(?=[有是为]|新增|新选|已?完成|没有)")
_ALSO: Final = re.compile(r"(?<=[村镇乡区])也是(?=$|[,。;!\n])")
_ONE_EACH: Final = re.compile(
    r"(?<=[委是有为,\s])一个(?P<a>[0-9一二三四五六七八九十]+[名个人位]?)[,、](?:另)?一个(?P<b>[0-9一二三四五六七八九十]+[名个人位]?)(?=$|[,。;!\n])"
)


def _in_turn(found: re.Match[str]) -> str:
    """一个9名，一个8名: 分别9名、8名."""
    return f"分别{found['a']}、{found['b']}".ljust(len(found[0]))


_ASIDES: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:要|稍|略|就)?[多少](?:一点|一些|点|些)(?=,(?:只有|只|有|才|是|就)*[0-9一二三四五六七八九十]+[名个])|(?<=[,。;\s])下[面属辖]的?(?=[\u4e00-\u9fff]{2,5}[0-9])"
)
"""九蓬少一点，只有7名; 下面石屯村9名."""

_THEIRS: Final = re.compile(
    r"((?:^|(?<=[。;\n]))[^。;\n和跟与、]{2,5}(?:村|社区)[^。;\n]{0,16},执委)她们(?=新[选增])"
)
"""富美村会改联完成，执委她们新选了九个."""

_NAMED: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?![^,。等]*(?:[候老原旧拟没不村乡镇县]|其[他中余]))[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})*等(?=\s*[0-9一二三四五六七八九十]+[名个人位](?:姐妹|同志|妇女)?(?:新当选|当选为?新))"
)
"""李大姐等9人新当选为执委: who some of them are."""


_TOO: Final = re.compile(
    r"(?<=完成)(?P<then>了?[,;、]\s*[\u4e00-\u9fff]{2,5})(?:也是|同样)(?=\s*(?:[,;。!\n]|$))"
)
"""松源村会改联完成，石屯村也是: what is done there too."""
_OH: Final = re.compile(
    r"(?P<said>(?P<name>[\u4e00-\u9fff]{2,4})[0-9]{1,3}[名个人位][^。;!\n]{0,24},)[哦噢喔](?=(?P=name)(?:应该?)?是[0-9])"
)
"""念山10名新增执委，哦念山是11名: named again, with what is right."""
_SUM_OF: Final = re.compile(
    r"新增(?P<n>[0-9一二三四五六七八九十]{1,3}[名个位人])(?:新)?执委(?=:\s*[\u4e00-\u9fff]{2,5}[0-9一二三四五六七八九十])"
)
_UNTIL_NOW: Final = re.compile(
    r"^截[至止]到?(?:目前|现在|今天|今日)(?=[\u4e00-\u9fff]{2,5}[0-9]{1,2}[名个人位][,、;].*[都均全](?:是|为)新[增选]的?执委[。!\s]*$)"
)
_AS_FOR: Final = re.compile(
    r"(?:^|(?<=[,。;!\n]))(?![如要若假])(?P<unit>[\u4e00-\u9fff]{2,4}(?:村|社区|乡|镇))的话(?=\s*,)"
)
"""念山村的话，会改联完成了."""


_BY_VILLAGE: Final = re.compile(
    r"(?:^|(?<=[,。;!:\n]))\s*(?:现|以下|现在|我)?[按分逐](?:行政)?村(?:来|分开?|逐一)?(?:上报|填报|报|说|列|统计|汇总|填|算)?(?:一下)?的?(?:数据|数字|情况|明细|数)?(?:如下|是|为)?(?=[:,])"
)
"""按村报：富美12，念山9: how they are told."""
_SLASHED: Final = re.compile(
    r"(?P<units>[\u4e00-\u9fff]{2,5}(?:[/、][\u4e00-\u9fff]{2,5})+)(?P<between>(?:新增)?(?:执委)?(?:分别)?[为是]?[:\s]*)(?P<n>[0-9]{1,3}(?:/[0-9]{1,3})+)(?=[名个人位]?(?:$|[,。;!\s]))"
)


def _apart(found: re.Match[str]) -> str:
    """新增执委 石屯/松源：12/10: as many numbers as units, and no date."""
    many = len(re.split("[/、]", found["units"]))
    if many != found["n"].count("/") + 1 or not _FIGURE.search(found.string):
        return found[0]
    return found["units"] + found["between"] + found["n"].replace("/", "、")


_FIGURE: Final = re.compile("执委|新增")
_SPACED: Final = re.compile(
    r"^(?:本周|这周)?(?:新增执委|新选执委|执委新增)(?:数|人数|情况)?[:\s]+(?:[\u4e00-\u9fff]{2,5}\s?(?:[0-9]{1,3}[名个人位]?|没有|没|无)(?:\s+|[。!]|$))+$"
)
_NONE_THERE: Final = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?<![还都也有说讲问])(?:没有|没|无)(?=\s|[。!]|$)"
)
"""新增执委 念山3 富美没有: a list with spaces, and that there is none."""


_NOT_SURE: Final = re.compile("[没未不无快将要拟预盼望等如若吗?]|计划|争取|听说|准备|打算|可能")


def _done_too(found: re.Match[str]) -> str:
    """The unit that is so too, done if it is sure that the one before it is."""
    before = re.split("[,;。!\n]", found.string[: found.start()])[-1]
    return found[0] if _NOT_SURE.search(before) else found["then"] + "完成"


def _of_units(text: str) -> str:
    """What an office says of its units, put plainly."""
    if "也是" in text or "同样" in text:
        for _ in range(3):
            text = _TOO.sub(_done_too, text)
    if not {"哦", "噢", "喔"}.isdisjoint(text):
        text = _OH.sub(r"\g<said>呸", text)
    if "执委:" in text:
        text = _SUM_OF.sub(lambda found: f"新增执委{found['n']}".ljust(len(found[0])), text)
    if ("没" in text or "无" in text) and _SPACED.search(text):
        text = _NONE_THERE.sub(lambda found: "0".ljust(len(found[0])), text)
    if text.startswith("截"):
        text = _UNTIL_NOW.sub(blank.match, text)
    if "村" in text:
        text = _BY_VILLAGE.sub(blank.match, text)
    if "/" in text:
        text = _SLASHED.sub(_apart, text)
    if "的话" in text:
        text = _AS_FOR.sub(lambda found: found["unit"] + "  ", text)
    return text


def plainly(text: str, *, office: bool) -> str:
    """The text with such phrases put plainly, as long as before; an office's own 接龙 is a list."""
    signs = frozenset(text)
    for chars, pattern, plain in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(partial(_put, plain), text)
    text = _of_units(text) if office else text
    if office and ("的数" in text or "的情况" in text):
        text = _HEADING.sub(blank.match, text)
    if not office and "等" in text:
        text = _NAMED.sub(blank.match, text)
    if "村级" in text:
        text = _OF_VILLAGES.sub("各村", text) if office else _LEVEL.sub("  ", text)
    if office and ("一个" in text or "也是" in text or "则" in text):
        text = _ALSO.sub("相同", _ONE_EACH.sub(_in_turn, _THEN.sub(" ", text)))
    if office and ("多" in text or "少" in text or "下" in text):
        text = _ASIDES.sub(blank.match, text)
    if office and "委她们" in text:
        text = _THEIRS.sub(lambda found: found[1] + "  ", text)
    if office and "接龙" in text:
        text = _CHAIN.sub(blank.match, text)
    return text
