"""台账 of one unit: what stands of each indicator, who said it, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.core import period
from bot.core.model import Level
from bot.store import tables
from bot.store.database import Connection

_cell, _entry, _person = tables.cell.c, tables.entry.c, tables.person.c


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands, and the entry it came from; `name` is '' where nobody's is kept (a file, an erased person).

    `waiting`: submitted or returned, as long as a level has yet to agree; `awaits`: which.
    """

    indicator_id: int
    value: int
    whole: int | None
    said_at: datetime
    name: str
    on_behalf: bool
    late: bool
    entry_id: int
    waiting: str | None
    awaits: Level | None


async def of(c: Connection, unit_id: int, indicator_ids: Sequence[int]) -> dict[int, Standing]:
    """By indicator; those of which nothing stands are not there."""
    rows = await c.execute(
        sa.select(
            _cell.indicator_id,
            _cell.value,
            _cell.whole,
            _entry.said_at_ms,
            _entry.on_behalf,
            _entry.late,
            _cell.entry_id,
            _cell.waiting,
            _cell.awaits,
            sa.func.coalesce(_person.name, "").label("name"),
        )
        .join(tables.entry, _entry.id == _cell.entry_id)
        .outerjoin(tables.person, _person.id == _entry.person_id)
        .where(
            _cell.unit_id == unit_id,
            _cell.indicator_id.in_(indicator_ids),
            _cell.value.is_not(None),
        )
    )
    return {
        row.indicator_id: Standing(
            row.indicator_id,
            row.value,
            row.whole,
            period.at(row.said_at_ms),
            row.name,
            row.on_behalf,
            row.late,
            row.entry_id,
            row.waiting,
            Level(row.awaits) if row.awaits else None,
        )
        for row in rows
    }
