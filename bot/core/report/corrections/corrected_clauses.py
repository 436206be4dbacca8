"""The clauses of a correction, each with what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from bot.core.reading import Lexicon
from bot.core.report.words import corrected_words as words

Span = tuple[int, int]


class Sort(Enum):
    """What a clause of a correction is."""

    OLD = "old"
    """What was told before and does not hold: 上午报的13名错了, 不是12名."""
    TOLD = "told"
    """What was told before, and may hold: 上午报的13名."""
    OTHER = "other"
    """Of whom a number is: 那是上一届的, 10个是党员."""
    PARTICULAR = "particular"
    """A telephone, a day, a name that was wrong."""
    WHY = "why"
    """How it came about: 漏了两个, 我孙子乱点的."""
    WISH = "wish"
    """That it is to be changed: 麻烦帮我改一下."""
    TURN = "turn"
    """That what was just said is wrong: 不对, 哎说错了."""
    RIGHT = "right"
    """A value that is told: 应为15名, 新增执委15名."""
    ELSE = "else"


@dataclass
class Clause:
    """A stretch of the text between two signs."""

    start: int
    end: int
    said: str
    sort: Sort = Sort.ELSE
    kind: str = ""
    """Of what kind its value is: number, none, state."""
    marked: bool = False
    """Said to be what is right: 应为, 改成."""
    numbers: frozenset[int] = frozenset()
    named: tuple[Span, ...] = ()
    """Where it names figures."""
    placed: tuple[Span, ...] = ()
    """Where it names units."""
    units: frozenset[str] = field(default_factory=frozenset)


_CLAUSE: Final = re.compile(r"[^,。;!()\n…~]+")
_DOTS: Final = re.compile(r"\.{2,}")
_HEAD: Final = re.compile("(?<=作废|有误|更正|错了|不算|如下|为准|确为|重报):")
"""刚才发的作废：念山村9名."""


def clauses_of(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> list[Clause]:
    """The clauses of a text, in their order; `called` finds the names of figures."""
    figures = [m.span() for m in called.finditer(text)]
    units = lexicon.names.find(text)
    found: list[Clause] = []
    for match in _CLAUSE.finditer(_DOTS.sub(lambda m: "…" * len(m[0]), _HEAD.sub(",", text))):
        said = match[0].strip()
        if not said:
            continue
        start = match.start() + match[0].index(said[0])
        one = Clause(start, start + len(said), said)
        one.named = tuple(s for s in figures if start <= s[0] < one.end)
        here = [m for m in units if start <= m.start < one.end]
        one.placed = tuple((m.start, m.end) for m in here)
        one.units = frozenset(p.key for m in here for p in m.places)
        one.kind, one.numbers = words.kind(said), words.numbers(said)
        one.marked = words.MARKED.search(said) is not None
        one.sort = _sort(one, found[-1].sort if found else Sort.ELSE)
        found.append(one)
    return found


def _goes_on(one: Clause) -> bool:
    """上一条作废 新增执委12名: a figure is named behind the word that something is wrong."""
    counted = one.placed if one.numbers and "成" not in one.said else ()
    last = max((start for start, _ in (*one.named, *counted)), default=-1) - one.start
    return last >= words.until(one.said) > 0


def _sort(one: Clause, before: Sort) -> Sort:
    said = one.said
    rules = (
        (Sort.TURN, words.TURN.fullmatch(said)),
        (Sort.WISH, words.WISH.fullmatch(said)),
        (Sort.PARTICULAR, not one.named and words.of_a_particular(said, before.value)),
        (Sort.OLD, not (one.marked and one.kind) and not _goes_on(one) and words.old(said)),
        (Sort.OTHER, words.OF_OTHERS.match(said)),
        (Sort.TOLD, not one.marked and words.told(said)),
        (Sort.WHY, not one.marked and not (one.named and one.kind) and words.why(said)),
        (Sort.RIGHT, one.kind),
    )
    return next((sort for sort, fits in rules if fits), Sort.ELSE)
