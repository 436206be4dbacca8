"""How many units an indicator expects below each unit, counted once for every epoch of the tree."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.core.model import Indicator, Unit
from bot.store import campaigns, tables, units
from bot.store.database import Connection
from bot.store.dialect import insert

_it, _unit = tables.expectation.c, tables.unit.c


async def prepare_all(c: Connection) -> None:
    """`prepare` for every campaign that has not been ended; to be called when the tree has a new epoch."""
    live = sa.select(tables.campaign.c.id).where(tables.campaign.c.ended_at_ms.is_(None))
    for campaign_id in (await c.scalars(live)).all():
        campaign = await campaigns.by_id(c, campaign_id)
        assert campaign is not None
        await prepare(c, campaign.indicators)


async def prepare(c: Connection, indicators: Sequence[Indicator]) -> None:
    """Count for the epoch of today, over what was counted for it before.

    To be called when units or a campaign have been imported; until then counts are right, but slow.
    """
    epoch = await units.epoch(c)
    for indicator in indicators:
        await c.execute(
            sa.delete(tables.expectation).where(
                _it.indicator_id == indicator.id, _it.epoch == epoch
            )
        )
        for clause in await campaigns.expected_clauses(c, indicator, 0, 2**31 - 1):
            leaves = sa.select(_unit.parent_id, sa.func.count().label("n")).where(
                clause, _unit.parent_id.is_not(None)
            )
            await _add(c, indicator.id, epoch, leaves.group_by(_unit.parent_id))
        for level in range(int(indicator.level) - 1, 1, -1):
            below = (
                sa.select(_unit.parent_id, sa.func.sum(_it.n).label("n"))
                .join(tables.unit, _unit.id == _it.unit_id)
                .where(
                    _it.indicator_id == indicator.id,
                    _it.epoch == epoch,
                    _unit.level == level,
                    _unit.parent_id.is_not(None),
                )
            )
            await _add(c, indicator.id, epoch, below.group_by(_unit.parent_id))


async def _add(
    c: Connection, indicator_id: int, epoch: int, counts: sa.Select[tuple[int, int]]
) -> None:
    rows = counts.subquery()
    # SQLite needs a WHERE between SELECT and ON CONFLICT to tell the two ONs apart.
    source = sa.select(
        sa.literal(indicator_id), sa.literal(epoch), rows.c.parent_id, rows.c.n
    ).where(sa.true())
    statement = insert(c, tables.expectation).from_select(
        ["indicator_id", "epoch", "unit_id", "n"], source
    )
    await c.execute(
        statement.on_conflict_do_update(
            index_elements=["indicator_id", "epoch", "unit_id"],
            set_={"n": tables.expectation.c.n + statement.excluded.n},
        )
    )


async def of(c: Connection, indicator: Indicator, some: Sequence[Unit]) -> dict[int, int]:
    """How many units the indicator expects in each of these units' sub-trees, themselves included."""
    counts: dict[int, int] = {}
    above = [unit for unit in some if unit.level < indicator.level]
    if above:
        counts.update(await _prepared(c, indicator, above))
    for unit in some:
        if unit.level > indicator.level:
            counts[unit.id] = 0
    at_level = [unit for unit in some if unit.level == indicator.level]
    if at_level:
        lo, hi = at_level[0].lo, max(unit.lo for unit in at_level) + 1
        expected = {unit.id for unit in await campaigns.expected_units(c, indicator, lo, hi)}
        counts.update({unit.id: int(unit.id in expected) for unit in at_level})
    return counts


async def _prepared(c: Connection, indicator: Indicator, above: Sequence[Unit]) -> dict[int, int]:
    here = sa.and_(_it.indicator_id == indicator.id, _it.epoch == await units.epoch(c))
    rows = await c.execute(
        sa.select(_it.unit_id, _it.n).where(here, _it.unit_id.in_([unit.id for unit in above]))
    )
    counts: dict[int, int] = {row[0]: row[1] for row in rows}
    if len(counts) < len(above) and not await c.scalar(sa.select(sa.exists().where(here))):
        return {
            unit.id: await campaigns.expected_count(c, indicator, unit.lo, unit.hi)
            for unit in above
        }
    return {unit.id: counts.get(unit.id, 0) for unit in above}
