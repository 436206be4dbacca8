"""New batches of members who move to another channel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sqlalchemy as sa

from bot.core import packing
from bot.core.audience import Cut, Members
from bot.core.plan import BATCH
from bot.core.receipt import State
from bot.store import cuts, slices, tables
from bot.store.batches import Claim
from bot.store.database import Connection

_batch = tables.batch.c


async def add(
    c: Connection, claim: Claim, positions: Sequence[int], *, channel: str, tried: int
) -> None:
    """Have these members sent to by another channel; the broadcast is locked by the caller."""
    row = (
        await c.execute(
            sa.select(_batch.places, _batch.n, _batch.lo, _batch.turn).where(
                _batch.broadcast_id == claim.broadcast_id, _batch.no == claim.no
            )
        )
    ).one()
    last = await c.scalar(
        sa.select(sa.func.max(_batch.no)).where(_batch.broadcast_id == claim.broadcast_id)
    )
    places = packing.places(row.places, row.n, row.lo)
    for at, some in enumerate(slices.cut(positions, BATCH)):
        chosen = list(some)
        part = Members(
            claim.members[chosen],
            places[chosen],
            np.full(len(chosen), int(State.PENDING), packing.STATES),
        )
        cut = Cut((last or 0) + 1 + at, channel, row.turn, part)
        await cuts.add_one(c, claim.broadcast_id, cut, tried=tried)
