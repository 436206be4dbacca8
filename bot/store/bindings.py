"""Registrations: which WeChat account speaks for which person."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert

_binding = tables.binding.c


async def person_of(c: Connection, follower_id: int) -> int | None:
    """The person this account is registered for."""
    found: int | None = await c.scalar(
        sa.select(_binding.person_id).where(_binding.follower_id == follower_id)
    )
    return found


async def follower_of(c: Connection, person_id: int) -> int | None:
    """The account this person is registered with."""
    found: int | None = await c.scalar(
        sa.select(_binding.follower_id).where(_binding.person_id == person_id)
    )
    return found


async def put(c: Connection, person_id: int, follower_id: int, at_ms: int) -> None:
    """Register them with each other, whatever either was before."""
    await end(c, follower_id)
    new = {"follower_id": follower_id, "bound_at_ms": at_ms}
    statement = insert(c, tables.binding).values(person_id=person_id, **new)
    await c.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=new))


async def end(c: Connection, follower_id: int) -> None:
    """End the registration of this account."""
    await c.execute(sa.delete(tables.binding).where(_binding.follower_id == follower_id))
