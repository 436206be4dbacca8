"""困难台账: how many difficulties of a place stand how, of which kind and where, and a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from bot.core.tree import Interval
from bot.core.trouble import Kind
from bot.store import difficulties, tables
from bot.store.database import Connection
from bot.store.difficulties import WAITING, Difficulty, State

_it, _unit = tables.difficulty.c, tables.unit.c


@dataclass(frozen=True, slots=True)
class Count:
    """So many difficulties of the unit at `lo` stand so; `overdue` of them were due before the day asked for."""

    lo: int
    state: State
    kind: Kind
    n: int
    overdue: int


async def counts(c: Connection, place: Interval, day: date) -> list[Count]:
    """What stands in `place`, by unit, state and kind, in tree order."""
    late = sa.and_(_it.state.in_([state.value for state in WAITING]), _it.due_on < day.isoformat())
    rows = await c.execute(
        sa.select(
            _unit.lo,
            _it.state,
            _it.kind,
            sa.func.count(),
            sa.func.sum(sa.case((late, 1), else_=0)),
        )
        .join(tables.unit, _unit.id == _it.unit_id)
        .where(_unit.lo >= place[0], _unit.lo < place[1])
        .group_by(_unit.lo, _it.state, _it.kind)
        .order_by(_unit.lo)
    )
    return [
        Count(lo, State(state), Kind(kind or Kind.OTHER), n, int(late))
        for lo, state, kind, n, late in rows
    ]


async def page(
    c: Connection,
    place: Interval,
    states: Sequence[State],
    *,
    before: int | None = None,
    limit: int = 20,
) -> list[Difficulty]:
    """Difficulties of `place` that stand so, the newest first; `before`: only those with a smaller number."""
    clauses = [_unit.lo >= place[0], _unit.lo < place[1], _it.state.in_(states)]
    if before is not None:
        clauses.append(_it.id < before)
    return await difficulties.some(c, *clauses, limit=limit)
