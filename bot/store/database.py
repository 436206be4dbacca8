"""The database: SQLite or PostgreSQL behind one text of SQL, reads and single-writer transactions."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store import aiosqlite_short

Duplicate = sa.exc.IntegrityError  # somebody else has written the same key first
# The database cannot be reached or refuses to work now; nothing was written.
Unavailable = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError, OSError)
Unfit = sa.exc.DataError  # a value that the database cannot hold, a NUL for example
Fault = (sa.exc.SQLAlchemyError, OSError)  # all of these and whatever else goes wrong there
_FULL = (
    "disk is full",
    "disk I/O error",
    "No space left on device",
)  # SQLite's and PostgreSQL's words
Connection = AsyncConnection  # what store functions take first and call `c`

R = TypeVar("R")

_BUSY_MS = 30_000
FROZEN_S: Final = 120  # a transaction in which nothing happens for so long is a frozen process's; imports may pause
_TOGETHER_S = 0.03  # how long one transaction takes up what else waits for its turn
# SQLSTATEs of PostgreSQL (its manual, appendix A, read 2026-11-20) after which the same may be tried again:
# connection, read-only standby, transaction that stood still, one undone (deadlock), resources, lock, operator,
# system. The asyncpg dialect raises them as the bare class of everything that is wrong, a bad statement included.
_PASSING = ("08", "25006", "25P03", "40", "53", "55P03", "57", "58")
_UNFIT = "22"
# What the driver says of a connection whose end the server has announced and not yet carried out.
_HALF_ENDED = "InternalClientError"


def trouble(error: BaseException) -> str:
    """One English sentence for a command that cannot go on: what is wrong with the database, and what to do."""
    why = str(getattr(error, "orig", None) or error).partition("\n")[0]
    if any(words in why for words in _FULL):
        return f"the disk of the database is full or cannot be written ({why}); make room on it and try again"
    return f"the database does not answer ({why}); check YIHU_DATABASE_URL"


class Database:
    """Open once, close once. `write()` inside `write()` joins the outer transaction.

    PostgreSQL ends a transaction in which nothing was asked for `frozen_s`: what a frozen process has locked is free again.
    """

    def __init__(self, url: str, *, pool: int = 10, frozen_s: int = FROZEN_S) -> None:
        self.url = url
        self.on_sqlite = url.startswith("sqlite")
        self._joined: ContextVar[_Transaction | None] = ContextVar("transaction", default=None)
        self._waiting: deque[_Turn] = deque()
        self._taking: asyncio.Task[None] | None = None
        if self.on_sqlite:
            self._writer = _sqlite_engine(url, "BEGIN IMMEDIATE", pool=1)
            self._reader = _sqlite_engine(url, "BEGIN", pool=max(2, pool // 2))
        else:
            self._writer = self._reader = _postgresql_engine(url, pool=pool, frozen_s=frozen_s)

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes, for migrations and tests."""
        return self._writer

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for reading; inside `write()` it is that transaction's own."""
        joined = self._joined.get()
        return self._reader.connect() if joined is None else joined.block

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One transaction: committed at the end of the outermost block, undone by any exception."""
        joined = self._joined.get()
        return self._write() if joined is None else joined.block

    @contextlib.asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with contextlib.AsyncExitStack() as stack:
            connection = await stack.enter_async_context(self._writer.connect())
            transaction = _Transaction(connection)
            async with connection.begin():
                token = self._joined.set(transaction)
                try:
                    yield connection
                finally:
                    self._joined.reset(token)
            # Nothing is left to undo: it is given back at once, not in a task that waits for its turn of the loop.
            stack.pop_all()
            await connection.close()
        for call in transaction.afterwards:
            call()

    async def share(self, work: Callable[[], Awaitable[R]]) -> R:
        """Do `work` in a transaction; on SQLite in one with whatever else waits for its turn to write.

        Each has a savepoint: what one raises undoes that one alone. Returns when it is committed.
        """
        assert self._joined.get() is None, "what is part of a transaction cannot share another"
        if not self.on_sqlite:  # there they run side by side
            async with self.write():
                return await work()
        turn = _Turn(work)
        self._waiting.append(turn)
        if self._taking is None:
            self._taking = asyncio.create_task(self._take_turns())
        done: R = await turn.done
        return done

    async def _take_turns(self) -> None:
        taken: list[_Turn] = []
        try:
            while self._waiting:
                taken = []
                try:
                    await self._together(taken)
                except Fault as error:
                    taken += self._waiting  # a database that fails one fails all
                    self._waiting.clear()
                    for turn in taken:
                        turn.fail(error)
                for turn in taken:
                    turn.end()
                await asyncio.sleep(0)  # answers go out, and another process may write
        finally:
            self._taking = None
            for turn in taken:
                turn.done.cancel()  # whoever was not told is not left waiting

    async def _together(self, taken: list[_Turn]) -> None:
        """One transaction: the first that waits, and those behind it for as long as it may take."""
        with aiosqlite_short.swift():
            async with self.write():
                ends = time.monotonic() + _TOGETHER_S
                while self._waiting and (not taken or time.monotonic() < ends):
                    taken.append(self._waiting.popleft())
                    await self._alone(taken[-1])
                    # Nothing above waits: somebody else's turn, and new ones come in. (Only where nobody waits would
                    # cost less, but those who come would be left for a transaction of their own.)
                    await asyncio.sleep(0)

    async def _alone(self, turn: _Turn) -> None:
        """Do it in a savepoint."""
        with turn:
            async with self.savepoint():
                turn.value = await turn.work()

    def savepoint(self) -> AbstractAsyncContextManager[object]:
        """Undo only what happens inside this block if it fails; the transaction goes on."""
        joined = self._joined.get()
        assert joined is not None, "a savepoint needs a transaction"
        raw = aiosqlite_short.at_once(joined.connection)
        return joined.connection.begin_nested() if raw is None else aiosqlite_short.Savepoint(raw)

    def after_commit(self, call: Callable[[], object]) -> None:
        """Have `call` made once the transaction under way is committed, or now if there is none."""
        joined = self._joined.get()
        if joined is None:
            call()
        else:
            joined.afterwards.append(call)

    async def close(self) -> None:
        """Give back all connections."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


class _Transaction:
    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.block = nullcontext(connection)  # one for all who join
        self.afterwards: list[Callable[[], object]] = []


@dataclass(slots=True)
class _Turn:
    """Work that waits to be done and committed with others; once `over`, its `value` or what it raised."""

    work: Callable[[], Awaitable[Any]]
    done: asyncio.Future[Any] = field(default_factory=asyncio.Future)
    over: bool = False
    value: Any = None
    error: Exception | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _kind: object, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        """Keep what it raised, and go on; a database that does not work undoes everything."""
        if error is not None and (
            isinstance(error, Unavailable) or not isinstance(error, Exception)
        ):
            return False
        self.error, self.over = error, True
        return True

    def end(self) -> None:
        """It is committed, or was undone alone: tell who waits."""
        if self.done.done() or not self.over:
            return
        if self.error is None:
            self.done.set_result(self.value)
        else:
            self.done.set_exception(self.error)

    def fail(self, error: BaseException) -> None:
        """Nothing of the whole transaction is kept."""
        if not self.done.done():
            self.done.set_exception(error)


def _postgresql_engine(url: str, *, pool: int, frozen_s: int) -> AsyncEngine:
    settings = {"idle_in_transaction_session_timeout": f"{frozen_s}s"}
    engine = create_async_engine(
        url,
        pool_size=pool,
        max_overflow=pool,
        pool_pre_ping=True,
        pool_timeout=15,
        hide_parameters=True,
        connect_args={"server_settings": settings},
    )

    @sa.event.listens_for(engine.sync_engine, "handle_error")
    def _named(context: sa.engine.ExceptionContext) -> sa.exc.DBAPIError | None:
        state = str(getattr(context.original_exception, "sqlstate", None) or "")
        if type(context.original_exception).__name__ == _HALF_ENDED:
            context.is_disconnect, state = True, "08"
        if context.is_pre_ping or not state.startswith((*_PASSING, _UNFIT)):
            return None
        kind = sa.exc.DataError if state.startswith(_UNFIT) else sa.exc.OperationalError
        return kind(context.statement, None, context.original_exception, hide_parameters=True)

    return engine


def _sqlite_engine(url: str, begin: str, *, pool: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,  # `_reset` does it without a trip to the thread
        poolclass=sa.pool.AsyncAdaptedQueuePool,
        hide_parameters=True,  # what she wrote stands in no log, a traceback's included
        connect_args={"timeout": _BUSY_MS / 1000, "async_creator_fn": aiosqlite_short.connect},
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _prepare(dbapi_connection: Any, _record: Any) -> None:
        # The driver must not begin by itself: a deferred BEGIN that writes later fails under several processes.
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # what was committed before a call or an answer outlives a power cut
            "foreign_keys=ON",
            f"busy_timeout={_BUSY_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "reset")
    def _reset(dbapi_connection: Any, _record: Any, _state: Any) -> None:
        if dbapi_connection.driver_connection.in_transaction:  # a COMMIT that failed
            dbapi_connection.rollback()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
