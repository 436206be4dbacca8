"""Calls for many people that a platform took: by its name for them they are asked about and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection

_taken = tables.taken.c


@dataclass(frozen=True, slots=True)
class Taken:
    """One call of a batch for `n` people, and the platform's `msgid` for it."""

    broadcast_id: int
    no: int
    channel: str
    msgid: str
    n: int


@dataclass(frozen=True, slots=True)
class Kept(Taken):
    """The same as it is kept: `at_ms` is when it was taken."""

    id: int
    at_ms: int


async def add(c: Connection, new: Taken, *, at_ms: int) -> None:
    """Keep a call that was taken; the same again changes nothing."""
    values = {name: getattr(new, name) for name in Taken.__dataclass_fields__}
    values["msgid"] = new.msgid[:128]
    known = sa.select(_taken.id).where(
        _taken.broadcast_id == new.broadcast_id,
        _taken.no == new.no,
        _taken.msgid == values["msgid"],
    )
    if await c.scalar(known) is None:
        await c.execute(sa.insert(tables.taken).values(**values, at_ms=at_ms))


async def of(c: Connection, broadcast_id: int) -> list[Kept]:
    """The calls of a broadcast that were taken, in order."""
    return await _kept(c, _taken.broadcast_id == broadcast_id)


async def unended(c: Connection, channel: str, *, limit: int) -> list[Kept]:
    """Calls of a channel whose end is not known yet, the oldest first."""
    rows = await _kept(c, sa.and_(_taken.channel == channel, _taken.ended_at_ms.is_(None)))
    return rows[:limit]


async def end(c: Connection, ids: Sequence[int], at_ms: int) -> None:
    """The end of these calls is written down."""
    await c.execute(sa.update(tables.taken).where(_taken.id.in_(ids)).values(ended_at_ms=at_ms))


async def _kept(c: Connection, which: sa.ColumnElement[bool]) -> list[Kept]:
    columns = [_taken[name] for name in Kept.__dataclass_fields__]
    rows = await c.execute(sa.select(*columns).where(which).order_by(_taken.id))
    return [Kept(*row) for row in rows]
