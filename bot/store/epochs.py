"""Where units stood when the audience of a broadcast was frozen: in the epoch of the tree that it keeps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.core import packing
from bot.core.model import Unit
from bot.core.plan import Broadcast
from bot.core.tree import Interval
from bot.store import tables, units
from bot.store.database import Connection
from bot.store.prepared import Statement, bind

_span, _unit = tables.unit_span.c, tables.unit.c

_SPAN = Statement(
    sa.select(_span.lo, _span.hi).where(_span.epoch == bind("epoch"), _span.unit_id == bind("id"))
)
_SPANS_BELOW = Statement(
    # Outer: SQLite begins an inner join of these with every unit of the epoch when nobody has run ANALYZE.
    sa.select(*units.COLUMNS, _span.lo, _span.hi)
    .outerjoin(tables.unit_span, sa.and_(_span.unit_id == _unit.id, _span.epoch == bind("epoch")))
    .where(_unit.parent_id == bind("id"), _unit.ended_at_ms.is_(None))
    .order_by(_unit.lo)
)


async def spans(c: Connection, broadcast: Broadcast, unit: Unit) -> list[tuple[Unit, int, int]]:
    """The unit, first, and its children with their intervals in the broadcast's epoch; nothing if it was not there."""
    of = {"id": unit.id, "epoch": broadcast.epoch}
    own = await _SPAN.first(c, of)
    if own is None:
        return []
    found = await _SPANS_BELOW.all(c, of)
    below = [(units.of(row), row[-2], row[-1]) for row in found if row[-2] is not None]
    return [(unit, own.lo, own.hi), *below]


async def inside(
    c: Connection, broadcast: Broadcast, scope: Sequence[Interval], places: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which places of the broadcast's epoch lie in `scope`, which is given in intervals of today."""
    if broadcast.epoch == await units.epoch(c):
        chosen = np.zeros(len(places), np.bool_)
        for lo, hi in scope:
            chosen |= (places >= lo) & (places < hi)
        return chosen
    then = await c.scalars(
        # Outer for the same reason as in `_SPANS_BELOW`.
        sa.select(_span.lo)
        .select_from(tables.unit)
        .outerjoin(
            tables.unit_span,
            sa.and_(_span.unit_id == _unit.id, _span.epoch == broadcast.epoch),
        )
        .where(units.within(scope))
    )
    known = [lo for lo in then if lo is not None]
    return np.isin(places, np.array(known, packing.PLACES))


async def places_of(
    c: Connection, broadcast: Broadcast, places: Sequence[int]
) -> dict[int, tuple[int, str]]:
    """Unit ids and short names by place in the broadcast's epoch."""
    rows = await c.execute(
        sa.select(_span.lo, tables.unit.c.id, tables.unit.c.short)
        .join(tables.unit, tables.unit.c.id == _span.unit_id)
        .where(_span.epoch == broadcast.epoch, _span.lo.in_(sorted(set(places))))
    )
    return {row.lo: (row.id, row.short) for row in rows}
