"""Parts of a clear number that come to no more than it: 头一批5名第二批4名, 网格员占了5个名额, 分管维权的2名.

Batches have to come to the number itself; with a word more (第一批5名是上周的, 还差第三批) they stay, and are judged as they were.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.report.aside.people import PEOPLE
from bot.core.report.plain import blank

_D: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_START: Final = r"(?:(?<=[名个人位][,;。(])|(?<=[名个人位] )|(?<=[名个人位][,;。(] )|(?<=  ))"
_END: Final = r"(?=\s*(?:[,;。!\n)]|$))"
_OTHERS: Final = (
    "(?:[,、]其[余他]的?(?:人|执委)?(?:还|暂时?|都)*(?:没有?|未)(?:细分|分工|明确分工))?"
)
_TOTAL: Final = re.compile(
    rf"新[增选]的?执委(?:总数|人数|一共|总共|合计|共计|共|有|是|为|:|\s)*(?P<n>{_D})[名个人位](?!.*(?:新[增选]|不对|[说写报打]错))"
)
_BATCH: Final = f"(?:头|首|第)?[一二三1-3两]批(?:选了?|有|是|:)?{_D}[名个人位]"
_BATCHES: Final = re.compile(
    rf"{_START}(?:其中|分[两二三2-3]批[,:]?)?{_BATCH}(?:[,、和]?{_BATCH}){{1,2}}(?!.*(?:批|[没未缺差]))"
    f"{_END}"
)
_PLACES: Final = re.compile(
    rf"{_START}(?:其中|光|单)?的?{PEOPLE}(?:就|也|都|一共)*占(?:了|去|据)?{_D}个?(?:名额|席位|席|位子)[了呢]?{_END}"
)
_DUTY: Final = "(?:分管|主管|负责|管)[^,;。!\n0-9老旧上候拟备没未不新]{2,6}的(?:有|是)?"
_DUTIES: Final = re.compile(
    rf"{_START}(?:其中)?{_DUTY}{_D}[名个人位](?:[,、]{_DUTY}{_D}[名个人位]){{0,5}}{_OTHERS}{_END}"
)
_CHOSEN: Final = f"(?:从|在)?(?:(?:沿街|小区|个体|巾帼|妇女)?(?:商户|业主|居民|租户|楼栋长|小组长|企业|合作社)|{PEOPLE})(?:里|中|当中|里头|里面)(?:选|推选|产生|推)(?:了|出)*"
_FROM: Final = re.compile(
    rf"{_START}{_CHOSEN}{_D}[名个人位](?:[,、]{_CHOSEN}{_D}[名个人位]){{0,4}}{_END}"
)
_BUT_ME: Final = re.compile(
    rf"{_START}除了?我(?:自己)?(?:以外|之外|外)?,?其[他余]的?{_D}[名个位]人?(?:都|全|全都|均)是{PEOPLE}的?{_END}"
)
_COUNT: Final = re.compile(rf"(?<!第)(?<!头)(?<!首)({_D})(?:[名个人位]|席)")
_SIGNS: Final = frozenset("批占管责除里中")


def without(text: str) -> str:
    """The text with such clauses blanked out by spaces, as long as before."""
    if _SIGNS.isdisjoint(text) or (total := _TOTAL.search(text)) is None:
        return text
    whole = numerals.value(total["n"]) or 0
    text = _BATCHES.sub(lambda m: _left(m, whole, exact=True), text)
    text = _FROM.sub(lambda m: _left(m, whole, exact=False), text)
    text = _BUT_ME.sub(lambda m: _left(m, whole - 1, exact=True), text)
    return _DUTIES.sub(
        lambda m: _left(m, whole, exact=False),
        _PLACES.sub(lambda m: _left(m, whole, exact=False), text),
    )


def _left(found: re.Match[str], whole: int, *, exact: bool) -> str:
    """Nothing of them, if they fit the number."""
    said = sum(numerals.value(one) or 0 for one in _COUNT.findall(found[0]))
    return blank.match(found) if said == whole or (not exact and said < whole) else found[0]
