"""Batches as others than their sender read and change them, under the row's lock."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.core import packing
from bot.core.packing import Arrays
from bot.core.way import GROUPS
from bot.store import batches, dialect, rolls, tables
from bot.store.database import Connection

_batch = tables.batch.c


@dataclass(slots=True)
class Held:
    """A batch under its row's lock, for the length of a transaction."""

    broadcast_id: int
    no: int
    channel: str
    state: str
    members: NDArray[np.int64]
    places: NDArray[np.int32]
    arrays: Arrays


async def one(c: Connection, broadcast_id: int, no: int) -> Held | None:
    """A batch under its row's lock, whoever sends it; the gate of its broadcast is passed."""
    row = (
        await c.execute(
            sa.select(tables.batch, dialect.Gate().label("gate"))
            .where(_batch.broadcast_id == broadcast_id, _batch.no == no)
            .with_for_update()
        )
    ).first()
    return _held(row) if row else None


async def with_msgids(c: Connection, msgids: Sequence[int]) -> list[tuple[int, int]]:
    """The batches, newest broadcast first, whose range of msgids holds one of these."""
    wanted = sorted(msgids)
    rows = await c.execute(
        sa.select(_batch.broadcast_id, _batch.no, _batch.msgid_lo, _batch.msgid_hi)
        .where(_batch.msgid_lo <= wanted[-1], _batch.msgid_hi >= wanted[0])
        .order_by(_batch.broadcast_id.desc(), _batch.no)
    )
    # Some speak of no batch (cards to one person do) and lie days apart: most batches are between them.
    return [
        (row.broadcast_id, row.no)
        for row in rows
        if bisect.bisect_left(wanted, row.msgid_lo) < bisect.bisect_right(wanted, row.msgid_hi)
    ]


async def of(
    c: Connection,
    broadcast_id: int,
    channels: Sequence[str],
    places: tuple[int, int] | None,
) -> list[Held]:
    """The batches of a broadcast for reading, in order; `places` [lo, hi) leaves out those surely elsewhere."""
    query = (
        sa.select(tables.batch)
        .where(_batch.broadcast_id == broadcast_id, _batch.channel.in_(channels))
        .order_by(_batch.no)
    )
    if places is not None:
        query = query.where(_batch.hi >= places[0], _batch.lo < places[1])
    return [_held(row) for row in await c.execute(query)]


async def put(c: Connection, batch: Held, *, reopen: bool) -> None:
    """Write the arrays of a batch that `one` gave in this transaction; `reopen` has it sent again."""
    values = batches.columns(batch.arrays)
    if reopen and batch.state == "closed":
        values |= {"state": "ready", "not_before_ms": None}
    await c.execute(
        sa.update(tables.batch)
        .where(_batch.broadcast_id == batch.broadcast_id, _batch.no == batch.no)
        .values(values)
    )
    if batch.channel not in GROUPS:
        await rolls.touch(c, batch.broadcast_id, batch.no)


def _held(row: Any) -> Held:
    return Held(
        row.broadcast_id,
        row.no,
        row.channel,
        row.state,
        packing.members(row.members, row.n),
        packing.places(row.places, row.n, row.lo),
        Arrays.read(row.states, row.msgids, row.called),
    )
