"""Shares of those a figure counts, and parts of one that is not called new: 党员半数, 其中连任的没有; 执委12个，有4个是种茶的.

What may be told so has no end, so only what members plainly are is blanked out here; where those who stay, who were sent or who waver are told
to be some of them, the number is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Claim, Lexicon
from bot.core.report.aside import people
from bot.core.report.aside.people import PEOPLE, N
from bot.core.report.plain import blank

_FIGURE: Final = re.compile(
    rf"(?:(?<![老旧原届补任])(?<!候选)执委(?:人数|总数|一共|总共|共|有|是|:|\s)*\(?(?P<n>{N})[名个位人]?\)?|(?P<m>{N})[名个位]人?(?:新增|新选|新当选|新)?的?执委|选[出了](?P<k>{N})[名个位])(?=\s*[,;:。(\n、])"
)
_CLAUSE: Final = re.compile(r"[^,;:。!?\n()、…~]+[?]?")
_LINES: Final = re.compile(
    rf"[\n,;(]\s*(?:其中)?[连留]任(?:的|人数)*:?\s*(?:无|没有|[0零][名个人]?)\)?(?=\s*(?:[\n,;。]|$))|(?:[:\n,;]\s*其中[:,]?)?(?:[\n,;]\s*(?:其中)?(?:女|中共|非)?{PEOPLE}(?:及?以[上下])?(?:学历|文化)?(?:人数)?:\s*{N}[名个位人]?)+(?=\s*(?:[\n,;。]|$))"
)
"""A line 党员：2 below the number."""
_AMONG: Final = "(?:其中|里面|里头|当中|这里面|她们中|她们里面?)?的?"
_SOME: Final = "(?:半数(?:以上)?|过半数?|一半以上|一?小?大?多?半(?![数以])|绝?大部分|绝?大多数|多数|少数|少部分|小部分|一?部分|[二三四五]分之[一二三四](?:以上)?|[一二三四五六七八九]成(?:以上|多)?)"
_SOME_OF: Final = re.compile(
    f"{_AMONG}(?:有|是)?(?:将近|接近|近|超过)?(?:{_SOME}|个别)(?:的?(?:人员?|姐妹|成员|执委))?(?:都|也)?(?P<trait>[\u4e00-\u9fff0-9]{{2,14}})"
)
"""大多数在家带孩子, 少数是党员."""
_MANY_OF: Final = re.compile(
    f"{_AMONG}(?P<trait>{PEOPLE}(?:学历|文化)?|[\u4e00-\u9fff]{{2,8}}的)(?:人数?|比例)?(?:占比?|有|是|达到?|就|也|都|只|了)*(?:将近|接近|近)?{_SOME}"
)
"""党员半数, 种茶的占一大半."""
_PLAIN: Final = re.compile(
    f"(?:都|也|分别)*(?:是|在|做|当|属于)?(?:{PEOPLE}|村?两委(?:干部)?|(?:村|社区)干部|妈妈|{people.BODY.pattern}(?:的?(?:{PEOPLE}|职工|员工|人)|上班|工作|做工)?|(?:[种养教带卖跑]|开(?!会|完|始)|在?家[里中]?|在外|外[出地]|务[农工]|[打][工零]|返[乡村]|回乡|退[休伍]|年轻|有文化|本[地村]|嫁|会|懂|农村|家庭|全职|普通|茶|果|菌)(?:(?![等换退没未不候待落原老旧届次回选补增留])[\u4e00-\u9fff]){{0,8}})的?"
)
"""What some may be without a doubt, told of a number that is not called new, or of no number."""
_DOUBTED: Final = re.compile(
    rf"(?:{_SOME}|{N}[名个位]人?)(?:都|也|还|人|的|是|在|有|属于|为)*(?:DOUBT)|[,;。(](?:其中|里面)?(?:上届|老执委|老)的?人?占{_SOME}|[,;。(](?:其中|里面)?(?![^,;。]{{0,6}}那[边里])(?:DOUBT)[^,;。!\n0-9]{{0,3}}的人?(?:占比?|有|是|就|只|也|才|了)*(?:{_SOME}|{N}[名个位])".replace(
        "DOUBT",
        "[这本此]次(?!新)|[这今]回(?!新)|[刚才][进来]|后进|留[下任]|保留|妇代会|(?:[干当做])过(?:执委)?(?=的|了|[,。;!]|$)|继续[干当做]的|头一?[回次](?:当|做|进)|转[来过]|[下选]?派|观望|顾虑|摆设|内定|通过|上任|认可|承认|有效|有事|变动|换下|在家等|[\u4e00-\u9fff]{2,6}派来|[\u4e00-\u9fff]{2,3}那[边里]",
    )
)
"""留下的占多数, 一半是摆设: not all of them may be new ones, or stay."""
_OLD: Final = "(?:老|旧|上届|原来|原有|[连留续]任)的?(?:执委|人员?|面孔|成员|同志|委员)?的?"
_NONE_OLD: Final = re.compile(
    f"{_AMONG}(?:都|也|并)?(?:没有?|无|冇得?|莫得|没得|不含|不包括)(?:一[个名人]|1[个名人]|任何|半个|人)?(?:是|有)?{_OLD}|{_AMONG}{_OLD}(?:一[个名]|1[个名])?(?:也|都|是|为|:)*(?:没有?|无|冇得?|莫得|没得|[0零][名个人位]?)(?:了|的)?"
)
"""其中连任的没有: all of them are new."""
_COUNTED_IN: Final = re.compile(
    rf"^(?P<gone>(?P<who>[\u4e00-\u9fff0-9,、;\s]{{2,40}}?)[,、\s]*(?:也|都|全|全都|一起|统统|已经?)*(?:算|包括|包含|计算|统计|计|加)(?:在|进|了|上)*(?:里面|里头|内|其中|里|一起|去|来)*(?:了|的)?[,、\s]+)(?=(?:本村|我村|我们村)?(?:新增|新选)的?执委(?:人数)?(?:一共|总共|共|合计|是|有|:)*(?P<n>{N})[名个位人])"
)
"""党员3名，种茶大户2名，都算在里面，新增执委一共12名."""
_TRADES: Final = f"(?:我们?)?(?:村里?)?的?(?:{PEOPLE}|会计|出纳|园长|军嫂|文书)"
_AMONG_THEM: Final = re.compile(
    f"(?:连)?{_TRADES}(?:[和、跟]{_TRADES})*(?:都|也|全)+(?:在|算在|包括在)(?:里面|里头|内|其中)了?的?"
)
"""会计和出纳都在里面."""
_ONE_IN: Final = re.compile(
    rf"(?P<trait>[\u4e00-\u9fff]{{2,8}}?)(?:有|共)?(?P<n>{N})[名个位人]|(?P<all>{PEOPLE}(?:[和跟、]{PEOPLE})*)"
)
_PART: Final = re.compile(
    rf"{_AMONG}(?:有|是)?(?P<n>{N})[名个位]人?(?P<trait>[\u4e00-\u9fff0-9]{{2,12}})"
)


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text with such clauses blanked out by spaces, as long as before; `called` finds the names of figures."""
    text = _counted_in(text, lexicon, called)
    text = _IN_BRACKETS.sub(_fitting, text) if "(" in text else text
    figures = list(_FIGURE.finditer(text))
    ends = [*(m.start() for m in figures[1:]), len(text)][: len(figures)]
    for figure, until in zip(figures, ends, strict=True):
        number = _value(figure["n"] or figure["m"] or figure["k"])
        new = "新" in text[max(0, figure.start() - 4) : figure.end()]
        lines = _LINES.match(text, figure.end())
        if lines and lines.end() <= until and all(n <= number for n in _numbers(lines[0])):
            text = blank.span(text, lines.start() + 1, lines.end())
        clauses = list(_CLAUSE.finditer(text, figure.end(), until))
        parts = [] if new else [m for c in clauses if (m := _part(c[0].strip()))]
        fits = sum(_value(m["n"]) for m in parts) <= number
        for clause in clauses:
            said = clause[0].strip()
            if lexicon.names.find(said) or (called.search(said) and not _NONE_OLD.fullmatch(said)):
                continue
            if _some(said) or (fits and not new and _part(said)):
                text = blank.span(text, *clause.span())
    return text


_IN_BRACKETS: Final = re.compile(
    rf"(?P<n>{N})(?P<word>[名个人位]?)\((?:其中|内?含|有|:)*(?P<trait>{PEOPLE})(?:有|:)?(?P<m>{N})[名个人位]?\)"
)


def _fitting(found: re.Match[str]) -> str:
    """石屯村12（含党员3）: the number without a part that is no more than it."""
    said = found["n"] + found["word"]
    return said.ljust(len(found[0])) if _value(found["m"]) <= _value(found["n"]) else found[0]


def too_many(text: str) -> bool:
    """新增执委12名（含党员13名）: a part that is more than its whole."""
    found = _IN_BRACKETS.finditer(text) if "(" in text else ()
    return any(_value(m["m"]) > _value(m["n"]) for m in found)


def _some(said: str) -> bool:
    """大多数在家带孩子, 党员半数, 没有连任的."""
    found = _SOME_OF.fullmatch(said) or _MANY_OF.fullmatch(said)
    plain = found is not None and _PLAIN.fullmatch(found["trait"]) is not None
    return plain or (_NONE_OLD.fullmatch(said) or _AMONG_THEM.fullmatch(said)) is not None


def _part(said: str) -> re.Match[str] | None:
    """有4个是外出务工的."""
    found = _PART.fullmatch(said)
    return found if found and _PLAIN.fullmatch(found["trait"]) else None


def _counted_in(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text without those who are told before the number, and counted in."""
    found = _COUNTED_IN.match(text) if "算" in text or "包" in text or "计" in text else None
    if found is None or called.search(found["who"]) or lexicon.names.find(found["who"]):
        return text
    ones = [_ONE_IN.fullmatch(o) for o in re.split(r"[,、;\s]+", found["who"]) if o]
    if any(o is None or not (o["all"] or _PLAIN.fullmatch(o["trait"])) for o in ones):
        return text
    if sum(_value(o["n"]) for o in ones if o and o["n"]) > _value(found["n"]):
        return text
    return blank.span(text, *found.span("gone"))


def doubted(text: str, told: Sequence[Claim]) -> bool:
    """Whether some of the only number there is may be no new ones, or may not stay."""
    return len(told) == 1 and _DOUBTED.search(text, told[0].span[1]) is not None


def _numbers(said: str) -> list[int]:
    return [_value(one) for one in re.findall(N, said)]


def _value(said: str) -> int:
    return numerals.value(said) or 0
