"""Pushes already answered: the key of each with the exact bytes of its answer, for 72 hours."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection

_inbox = tables.inbox


async def answer(c: Connection, key: bytes) -> bytes | None:
    """The bytes this push was answered with, None if it is new."""
    found: bytes | None = await c.scalar(sa.select(_inbox.c.reply).where(_inbox.c.key == key))
    return found


async def remember(c: Connection, key: bytes, *, kind: str, reply: bytes, at_ms: int) -> None:
    """Keep the answer; fails if another process has kept one meanwhile, which undoes our work."""
    await c.execute(sa.insert(_inbox).values(key=key, kind=kind, reply=reply, at_ms=at_ms))
