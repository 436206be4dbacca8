"""西山村会改联快完成了, 松源新增执委十来个: what is not clear is said of a unit that is not hers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Question
from bot.core.report.clauses.said import SILENT
from bot.core.report.tokens.sheet import Token
from bot.core.report.words import danger
from bot.core.report.words.vocabulary import WORDS, Kind

_VAGUE: Final = (Ask.NOT_DONE, Ask.INFERRED, Ask.APPROXIMATE, Ask.VALUE, Ask.DIGITS)
_FIGURES: Final = (Kind.INDICATOR, Kind.ELECTION, Kind.ADD)
_NEXT_DOOR: Final = ("隔壁", "邻", "某")
_LENGTHS: Final = range(2, 9)  # characters that may be the name of a unit


def doubts(tokens: Sequence[Token], questions: Sequence[Question], level: Level) -> list[Question]:
    """Which unit is meant, before how many or whether it is done is asked; `level` is that of her own unit."""
    if any(q.ask is Ask.UNIT for q in questions):
        return []
    spans = [q.span for q in questions if q.ask in _VAGUE]
    found = [_of_another(tokens, span[0], level) for span in spans]
    theirs = [t for t in found if t is not None]
    if len(theirs) < len(found):
        return []  # 西山村快完成了，我们村也快了
    return [Question(Ask.UNIT, (t.start, t.end)) for t in dict.fromkeys(theirs)]


def _of_another(tokens: Sequence[Token], until: int, level: Level) -> Token | None:
    """The place that is spoken of there and is not hers: of its clause, else of the nearest one before it that names any."""
    here = True
    for clause in reversed(_clauses([t for t in tokens if t.start <= until])):
        if any(t.kind in (Kind.OWN, Kind.UNIT) for t in clause):
            return None
        for token in clause:
            general = token.text in WORDS and not token.text.startswith(_NEXT_DOOR)
            general = general and (level is not Level.VILLAGE or not here)  # 各村
            if token.kind is Kind.FOREIGN and not general:
                return token
        if named := _head(clause):
            return named
        here = False
    return None


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.BREAK:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _head(clause: Sequence[Token]) -> Token | None:
    """What the clause begins with, where that may be a name and a figure or a deed of ours stands behind it."""
    loud = [t for t in clause if t.kind not in SILENT]
    if len(loud) < 2 or loud[0].kind is not Kind.TEXT or loud[1].kind not in _FIGURES:
        return None
    named = len(loud[0].text) in _LENGTHS and not danger.no_place(loud[0].text)
    return loud[0] if named else None
