"""Broadcasts: made once, changed only by compare-and-set on their version, counted from their batches."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import sqlalchemy as sa

from bot import errors
from bot.core import plan, receipt
from bot.core.plan import Broadcast, Phase
from bot.core.way import GROUPS
from bot.store import audits, tables
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Statement, bind

_SHUT_MS: Final = "500"

_broadcast = tables.broadcast.c
_COLUMNS = tuple(_broadcast[name] for name in Broadcast.__dataclass_fields__)
_WAITING = Statement(
    sa.select(*_COLUMNS)
    .where(_broadcast.state == Phase.WAITING)
    .order_by(_broadcast.id.desc())
    .limit(bind("most"))
)
_BY_ID = Statement(sa.select(*_COLUMNS).where(_broadcast.id == bind("n")))
_CONTROL = Statement(
    sa.select(_broadcast.state, _broadcast.urgent).where(_broadcast.id == bind("n"))
)


def _of(row: Any) -> Broadcast:
    values = dict(zip(Broadcast.__dataclass_fields__, row, strict=True))
    values["receipt"] = plan.Receipt(values["receipt"])
    values["state"] = Phase(values["state"])
    return Broadcast(**values)


async def add(c: Connection, values: Mapping[str, object]) -> tuple[Broadcast, bool]:
    """Keep a new broadcast; with the idempotency key of an earlier one that one is returned, and False."""
    row = (
        await c.execute(
            insert(c, tables.broadcast)
            .values(dict(values))
            .on_conflict_do_nothing(index_elements=["idem_key"])
            .returning(*_COLUMNS)
        )
    ).first()
    if row is not None:
        return _of(row), True
    first = await by_idem_key(c, str(values["idem_key"]))
    assert first is not None  # it was there a moment ago, and rows are not deleted
    return first, False


async def by_idem_key(c: Connection, key: str) -> Broadcast | None:
    """The broadcast made first under this idempotency key."""
    row = (await c.execute(sa.select(*_COLUMNS).where(_broadcast.idem_key == key))).first()
    return _of(row) if row else None


async def same(
    c: Connection, unit_id: int, title: str, body: str, *, since_ms: int, before: int | None
) -> plan.Earlier | None:
    """The newest notice of the unit with these words since then, `before` that number, that was not refused."""
    query = sa.select(_broadcast.id, _broadcast.made_at_ms).where(
        _broadcast.unit_id == unit_id,
        _broadcast.made_at_ms >= since_ms,
        _broadcast.purpose == "notice",
        _broadcast.state != Phase.REFUSED,
        _broadcast.title == title,
        _broadcast.body == body,
    )
    if before is not None:
        query = query.where(_broadcast.id < before)
    row = (await c.execute(query.order_by(_broadcast.id.desc()).limit(1))).first()
    return plan.Earlier(*row) if row else None


async def keyed(c: Connection, n: int, prefix: str) -> bool:
    """Whether the broadcast was made under an idempotency key that begins so."""
    begins = _broadcast.idem_key.startswith(prefix, autoescape=True)
    return bool(await c.scalar(sa.select(sa.exists().where(_broadcast.id == n, begins))))


async def by_id(c: Connection, n: int) -> Broadcast | None:
    """The broadcast people call N号通知."""
    row = await _BY_ID.first(c, {"n": n})
    return _of(row) if row else None


async def get(c: Connection, n: int) -> Broadcast:
    """As `by_id`, but raises NotFound."""
    found = await by_id(c, n)
    if found is None:
        raise errors.NotFound
    return found


async def locked(c: Connection, n: int) -> Broadcast:
    """As `get`, and until the end of the transaction nobody else changes the broadcast."""
    query = sa.select(*_COLUMNS).where(_broadcast.id == n).with_for_update(key_share=True)
    row = (await c.execute(query)).first()
    if row is None:
        raise errors.NotFound
    return _of(row)


async def shut(c: Connection, n: int) -> None:
    """Wait for those who hold batches of the broadcast; until the end of the transaction nobody else does.

    So what a transaction that stops it counts afterwards is what goes on. Before any other lock on the
    broadcast. After half a second it goes on without: whoever passed may wait for something of ours.
    """
    if c.dialect.name != "postgresql":
        return
    longest = sa.func.set_config
    with contextlib.suppress(sa.exc.OperationalError):
        async with c.begin_nested():
            await c.execute(sa.select(longest("lock_timeout", _SHUT_MS, sa.true())))
            await c.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.literal(-n, sa.BigInteger))))
            await c.execute(sa.select(longest("lock_timeout", "0", sa.true())))


async def recent(
    c: Connection, unit_ids: Sequence[int] | None, limit: int, *, purposes: Sequence[str] = ()
) -> list[Broadcast]:
    """The newest broadcasts, of these sending units and for these purposes when they are given."""
    query = sa.select(*_COLUMNS).order_by(_broadcast.id.desc()).limit(limit)
    if unit_ids is not None:
        query = query.where(_broadcast.unit_id.in_(unit_ids))
    if purposes:
        query = query.where(_broadcast.purpose.in_(purposes))
    return [_of(row) for row in await c.execute(query)]


async def waiting(c: Connection, limit: int) -> list[Broadcast]:
    """Broadcasts that wait for 同意, newest first."""
    return [_of(row) for row in await _WAITING.all(c, {"most": limit})]


async def move(
    c: Connection,
    broadcast: Broadcast,
    to: Phase,
    *,
    at_ms: int,
    actor: str,
    reason: str,
    also: Mapping[str, object],
) -> Broadcast:
    """Change the state, write it down, and return the broadcast as it is now.

    `reason` is shown to people; `also` are other columns that change with the state. Raises Conflict
    when the broadcast has changed since it was read or may not go there.
    """
    if not (plan.allowed(broadcast.state, to) or plan.taken_over(broadcast, to, reason)):
        raise errors.Conflict
    row = (
        await c.execute(
            sa.update(tables.broadcast)
            .where(_broadcast.id == broadcast.id, _broadcast.state_ver == broadcast.state_ver)
            .values(
                state=to.value,
                state_ver=broadcast.state_ver + 1,
                stop_reason=reason[:128],
                **also,
            )
            .returning(*_COLUMNS)
        )
    ).first()
    if row is None:
        raise errors.Conflict
    await audits.note(
        c,
        at_ms=at_ms,
        actor=actor,
        deed=f"broadcast.{to}",
        thing=f"broadcast:{broadcast.id}",
        detail={"from": broadcast.state.value, "reason": reason},
    )
    return _of(row)


async def resize(
    c: Connection, broadcast: Broadcast, *, people: int, groups: int, body_hash: bytes
) -> None:
    """Keep what a waiting broadcast would reach now, so that the next 同意 means that."""
    await c.execute(
        sa.update(tables.broadcast)
        .where(_broadcast.id == broadcast.id, _broadcast.state == Phase.WAITING)
        .values(people_n=people, groups_n=groups, body_hash=body_hash)
    )


async def hold(c: Connection, broadcast: Broadcast, until_ms: int) -> Broadcast:
    """Have an approved broadcast wait until then."""
    row = (
        await c.execute(
            sa.update(tables.broadcast)
            .where(_broadcast.id == broadcast.id)
            .values(not_before_ms=until_ms)
            .returning(*_COLUMNS)
        )
    ).one()
    return _of(row)


async def control(c: Connection, n: int) -> tuple[Phase, bool]:
    """State and urgency, read before every slice: one look-up by key."""
    row = await _CONTROL.first(c, {"n": n})
    return Phase(row.state), row.urgent


async def due(c: Connection, at_ms: int) -> list[Broadcast]:
    """Approved or quota-paused broadcasts whose time has come, and unfinished ones that are over.

    Locked until the end of the transaction; those that somebody else is changing now are left out.
    """
    ready = sa.and_(
        _broadcast.state == Phase.READY,
        sa.or_(_broadcast.not_before_ms.is_(None), _broadcast.not_before_ms <= at_ms),
    )
    resting = sa.and_(
        _broadcast.state == Phase.PAUSED,
        _broadcast.stop_reason != "",  # what a person paused waits for a person
        _broadcast.not_before_ms <= at_ms,
    )
    over = sa.and_(
        _broadcast.state.in_([Phase.WAITING, Phase.READY, Phase.SENDING, Phase.PAUSED]),
        _broadcast.expires_at_ms <= at_ms,
    )
    rows = await c.execute(
        sa.select(*_COLUMNS)
        .where(sa.or_(ready, resting, over))
        .order_by(_broadcast.id)
        .with_for_update(key_share=True, skip_locked=True)
    )
    return [_of(row) for row in rows]


async def paused_for(c: Connection, reason: str) -> list[Broadcast]:
    """Paused broadcasts whose reason begins so."""
    paused = _broadcast.state == Phase.PAUSED
    rows = await c.execute(
        sa.select(*_COLUMNS)
        .where(paused, _broadcast.stop_reason.startswith(reason, autoescape=True))
        .order_by(_broadcast.id)
    )
    return [_of(row) for row in rows]


async def sending(c: Connection) -> list[Broadcast]:
    """The broadcasts under way."""
    rows = await c.execute(
        sa.select(*_COLUMNS).where(_broadcast.state == Phase.SENDING).order_by(_broadcast.id)
    )
    return [_of(row) for row in rows]


async def tally(c: Connection, broadcast: Broadcast) -> receipt.Tally:
    """The sum, counted from the states of the members: there is no counter that could drift."""
    rows = (
        await c.execute(
            sa.select(tables.batch.c.channel, tables.batch.c.states).where(
                tables.batch.c.broadcast_id == broadcast.id
            )
        )
    ).all()
    people = b"".join(row.states for row in rows if row.channel not in GROUPS)
    groups = b"".join(row.states for row in rows if row.channel in GROUPS)
    return receipt.Tally(
        receipt.count(np.frombuffer(people, np.uint8), broadcast.people_n),
        receipt.count(np.frombuffer(groups, np.uint8), broadcast.groups_n),
    )
