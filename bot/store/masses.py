"""Mass messages: how the platform says they ended, and who had how many this month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.core import packing
from bot.core.plan import Phase
from bot.core.receipt import OPEN, State
from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert

_batch, _broadcast = tables.batch.c, tables.broadcast.c
_end = tables.mass_end.c
# Whoever is in one of these has it, may have it, or will.
_COUNTED = (*OPEN, State.ACCEPTED, State.DELIVERED, State.UNKNOWN)
_WILL = (State.PENDING, State.RETRY)
_OVER = (Phase.REFUSED, Phase.STOPPED, Phase.EXPIRED)


@dataclass(frozen=True, slots=True)
class End:
    """The totals of one mass message: on the list, left after the platform's own filters, sent, failed."""

    msgid: int
    status: str
    total: int
    filtered: int
    sent: int
    failed: int


async def ended(c: Connection, end: End, *, at_ms: int) -> None:
    """Keep how a mass message ended; a repeat changes nothing."""
    row = {name: getattr(end, name) for name in End.__dataclass_fields__}
    row["status"] = end.status[:32]
    made = insert(c, tables.mass_end).values(**row, at_ms=at_ms)
    await c.execute(made.on_conflict_do_nothing(index_elements=["msgid"]))


async def ends(c: Connection, msgids: Sequence[int]) -> list[End]:
    """How these mass messages ended, as far as the platform has said."""
    columns = [_end[name] for name in End.__dataclass_fields__]
    rows = await c.execute(sa.select(*columns).where(_end.msgid.in_(msgids)).order_by(_end.msgid))
    return [End(*row) for row in rows]


async def had(c: Connection, *, since_ms: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Persons (ids, ascending) and how many mass messages each has had since then, or will get.

    Those still to be sent count as well: two notices that are made at once may not both spend the
    last one. What was stopped before its turn, or refused, does not count.
    """
    rows = await c.execute(
        sa.select(_batch.members, _batch.states, _batch.called, _broadcast.state)
        .join(tables.broadcast, _broadcast.id == _batch.broadcast_id)
        .where(
            _batch.channel == "mass",
            sa.or_(_broadcast.done_at_ms.is_(None), _broadcast.done_at_ms >= since_ms),
        )
    )
    found = [np.empty(0, packing.MEMBERS)]
    for row in rows:
        states = np.frombuffer(row.states, packing.STATES)
        called = np.frombuffer(row.called or bytes(4 * len(states)), packing.CALLED)
        mine = np.isin(states, _COUNTED) & ((called == 0) | (called >= since_ms // 1000))
        if row.state in _OVER:
            mine &= ~np.isin(states, _WILL)
        found.append(packing.members(row.members, len(states))[mine])
    people, times = np.unique(np.concatenate(found), return_counts=True)
    return people.astype(np.int64), times.astype(np.int64)
