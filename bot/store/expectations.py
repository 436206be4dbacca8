"""How many units an indicator expects below each unit, counted once for every epoch of the tree."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.core import tree
from bot.core.model import Indicator, Unit
from bot.store import campaigns, memory, slices, tables, units
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Statement, several

_it, _unit = tables.expectation.c, tables.unit.c
_past = tables.expectation_change.c

_COUNTED = Statement(
    sa.select(_it.indicator_id, _it.unit_id, _it.n).where(
        _it.indicator_id.in_(several("indicators")),
        _it.epoch == sa.select(sa.func.max(tables.org_epoch.c.id)).scalar_subquery(),
        _it.unit_id.in_(several("units")),
    )
)


async def prepare_all(c: Connection, *, day: int = 0) -> None:
    """`prepare` for every campaign that has not been ended; to be called when the tree has a new epoch."""
    live = sa.select(tables.campaign.c.id).where(tables.campaign.c.ended_at_ms.is_(None))
    for campaign_id in (await c.scalars(live)).all():
        campaign = await campaigns.by_id(c, campaign_id)
        assert campaign is not None
        await prepare(c, campaign.indicators, day=day)


async def prepare(c: Connection, indicators: Sequence[Indicator], *, day: int = 0) -> None:
    """Count for the epoch of today, over what was counted for it before; what differs, differs from `day` on.

    `day` is today as an ordinal. What was never counted before holds for all days.
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
        await _note(c, indicator.id, epoch, day)


async def _note(c: Connection, indicator_id: int, epoch: int, day: int) -> None:
    """Let what is expected from `day` on be what was counted; days before keep what they have."""
    here = sa.exists().where(_past.indicator_id == indicator_id)
    since = day if await c.scalar(sa.select(here)) else 0
    parts = sa.union_all(
        sa.select(_it.unit_id, _it.n).where(_it.indicator_id == indicator_id, _it.epoch == epoch),
        sa.select(_past.unit_id, -_past.n).where(_past.indicator_id == indicator_id),
    ).subquery()
    off = sa.func.sum(parts.c.n)
    source = (
        sa.select(sa.literal(indicator_id), parts.c.unit_id, sa.literal(since), off)
        .group_by(parts.c.unit_id)
        .having(off != 0)
    )
    statement = insert(c, tables.expectation_change).from_select(
        ["indicator_id", "unit_id", "day", "n"], source
    )
    await c.execute(
        statement.on_conflict_do_update(
            index_elements=["indicator_id", "unit_id", "day"],
            set_={"n": _past.n + statement.excluded.n},
        )
    )


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
    found = await table(c, [indicator], some)
    return {unit.id: found[indicator.id, unit.id] for unit in some}


@memory.once
async def asks(c: Connection, campaign_id: int, unit: Unit) -> bool:
    """Whether the campaign expects anything of the unit or below it."""
    campaign = await campaigns.by_id(c, campaign_id)
    return campaign is not None and any((await table(c, campaign.indicators, [unit])).values())


async def table(
    c: Connection, indicators: Sequence[Indicator], some: Sequence[Unit], *, day: int | None = None
) -> dict[tuple[int, int], int]:
    """`of` for several indicators of one campaign, under (indicator id, unit id): a few statements for all of them.

    `day`: as it was at the end of that day of the past (an ordinal); units that came or went since then do not
    change it. A unit that reports itself is expected as today.
    """
    counts = {(indicator.id, unit.id): 0 for indicator in indicators for unit in some}
    above = [unit for unit in some if any(unit.level < one.level for one in indicators)]
    if above:
        counts.update(await _prepared(c, indicators, above))
        if day is not None:
            counts.update(await _then(c, indicators, above, day))
    reporting = [unit for unit in some if any(unit.level is one.level for one in indicators)]
    if reporting:
        counts.update(await _themselves(c, indicators, reporting))
    return counts


async def _prepared(
    c: Connection, indicators: Sequence[Indicator], above: Sequence[Unit]
) -> dict[tuple[int, int], int]:
    """What was counted for units above their indicator's level; of an indicator nobody has counted, counted now."""
    counts: dict[tuple[int, int], int] = {}
    wanted = [one.id for one in indicators]
    for part in slices.cut(above, slices.VALUES):
        given = {"indicators": wanted, "units": [unit.id for unit in part]}
        counts.update(((row[0], row[1]), row[2]) for row in await _COUNTED.all(c, given))
    for indicator in indicators:
        mine = [unit for unit in above if unit.level < indicator.level]
        if all((indicator.id, unit.id) not in counts for unit in mine):
            counts.update(await _counted_now(c, indicator, mine))
    return counts


async def _then(
    c: Connection, indicators: Sequence[Indicator], above: Sequence[Unit], day: int
) -> dict[tuple[int, int], int]:
    """What was expected at the end of a day; nothing of units whose count never changed from zero."""
    found: dict[tuple[int, int], int] = {}
    for part in slices.cut(above, slices.VALUES):
        then = sa.func.sum(sa.case((_past.day <= day, _past.n), else_=0))
        rows = await c.execute(
            sa.select(_past.indicator_id, _past.unit_id, then)
            .where(
                _past.indicator_id.in_([one.id for one in indicators]),
                _past.unit_id.in_([unit.id for unit in part]),
            )
            .group_by(_past.indicator_id, _past.unit_id)
        )
        found.update(((row[0], row[1]), int(row[2])) for row in rows)
    return found


async def _counted_now(
    c: Connection, indicator: Indicator, mine: Sequence[Unit]
) -> dict[tuple[int, int], int]:
    """Nothing if the indicator has been counted (and expects nothing of these), else their counts."""
    if not mine:
        return {}
    here = sa.exists().where(_it.indicator_id == indicator.id, _it.epoch == await units.epoch(c))
    if await c.scalar(sa.select(here)):
        return {}
    return {
        (indicator.id, unit.id): await campaigns.expected_count(c, indicator, unit.lo, unit.hi)
        for unit in mine
    }


async def _themselves(
    c: Connection, indicators: Sequence[Indicator], reporting: Sequence[Unit]
) -> dict[tuple[int, int], int]:
    """1 for units of an indicator's own level that are expected to report it."""
    places = await campaigns.intervals(c, indicators[0].campaign_id)
    inside = [unit for unit in reporting if tree.holds(places, unit.lo)]
    listed = await campaigns.listed(c, [one.id for one in indicators], [unit.id for unit in inside])
    return {
        (one.id, unit.id): 1
        for one in indicators
        for unit in inside
        if unit.level is one.level and (one.id not in listed or unit.id in listed[one.id])
    }
