"""Campaigns as an import writes them: what is there, what is added, what is ended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from bot.core.model import Level
from bot.store import memory, slices, tables
from bot.store.database import Connection

_campaign, _indicator, _milestone = tables.campaign.c, tables.indicator.c, tables.milestone.c
_HEAD: Final = ("code", "name", "goal", "starts_on", "ends_on", "more")
_INDICATOR: Final = (
    "code", "name", "aliases", "kind", "level", "unit_word", "mode", "steps", "most", "sort", "by_list",
    "registers", "approvals", "evidence",
)  # fmt: skip


class Known(NamedTuple):
    """A stored row: its id and its columns as the file would give them."""

    id: int
    values: Mapping[str, Any]


async def head(c: Connection, code: str) -> Known | None:
    """The campaign's own row."""
    row = (await c.execute(sa.select(tables.campaign).where(_campaign.code == code))).first()
    return _known(row, _HEAD) if row else None


async def indicators(c: Connection, campaign_id: int) -> dict[str, Known]:
    """The campaign's indicators by code."""
    rows = await c.execute(sa.select(tables.indicator).where(_indicator.campaign_id == campaign_id))
    return {row.code: _known(row, _INDICATOR) for row in rows}


async def milestones(c: Connection, campaign_id: int) -> dict[tuple[str, float], Known]:
    """The campaign's milestones by day and fraction."""
    rows = await c.execute(sa.select(tables.milestone).where(_milestone.campaign_id == campaign_id))
    return {
        (row.on_day, row.fraction): _known(row, ("on_day", "fraction", "indicators"))
        for row in rows
    }


def _known(row: Any, names: Iterable[str]) -> Known:
    return Known(row.id, {name: getattr(row, name) for name in names})


async def put_head(
    c: Connection, known: Known | None, values: Mapping[str, Any], at_ms: int
) -> int:
    """Insert or change the campaign; its id."""
    await memory.changed(c)
    if known is None:
        added: int = (
            await c.execute(
                sa.insert(tables.campaign)
                .values(**values, made_at_ms=at_ms)
                .returning(_campaign.id)
            )
        ).scalar_one()
        return added
    await c.execute(
        sa.update(tables.campaign)
        .where(_campaign.id == known.id)
        .values(**values, ended_at_ms=None)
    )
    return known.id


async def put_indicator(
    c: Connection, campaign_id: int, known: Known | None, values: Mapping[str, Any]
) -> int:
    """Insert or change an indicator; its id."""
    if known is None:
        added: int = (
            await c.execute(
                sa.insert(tables.indicator)
                .values(**values, campaign_id=campaign_id)
                .returning(_indicator.id)
            )
        ).scalar_one()
        return added
    await c.execute(sa.update(tables.indicator).where(_indicator.id == known.id).values(**values))
    return known.id


async def put_milestone(
    c: Connection, campaign_id: int, known: Known | None, values: Mapping[str, Any]
) -> None:
    """Insert or change a milestone."""
    if known is None:
        await c.execute(sa.insert(tables.milestone).values(**values, campaign_id=campaign_id))
    else:
        await c.execute(
            sa.update(tables.milestone).where(_milestone.id == known.id).values(**values)
        )


async def covered(c: Connection, campaign_id: int) -> set[int]:
    """The ids of the campaign's units."""
    column = tables.campaign_unit.c
    rows = await c.execute(sa.select(column.unit_id).where(column.campaign_id == campaign_id))
    return {unit_id for (unit_id,) in rows}


async def listed(c: Connection, indicator_id: int) -> set[int]:
    """The ids of an indicator's reference list."""
    column = tables.indicator_unit.c
    rows = await c.execute(sa.select(column.unit_id).where(column.indicator_id == indicator_id))
    return {unit_id for (unit_id,) in rows}


async def cover(
    c: Connection, campaign_id: int, add: Collection[int], drop: Collection[int]
) -> None:
    """Add and take away units of the campaign."""
    await _relist(c, tables.campaign_unit.c.campaign_id, campaign_id, add, drop)


async def list_units(
    c: Connection, indicator_id: int, add: Collection[int], drop: Collection[int]
) -> None:
    """Add to and take from an indicator's reference list."""
    await _relist(c, tables.indicator_unit.c.indicator_id, indicator_id, add, drop)


async def _relist(
    c: Connection,
    owner: sa.Column[int],
    owner_id: int,
    add: Collection[int],
    drop: Collection[int],
) -> None:
    table = owner.table
    assert isinstance(table, sa.Table)
    for some in slices.cut(sorted(add), slices.ROWS):
        await c.execute(sa.insert(table), [{owner.name: owner_id, "unit_id": one} for one in some])
    for some in slices.cut(sorted(drop), slices.VALUES):
        await c.execute(sa.delete(table).where(owner == owner_id, table.c.unit_id.in_(some)))


async def reported(c: Connection, indicator_ids: Sequence[int]) -> set[int]:
    """Which of these indicators have reports."""
    entry = tables.entry.c
    rows = await c.execute(
        sa.select(entry.indicator_id).where(entry.indicator_id.in_(indicator_ids)).distinct()
    )
    return {indicator_id for (indicator_id,) in rows}


async def drop_indicator(c: Connection, indicator_id: int) -> None:
    """Remove an indicator that nobody reported."""
    await list_units(c, indicator_id, (), await listed(c, indicator_id))
    for counted in (tables.expectation, tables.expectation_change):
        await c.execute(sa.delete(counted).where(counted.c.indicator_id == indicator_id))
    await c.execute(sa.delete(tables.indicator).where(_indicator.id == indicator_id))


async def drop_milestone(c: Connection, milestone_id: int) -> None:
    """Remove a milestone."""
    await c.execute(sa.delete(tables.milestone).where(_milestone.id == milestone_id))


async def levels(c: Connection, codes: Iterable[str]) -> dict[str, tuple[int, Level]]:
    """Id and level of the units of today with these codes."""
    unit = tables.unit.c
    found: dict[str, tuple[int, Level]] = {}
    for some in slices.cut(sorted(set(codes)), slices.VALUES):
        rows = await c.execute(
            sa.select(unit.code, unit.id, unit.level).where(
                unit.code.in_(some), unit.ended_at_ms.is_(None)
            )
        )
        found.update((code, (id_, Level(level))) for code, id_, level in rows)
    return found
