"""Totals made again from the entries alone: to compare with those kept, or to replace them when the tree moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from bot.core import ledger
from bot.core.model import Indicator
from bot.store import campaigns, tables, tallies
from bot.store.database import Connection
from bot.store.dialect import insert

_entry, _cell, _unit = tables.entry.c, tables.cell.c, tables.unit.c
_SUMS: Final = tallies.SUMS
_KEYS: Final = ("indicator_id", "unit_id", "day", "shard")

# Beside the kept totals for the length of one comparison, seen by its connection only.
_again = sa.Table(
    "tally_again",
    sa.MetaData(),
    *(sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False) for name in _KEYS),
    *(sa.Column(name, sa.BigInteger, nullable=False) for name in _SUMS),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept figure that the entries do not bear out: `off` = kept minus recounted; `day` None for a cell."""

    indicator_id: int
    unit_id: int
    day: int | None
    off: ledger.Share


async def rebuild(c: Connection) -> None:
    """Replace all totals; to be called in the transaction that has moved, merged or ended units."""
    await tallies.own_tree(c)
    await c.execute(sa.delete(tables.tally))
    await _count(c, tables.tally)


async def differences(c: Connection, *, limit: int) -> list[Difference]:
    """Where cells and totals differ from what the entries say, at most `limit`; empty when all is well."""
    found = await _wrong_cells(c, limit)
    await c.run_sync(_again.create)
    try:
        await _count(c, _again)
        return [*found, *await _wrong_totals(c, limit)][:limit]
    finally:
        await c.run_sync(_again.drop)


async def _count(c: Connection, target: sa.Table) -> None:
    async for indicator in _reported(c):
        await _own(c, target, indicator)
        for level in range(int(indicator.level), 1, -1):
            await _lift(c, target, indicator.id, level)


async def _reported(c: Connection) -> AsyncIterator[Indicator]:
    """Every indicator that has entries."""
    for campaign_id in (await c.scalars(sa.select(_entry.campaign_id).distinct())).all():
        campaign = await campaigns.by_id(c, campaign_id)
        assert campaign is not None
        for indicator in campaign.indicators:
            yield indicator


async def _own(c: Connection, target: sa.Table, indicator: Indicator) -> None:
    """What each unit's own history adds to its totals, by day; a unit that has ended adds nothing."""
    before, whole_before = (
        sa.func.lag(column).over(partition_by=_entry.unit_id, order_by=(_entry.at_ms, _entry.id))
        for column in (_entry.value, _entry.whole)
    )
    history = (
        sa.select(
            _entry.unit_id,
            _entry.day,
            _entry.value,
            before.label("before"),
            _entry.whole,
            whole_before.label("whole_before"),
        )
        .join(tables.unit, _unit.id == _entry.unit_id)
        .where(_entry.indicator_id == indicator.id, _unit.ended_at_ms.is_(None))
        .subquery()
        .c
    )
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
    await c.execute(target.insert().from_select([*_KEYS, *_SUMS], rows))


def _one(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 1), else_=0)


async def _lift(c: Connection, target: sa.Table, indicator_id: int, level: int) -> None:
    """Add the totals of the units of one level to their parents, whose own are complete but for them."""
    rows = (
        sa.select(
            sa.literal(indicator_id),
            _unit.parent_id,
            target.c.day,
            sa.literal(0),
            *(sa.func.sum(target.c[name]) for name in _SUMS),
        )
        .join(tables.unit, _unit.id == target.c.unit_id)
        .where(
            target.c.indicator_id == indicator_id,
            _unit.level == level,
            _unit.parent_id.is_not(None),
        )
        .group_by(_unit.parent_id, target.c.day)
    )
    statement = insert(c, target).from_select([*_KEYS, *_SUMS], rows)
    await c.execute(
        statement.on_conflict_do_update(
            index_elements=list(_KEYS),
            set_={name: target.c[name] + statement.excluded[name] for name in _SUMS},
        )
    )


async def _wrong_totals(c: Connection, limit: int) -> list[Difference]:
    kept, again = tables.tally.c, _again.c
    both = sa.union_all(
        sa.select(kept.indicator_id, kept.unit_id, kept.day, *(kept[name] for name in _SUMS)),
        sa.select(again.indicator_id, again.unit_id, again.day, *(-again[name] for name in _SUMS)),
    ).subquery()
    off = [sa.func.sum(both.c[name]) for name in _SUMS]
    rows = await c.execute(
        sa.select(both.c.indicator_id, both.c.unit_id, both.c.day, *off)
        .group_by(both.c.indicator_id, both.c.unit_id, both.c.day)
        .having(sa.or_(*(one != 0 for one in off)))
        .order_by(both.c.indicator_id, both.c.unit_id, both.c.day)
        .limit(limit)
    )
    return [Difference(row[0], row[1], row[2], ledger.Share(*map(int, row[3:7]))) for row in rows]


async def _wrong_cells(c: Connection, limit: int) -> list[Difference]:
    """Cells that do not hold the newest entry of their history, and histories without a cell."""
    place = sa.func.row_number().over(
        partition_by=(_entry.indicator_id, _entry.unit_id),
        order_by=(_entry.at_ms.desc(), _entry.id.desc()),
    )
    newest = sa.select(
        _entry.id,
        _entry.indicator_id,
        _entry.unit_id,
        _entry.value,
        _entry.whole,
        place.label("place"),
    ).subquery()
    right = sa.and_(_cell.indicator_id == newest.c.indicator_id, _cell.unit_id == newest.c.unit_id)
    rows = await c.execute(
        sa.select(
            newest.c.indicator_id,
            newest.c.unit_id,
            sa.func.coalesce(_cell.value, 0) - sa.func.coalesce(newest.c.value, 0),
            sa.func.coalesce(_cell.whole, 0) - sa.func.coalesce(newest.c.whole, 0),
        )
        .select_from(newest.outerjoin(tables.cell, right))
        .where(
            newest.c.place == 1,
            sa.or_(
                _cell.entry_id.is_distinct_from(newest.c.id),
                _cell.value.is_distinct_from(newest.c.value),
                _cell.whole.is_distinct_from(newest.c.whole),
            ),
        )
        .limit(limit)
    )
    return [
        Difference(row[0], row[1], None, ledger.Share(value=row[2], whole=row[3])) for row in rows
    ]
