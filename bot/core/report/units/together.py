"""What is said of all units that were named one by one: 会改联都完成了, 三村各8名, 其余都是8名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.model import Level
from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import VILLAGES, group_before, has, many, named_below
from bot.core.report.words.vocabulary import Kind

_ALL: Final = re.compile("[都均]|都已|均已|也都|全都|全部|都是|均为|都为|全是")
_REST: Final = re.compile(
    "(?:其[他它余]|余下|剩下|剩余|另外|别)的?(?:[0-9一二两三四五六七八九十几]+个?)?(?:行政)?(?:村|社区|乡镇|乡|镇)?(?:都|各)?"
)
_STOPS: Final = ",;。!\n:()"
_PLACES: Final = (Kind.PLACES, Kind.FOREIGN, Kind.FILLER)
_COLLECTIVE: Final = (*_PLACES, Kind.LABEL, Kind.EACH)
_MARKED: Final = (Kind.DONE, Kind.NOT_DONE, Kind.ZERO, Kind.NONE, Kind.SAME)


def told_of_all(tokens: list[Token]) -> list[Token]:
    """The tokens with the names of those units before such a clause; FOREIGN for a word whose units are not clear."""
    found: list[Token] = []
    for n, token in enumerate(tokens):
        if token.kind not in _COLLECTIVE:
            found.append(token)
            continue
        said = _clause(tokens, n)
        if _REST.fullmatch(token.text) and token.kind in (Kind.FOREIGN, Kind.LABEL):
            found += _rest(found, token, said)
        elif token.kind in _PLACES and VILLAGES.fullmatch(token.text) and not has(said, Kind.UNIT):
            ahead = named_below(tokens[n + 1 :])
            found += _ahead(found, token, said, ahead) or _counted(found, token, said)
        elif _ALL.fullmatch(token.text) and _closed(found) and not has(said, Kind.UNIT):
            found += _all(found, token, said)
        else:
            found.append(token)
    return found


def as_many(tokens: list[Token]) -> list[Token]:
    """石屯松源两个村: each is a village; 念山、富美三个村, 松源两个村: FOREIGN, for which are meant?"""
    found: list[Token] = []
    for n, token in enumerate(tokens):
        behind = token.kind in _PLACES and VILLAGES.fullmatch(token.text) and _follows(found)
        joined = group_before(tokens, n)[1] if behind else []
        if "村" in token.text:
            joined = joined if all(_village(t).places for t in joined) else []
            found = [_village(t) if t in joined else t for t in found]
        as_told = many(token) == len(joined)
        kind = Kind.FILLER if as_told else Kind.FOREIGN
        found.append(replace(token, kind=kind) if joined else token)
    return found


def _follows(found: Sequence[Token]) -> bool:
    """念山、富美这两个村: whether the last thing said was the name of a unit."""
    loud = (t for t in reversed(found) if t.text.strip() not in ("", "这", "共", "一共"))
    last = next(loud, None)
    return last is not None and last.kind is Kind.UNIT


def _village(unit: Token) -> Token:
    return replace(unit, places=tuple(p for p in unit.places if p.level is Level.VILLAGE))


# ---- the three ways --------------------------------------------------------------------------------------


def _all(found: list[Token], token: Token, said: Sequence[Token]) -> list[Token]:
    """念山12，富美9。会改联都完成了."""
    units = named_below(found)
    clause = [*_begun(found), token, *said]
    other = (Kind.OWN, Kind.FOREIGN, Kind.MATTER, Kind.LABEL, Kind.PEOPLE)
    alone = len(units) > 1 and len(group_before(found, len(found))[1]) == 1
    if not alone or has(clause, *other) or not _told_of_each(clause) or not _theirs(clause, units):
        return [token]
    return _named(found, units, token)


def _counted(found: list[Token], token: Token, said: Sequence[Token]) -> list[Token]:
    """三村各8名 behind three villages; 两村共22名 says nothing of either."""
    units, clause = named_below(found), [*_begun(found), *said]
    joined = group_before(found, len(found))[1]
    if not units or has(_begun(found), Kind.UNIT):
        return [token]
    filler = replace(token, kind=Kind.FILLER)
    valued = has(clause, *_MARKED, Kind.NUMBER)
    if not valued or not _theirs(clause, units):
        return [token]
    if _told_of_each(clause) and many(token) == len(joined):
        return [filler]
    if _told_of_each(clause) and many(token) == len(units):
        return _named(found, units, filler)
    return [replace(token, kind=Kind.FOREIGN)]


def _ahead(
    found: list[Token], token: Token, said: Sequence[Token], ahead: list[Token]
) -> list[Token]:
    """两个村会改联都完成了，石屯村14名，松源村12名: as many as are named behind it; none if it is not so."""
    clause = [*_begun(found), *said]
    told = has(clause, Kind.DONE) and has(clause, Kind.INDICATOR) and _theirs(clause, ahead)
    every = any(t.text[:1] in "都均全" or t.kind is Kind.EACH for t in said)
    hers = [t for t in clause if t.kind is Kind.FOREIGN and t.text in _HERS]
    strange = has(clause, Kind.NUMBER, Kind.TEXT, Kind.PLAN)
    strange = strange or any(t.kind is Kind.FOREIGN and t not in hers for t in clause)
    strange = strange or bool(named_below(clause))
    strange = strange or any(t.text[:1] in "还另又再" for t in _begun(found))
    if named_below(found) or many(token) != len(ahead) or not (told and every) or strange:
        return []
    here = [replace(unit, start=token.start, end=token.start) for unit in ahead]
    own = [
        n
        for n, t in enumerate(found)
        if t in clause and (t in hers or t.kind in (Kind.UNIT, Kind.OWN))
    ]
    for n in own:
        found[n] = replace(found[n], kind=Kind.FILLER)  # 我镇两个村
    return _named(found, here, replace(token, kind=Kind.FILLER))


_HERS: Final = ("全乡", "全镇")


def _rest(found: list[Token], token: Token, said: Sequence[Token]) -> list[Token]:
    """其余各8名: those of the last list that were not named again."""
    if has(said, Kind.UNIT):
        return [replace(token, kind=Kind.FILLER)]
    if not has(said, *_MARKED, Kind.NUMBER):
        return [token]
    listed, since = _list(found)
    again = {t.places for t in found[since:] if t.kind is Kind.UNIT}
    rest = [t for t in listed if t.places not in again]
    number = many(token)
    clear = rest and again and number in (None, len(rest))
    if clear and (_told_of_each([token, *said]) or len(rest) == 1):
        return [*rest, replace(token, kind=Kind.FILLER)]
    return [replace(token, kind=Kind.FOREIGN)]


# ---- what they rest on -----------------------------------------------------------------------------------


def _clause(tokens: Sequence[Token], n: int) -> Sequence[Token]:
    """What follows a token up to the next break."""
    end = next((m for m in range(n + 1, len(tokens)) if _stops(tokens[m])), len(tokens))
    return tokens[n + 1 : end]


def _begun(found: Sequence[Token]) -> Sequence[Token]:
    """What stands before it in its clause, behind the last value."""
    values = (*_MARKED, Kind.NUMBER)
    start = next(
        (
            m + 1
            for m in range(len(found) - 1, -1, -1)
            if _stops(found[m]) or found[m].kind in values
        ),
        0,
    )
    return found[start:]


def _stops(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.text in _STOPS


def _closed(found: Sequence[Token]) -> bool:
    """Whether something was said already of the unit that was named last."""
    return not has(_begun(found), Kind.UNIT)


def _list(found: Sequence[Token]) -> tuple[list[Token], int]:
    """The last list of two units or more, and where it ends."""
    for n in range(len(found) - 1, -1, -1):
        if found[n].kind is not Kind.UNIT:
            continue
        listed = group_before(found, n + 1)[1]
        if len(listed) > 1:
            return listed, n + 1
    return [], 0


def _told_of_each(clause: Sequence[Token]) -> bool:
    """Whether a value may be said of each of several: 都完成了, 各8名; 共22名 may not."""
    return has(clause, *_MARKED) or (has(clause, Kind.NUMBER) and has(clause, Kind.EACH))


def _theirs(clause: Sequence[Token], units: Sequence[Token]) -> bool:
    """Whether the figures that are named, if any is, are those of such units."""
    figures = [t for t in clause if t.kind is Kind.INDICATOR]
    levels = {place.level for unit in units for place in unit.places}
    return not figures or any(i.level in levels for t in figures for i in t.indicators)


def _named(found: list[Token], units: Sequence[Token], token: Token) -> list[Token]:
    """The units, before all that belongs to the clause."""
    begun = list(_begun(found))
    if begun:
        del found[-len(begun) :]
    stop = Token(Kind.BREAK, token.start, token.start, ",")
    return [stop, *units, *begun, token]
