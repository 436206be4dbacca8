"""A figure that is named and has something said of it, and of which nothing was read: 走访：10户 on a line, read as the next alone.

The last look at every reading, in any campaign: whatever step took the words away, she is asked before the rest is recorded.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Ask, Lexicon, Mark, Question, Reading
from bot.core.report.words import called

_N: Final = (
    r"(?:[1-9][0-9]*|0(?![0-9])|[零〇一二两俩三仨四五六七八九十百廿卅几壹贰叁肆伍陆柒捌玖拾]+)"
)
_END: Final = r"\s*(?=$|[,。;!\n、了吧])"
_FIELD: Final = re.compile(r"\s*(?:\([^()\n]{1,3}\))?\s*[:?]\s*[^\s,。;!:]")
"""妇女之家：已建好: a line of a form that is filled in."""
_EMPTY: Final = re.compile(r"\s*:?\s*(?=$|[,。;!\n])")
_FILL: Final = r"[了有为是共已到约:\s]|现有|新增|增加|完成|达到?"
_NUMBER: Final = re.compile(rf"(?:{_FILL})*{_N}\s?(?P<word>[一-鿿]?){_END}")
_ALONE: Final = re.compile(
    rf"(?:^|[,。;!\n])\s*(?P<n>{_N}\s?[一-鿿]{{1,2}}?)(?=\s*(?:$|[,。;!\n]))"
)
_PERSONS: Final = ("名", "人", "位", "个", "")
_ASIDE: Final = re.compile(
    "上[周次个回]|去年|上月|[上往]届|计划|打算|准备|预计|下[周次个月]|明天|不是|原来"
)
"""A number of another time is passed over beside one of this."""
_LEFT: Final = re.compile(rf"[有剩差]{_N}\s?[一-鿿]{{1,2}}?[都也]?[没未]")
"""还有一户没走访: one is left, and not none was visited."""
_START: Final = re.compile(r"(?:^|[,。;!\n])[^,。;!:\n]{0,3}$")
_CLAUSE: Final = re.compile(r"[^,。;!\n]*$")


def asked(text: str, found: Reading, lexicon: Lexicon) -> Reading:
    """The reading, with a question about each figure that was lost."""
    if not found.clear:
        return found
    if whole := [c for c in found.claims if not c.indicators]:
        few = whole[0].value is Mark.ZERO and _LEFT.search(text)
        doubt = (Question(Ask.NOT_DONE, whole[0].span),) if few else ()
        return Reading(found.claims, doubt, found.follow_ups)
    names = called.names(lexicon.indicators)
    told = {code for c in found.claims for code in c.indicators}
    lost = []
    for one in names.pattern.finditer(text):
        meant = names.meant[one.lastgroup or ""]
        codes = tuple(i.code for i in meant)
        if told.isdisjoint(codes) and _said(text, one, meant):
            lost.append(Question(Ask.UNREAD, one.span(), codes))
    lost += _unnamed(text, told, lexicon.indicators)
    return Reading(found.claims, tuple(lost), found.follow_ups) if lost else found


def _unnamed(text: str, told: set[str], indicators: tuple[Indicator, ...]) -> list[Question]:
    """12户，志愿者8名: the number of a figure that alone is counted so."""
    others = {i.unit_word for i in indicators if i.code in told}
    left = [
        i
        for i in indicators
        if i.kind is IndicatorKind.COUNT
        and i.code not in told
        and i.unit_word not in (*_PERSONS, *others)
    ]
    found = [(_ALONE.finditer(text), i) for i in left if i.unit_word in text]
    return [
        Question(Ask.UNREAD, one.span("n"), (i.code,))
        for some, i in found
        for one in some
        if one["n"].endswith(i.unit_word)
    ]


def _said(text: str, one: re.Match[str], meant: tuple[Indicator, ...]) -> bool:
    """Whether something is said of the figure where it is named."""
    front = _CLAUSE.search(text, 0, one.start())
    starts = _START.search(text, 0, one.start()) is not None
    if starts and _FIELD.match(text, one.end()):
        return True
    if meant[0].kind is not IndicatorKind.COUNT or (front and _ASIDE.search(front[0])):
        return False
    if starts and (front is None or not front[0].strip()) and _EMPTY.match(text, one.end()):
        return True
    number = _NUMBER.match(text, one.end())
    if number is None:
        return False
    words = {i.unit_word for i in meant}
    persons = bool(words & set(_PERSONS))
    return number["word"] in ("", *words) or (persons and number["word"] in _PERSONS)


def alone(text: str, indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """走访12户35人: where one count is named, a number is of no other count of its level."""
    names = called.names(indicators)
    named = {i for one in names.pattern.finditer(text) for i in names.meant[one.lastgroup or ""]}
    levels = {i.level for i in named if i.kind is IndicatorKind.COUNT}
    return tuple(
        i
        for i in indicators
        if i.kind is not IndicatorKind.COUNT or i in named or i.level not in levels
    )
