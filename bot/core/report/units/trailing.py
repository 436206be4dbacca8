"""A unit named behind all that is said of it: 新增执委9名、会改联完成——九蓬村; 新增10名执委：石屯村；新增8名执委：松源村."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.report.clauses.said import VALUES
from bot.core.report.tokens.sheet import Token
from bot.core.report.units import grouped
from bot.core.report.words.vocabulary import Kind

_STOPS: Final = frozenset("。;!\n")
_SIGNS: Final = frozenset(("-", ":", "(", ","))
_JOINED: Final = frozenset(("、", "和", "及", "与", "跟", " "))
_IS: Final = frozenset(
    str.split("这 那 是 这是 以上 以上是 上面 上面是 都 都是 均 均为 为 即 的 的数 数")
)
_OTHERS: Final = frozenset({Kind.UNIT, Kind.OWN, Kind.FOREIGN, Kind.PLACES, Kind.EACH})


def told(tokens: list[Token]) -> list[Token]:
    """The tokens with such a unit in front of its sentence."""
    if not any(t.kind is Kind.UNIT for t in tokens):
        return tokens
    found: list[Token] = []
    start = 0
    while start < len(tokens):
        end = next((n for n in range(start, len(tokens)) if tokens[n].text in _STOPS), len(tokens))
        found += _in_front(tokens[start:end])
        found += tokens[end : end + 1]
        start = end + 1
    return found


def _in_front(sentence: list[Token]) -> list[Token]:
    last = len(sentence)
    while last and (sentence[last - 1].text in _IS or sentence[last - 1].text in (")", " ")):
        last -= 1
    first = last
    while first and (sentence[first - 1].kind is Kind.UNIT or sentence[first - 1].text in _JOINED):
        first -= 1
    units = [t for t in sentence[first:last] if t.kind is Kind.UNIT and t.places[0].depth > 0]
    before = sentence[:first]
    while before and before[-1].text in _IS:
        before = before[:-1]
    if not units or not before or before[-1].text not in _SIGNS:
        return sentence
    counted = [t for t in before if t.kind in VALUES]
    numbers = [t for t in counted if t.kind is Kind.NUMBER]
    each = _of_each(before, len(units)) if len(units) > 1 else []
    if each and _theirs(each, units) and counted:
        return [*units, *each]
    if before[-1].text == ":" and all(
        t.counted == "个" and t.number == len(units) and len(counted) > 1 for t in numbers
    ):
        return sentence  # a head over a list: 完成会改联的村有两个：…
    if not counted or not _plain(before) or not _theirs(before, units):
        return sentence
    return [*units, *before]


def _plain(before: list[Token]) -> bool:
    return not any(t.kind in _OTHERS for t in before)


def _of_each(before: list[Token], many: int) -> list[Token]:
    """两个村新增执委都是9个：石屯、松源: what is told of each, if as many are named; none if it is not so."""
    told = next((n for n, t in enumerate(before) if grouped.VILLAGES.fullmatch(t.text)), -1)
    if told < 0 or grouped.many(before[told]) != many:
        return []
    said = before[told + 1 :]
    each = next((n for n, t in enumerate(said) if t.text[:1] in "都均各全也"), -1)
    front = all(t.kind is Kind.FILLER or _her_own(t) for t in before[:told])
    if each < 0 or not front or not _plain([t for t in said if t.kind is not Kind.EACH]):
        return []
    said[each] = replace(said[each], kind=Kind.EACH)
    return said


def _her_own(token: Token) -> bool:
    return token.kind is Kind.UNIT and token.places[0].depth <= 0


def _theirs(before: list[Token], units: list[Token]) -> bool:
    """Whether such units have each figure that is named."""
    levels = {place.level for unit in units for place in unit.places}
    return all(
        any(one.level in levels for one in t.indicators) for t in before if t.kind is Kind.INDICATOR
    )
