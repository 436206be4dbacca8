"""Taking back what calls for many sent: asked for once, tried until the platform says something clear."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import dialect, tables
from bot.store.database import Connection
from bot.store.dialect import insert

LEASE_MS = 60_000  # whoever is not heard of for so long has not done it

_recall, _taken, _broadcast = tables.recall.c, tables.taken.c, tables.broadcast.c


class Result(enum.StrEnum):
    """How far a recall is; the last three are ends."""

    READY = "ready"
    CALLING = "calling"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Claim:
    """One recall in our hands; `attempts` counts this one."""

    taken_id: int
    broadcast_id: int
    channel: str
    msgid: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Sums:
    """People whose copies are taken back, by how far that is."""

    waiting: int
    done: int
    refused: int
    unknown: int


async def wish(c: Connection, broadcast_id: int, at_ms: int) -> None:
    """What this broadcast sent is not to be believed any more; the first time stays."""
    await c.execute(
        sa.update(tables.broadcast)
        .where(_broadcast.id == broadcast_id, _broadcast.recalled_at_ms.is_(None))
        .values(recalled_at_ms=at_ms)
    )


async def wished(c: Connection, broadcast_id: int) -> bool:
    """Whether somebody wanted it taken back."""
    at_ms = await c.scalar(
        sa.select(_broadcast.recalled_at_ms).where(_broadcast.id == broadcast_id)
    )
    return at_ms is not None


async def ask(
    c: Connection, broadcast_id: int, channels: Sequence[str], *, since_ms: int, at_ms: int
) -> None:
    """Have its calls on these channels, taken since then, taken back; what was asked before stays as it is."""
    due_ms = await dialect.clock_ms(c)
    rows = await c.scalars(
        sa.select(_taken.id).where(
            _taken.broadcast_id == broadcast_id,
            _taken.channel.in_(channels),
            _taken.at_ms >= since_ms,
        )
    )
    for taken_id in rows.all():
        new = insert(c, tables.recall).values(
            taken_id=taken_id,
            broadcast_id=broadcast_id,
            state=Result.READY,
            attempts=0,
            due_ms=due_ms,
            asked_at_ms=at_ms,
        )
        await c.execute(new.on_conflict_do_nothing(index_elements=["taken_id"]))


def _due(now_ms: int) -> sa.ColumnElement[bool]:
    return sa.and_(_recall.state.in_([Result.READY, Result.CALLING]), _recall.due_ms <= now_ms)


async def due(c: Connection) -> bool:
    """Whether there is one to take."""
    found = sa.select(_recall.taken_id).where(_due(await dialect.clock_ms(c))).limit(1)
    return await c.scalar(found) is not None


async def claim(c: Connection) -> Claim | None:
    """Take the next one that is due, or whose taker is not heard of."""
    now_ms = await dialect.clock_ms(c)
    next_one = (
        sa.select(_recall.taken_id)
        .where(_due(now_ms))
        .order_by(_recall.due_ms, _recall.taken_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken_id = await c.scalar(next_one)
    if taken_id is None:
        return None
    row = (
        await c.execute(
            sa.update(tables.recall)
            .where(_recall.taken_id == taken_id)
            .values(state=Result.CALLING, attempts=_recall.attempts + 1, due_ms=now_ms + LEASE_MS)
            .returning(_recall.broadcast_id, _recall.attempts)
        )
    ).one()
    sent = (
        await c.execute(sa.select(_taken.channel, _taken.msgid).where(_taken.id == taken_id))
    ).one()
    return Claim(taken_id, row.broadcast_id, sent.channel, sent.msgid, row.attempts)


async def end(c: Connection, claim: Claim, result: Result, *, code: int | None, at_ms: int) -> bool:
    """Write down how it ended; False when somebody else has had it since."""
    return await _put(c, claim, {"state": result, "code": code, "ended_at_ms": at_ms})


async def again(c: Connection, claim: Claim, *, wait_ms: int) -> None:
    """Try it once more after that time."""
    due_ms = await dialect.clock_ms(c) + wait_ms
    await _put(c, claim, {"state": Result.READY, "due_ms": due_ms})


async def _put(c: Connection, claim: Claim, values: Mapping[str, object]) -> bool:
    row = await c.scalar(
        sa.update(tables.recall)
        .where(
            _recall.taken_id == claim.taken_id,
            _recall.state == Result.CALLING,
            _recall.attempts == claim.attempts,
        )
        .values(values)
        .returning(_recall.taken_id)
    )
    return row is not None


async def sums(c: Connection, broadcast_id: int) -> Sums:
    """How far taking back is, in people."""
    rows = await c.execute(
        sa.select(_recall.state, sa.func.sum(_taken.n))
        .join(tables.taken, _taken.id == _recall.taken_id)
        .where(_recall.broadcast_id == broadcast_id)
        .group_by(_recall.state)
    )
    found = {row[0]: int(row[1]) for row in rows}
    waiting = found.get(Result.READY, 0) + found.get(Result.CALLING, 0)
    ends = (found.get(one, 0) for one in (Result.DONE, Result.REFUSED, Result.UNKNOWN))
    return Sums(waiting, *ends)


async def gone(c: Connection, broadcast_id: int) -> set[int]:
    """The numbers of the batches of which everything that was taken has been taken back."""
    rows = await c.execute(
        sa.select(_taken.no, sa.func.coalesce(_recall.state, ""))
        .outerjoin(tables.recall, _recall.taken_id == _taken.id)
        .where(_taken.broadcast_id == broadcast_id)
    )
    found: dict[int, bool] = {}
    for no, state in rows:
        found[no] = found.get(no, True) and state == Result.DONE
    return {no for no, whole in found.items() if whole}
