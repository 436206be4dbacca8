"""The weekly analyses as they were published: written once, read by unit and week."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.core import period
from bot.store import slices, tables
from bot.store.database import Connection
from bot.store.dialect import insert

_it = tables.analysis.c


@dataclass(frozen=True, slots=True)
class New:
    """One to be kept. `figures`: JSON values; `sentences`: JSON as bytes; `told`: to how many persons it goes."""

    unit_id: int
    campaign_id: int
    week: str
    due: datetime
    figures: Mapping[str, Any]
    sentences: bytes
    text: str
    told: int


@dataclass(frozen=True, slots=True)
class Published:
    """One that was kept; it never changes."""

    id: int
    unit_id: int
    campaign_id: int
    week: str
    due: datetime
    figures: Mapping[str, Any]
    sentences: bytes
    text: str
    told: int
    made_at: datetime


async def add(c: Connection, some: Sequence[New], *, now_ms: int) -> dict[int, int]:
    """Keep those of which nobody has kept one for the same unit, campaign and week; their ids by unit.

    All are of one campaign and week.
    """
    if not some:
        return {}
    values = [
        {
            "unit_id": one.unit_id,
            "campaign_id": one.campaign_id,
            "week": one.week,
            "due_ms": period.ms(one.due),
            "figures": one.figures,
            "sentences": zlib.compress(one.sentences),
            "text": one.text,
            "told": one.told,
            "made_at_ms": now_ms,
        }
        for one in some
    ]
    statement = insert(c, tables.analysis).values(values).on_conflict_do_nothing()
    rows = await c.execute(statement.returning(_it.unit_id, _it.id))
    return {row.unit_id: row.id for row in rows}


async def by_id(c: Connection, analysis_id: int) -> Published | None:
    """The analysis."""
    return await _first(c, sa.select(tables.analysis).where(_it.id == analysis_id))


async def newest(
    c: Connection, unit_id: int, campaign_id: int, *, week: str | None = None
) -> Published | None:
    """The newest one of the unit, or that of one week."""
    which = [_it.unit_id == unit_id, _it.campaign_id == campaign_id]
    if week is not None:
        which.append(_it.week == week)
    newest_first = sa.select(tables.analysis).where(*which).order_by(_it.week.desc()).limit(1)
    return await _first(c, newest_first)


async def have(
    c: Connection, unit_ids: Sequence[int], campaign_id: int, *, week: str
) -> frozenset[int]:
    """Which of these units have an analysis of the week."""
    found: set[int] = set()
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_it.unit_id).where(
                _it.campaign_id == campaign_id, _it.week == week, _it.unit_id.in_(some)
            )
        )
        found.update(unit_id for (unit_id,) in rows)
    return frozenset(found)


async def former(
    c: Connection, unit_ids: Sequence[int], campaign_id: int, *, week: str
) -> dict[int, tuple[datetime, Mapping[str, Any]]]:
    """Of each unit the newest analysis of a week before: the time it is for, and its figures."""
    found: dict[int, tuple[datetime, Mapping[str, Any]]] = {}
    for some in slices.cut(unit_ids, slices.VALUES):
        earlier = (
            _it.campaign_id == campaign_id,
            _it.week < week,
            _it.unit_id.in_(some),
        )
        last = (
            sa.select(_it.unit_id, sa.func.max(_it.week).label("week"))
            .where(*earlier)
            .group_by(_it.unit_id)
            .subquery()
        )
        rows = await c.execute(
            sa.select(_it.unit_id, _it.due_ms, _it.figures)
            .join(last, sa.and_(last.c.unit_id == _it.unit_id, last.c.week == _it.week))
            .where(_it.campaign_id == campaign_id)
        )
        found.update({row[0]: (period.at(row[1]), row[2]) for row in rows})
    return found


async def counts(c: Connection, due: datetime) -> tuple[int, int]:
    """How many were published for this time, and to how many persons they went."""
    row = (
        await c.execute(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(_it.told), 0)).where(
                _it.due_ms == period.ms(due)
            )
        )
    ).one()
    return int(row[0]), int(row[1])


async def _first(c: Connection, statement: sa.Select[Any]) -> Published | None:
    row = (await c.execute(statement)).first()
    if row is None:
        return None
    return Published(
        row.id,
        row.unit_id,
        row.campaign_id,
        row.week,
        period.at(row.due_ms),
        row.figures,
        zlib.decompress(row.sentences),
        row.text,
        row.told,
        period.at(row.made_at_ms),
    )
