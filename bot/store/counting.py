"""Counts totals from the entries alone: each unit's own by day, then lifted level by level to those above it then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from bot.core import ledger
from bot.core.model import Indicator, IndicatorKind
from bot.store import campaigns, tables, tallies
from bot.store.database import Connection
from bot.store.dialect import insert

_entry, _cell, _unit, _placed = (
    tables.entry.c,
    tables.cell.c,
    tables.unit.c,
    tables.placement.c,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of totals: `keys` are its primary key, `sums` what is added up."""

    table: sa.Table
    keys: tuple[str, ...]
    sums: tuple[str, ...]

    @property
    def more(self) -> tuple[str, ...]:
        """The keys beside indicator, unit, day and shard."""
        return self.keys[3:-1]

    def again(self) -> Kept:
        """Beside it for the length of one comparison, seen by its connection only."""
        columns = [
            *(sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False) for name in self.keys),
            *(sa.Column(name, sa.BigInteger, nullable=False) for name in self.sums),
        ]  # fmt: skip
        name = f"{self.table.name}_again"
        return Kept(
            sa.Table(name, sa.MetaData(), *columns, prefixes=["TEMPORARY"]), self.keys, self.sums
        )


TOTALS: Final = Kept(tables.tally, ("indicator_id", "unit_id", "day", "shard"), tuple(tallies.SUMS))
STEPS: Final = Kept(tables.tally_step, ("indicator_id", "unit_id", "day", "step", "shard"), ("n",))


async def count(c: Connection, kept: Kept) -> None:
    """Fill an empty table of totals from the entries, for every indicator that has any."""
    async for indicator in _reported(c):
        if kept.sums == TOTALS.sums:
            await _own(c, kept, indicator)
        else:
            if indicator.kind is IndicatorKind.STAGE:
                await _own_steps(c, kept, indicator)
            await _own_waiting(c, kept, indicator)
        for level in range(int(indicator.level), 1, -1):
            await _lift(c, kept, indicator.id, level)


async def _reported(c: Connection) -> AsyncIterator[Indicator]:
    """Every indicator that has entries."""
    for campaign_id in (await c.scalars(sa.select(_entry.campaign_id).distinct())).all():
        campaign = await campaigns.by_id(c, campaign_id)
        assert campaign is not None
        for indicator in campaign.indicators:
            yield indicator


def _nowhere() -> sa.Select[tuple[int]]:
    """Units that had ended before anybody kept where they stood: no total has them, not even their own."""
    return (
        sa.select(_placed.unit_id)
        .join(tables.unit, _unit.id == _placed.unit_id)
        .where(_unit.ended_at_ms.is_not(None))
        .group_by(_placed.unit_id)
        .having(sa.func.max(_placed.parent_id).is_(None))
    )


def _history(indicator: Indicator) -> Any:
    """The entries of an indicator, each with what the unit's one before it said."""
    before, whole_before = (
        sa.func.lag(column).over(partition_by=_entry.unit_id, order_by=(_entry.at_ms, _entry.id))
        for column in (_entry.value, _entry.whole)
    )
    return (
        sa.select(
            _entry.unit_id,
            _entry.day,
            _entry.value,
            before.label("before"),
            _entry.whole,
            whole_before.label("whole_before"),
        )
        .where(_entry.indicator_id == indicator.id, _entry.unit_id.not_in(_nowhere()))
        .subquery()
        .c
    )


async def _own(c: Connection, kept: Kept, indicator: Indicator) -> None:
    """What each unit's own history adds to its totals, by day."""
    history = _history(indicator)
    least = ledger.done_from(indicator)
    sums = (
        sa.func.sum(after - former)
        for after, former in (
            (_one(history.value.is_not(None)), _one(history.before.is_not(None))),
            (_one(history.value >= least), _one(history.before >= least)),
            (sa.func.coalesce(history.value, 0), sa.func.coalesce(history.before, 0)),
            (sa.func.coalesce(history.whole, 0), sa.func.coalesce(history.whole_before, 0)),
        )
    )
    rows = sa.select(
        sa.literal(indicator.id), history.unit_id, history.day, sa.literal(0), *sums
    ).group_by(history.unit_id, history.day)
    await c.execute(kept.table.insert().from_select([*kept.keys, *kept.sums], rows))


async def _own_steps(c: Connection, kept: Kept, indicator: Indicator) -> None:
    """At which step each unit stands, by day."""
    history = _history(indicator)
    moves = sa.union_all(
        sa.select(history.unit_id, history.day, history.value.label("step"), sa.literal(1).label("n")),
        sa.select(history.unit_id, history.day, history.before, sa.literal(-1)),
    ).subquery()  # fmt: skip
    at = moves.c
    rows = (
        sa.select(
            sa.literal(indicator.id),
            at.unit_id,
            at.day,
            at.step,
            sa.literal(0),
            sa.func.sum(at.n),
        )
        .where(at.step.is_not(None))
        .group_by(at.unit_id, at.day, at.step)
    )
    await c.execute(kept.table.insert().from_select([*kept.keys, *kept.sums], rows))


async def _own_waiting(c: Connection, kept: Kept, indicator: Indicator) -> None:
    """Which values of today wait for somebody to agree; those of units that have ended do not."""
    rows = (
        sa.select(
            sa.literal(indicator.id),
            _cell.unit_id,
            sa.literal(0),
            sa.literal(tallies.WAITING),
            sa.literal(0),
            sa.literal(1),
        )
        .join(tables.unit, _unit.id == _cell.unit_id)
        .where(
            _cell.indicator_id == indicator.id,
            _cell.waiting.is_not(None),
            _unit.ended_at_ms.is_(None),
        )
    )
    await c.execute(kept.table.insert().from_select([*kept.keys, *kept.sums], rows))


def _one(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 1), else_=0)


async def _lift(c: Connection, kept: Kept, indicator_id: int, level: int) -> None:
    """Add the totals of the units of one level to those above them, whose own are complete but for them."""
    for parts in (_standing(kept), *_moved(kept)):
        parent, day, sign, source, clause = parts
        below = kept.table.c
        more = [below[name] for name in kept.more]
        rows = (
            sa.select(
                sa.literal(indicator_id),
                parent,
                day,
                *more,
                sa.literal(0),
                *(sign * sa.func.sum(below[name]) for name in kept.sums),
            )
            .select_from(source)
            .where(
                clause,
                below.indicator_id == indicator_id,
                _unit.level == level,
                parent.is_not(None),
            )
            .group_by(parent, day, *more)
        )
        statement = insert(c, kept.table).from_select([*kept.keys, *kept.sums], rows)
        await c.execute(
            statement.on_conflict_do_update(
                index_elements=list(kept.keys),
                set_={name: below[name] + statement.excluded[name] for name in kept.sums},
            )
        )


_Part = tuple[Any, Any, int, Any, sa.ColumnElement[bool]]
"""Of one lift: the unit above, the day, the sign, what is read, which of it."""


def _standing(kept: Kept) -> _Part:
    """Units that never moved."""
    below = kept.table.c
    source = kept.table.join(tables.unit, _unit.id == below.unit_id)
    stayed: sa.ColumnElement[bool] = _unit.id.not_in(sa.select(_placed.unit_id))
    if kept.more:  # waiting has no past: it is where its unit is today
        now = sa.and_(below.step == tallies.WAITING, _unit.ended_at_ms.is_(None))
        stayed = sa.or_(now, sa.and_(below.step != tallies.WAITING, stayed))
    return _unit.parent_id, below.day, 1, source, stayed


def _moved(kept: Kept) -> Sequence[_Part]:
    """Units that moved or ended: what was said while they stood there, what they brought, what they took away."""
    below = kept.table.c
    until = sa.func.lead(_placed.from_day).over(
        partition_by=_placed.unit_id, order_by=_placed.from_day
    )
    stay = sa.select(
        _placed.unit_id, _placed.parent_id, _placed.from_day, until.label("until")
    ).subquery()
    source = kept.table.join(tables.unit, _unit.id == below.unit_id).join(
        stay, stay.c.unit_id == below.unit_id
    )
    since, end = stay.c.from_day, stay.c.until
    dated = below.step != tallies.WAITING if kept.more else sa.true()
    there = sa.and_(below.day >= since, sa.or_(end.is_(None), below.day < end))
    return (
        (stay.c.parent_id, below.day, 1, source, sa.and_(dated, there)),
        (stay.c.parent_id, since, 1, source, sa.and_(dated, below.day < since)),
        (stay.c.parent_id, end, -1, source, sa.and_(dated, below.day < end)),
    )
