"""What stands around the name of a figure and says nothing of it: 会改联的话我们完成了, 执委镇里新增了20名, 妇代会同时改成了村妇联; put plainly, its places as they are."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.report.plain import blank

_N: Final = "[0-9一二两三四五六七八九十百]"
_OURS: Final = "(?:我们?|咱们?|俺们?|本)?(?:村|社区|乡|镇)?(?:里)?"
_TOPIC: Final = re.compile(
    rf"的话[呢嘛啊]?(?=[,\s]*{_OURS}(?:这边|已经?|都|也|就|是|有|现在|目前|本周|这[周次])*[,\s]*(?:{_N}+\s*[名个人位]?|新[增选当]|选[了出]|没有?新?增?|完成|[办搞弄做改整][完好妥成定]|无))"
)
_LEVEL: Final = re.compile(
    "(?:我们?|本)?(?:乡(?!镇)|镇)[里上](?=(?:这次|本次|已经?|都|也|一共|共)*(?:新[增选当]|选[了出]|完成|[办搞弄做整][完好妥成定]))"
)
_THEN_OURS: Final = re.compile(
    "(?:[0-9][日号]|昨[天日]|今[天日]|前天|[本这上]周|上午|下午|目前|现在)[乡镇]$"
)
"""9月22日乡区域化建设完成: it is the township's own."""
_CLAUSE: Final = re.compile(r"(?:^|[,:。;!\n])\s*(?:至于|说到|关于)?$")
_WOMEN: Final = re.compile(
    "(?:原村?)?(?P<them>[妇富夫付]代会)(?P<how>(?:同时|已经?|都|也|全部?|刚|正式|成功|顺利|就)*)(?P<deed>[改该盖概](?:建为|建成|成|为|建)?了?)(?:本?村)?(?P<now>[妇夫富]联了?)"
)
_DONE_FIRST: Final = re.compile(
    "(?<![没未要待不能将会])(?:已经?)?(?:完成|[做搞办弄][完好])了?的(?:工作|事情?|项目)?(?:是|有)$"
)
_SAYS_SO: Final = "已完成"


_MADE: Final = re.compile(
    rf"{_N}+\s*[名个位](?P<who>(?![^,;。!\n]{{0,8}}(?:候|老|旧|原|退|拟|备|荐|不|没|考|报名))[^,;。!\n0-9]{{2,8}}?)(?=(?:被|都|全部?)?(?:新增|增补|增选|选举?|吸收|充实|补选|推选)(?:成|为)了?新?(?:的)?执委)"
)
"""把8名妇女骨干新增为执委: who they were before."""


_HEAD: Final = re.compile(
    r"(?:数字?|数据)?(?:统计|汇总|登记|上报|明细|更正|改)(?:表|情况|数据?|如下|一?下)*(?=\s*[:\n])"
)
_NEWS: Final = re.compile(
    r"的?(?:工作|本周|这周|上周|最新|周)*(?:完成|进展|推进|开展|落实|数据|统计)*(?:情况|进展|进度|小结|总结|数据|统计|汇总|上报)(?:如下|汇总|统计|上报|一览|表)*(?=\s*[:\n]\s*(?:[^,。;:\n0-9完没未]{0,6}(?:村|社区))?(?:本周|截[至止][^,。;:\n]{2,8},|共|已|目前)*(?:[^,。;:\n0-9完没未]{0,6}(?:村|社区))?新增)"
)
"""会改联进展：新增执委12名, headed by the campaign."""
_ABOVE: Final = re.compile(
    "以上(?:(?P<many>[0-9一二两三四五六七八九十]+)个?)?(?:村|社区|乡镇|乡|镇)(?:的|均为|都是|都为|为|是|系)*(?:本周|这次)?$"
)
_FOUNDED: Final = re.compile(
    r"妇联(?=(?:已经?|都|也|刚|正式|成功|顺利|就|终于|总算|昨[天晚]|今[天早]|前天|上周)*成立(?:好|起来)?[了啦咯喽]+(?:[,。;!~\s…]|$|新|执))"
)
"""念山村妇联成立了: the thing itself in place of its name."""
_SIGNS: Final = ("的话", "的是", "的有", ":", "\n")


def plainly(text: str, called: re.Pattern[str], *, office: bool) -> str:
    """The text put plainly; `called` finds the names of figures."""
    text = _made(text, called)
    if not any(one in text for one in _SIGNS) and not office:
        return text
    for found in list(called.finditer(text)):
        start, end = found.span()
        if news := _NEWS.match(text, end):
            text = blank.span(text, start, news.end())
        elif headed := _HEAD.match(text, end):
            text = blank.span(text, *headed.span())
        above = _ABOVE.search(text[:start]) if not text[end:].strip(" 。!") else None
        if above and office and _so_many(text[: above.start()], above["many"]):
            text = text[: above.start()] + "均为".ljust(len(above[0])) + text[start:]
        if office and _THEN_OURS.search(text[:start]):
            text = blank.span(text, start - 1, start)
        if _CLAUSE.search(text[:start]):
            said = _TOPIC.match(text, end) or (_LEVEL.match(text, end) if office else None)
            if said:
                text = blank.span(text, *said.span())
        first = (
            _DONE_FIRST.search(text[:start]) if text[start - 1 : start] in ("是", "有") else None
        )
        if first and text[end : end + 1] in ("", ",", "。", ";", "\n", " "):
            text = (
                text[: first.start()]
                + (found[0] + _SAYS_SO).ljust(end - first.start())
                + text[end:]
            )
    return text


def _made(text: str, called: re.Pattern[str]) -> str:
    """What was made of what: the women's congress her federation, its founding the figure, women members."""
    if "代会" in text:
        text = _WOMEN.sub(_women, text)
    if "妇联" in text and "成立" in text and called.search("会改联"):
        text = _FOUNDED.sub("改联", text)
    if "为" in text or "成" in text:
        text = _MADE.sub(_without_who, text)
    return text


def _so_many(before: str, many: str | None) -> bool:
    """念山12名，富美8名，以上两村: as many numbers as villages."""
    return many is None or numerals.value(many) == len(_NUMBERS.findall(before))


_NUMBERS: Final = re.compile("[0-9]+|[一二两三四五六七八九十]+(?=[名个人位])")


def _without_who(found: re.Match[str]) -> str:
    at = found.start("who") - found.start()
    return found[0][:at] + " " * len(found["who"])


def _women(found: re.Match[str]) -> str:
    """原村妇代会同时改成了村妇联: 妇代会改成了妇联."""
    how = found["how"].replace("同时", "")
    return (found["them"] + how + found["deed"] + found["now"]).ljust(len(found[0]))
