"""Totals made again from the entries alone: to compare with those kept, or to replace them when the tree moves.

Every day's entries count where their unit stood that evening (`placements`). A unit that moves takes what it has
along: the old place has so much less from that day on, the new one so much more, and no day before it changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.core import ledger
from bot.store import counting, tables, tallies
from bot.store.database import Connection

_entry, _cell = tables.entry.c, tables.cell.c


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept figure that the entries do not bear out: `off` = kept minus recounted; `day` None for a cell.

    `step`: of a stage, how many units stand at this step; the number is `off.value`.
    """

    indicator_id: int
    unit_id: int
    day: int | None
    off: ledger.Share = field(default_factory=ledger.Share)
    step: int | None = None


async def rebuild(c: Connection) -> None:
    """Replace all totals; to be called in the transaction that has moved, merged or ended units."""
    await tallies.own_tree(c)
    for kept in (counting.TOTALS, counting.STEPS):
        await c.execute(sa.delete(kept.table))
        await counting.count(c, kept)


async def differences(c: Connection, *, limit: int) -> list[Difference]:
    """Where cells and totals differ from what the entries say, at most `limit`; empty when all is well."""
    found = await _wrong_cells(c, limit)
    for kept in (counting.TOTALS, counting.STEPS):
        again = kept.again()
        await c.run_sync(again.table.create)
        try:
            await counting.count(c, again)
            found += await _wrong(c, kept, again, limit)
        finally:
            await c.run_sync(again.table.drop)
    return found[:limit]


async def _wrong(
    c: Connection, kept: counting.Kept, again: counting.Kept, limit: int
) -> list[Difference]:
    names = ("indicator_id", "unit_id", "day", *kept.more)
    one, other = kept.table.c, again.table.c
    both = sa.union_all(
        sa.select(*(one[name] for name in names), *(one[name] for name in kept.sums)),
        sa.select(*(other[name] for name in names), *(-other[name] for name in kept.sums)),
    ).subquery()
    keys = [both.c[name] for name in names]
    off = [sa.func.sum(both.c[name]) for name in kept.sums]
    rows = await c.execute(
        sa.select(*keys, *off)
        .group_by(*keys)
        .having(sa.or_(*(one != 0 for one in off)))
        .order_by(*keys)
        .limit(limit)
    )
    if kept.more:
        return [
            Difference(row[0], row[1], row[2], ledger.Share(value=int(row[4])), row[3])
            for row in rows
        ]
    return [Difference(row[0], row[1], row[2], ledger.Share(*map(int, row[3:]))) for row in rows]


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
