"""Numbers that are only a piece of how many there are, or more than there are: 执委山上3名，山下9名; 6个组都选了2名; 执委12名，空缺2名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question
from bot.core.report.aside.people import PEOPLE

_SIGNS: Final = frozenset(
    "缺补算都跟和与及加、员师农民生士人的众上下东西南北前后里外村山片组队地岸坑头"
)
_N: Final = "(?:[1-9][0-9]{0,2}|[一二两三四五六七八九十]{1,3})"
_COUNT: Final = f"{_N}[名个位]"
_OF_PLACE: Final = "[\u4e00-\u9fff]{0,2}[人上下里外村山片组队地岸坑头][\u4e00-\u9fff]?"
_OF_KIND: Final = "[\u4e00-\u9fff]{1,4}[员师农民生士人的众]"
_TWO: Final = re.compile(
    f"执委(?:(?P<a>{_OF_PLACE})(?:有|选了)?(?P<at>{_COUNT})[,、;](?P<b>{_OF_PLACE})(?:有|选了)?{_COUNT}|(?P<of>{_COUNT}){_OF_KIND}[,、;]{_COUNT}{_OF_KIND}(?=[,。;!\\s]|$))"
)
"""执委上村3名，下村9名: two parts, if their names have a character in common; 执委3个党员，9个群众."""
_FOLK: Final = (
    f"(?:{PEOPLE}|姐妹|[大小老]?[姐嫂婶妈妹娘]子?|阿姨|妇女|女同志|媳妇|姑娘|新人|新面孔|同志|女将)"
)
_BOTH: Final = re.compile(
    f"(?P<at>{_COUNT})的?{_FOLK}(?:[和与及跟加、]|以及|还有|加上)(?:另外)?{_COUNT}的?{_FOLK}"
)
"""新增执委10位姐妹和5位大姐: the first of them, or both?"""
_SUM: Final = re.compile("[共总]|合计|加起来|一起")
_EACH: Final = re.compile(
    f"(?:{_N}|几|每|各|组)个?(?:村民|生产)?(?:小?组|自然村|片区?|网格|小?队|屋场|角落)(?:都|全|均)(?:新)?(?:选|增|加|推|产生)(?:选|了|出|举|加)*(?P<at>{_COUNT})"
)
_AND_I: Final = re.compile(
    f"(?:我|本人)(?:自己|本人)?(?:跟|和|与|加|带|连)上?(?:另外|其他|另)?(?P<at>{_COUNT})(?:姐妹|妇女|女同志|大姐|同志)?(?:们)?(?:当选|选上|一起)*了?(?=[,。;!\\s]|$)"
)
_VACANT: Final = "空缺|暂缺|缺额|出缺|空额|缺编|空着|待补选|待补|没补上"
_GAP: Final = re.compile(
    f"[,。;!\\s(](?:因为?[^,。;!0-9]{{1,6}})?(?:还有|其中|还|有|另有|暂时|目前|现在)*(?:(?:{_VACANT})(?:着|了|有|是|为|的)*{_N}(?:[名个位]|(?=[,。;!\\s)]|$))|{_COUNT}(?:名额|位置|岗位)?(?:还|暂时|目前|是|都|要|需)*(?:{_VACANT})|(?P<less>一[个名位](?:的)?(?:不(?:能)?算(?!多|少)|不作数)))"
)
_CHOSEN: Final = re.compile("新|增|当选|选[了出]")
"""新增执委12名，空缺2名: so many were chosen, and two are to come; of 执委12名 it may be the places there are."""


_GROUPS: Final = re.compile(
    f"(?<![0-9一二两三四五六七八九十])(?:(?:第?{_N}|[东南西北上中下前后])(?:村民|居民)?(?:小?组|片区?|网格|小?队)(?:有|选了?|:)?{_COUNT}人?[、,;和]?\\s*){{2,}}"
)
_OF_GROUP: Final = re.compile(f"{_N}(?=[名个位])")


def _too_many(text: str, whole: Claim) -> bool:
    """18名，1组5名、2组6名、3组9名: more than there are."""
    groups = _GROUPS.search(text, whole.span[1])
    parts = _OF_GROUP.findall(groups[0]) if groups else []
    return isinstance(whole.value, int) and sum(numerals.value(n) or 0 for n in parts) > whole.value


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about such numbers."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or _SIGNS.isdisjoint(text):
        return []
    gap = _GAP.search(text, told[0].span[1])
    if gap and (gap["less"] or not _CHOSEN.search(text[: told[0].span[1]])):
        hit = told[:1]
    elif len(told) == 1 and _too_many(text, told[0]):
        hit = told
    elif len(told) == 1 and (at := _piece(text)) is not None:
        hit = [c for c in told if c.span[0] <= at < c.span[1]]
    else:
        hit = []
    return [Question(Ask.VALUES, c.span, c.indicators) for c in hit]


def _piece(text: str) -> int | None:
    """Where a number stands that is one part of a whole that is not told."""
    each = _EACH.search(text) or _AND_I.search(text) or _BOTH.search(text)
    if each is not None and not _SUM.search(text):
        return each.start("at")
    two = _TWO.search(text) if "执委" in text else None
    if two is None or _SUM.search(text):
        return None
    if two["of"]:
        return two.start("of")
    return two.start("at") if set(two["a"]) & set(two["b"]) else None
