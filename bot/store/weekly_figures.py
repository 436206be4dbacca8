"""What the weekly analysis reads, for many units at once: nothing here asks once for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from bot.core import ledger, period
from bot.core.ledger import Share
from bot.core.model import Indicator, Unit
from bot.core.tree import Interval
from bot.store import (
    campaigns,
    dialect,
    difficulties,
    expectations,
    slices,
    tables,
    tallies,
    units,
)
from bot.store.database import Connection

Ints = npt.NDArray[np.int64]

_tally, _unit, _cell, _entry = tables.tally.c, tables.unit.c, tables.cell.c, tables.entry.c
_expected = tables.expectation.c


@dataclass(frozen=True, slots=True)
class Placed:
    """Numbers of units in the order of their place in the tree, to be summed over any sub-tree."""

    places: Ints
    sums: Ints  # one longer: the sum of all before

    @classmethod
    def of(cls, places: Sequence[int], numbers: Sequence[int]) -> Placed:
        """From pairs in any order."""
        order = np.argsort(np.asarray(places, dtype=np.int64))
        sums = np.cumsum(np.asarray(numbers, dtype=np.int64)[order])
        return cls(np.asarray(places, dtype=np.int64)[order], np.concatenate([[0], sums]))

    def inside(self, place: Interval) -> int:
        """The sum over `[lo, hi)`."""
        lo, hi = np.searchsorted(self.places, place)
        return int(self.sums[hi] - self.sums[lo])


@dataclass(frozen=True, slots=True)
class State:
    """Totals of a unit and their change since Monday; `moved`: the last day anything moved, as an ordinal."""

    total: Share
    week: Share
    moved: int | None


async def children(c: Connection, parent_ids: Sequence[int]) -> dict[int, list[Unit]]:
    """The units directly below each of these, in the official order."""
    found: dict[int, list[Unit]] = {one: [] for one in parent_ids}
    rows = await c.execute(
        sa.select(*units.COLUMNS)
        .where(_unit.parent_id.in_(parent_ids), _unit.ended_at_ms.is_(None))
        .order_by(_unit.lo)
    )
    for row in rows:
        unit = units.of(row)
        assert unit.parent_id is not None
        found[unit.parent_id].append(unit)
    return found


async def courses(
    c: Connection, indicator_id: int, unit_ids: Sequence[int], *, upto: int
) -> list[tuple[int, int, int, int, int, int]]:
    """Changes of these units by day: (unit, day, reported, done, value, whole), up to the day `upto`."""
    rows = await c.execute(
        sa.select(
            _tally.unit_id,
            _tally.day,
            *(sa.func.sum(_tally[name]) for name in tallies.SUMS),
        )
        .where(
            _tally.indicator_id == indicator_id,
            _tally.unit_id.in_(unit_ids),
            _tally.day <= upto,
        )
        .group_by(_tally.unit_id, _tally.day)
    )
    return [(row[0], row[1], int(row[2]), int(row[3]), int(row[4]), int(row[5])) for row in rows]


async def states(
    c: Connection, indicator_id: int, unit_ids: Sequence[int], *, since: int, upto: int
) -> dict[int, State]:
    """Where each of these units stands at the end of the day `upto`; `since`: Monday."""
    sums = [
        column
        for name in tallies.SUMS
        for column in (
            sa.func.sum(_tally[name]),
            sa.func.sum(sa.case((_tally.day >= since, _tally[name]), else_=0)),
        )
    ]
    moved = sa.or_(_tally.done != 0, _tally.value != 0)
    found: dict[int, State] = {}
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_tally.unit_id, *sums, sa.func.max(sa.case((moved, _tally.day))))
            .where(
                _tally.indicator_id == indicator_id,
                _tally.unit_id.in_(some),
                _tally.day <= upto,
            )
            .group_by(_tally.unit_id)
        )
        for row in rows:
            total, week = (Share(*map(int, row[at:9:2])) for at in (1, 2))
            found[row[0]] = State(total, week, row[9])
    return found


async def expected(c: Connection, indicator: Indicator, some: Sequence[Unit]) -> dict[int, int]:
    """How many units the indicator expects in each of these; those of its own level are looked up by parent."""
    above = [unit for unit in some if unit.level < indicator.level]
    counts = await expectations.of(c, indicator, above) if above else {}
    at_level = [unit for unit in some if unit.level == indicator.level]
    parents = sorted({unit.parent_id for unit in at_level if unit.parent_id is not None})
    if parents:
        lo, hi = min(unit.lo for unit in at_level), max(unit.lo for unit in at_level) + 1
        for clause in await campaigns.expected_clauses(c, indicator, lo, hi):
            rows = await c.execute(sa.select(_unit.id).where(clause, _unit.parent_id.in_(parents)))
            counts.update({unit_id: 1 for (unit_id,) in rows})
    return counts


async def heard(
    c: Connection,
    indicator: Indicator,
    place: Interval,
    *,
    since: datetime,
    until: datetime,
) -> Placed:
    """How many expected units below each parent in `place` need not be asked any more at `until`.

    Those that said something since `since`, and those that were through before. Each number stands at the
    place of the parent, so that any unit above the indicator's level sums up its own.
    """
    parent = tables.unit.alias()
    places: list[int] = []
    numbers: list[int] = []
    for clause in await campaigns.expected_clauses(c, indicator, *place):
        rows = await c.execute(
            sa.select(parent.c.lo, sa.func.count())
            .select_from(tables.cell)
            .join(tables.unit, _unit.id == _cell.unit_id)
            .join(parent, parent.c.id == _unit.parent_id)
            .where(
                clause,
                dialect.Aside(_cell.indicator_id) == indicator.id,
                _said(indicator, since, until),
            )
            .group_by(parent.c.lo)
        )
        for lo, count in rows:
            places.append(lo)
            numbers.append(count)
    return Placed.of(places, numbers)


async def heard_of(
    c: Connection,
    indicator: Indicator,
    unit_ids: Sequence[int],
    *,
    since: datetime,
    until: datetime,
) -> frozenset[int]:
    """Which of these units, of the indicator's own level, need not be asked; as `heard`."""
    found: set[int] = set()
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_cell.unit_id).where(
                _cell.indicator_id == indicator.id,
                _cell.unit_id.in_(some),
                _said(indicator, since, until),
            )
        )
        found.update(unit_id for (unit_id,) in rows)
    return frozenset(found)


def _said(indicator: Indicator, since: datetime, until: datetime) -> sa.ColumnElement[bool]:
    """Clause over cells. A cell that has moved on since `until` is looked up in its history."""
    since_ms, until_ms = period.ms(since), period.ms(until)

    def enough(value: sa.Column[int], at_ms: sa.Column[int]) -> sa.ColumnElement[bool]:
        clause = sa.and_(value.is_not(None), at_ms >= since_ms)
        if ledger.adds(indicator):
            return clause
        return sa.or_(clause, value >= ledger.done_from(indicator))

    newest = (
        sa.select(_entry.id)
        .where(
            _entry.indicator_id == _cell.indicator_id,
            _entry.unit_id == _cell.unit_id,
            _entry.at_ms < until_ms,
        )
        .order_by(_entry.at_ms.desc(), _entry.id.desc())
        .limit(1)
        .correlate(tables.cell)
        .scalar_subquery()
    )
    history = (
        sa.exists()
        .where(_entry.id == newest, enough(_entry.value, _entry.at_ms))
        .correlate(tables.cell)
    )
    return sa.case((_cell.as_of_ms < until_ms, enough(_cell.value, _cell.as_of_ms)), else_=history)


async def waiting(c: Connection, place: Interval) -> list[tuple[int, str]]:
    """Difficulties raised in `place` that nobody has answered: where they were raised, and the day of the answer."""
    rows = await c.execute(
        sa.select(_unit.lo, tables.difficulty.c.due_on)
        .join(tables.unit, _unit.id == tables.difficulty.c.unit_id)
        .where(
            _unit.lo >= place[0],
            _unit.lo < place[1],
            tables.difficulty.c.state.in_([state.value for state in difficulties.WAITING]),
        )
    )
    return [(lo, due) for lo, due in rows]
