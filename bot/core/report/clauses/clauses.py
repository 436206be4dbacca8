"""Tokens → what is claimed of whom, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask
from bot.core.report.clauses import done, ends, marks, values, worth
from bot.core.report.clauses import said as report_said
from bot.core.report.clauses.said import Clause, Collected, Sort
from bot.core.report.clauses.walk import Walk
from bot.core.report.corrections import taken_back
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_READERS: Final[Mapping[Kind, Callable[[Walk, int], None]]] = {
    Kind.UNIT: Walk.unit,
    Kind.INDICATOR: done.indicator,
    Kind.STEP: marks.step,
    Kind.NUMBER: values.number,
    Kind.DONE: done.done,
    Kind.NOT_DONE: marks.not_done,
    Kind.ZERO: marks.zero,
    Kind.NONE: marks.none,
    Kind.SAME: marks.same,
}


def collect(text: str, tokens: Sequence[Token], own: Level) -> Collected:
    """Everything the sentence says; `own` is the level of the speaker's unit."""
    walk = Walk(text, own)
    for clause in report_said.clauses(tokens):
        _clause(walk, clause)
    ends.of_all(walk)
    taken_back.again(walk.out, tokens)
    return walk.out


def _clause(walk: Walk, clause: Clause) -> None:
    walk.since, asked = len(walk.out.claims), len(walk.out.questions)
    walk.here, walk.skip = clause, set()
    walk.each = clause.has(Kind.EACH)
    walk.own_unit()
    for at, token in enumerate(clause.loud):
        if at not in walk.skip:
            _token(walk, at, token)
    worth.weigh(walk, walk.since, asked)
    ends.of_clause(walk)


def _named_next(walk: Walk, at: int) -> bool:
    """执委12名，另外妇女之家1个; 另外九蓬村11名: another figure, another unit, and no more of one."""
    following = walk.here.after(at)
    other = all(raw.places != following.places for raw in walk.out.claims)
    another = following.kind is Kind.UNIT and other
    return at == 0 and (following.kind is Kind.INDICATOR or another)


_IS_SAID: Final = re.compile("又[是成变为写说数]")
"""表上又是12名: another number of the same, and none that is added."""


def _rather(walk: Walk, token: Token) -> bool:
    """刚才手快，执委7名，应该是9名: after a slip that she named, 应该是 gives the right number."""
    said = token.text.startswith(("应该", "应当"))
    return said and walk.corrected and walk.last_number() is not None


def _of_a_new_one(walk: Walk) -> bool:
    """富美改12人，念山改9人: no number of the second was told that could be corrected."""
    named = walk.units if walk.here.has(Kind.UNIT) and not walk.used else []
    told = [raw.places for raw in walk.out.claims if isinstance(raw.value, int) and raw.named]
    return bool(named and told) and not any(places in told for places in named)


def _taken_back(walk: Walk, token: Token) -> None:
    """写错了, 改: the next value takes the place of the last."""
    walk.mending = bool(walk.out.claims) or walk.mending
    walk.corrected = True
    if token.text == "改" and _of_a_new_one(walk):
        walk.ask(Ask.VALUES, token)
    walk.slip = walk.text[max(0, token.start - 2) : token.end]
    walk.waiting.clear()


def _token(walk: Walk, at: int, token: Token) -> None:
    reader = _READERS.get(token.kind)
    if reader is not None:
        reader(walk, at)
        return
    match token.kind:
        case Kind.HEDGE:
            walk.mending = walk.mending or _rather(walk, token)
        case Kind.ELECTION:
            refused = (
                walk.quoted
                or walk.reported
                or walk.here.has(Kind.NOT_DONE, Kind.PLAN, Kind.RISKY, Kind.ASKING, Kind.QUOTED)
            )
            walk.out.election = None if refused else token
        case Kind.CORRECTION:
            _taken_back(walk, token)
        case Kind.PART:
            walk.part = True
        case Kind.ADD:
            walk.deed = token.text
            walk.sort = Sort.AGAIN if walk.sort is Sort.AGAIN else Sort.ADDED
        case Kind.AGAIN:
            also = token.text.startswith("另") and _named_next(walk, at)
            also = also or _IS_SAID.match(walk.text, token.start) is not None
            walk.sort = walk.sort if also else max(walk.sort, Sort.AGAIN)
        case Kind.TOTAL:
            walk.sort = Sort.SO_FAR
            walk.base = token.number if token.counted else None
        case Kind.STOCK:
            walk.sort = Sort.STOCK
        case _:
            pass
