"""What is said of all units that were named one by one: 会改联都完成了, 三村各8名, 其余都是8名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.core.model import Level
from bot.core.report.clauses.said import FINISHED, names
from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import VILLAGES, group_before, many
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
        elif token.kind in _PLACES and VILLAGES.fullmatch(token.text) and not _has(said, Kind.UNIT):
            ahead = _units(tokens[n + 1 :])
            found += _ahead(found, token, said, ahead) or _counted(found, token, said)
        elif _ALL.fullmatch(token.text) and _closed(found) and not _has(said, Kind.UNIT):
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


# ---- under a head ----------------------------------------------------------------------------------------


def under_heads(tokens: list[Token]) -> list[Token]:
    """已完成会改联的有：念山、富美; 未完成：九蓬: what the head says, behind each unit of its sentence."""
    found: list[Token] = []
    start = 0
    while start < len(tokens):
        end = next((n for n in range(start, len(tokens)) if _parts(tokens, n)), len(tokens))
        found += _under_its_head(tokens[start:end])
        found += tokens[end : end + 1]
        start = end + 1
    return found


def _parts(tokens: list[Token], n: int) -> bool:
    """Whether a sentence ends here, or another head begins: 已完成的：念山、富美，未完成的：九蓬."""
    if _ends(tokens[n]) or tokens[n].text != ",":
        return _ends(tokens[n])
    end = next((m for m in range(n + 1, len(tokens)) if tokens[m].kind is Kind.BREAK), n)
    head = tokens[n + 1 : end]
    return tokens[end].text == ":" and _has(head, Kind.DONE, Kind.NOT_DONE) and not _units(head)


def _under_its_head(sentence: list[Token]) -> list[Token]:
    first = next((n for n, t in enumerate(sentence) if t.kind is Kind.UNIT and _below(t)), 0)
    opened = next((n for n in range(first - 1, -1, -1) if sentence[n].text in (",", "(")), -1) + 1
    until = _of_its_own(sentence, first)
    listed = sentence[first:until]
    units = sum(t.kind is Kind.UNIT for t in listed)
    head = _bare(sentence[opened:first], units)
    marks = [t for t in head if t.kind in (Kind.DONE, Kind.NOT_DONE)]
    figures = [t for t in head if t.kind is Kind.INDICATOR]
    said = "".join(t.text for t in head)
    clear = len(marks) == 1 and len(figures) <= 1 and not _has(head, *_NO_HEAD)
    if not clear or not _LISTS.search(said) or _has(listed, Kind.DONE, Kind.NOT_DONE, Kind.PLAN):
        return sentence
    left = [t for t in head if t.kind is Kind.PLACES and many(t) != units]
    found = [*sentence[:opened], *left]
    for token in listed:
        if token.kind is Kind.PLACES and many(token) == units:
            continue
        found.append(token)
        if token.kind is Kind.UNIT and _below(token):
            stop = Token(Kind.BREAK, token.end, token.end, ",")
            found += [*figures, marks[0], stop]
    return found + sentence[until:]


def _bare(head: list[Token], units: int) -> list[Token]:
    """我乡3个村完成会改联：…, 会改联完成2个：…: a head without whose villages they are, and how many as are named."""
    if _has(head, Kind.PLACES):
        head = [t for t in head if t.kind is not Kind.UNIT or _below(t)]
    if not any(names(t, FINISHED) for t in head):
        return head  # 新增执委2个：念山、富美
    return [
        t
        for t in head
        if t.kind is not Kind.NUMBER or t.number != units or t.counted not in ("", "个")
    ]


def _of_its_own(sentence: list[Token], first: int) -> int:
    """Where in 完成的有念山、富美，九蓬还没有 a unit that has its own value begins."""
    stops = [n for n in range(first, len(sentence)) if sentence[n].text == ","]
    for n, end in pairwise([*stops, len(sentence)]):
        clause = sentence[n:end]
        units = [t for t in clause if t.kind is Kind.UNIT]
        if len(units) == 1 and _has(clause, Kind.NONE, Kind.NOT_DONE):
            return n
    return len(sentence)


_LISTS: Final = re.compile(
    r"(?:的(?:村|社区|乡镇|乡|镇|街道|单位)*|(?<=成)(?:村|乡镇)|[0-9一二两三四五六七八九十]+个?(?:村|社区|乡镇|乡|镇))\s*(?:(?:还|只|主要|分别)*(?:有|是|为|包括))?[\s:]*$|:\s*$"
)
_NO_HEAD: Final = (Kind.UNIT, Kind.NUMBER, Kind.PLAN, Kind.HEDGE, Kind.ASKING, Kind.REPORTED, Kind.EARLIER, Kind.FOREIGN, Kind.OWN)  # fmt: skip


def _below(token: Token) -> bool:
    return token.places[0].depth > 0


def _ends(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.text in "。;!\n"


# ---- the three ways --------------------------------------------------------------------------------------


def _all(found: list[Token], token: Token, said: Sequence[Token]) -> list[Token]:
    """念山12，富美9。会改联都完成了."""
    units = _units(found)
    clause = [*_begun(found), token, *said]
    other = (Kind.OWN, Kind.FOREIGN, Kind.MATTER, Kind.LABEL, Kind.PEOPLE)
    alone = len(units) > 1 and len(group_before(found, len(found))[1]) == 1
    if not alone or _has(clause, *other) or not _told_of_each(clause) or not _theirs(clause, units):
        return [token]
    return _named(found, units, token)


def _counted(found: list[Token], token: Token, said: Sequence[Token]) -> list[Token]:
    """三村各8名 behind three villages; 两村共22名 says nothing of either."""
    units, clause = _units(found), [*_begun(found), *said]
    joined = group_before(found, len(found))[1]
    if not units or _has(_begun(found), Kind.UNIT):
        return [token]
    filler = replace(token, kind=Kind.FILLER)
    valued = _has(clause, *_MARKED, Kind.NUMBER)
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
    told = _has(clause, Kind.DONE) and _has(clause, Kind.INDICATOR) and _theirs(clause, ahead)
    every = any(t.text[:1] in "都均全" or t.kind is Kind.EACH for t in said)
    strange = _has(clause, Kind.NUMBER, Kind.FOREIGN, Kind.TEXT, Kind.PLAN) or _units(clause)
    strange = strange or any(t.text[:1] in "还另又再" for t in _begun(found))
    if _units(found) or many(token) != len(ahead) or not (told and every) or strange:
        return []
    here = [replace(unit, start=token.start, end=token.start) for unit in ahead]
    own = [n for n, t in enumerate(found) if t in clause and t.kind in (Kind.UNIT, Kind.OWN)]
    for n in own:
        found[n] = replace(found[n], kind=Kind.FILLER)  # 我镇两个村
    return _named(found, here, replace(token, kind=Kind.FILLER))


def _rest(found: list[Token], token: Token, said: Sequence[Token]) -> list[Token]:
    """其余各8名: those of the last list that were not named again."""
    if _has(said, Kind.UNIT):
        return [replace(token, kind=Kind.FILLER)]
    if not _has(said, *_MARKED, Kind.NUMBER):
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
    return not _has(_begun(found), Kind.UNIT)


def _units(found: Sequence[Token]) -> list[Token]:
    return list(
        {t.places: t for t in found if t.kind is Kind.UNIT and t.places[0].depth > 0}.values()
    )


def _list(found: Sequence[Token]) -> tuple[list[Token], int]:
    """The last list of two units or more, and where it ends."""
    for n in range(len(found) - 1, -1, -1):
        if found[n].kind is not Kind.UNIT:
            continue
        listed = group_before(found, n + 1)[1]
        if len(listed) > 1:
            return listed, n + 1
    return [], 0


def _has(tokens: Sequence[Token], *kinds: Kind) -> bool:
    return any(t.kind in kinds for t in tokens)


def _told_of_each(clause: Sequence[Token]) -> bool:
    """Whether a value may be said of each of several: 都完成了, 各8名; 共22名 may not."""
    return _has(clause, *_MARKED) or (_has(clause, Kind.NUMBER) and _has(clause, Kind.EACH))


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
