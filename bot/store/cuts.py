"""Batches as they begin: what an audience is cut into, with the roll of its people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa

from bot.core import packing
from bot.core.audience import Cut
from bot.core.packing import Arrays
from bot.store import rolls, slices, tables
from bot.store.database import Connection

_AT_ONCE: Final = 500  # rows of one statement


async def add(c: Connection, broadcast_id: int, cuts: Iterable[Cut]) -> int:
    """Keep the batches of a broadcast, and its empty roll; the number of members in all."""
    all_ = list(cuts)
    for some in slices.cut(all_, _AT_ONCE):
        await c.execute(sa.insert(tables.batch), [_new(broadcast_id, cut) for cut in some])
    await rolls.make(c, broadcast_id, all_)
    return sum(len(cut.part) for cut in all_)


async def add_one(c: Connection, broadcast_id: int, cut: Cut, *, tried: int) -> None:
    """Keep one more batch of a broadcast, whose members were not reached by the ways `tried`."""
    await c.execute(sa.insert(tables.batch).values(_new(broadcast_id, cut) | {"tried": tried}))
    await rolls.touch(c, broadcast_id, cut.no)


def _new(broadcast_id: int, cut: Cut) -> dict[str, object]:
    fresh = Arrays.fresh(cut.part.states)
    return {
        "broadcast_id": broadcast_id,
        "no": cut.no,
        "channel": cut.channel,
        "turn": cut.turn,
        "n": len(cut.part),
        "lo": int(cut.part.places.min()),
        "hi": int(cut.part.places.max()),
        "members": packing.pack_members(cut.part.ids),
        "places": packing.pack_places(cut.part.places, int(cut.part.places.min())),
        **fresh.columns(),
        "state": "ready" if cut.open else "closed",
        "owner": "",
        "fence": 0,
        "attempts": 0,
        "tried": 0,
    }
