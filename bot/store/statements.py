"""What units say that all below them come to; append-only, the newest of each counts."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.store import slices, tables
from bot.store.database import Connection
from bot.store.prepared import Statement, several

_it = tables.stated.c

_NEWEST = Statement(
    sa.select(_it.indicator_id, _it.unit_id, _it.value)
    .where(_it.unit_id.in_(several("units")), _it.indicator_id.in_(several("indicators")))
    .order_by(_it.said_at_ms, _it.id)
)


async def add(
    c: Connection,
    *,
    indicator_id: int,
    unit_id: int,
    value: int,
    person_id: int,
    source: bytes,
    said_at_ms: int,
) -> None:
    """Keep one."""
    await c.execute(
        sa.insert(tables.stated).values(
            indicator_id=indicator_id,
            unit_id=unit_id,
            value=value,
            person_id=person_id,
            source=source,
            said_at_ms=said_at_ms,
        )
    )


async def newest(
    c: Connection, indicator_ids: Sequence[int], unit_ids: Sequence[int]
) -> dict[tuple[int, int], int]:
    """Under (indicator id, unit id) what each unit said last; nothing for those that never did."""
    found: dict[tuple[int, int], int] = {}
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await _NEWEST.all(c, {"units": list(some), "indicators": list(indicator_ids)})
        found.update(((row[0], row[1]), row[2]) for row in rows)
    return found
