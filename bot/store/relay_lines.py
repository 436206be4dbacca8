"""转发加注: the lines that levels on the way add to a notice, each for the groups of its own units."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.core.model import Unit
from bot.core.plan import Broadcast
from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert

_line, _span, _unit = tables.relay_line.c, tables.unit_span.c, tables.unit.c


@dataclass(frozen=True, slots=True)
class Line:
    """What a unit added, for the places `[lo, hi)` of the broadcast's epoch."""

    unit_id: int
    unit: str
    lo: int
    hi: int
    text: str


async def put(
    c: Connection, broadcast: Broadcast, unit: Unit, text: str, *, by: int, at_ms: int
) -> bool:
    """Keep the unit's line in the place of the one before; an empty text takes it away. False: it is not in that tree."""
    await c.execute(
        sa.delete(tables.relay_line).where(
            _line.broadcast_id == broadcast.id, _line.unit_id == unit.id
        )
    )
    span = (
        await c.execute(
            sa.select(_span.lo, _span.hi).where(
                _span.epoch == broadcast.epoch, _span.unit_id == unit.id
            )
        )
    ).first()
    if span is None:
        return False
    if text:
        values = {"broadcast_id": broadcast.id, "unit_id": unit.id, "lo": span.lo, "hi": span.hi}
        values |= {"text": text, "by_person_id": by, "at_ms": at_ms}
        await c.execute(insert(c, tables.relay_line).values(values))
    return True


async def of(c: Connection, broadcast_id: int) -> list[Line]:
    """All lines of a notice, the highest level first."""
    rows = await c.execute(
        sa.select(_line.unit_id, _unit.display, _line.lo, _line.hi, _line.text)
        .join(tables.unit, _unit.id == _line.unit_id)
        .where(_line.broadcast_id == broadcast_id)
        .order_by(_line.lo, _line.hi.desc())
    )
    return [Line(*row) for row in rows]
