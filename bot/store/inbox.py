"""Pushes already answered: the key of each with the exact bytes of its answer, for 72 hours."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, binds

KEPT_MS: Final = 72 * 3600 * 1000

_inbox = tables.inbox.c

_ANSWER = Statement(sa.select(_inbox.reply).where(_inbox.key == bind("key")))
_REMEMBER = Statement(
    sa.insert(tables.inbox).values(binds("key", "kind", "reply", "reply_type", "at_ms"))
)


async def answer(c: Connection, key: bytes) -> bytes | None:
    """The bytes this push was answered with, None if it is new."""
    found: bytes | None = await _ANSWER.scalar(c, {"key": key})
    return found


async def remember(c: Connection, key: bytes, *, kind: str, reply: bytes, at_ms: int) -> None:
    """Keep the answer; fails if another process has kept one meanwhile, which undoes our work."""
    new = {"key": key, "kind": kind, "reply": reply, "reply_type": "", "at_ms": at_ms}
    await _REMEMBER.run(c, new)
