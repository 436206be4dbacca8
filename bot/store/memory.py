"""What one message reads twice is read once, and what only an import changes is kept between messages.

Both only inside `message()`, the transaction of one push: imports, plans and jobs always read anew.
What is kept between messages belongs to a version that is read at the first question of each transaction, and in it;
every import of units and of campaigns makes a new one.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any, Final, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from bot.store import aiosqlite_short, metas, tables
from bot.store.database import Connection
from bot.store.prepared import Statement

A = TypeVarTuple("A")
R = TypeVar("R")
_Key = tuple[object, ...]
_Read = Callable[[Connection, *A], Awaitable[R]]

_VERSION = "campaigns_version"
_ROOM: Final[_Key] = ("room",)
_UNREAD: Final[Any] = object()
_MOST = 2000  # answers kept of one version; there are a handful of campaigns

_NOW = Statement(
    sa.select(
        sa.select(sa.func.max(tables.org_epoch.c.id)).scalar_subquery(),
        sa.select(tables.meta.c.value).where(tables.meta.c.name == _VERSION).scalar_subquery(),
    )
)

_here: ContextVar[dict[_Key, Any] | None] = ContextVar("here", default=None)
_kept: WeakKeyDictionary[sa.Engine, tuple[tuple[Any, ...], dict[_Key, Any]]] = WeakKeyDictionary()
# Messages that share a transaction share the version: whoever imports has to wait for its end.
_of_transaction: WeakKeyDictionary[Connection, dict[_Key, Any]] = WeakKeyDictionary()


class _Message:
    """What `message()` gives."""

    __slots__ = ("_short", "_token")

    def __enter__(self) -> None:
        self._token = _here.set({})
        self._short = aiosqlite_short.short()
        self._short.__enter__()

    def __exit__(self, *_: object) -> None:
        self._short.__exit__(None, None, None)
        _here.reset(self._token)


def message() -> AbstractContextManager[None]:
    """One transaction in which nobody imports and every statement finds a few rows by a key."""
    return _Message()


def anew(c: Connection) -> None:
    """Forget what this message has read so far, the version too."""
    _of_transaction.pop(c, None)
    here = _here.get()
    if here is not None:
        here.clear()


async def changed(c: Connection) -> None:
    """Campaigns are being changed in this transaction."""
    anew(c)
    await metas.put(c, _VERSION, secrets.token_hex(8))


def once(read: _Read[*A, R]) -> _Read[*A, R]:
    """Let `read` ask the database once per message and arguments; they must be hashable."""

    @functools.wraps(read)
    async def reading(c: Connection, *args: *A) -> R:
        here = _here.get()
        if here is None:
            return await read(c, *args)
        return await _through(here, read, c, *args)

    return reading


def kept(read: _Read[*A, R]) -> _Read[*A, R]:
    """Let `read` ask once per version and arguments: its answer may depend on imports alone."""

    @functools.wraps(read)
    async def reading(c: Connection, *args: *A) -> R:
        here = _here.get()
        if here is None:
            return await read(c, *args)
        return await _through(await _room(here, c), read, c, *args)

    return reading


async def _through(room: dict[_Key, Any], read: _Read[*A, R], c: Connection, *args: *A) -> R:
    key = (read, args)
    found: R = room.get(key, _UNREAD)
    if found is _UNREAD:
        found = room[key] = await read(c, *args)
    return found


async def _room(here: dict[_Key, Any], c: Connection) -> dict[_Key, Any]:
    """Where answers of today's version are kept for this database."""
    found: dict[_Key, Any] | None = here.get(_ROOM)
    if found is None:
        found = _of_transaction.get(c)
        if found is None:
            found = _of_transaction[c] = await _of_version(c)
        here[_ROOM] = found
    return found


async def _of_version(c: Connection) -> dict[_Key, Any]:
    version = await _version(c)
    engine = c.engine.sync_engine
    known = _kept.get(engine)
    if known is None or known[0] != version or len(known[1]) > _MOST:
        known = _kept[engine] = (version, {})
    return known[1]


async def _version(c: Connection) -> tuple[Any, ...]:
    row = await _NOW.first(c)
    # Without a version (tables filled by hand) nothing is kept beyond this transaction.
    return tuple(row) if row[1] is not None else (object(),)
