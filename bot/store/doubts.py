"""Whom nobody knows to have got a broadcast when it was over, and what is decided about them: once."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from bot.core import packing, receipt
from bot.core.receipt import State
from bot.core.way import GROUPS
from bot.store import batch_states, tables
from bot.store.database import Connection
from bot.store.dialect import insert

_doubt, _batch = tables.doubt.c, tables.batch.c


class Decision(enum.StrEnum):
    """SETTLING: a stopped broadcast whose last calls are still under way, its author waits for the numbers."""

    SETTLING = "settling"
    SETTLED = "settled"
    OPEN = "open"
    AGAIN = "again"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Doubt:
    """The kept set: persons, and groups, whose copies are in doubt; `n` of them in all."""

    broadcast_id: int
    people: frozenset[int]
    groups: frozenset[int]
    n: int
    decision: Decision


async def find(c: Connection, broadcast_id: int) -> tuple[list[int], list[int]]:
    """Persons and groups that are unknown in a broadcast now."""
    people: list[int] = []
    groups: list[int] = []
    for channel in await _channels(c, broadcast_id):
        for batch in await batch_states.of(c, broadcast_id, [channel], None):
            lost = batch.members[batch.arrays.states == State.UNKNOWN].tolist()
            (groups if channel in GROUPS else people).extend(lost)
    return people, groups


async def _channels(c: Connection, broadcast_id: int) -> Sequence[str]:
    return (
        await c.scalars(
            sa.select(_batch.channel).where(_batch.broadcast_id == broadcast_id).distinct()
        )
    ).all()


async def keep(
    c: Connection,
    broadcast_id: int,
    people: Sequence[int],
    groups: Sequence[int],
    *,
    decision: Decision,
    at_ms: int,
) -> None:
    """Keep who is in doubt; what was kept first stays, so that the question is asked once."""
    await c.execute(
        insert(c, tables.doubt)
        .values(
            broadcast_id=broadcast_id,
            people=np.array(people, packing.MEMBERS).tobytes(),
            robots=np.array(groups, packing.MEMBERS).tobytes(),
            n=len(people) + len(groups),
            decision=decision.value,
            made_at_ms=at_ms,
        )
        .on_conflict_do_nothing()
    )


async def get(c: Connection, broadcast_id: int) -> Doubt | None:
    """What is kept about a broadcast, its row locked until the end of the transaction."""
    query = sa.select(tables.doubt).where(_doubt.broadcast_id == broadcast_id).with_for_update()
    row = (await c.execute(query)).first()
    if row is None:
        return None
    people, groups = (np.frombuffer(kept, packing.MEMBERS) for kept in (row.people, row.robots))
    return Doubt(
        row.broadcast_id,
        frozenset(people.tolist()),
        frozenset(groups.tolist()),
        row.n,
        Decision(row.decision),
    )


async def unasked(c: Connection, decision: Decision) -> list[int]:
    """Broadcasts in this state that nobody was asked or told about."""
    rows = await c.scalars(
        sa.select(_doubt.broadcast_id)
        .where(_doubt.decision == decision, _doubt.asked_at_ms.is_(None))
        .order_by(_doubt.broadcast_id)
    )
    return list(rows)


async def asked(c: Connection, broadcast_id: int, at_ms: int) -> None:
    """Its author was asked."""
    await c.execute(
        sa.update(tables.doubt).where(_doubt.broadcast_id == broadcast_id).values(asked_at_ms=at_ms)
    )


async def decide(
    c: Connection, broadcast_id: int, decision: Decision, *, by: int | None, at_ms: int
) -> None:
    """Write down what was decided, under the lock of `get`."""
    await c.execute(
        sa.update(tables.doubt)
        .where(_doubt.broadcast_id == broadcast_id)
        .values(decision=decision.value, decided_by=by, decided_at_ms=at_ms)
    )


async def reopen(c: Connection, doubt: Doubt) -> int:
    """Have those of the kept set who are unknown still be sent a second copy; how many they are."""
    count = 0
    numbers = await c.scalars(
        sa.select(_batch.no).where(_batch.broadcast_id == doubt.broadcast_id).order_by(_batch.no)
    )
    for no in numbers.all():
        batch = await batch_states.one(c, doubt.broadcast_id, no)
        assert batch is not None  # batches are not deleted
        kept = doubt.groups if batch.channel in GROUPS else doubt.people
        wanted = (batch.arrays.states == State.UNKNOWN) & np.isin(
            batch.members, np.fromiter(kept, packing.MEMBERS, len(kept))
        )
        if wanted.any():
            batch.arrays.states[wanted] = State.PENDING
            batch.arrays.msgids[wanted] = packing.SECOND
            batch.arrays.called[wanted] = 0
            await batch_states.put(c, batch, reopen=True)
            count += int(wanted.sum())
    return count


async def flying(c: Connection, broadcast_id: int) -> int:
    """Members whose calls are under way or not settled yet."""
    rows = await c.scalars(
        sa.select(_batch.states).where(
            _batch.broadcast_id == broadcast_id, _batch.state != "closed"
        )
    )
    states = np.frombuffer(b"".join(rows.all()), np.uint8)
    return int(np.isin(states, receipt.IN_DOUBT).sum())
