"""Notices that correct others: whom the first was for, who has acted on it, and what came after it."""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa

from bot.core.plan import CUT
from bot.core.receipt import REACHED, State
from bot.core.way import GROUPS
from bot.store import batch_states, recalls, tables
from bot.store.database import Connection

_broadcast, _receipt, _batch = tables.broadcast.c, tables.receipt.c, tables.batch.c
_newer = tables.broadcast.alias("newer")
_ACTED = ("signed", "answered")
_HAVE = (*REACHED, State.TO_RELAY)

SUPERSEDED = sa.exists().where(_newer.c.amends == _broadcast.id, _newer.c.state.in_(CUT))
"""Of a query on `broadcast`: a later version has been sent, so nothing is asked for this one any more."""


async def after(c: Connection, n: int) -> int | None:
    """The notice that took the place of `n`; None if it stands."""
    found: int | None = await c.scalar(
        sa.select(sa.func.max(_broadcast.id)).where(
            _broadcast.amends == n, _broadcast.state.in_(CUT)
        )
    )
    return found


async def begun(c: Connection, n: int) -> int | None:
    """A correction of `n` that was sent or waits to be."""
    states = [*CUT, "waiting"]
    found: int | None = await c.scalar(
        sa.select(sa.func.max(_broadcast.id)).where(
            _broadcast.amends == n, _broadcast.state.in_(states)
        )
    )
    return found


async def members(c: Connection, n: int, *, acted: bool) -> tuple[list[int], list[int]]:
    """Persons and groups that notice `n` was for; persons who have signed or answered it only if `acted`.

    Of one that was to be taken back, exactly those who have it still.
    """
    channels = (
        await c.scalars(sa.select(_batch.channel).where(_batch.broadcast_id == n).distinct())
    ).all()
    people: list[int] = []
    groups: list[int] = []
    wished = await recalls.wished(c, n)
    gone = await recalls.gone(c, n) if wished else set()
    for channel in channels:
        for batch in await batch_states.of(c, n, [channel], None):
            states = batch.arrays.states
            wanted = np.isin(states, _HAVE) if wished else states != State.MOVED
            here = [] if batch.no in gone else batch.members[wanted].tolist()
            (groups if channel in GROUPS else people).extend(here)
    if not acted:
        done = await signers(c, n)
        people = [one for one in people if one not in done]
    return people, groups


async def signers(c: Connection, n: int) -> set[int]:
    """Persons who signed or answered notice `n`."""
    rows = await c.scalars(
        sa.select(_receipt.member_id).where(
            _receipt.broadcast_id == n,
            _receipt.member_kind == "person",
            _receipt.kind.in_(_ACTED),
        )
    )
    return set(rows)
