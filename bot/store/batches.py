"""Batches: the unit of claim. Every change is made under the row's lock, the sender's also under its fence.

Locks are taken in one order: the gate of the broadcast (`held` and `batch_states.one` pass it, `broadcasts.shut`
shuts it), its batches, the broadcast itself. Who has shut the gate is alone and may lock the broadcast first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot import errors
from bot.core import packing, receipt
from bot.core.packing import Arrays
from bot.core.plan import Phase
from bot.core.way import GROUPS
from bot.store import dialect, rolls, tables
from bot.store.database import Connection
from bot.store.prepared import Statement, bind

LEASE_MS = 60_000  # a worker that is not heard of for so long has lost its batch

_batch, _broadcast = tables.batch.c, tables.broadcast.c


_OURS = (
    _batch.broadcast_id == bind("of"),
    _batch.no == bind("number"),
    _batch.fence == bind("held_by"),
    _batch.state == "claimed",
)
_HELD = Statement(
    sa.select(_batch.states, _batch.msgids, _batch.called, dialect.Gate().label("gate"))
    .where(*_OURS)
    .with_for_update()
)
_SAVE = Statement(
    sa.update(tables.batch)
    .where(*_OURS)
    .values(
        {
            name: bind(f"new_{name}")
            for name in ("states", "msgids", "called", "msgid_lo", "msgid_hi")
        }
        | {"lease_until_ms": dialect.Clock() + LEASE_MS}
    )
)


# Each finds its one row by the index on state, broadcast and turn, however many batches there are.
_FIRST = (
    sa.select(_batch.no)
    .where(_batch.broadcast_id == bind("of"))
    .order_by(_batch.turn)
    .limit(1)
    .with_for_update(skip_locked=True)  # SQLite has one writer and ignores it
)
_LOST = _FIRST.where(_batch.state == "claimed", _batch.lease_until_ms < dialect.Clock())
_THIS = sa.select(_broadcast.id).where(_broadcast.id == bind("of"))
_READY = _FIRST.where(
    _batch.state == "ready",
    sa.or_(
        sa.and_(
            sa.or_(_batch.not_before_ms.is_(None), _batch.not_before_ms <= dialect.Clock()),
            _THIS.where(
                _broadcast.state == Phase.SENDING,
                sa.or_(_broadcast.urgent, bind("loud", type_=sa.Boolean)),
            ).exists(),
        ),
        _THIS.where(_broadcast.state.in_([Phase.STOPPED, Phase.EXPIRED])).exists(),
    ),
)
_CLAIM = Statement(
    sa.update(tables.batch)
    .where(
        _batch.broadcast_id == bind("of"),
        _batch.no == sa.func.coalesce(_LOST.scalar_subquery(), _READY.scalar_subquery()),
    )
    .values(
        state="claimed",
        owner=bind("by"),
        fence=_batch.fence + 1,
        lease_until_ms=dialect.Clock() + LEASE_MS,
        not_before_ms=None,
    )
    .returning(
        _batch.no,
        _batch.channel,
        _batch.fence,
        _batch.attempts,
        _batch.members,
        _batch.n,
        _batch.tried,
    )
)
_LET_GO = Statement(
    sa.update(tables.batch)
    .where(*_OURS)
    .values(
        {
            name: bind(f"new_{name}")
            for name in (
                "states",
                "msgids",
                "called",
                "msgid_lo",
                "msgid_hi",
                "state",
                "attempts",
            )
        }
        | {
            "owner": "",
            "lease_until_ms": sa.null(),
            "not_before_ms": sa.case(
                (bind("wait_ms", type_=sa.BigInteger) > 0, dialect.Clock() + bind("wait_ms")),
                else_=sa.null(),
            ),
        }
    )
)
_LEFT = Statement(
    # By the index on the state, which finds few: a broadcast has thousands of closed ones.
    sa.select(_batch.no)
    .where(_batch.state.in_(["ready", "claimed"]), _batch.broadcast_id == bind("of"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch in our hands until the lease ends or somebody with a higher fence has it.

    `tried`: ways (bits) by which its members were surely not reached.
    """

    broadcast_id: int
    no: int
    channel: str
    fence: int
    attempts: int
    members: NDArray[np.int64]
    tried: int = 0


async def claim(c: Connection, owner: str, *, of: int, quiet: bool) -> Claim | None:
    """Take the next batch of the broadcast `of`: one that was lost, else the first in turn; None if there is none.

    In quiet hours only an urgent broadcast goes on. Batches of a broadcast that is over are taken too, so
    that whoever holds them settles what is in doubt.
    """
    row = await _CLAIM.first(c, {"of": of, "by": owner, "loud": not quiet})
    if row is None:
        return None
    members = packing.members(row.members, row.n)
    return Claim(of, row.no, row.channel, row.fence, row.attempts, members, row.tried)


async def held(c: Connection, claim: Claim) -> Arrays:
    """The batch's arrays under its row's lock; raises Fenced when it is no longer ours.

    What is read of the broadcast afterwards stands until the end of the transaction, as far as stopping it goes.
    """
    row = await _HELD.first(c, _key(claim))
    if row is None:
        raise errors.Fenced
    return Arrays.read(row.states, row.msgids, row.called)


async def save(c: Connection, claim: Claim, arrays: Arrays) -> None:
    """Write the arrays of a batch that `held` gave in this transaction, and make the lease new."""
    least, greatest = arrays.msgid_range()
    values = {**arrays.columns(), "msgid_lo": least, "msgid_hi": greatest}
    await _SAVE.run(c, _key(claim) | {f"new_{name}": value for name, value in values.items()})


async def give_back(
    c: Connection, claim: Claim, arrays: Arrays, *, wait_ms: int, attempts: int
) -> None:
    """Write the arrays and let go: closed when nobody is left to send to, else ready after `wait_ms`."""
    left = receipt.holds_open(arrays.states)
    state = "ready" if left else "closed"
    await _let_go(c, claim, arrays, state=state, wait_ms=wait_ms if left else 0, attempts=attempts)


async def close(c: Connection, claim: Claim, arrays: Arrays) -> None:
    """Write the arrays and close, though members may be left unsent: their broadcast is over."""
    await _let_go(c, claim, arrays, state="closed", wait_ms=0, attempts=claim.attempts)


async def _let_go(
    c: Connection, claim: Claim, arrays: Arrays, *, state: str, wait_ms: int, attempts: int
) -> None:
    news = columns(arrays) | {"state": state, "attempts": attempts}
    given = {f"new_{name}": value for name, value in news.items()} | {"wait_ms": wait_ms}
    await _LET_GO.run(c, _key(claim) | given)
    await _touch(c, claim)


async def put_back(c: Connection, claim: Claim, *, wait_ms: int, attempts: int) -> None:
    """Let go of a batch in the middle of a fault; whoever claims it next settles what is in doubt."""
    now_ms = await dialect.clock_ms(c)
    await c.execute(
        sa.update(tables.batch)
        .where(*_mine(claim))
        .values(
            state="ready",
            owner="",
            lease_until_ms=None,
            not_before_ms=now_ms + wait_ms,
            attempts=attempts,
        )
    )
    await _touch(c, claim)


async def _touch(c: Connection, claim: Claim) -> None:
    """While it was claimed readers looked at the batch itself."""
    if claim.channel not in GROUPS:
        await rolls.touch(c, claim.broadcast_id, claim.no)


def _mine(claim: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _batch.broadcast_id == claim.broadcast_id,
        _batch.no == claim.no,
        _batch.fence == claim.fence,
        _batch.state == "claimed",
    )


def _key(claim: Claim) -> dict[str, object]:
    return {"of": claim.broadcast_id, "number": claim.no, "held_by": claim.fence}


def columns(arrays: Arrays) -> dict[str, Any]:
    """The arrays as they lie in the table, with the range of their msgids."""
    least, greatest = arrays.msgid_range()
    return {
        **arrays.columns(),
        "msgid_lo": least,
        "msgid_hi": greatest,
    }


async def others(c: Connection, broadcast_id: int, channel: str) -> bool:
    """Whether a batch of another channel is not closed."""
    left = _batch.state.in_(["ready", "claimed"])
    found = sa.select(_batch.no).where(
        left, _batch.broadcast_id == broadcast_id, _batch.channel != channel
    )
    return await c.scalar(found.limit(1)) is not None


async def owners(c: Connection) -> list[str]:
    """Who holds batches now, but for the dead whose leases `orphan` has ended."""
    held = _batch.state == "claimed", _batch.lease_until_ms > 0
    rows = await c.scalars(sa.select(_batch.owner).where(*held).distinct())
    return list(rows)


async def orphan(c: Connection, owner: str) -> int:
    """End the leases of an owner known to be dead; how many there were."""
    rows = await c.execute(
        sa.update(tables.batch)
        .where(_batch.state == "claimed", _batch.owner == owner)
        .values(lease_until_ms=0)
        .returning(_batch.no)
    )
    return len(rows.all())


async def unfinished(c: Connection, broadcast_id: int) -> bool:
    """Whether a batch of the broadcast is not closed."""
    return await _LEFT.first(c, {"of": broadcast_id}) is not None
