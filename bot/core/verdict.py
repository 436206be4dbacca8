"""What becomes of a reading: recorded, asked about and why, or no report; the ledger is the caller's to look into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core import ledger
from bot.core.ledger import Doubt
from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question, Ratio, Reading, Step, Value

HARD: Final = (
    Ask.UNIT,
    Ask.PLACES,
    Ask.INDICATOR,
    Ask.VALUES,
    Ask.ADDITION,
    Ask.APPROXIMATE,
    Ask.VALUE,
    Ask.DIGITS,
    Ask.NOT_DONE,
    Ask.INFERRED,
    Ask.STEP,
)
"""In the order in which they are asked; HEARD and RANGE are judged with the ledger at hand."""
SOFT: Final = (Ask.UNREAD, Ask.REPORTED, Ask.EARLIER, Ask.ASKED)
"""Doubts about the words around a value: the whole is read back."""

Cell = tuple[str, Indicator, Value]
"""Unit key, indicator, value as said."""
Held = Callable[[str, Indicator], int | None]
"""What the ledger holds of a unit, None for nothing."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What judging needs to know: the values before, how it was said, the largest count that is believed.

    `mending`: she corrects what she said before, so that a smaller number is no surprise.
    """

    held: Held
    most: Callable[[Indicator], int]
    heard: bool = False
    mending: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """`record` at once; `ask` for which reason, holding `offered`; neither: no report."""

    record: tuple[Cell, ...] = ()
    ask: Ask | Doubt | None = None
    offered: tuple[Cell, ...] = ()


def first(reading: Reading) -> Question | None:
    """The question that comes before anything of the sentence is recorded."""
    for ask in (*HARD, *SOFT):
        for question in reading.questions:
            if question.ask is ask:
                return question
    return None


def amount(indicator: Indicator, value: Value) -> int | None:
    """A value as the ledger keeps it; None for one it cannot keep (or not as one number: a ratio)."""
    match value:
        case Mark.DONE if indicator.kind is not IndicatorKind.COUNT:
            return ledger.done_from(indicator)
        case Mark.NOT:
            return 0
        case Step(name=name):
            return indicator.steps.index(name) + 1 if name in indicator.steps else None
        case int():
            return value
        case _:
            return None


def agreed(reading: Reading, lexicon: Lexicon, held: Held) -> Reading:
    """跟上周一样，执委12名: no contradiction where 12 is what the ledger holds; then the number alone stays."""
    numbers = [c for c in reading.claims if isinstance(c.value, int) and len(c.units) == 1]
    by_code = {one.code: one for one in lexicon.indicators}
    reading = _first_ones(reading, numbers, by_code, held)
    same = {
        (c.units[0], code)
        for c in numbers
        for code in c.indicators
        if held(c.units[0], by_code[code]) == c.value
    }
    gone = [c for c in reading.claims if c.value is Mark.SAME and _all_in(c, same)]
    whole = len(same) == len(numbers)
    gone += [c for c in reading.claims if c.value is Mark.SAME and not c.indicators and whole]
    if not same or not gone:
        return reading
    left = tuple(c for c in reading.claims if c not in gone)
    spans = {c.span for c in gone}
    questions = tuple(
        q for q in reading.questions if q.ask is not Ask.VALUES or q.span not in spans
    )
    return replace(reading, claims=left, questions=questions)


def _all_in(claim: Claim, same: set[tuple[str, str]]) -> bool:
    return bool(claim.indicators) and all(
        (unit, code) in same for unit in claim.units for code in claim.indicators
    )


def _first_ones(
    reading: Reading, numbers: Sequence[Claim], by_code: Mapping[str, Indicator], held: Held
) -> Reading:
    """建了1个 where nothing stood before: what was added is all there is."""
    first = {
        c.span
        for c in numbers
        if c.indicators and all(not held(c.units[0], by_code[code]) for code in c.indicators)
    }
    questions = tuple(
        q for q in reading.questions if q.ask is not Ask.ADDITION or q.again or q.span not in first
    )
    return replace(reading, questions=questions)


def judge(reading: Reading, lexicon: Lexicon, knows: Ledger) -> Judged:
    """What the chat does with a reading, for a person who speaks of units she may report for."""
    cells = tuple(_cells(reading, lexicon))
    question = first(reading)
    if question is not None:
        return Judged(ask=question.ask, offered=cells)
    twice = [(unit, one.code) for unit, one, _ in cells]
    clear: list[Cell] = []
    asked: list[Cell] = []
    why: list[Doubt] = []
    for cell in cells:
        doubts = _doubts(cell, lexicon, knows, several=twice.count((cell[0], cell[1].code)) > 1)
        if doubts:
            asked.append(cell)
            why.append(doubts[0])
        else:
            clear.append(cell)
    odd = [q.ask for q in reading.questions if q.ask is Ask.RANGE]
    if odd:
        return Judged(ask=odd[0], offered=cells)
    return Judged(tuple(clear), why[0] if why else None, tuple(asked))


def _cells(reading: Reading, lexicon: Lexicon) -> list[Cell]:
    """One cell for every unit and indicator a claim may mean; 没变化 means all that is hers."""
    levels = {place.key: place.level for place in lexicon.names.places} | {
        lexicon.own.key: lexicon.own.level
    }
    found: list[Cell] = []
    for claim in reading.claims:
        for unit in claim.units:
            mine = [one for one in lexicon.indicators if one.level is levels[unit]]
            meant = [one for one in mine if not claim.indicators or one.code in claim.indicators]
            for one in meant:
                cell = (unit, one, claim.value)
                if not any(_equal(cell, other) for other in found):
                    found.append(cell)
    return found


def _equal(cell: Cell, other: Cell) -> bool:
    """Whether two cells say the same: 没有新增 and 没变化 both leave what is not added up as it is."""
    if cell[:2] != other[:2]:
        return False
    kept = (Mark.SAME, Mark.ZERO)
    return cell[2] == other[2] or (cell[2] in kept and other[2] in kept)


def _doubts(cell: Cell, lexicon: Lexicon, knows: Ledger, *, several: bool) -> list[Doubt]:
    unit, indicator, value = cell
    before = knows.held(unit, indicator)
    found = ledger.doubts_of(
        indicator,
        _kept(indicator, value, before),
        own=unit == lexicon.own.key,
        heard=knows.heard,
        before=before,
        most=knows.most(indicator),
    )
    if several:
        found |= {Doubt.SEVERAL}
    if knows.mending:
        found -= {Doubt.DECREASING}
    return [doubt for doubt in Doubt if doubt in found]


def _kept(indicator: Indicator, value: Value, before: int | None) -> int:
    """The value as the ledger would keep it; 没变化 keeps what is there."""
    if isinstance(value, Ratio):
        return 0
    if value in (Mark.SAME, Mark.ZERO):
        return 0 if ledger.adds(indicator) else before or 0
    found = amount(indicator, value)
    return -1 if found is None else found
