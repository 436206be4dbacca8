"""aiosqlite with one trip to its thread for each statement, and none at all where statements are short.

aiosqlite makes a trip for the cursor, one for the statement, one for the rows and one for closing;
each costs several times what SQLite itself needs to find a row by its key. What one chat message
asks is a few dozen such rows, so inside `short()` they are read and written at once, on the loop.
Beginning (when another process has to be waited for) and committing (which may write the log back)
go to the thread, and so does everything outside `short()`: imports, plans, recounts.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Self

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(slots=True)
class _Block:
    """A block of short statements: SQLAlchemy's connection and SQLite's below it, once they are known."""

    c: AsyncConnection | None = None
    raw: sqlite3.Connection | None = None


_IN_A_ROW: Final = 32
_swift: ContextVar[bool] = ContextVar("swift", default=False)
_short: ContextVar[_Block | None] = ContextVar("short", default=None)


class _Short:
    """What `short()` gives: a generator would cost more than one of its statements. Inside another it is that one."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = _short.set(_Block()) if _short.get() is None else None

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _short.reset(self._token)


def short() -> AbstractContextManager[None]:
    """Within this block every statement but BEGIN is one that finds its few rows by a key."""
    return _Short()


@contextlib.contextmanager
def swift() -> Iterator[None]:
    """As `short()`, and what is written is so little that committing needs no thread either."""
    token = _swift.set(True)
    try:
        with short():
            yield
    finally:
        _swift.reset(token)


def at_once(c: AsyncConnection) -> sqlite3.Connection | None:
    """SQLite's own connection below `c` inside `short()` and a transaction; else None."""
    block = _short.get()
    if block is None:
        return None
    if block.c is not c:
        if c.sync_connection is None or not c.sync_connection.in_transaction():
            return None
        driver = c.sync_connection.connection.driver_connection
        block.c = c
        block.raw = driver._conn if isinstance(driver, Connection) else None  # noqa: SLF001 - of the class we extend
    if block.raw is not None and not block.raw.in_transaction:
        # A full disk ends it without asking; what came now would be committed by itself.
        over = sqlite3.OperationalError("the transaction is over")
        raise sa.exc.OperationalError("", None, over, hide_parameters=True)
    return block.raw


def fetch(raw: sqlite3.Connection, sql: str, given: Sequence[Any]) -> list[Any]:
    """Run a statement now and fetch its rows; errors are SQLAlchemy's, as if it had run it."""
    try:
        return raw.execute(sql, given).fetchall()
    except sqlite3.Error as error:
        kind = getattr(sa.exc, type(error).__name__, sa.exc.DatabaseError)
        raise kind(sql, None, error, hide_parameters=True) from error


class Savepoint:
    """Undo what happens inside this block if it fails; blocks may stand inside one another."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    async def __aenter__(self) -> None:
        fetch(self._raw, "SAVEPOINT short", ())

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            fetch(self._raw, "ROLLBACK TO short", ())
        fetch(self._raw, "RELEASE short", ())  # of several with one name the innermost is meant


class Connection(aiosqlite.Connection):
    """A connection whose cursors hold their rows."""

    _swift = 0  # commits since the log could be written back

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy wants no more of it
        """A cursor; nothing happens before its first statement."""
        return Cursor(self)

    async def commit(self) -> None:
        """Commit; inside `swift()` now, but for every 32nd time, when the thread may write the log back."""
        if _swift.get() and self._swift < _IN_A_ROW:
            self._swift += 1
            self._conn.execute("PRAGMA wal_autocheckpoint = 0").close()
            try:
                self._conn.commit()
            finally:
                self._conn.execute("PRAGMA wal_autocheckpoint = 1000").close()
        else:
            self._swift = 0
            await super().commit()

    async def run(self, work: Callable[..., None], *given: object) -> None:
        """Do something in the connection's thread."""
        await self._execute(work, *given)  # type: ignore[no-untyped-call]


def _begun(conn: sqlite3.Connection, sql: str) -> bool:
    """Begin now, if nobody has to be waited for; most often nobody has."""
    (patience,) = conn.execute("PRAGMA busy_timeout").fetchone()
    conn.execute("PRAGMA busy_timeout = 0").close()
    try:
        conn.execute(sql).close()
    except sqlite3.OperationalError:
        return False
    else:
        return True
    finally:
        conn.execute(f"PRAGMA busy_timeout = {patience}").close()


class Cursor:
    """What SQLAlchemy asks of a cursor: run, then hand out rows that are already here."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run one statement and fetch all its rows."""
        conn = self._connection._conn  # noqa: SLF001 - the sqlite3 connection of the class we extend
        if _short.get() is None or (sql.startswith("BEGIN") and not _begun(conn, sql)):
            await self._connection.run(self._run, conn, sql, parameters)
        elif not sql.startswith("BEGIN"):
            self._run(conn, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Cursor:
        """Run one statement for every row of parameters, in the thread."""
        conn = self._connection._conn  # noqa: SLF001
        await self._connection.run(self._run_many, conn, sql, parameters)
        return self

    def _run(self, conn: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> None:
        cursor = conn.execute(sql, parameters)
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()

    def _run_many(
        self, conn: sqlite3.Connection, sql: str, parameters: Sequence[Sequence[Any]]
    ) -> None:
        cursor = conn.executemany(sql, parameters)
        self.rowcount = cursor.rowcount
        cursor.close()

    async def fetchone(self) -> Any:
        """The next row, None after the last."""
        return self._rows.pop(0) if self._rows else None

    async def fetchmany(self, size: int = 1) -> list[Any]:
        """The next `size` rows."""
        found, self._rows = self._rows[:size], self._rows[size:]
        return found

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        found, self._rows = self._rows, []
        return found

    async def close(self) -> None:
        """Let go of the rows."""
        self._rows = []


async def connect(database: str, *, timeout: float, check_same_thread: bool) -> Connection:
    """An open connection that waits `timeout` seconds for another writer; SQLAlchemy's own options."""
    assert not check_same_thread  # the loop and the connection's thread take turns
    connection = Connection(
        lambda: sqlite3.connect(database, timeout=timeout, check_same_thread=False),
        iter_chunk_size=64,
    )
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with its own
    await connection
    return connection
