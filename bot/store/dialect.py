"""The one place where the two databases are spelled differently."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles

from bot.store.database import Connection


def insert(c: Connection, table: sa.Table) -> postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which both databases spell the same way."""
    if c.dialect.name == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value]  # same methods, other class
    return postgresql.insert(table)


def locked(
    c: Connection, statement: sa.Select[tuple[object, ...]]
) -> sa.Select[tuple[object, ...]]:
    """The SELECT with its rows locked and locked ones skipped; SQLite has one writer and needs no lock."""
    if c.dialect.name == "sqlite":
        return statement
    return statement.with_for_update(skip_locked=True)


async def pour(c: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert thousands of rows that have the same columns; PostgreSQL copies them, which costs half."""
    if c.dialect.name == "sqlite":
        await c.execute(sa.insert(table), list(rows))
        return
    import asyncpg  # noqa: PLC0415  # whoever has SQLite does without its 2 MB

    raw: Any = (await c.get_raw_connection()).driver_connection
    assert raw.is_in_transaction(), "what is copied belongs to the transaction under way"
    names = list(rows[0])
    records = [tuple(row[name] for name in names) for row in rows]
    try:
        await raw.copy_records_to_table(table.name, records=records, columns=names)
    except asyncpg.IntegrityConstraintViolationError as error:
        raise sa.exc.IntegrityError("COPY", None, error, hide_parameters=True) from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise sa.exc.OperationalError("COPY", None, error, hide_parameters=True) from error


class Aside(sa.sql.functions.FunctionElement[int]):
    """A column of numbers that SQLite must not begin a join with, however good its index looks.

    Nobody runs ANALYZE there, and without it a join may begin with every cell of an indicator or every unit of an
    epoch to find a handful. PostgreSQL keeps statistics by itself and gets the column as it is.
    """

    inherit_cache = True
    type = sa.BigInteger()


@compiles(Aside, "sqlite")
def _sqlite_aside(element: Aside, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.clauses, **more)}"


@compiles(Aside, "postgresql")
def _postgresql_aside(element: Aside, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


class Clock(sa.sql.functions.FunctionElement[int]):
    """What `clock_ms` tells, inside a statement.

    A function to SQLAlchemy: of a bare ColumnElement it keeps no compiled statement.
    """

    inherit_cache = True
    type = sa.BigInteger()


@compiles(Clock, "sqlite")
def _sqlite_clock(_element: Clock, _compiler: Any, **_more: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


@compiles(Clock, "postgresql")
def _postgresql_clock(_element: Clock, _compiler: Any, **_more: Any) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"


class Gate(sa.sql.functions.FunctionElement[None]):
    """In a SELECT of batches: passes the gate of each one's broadcast until the end of the transaction.

    `broadcasts.shut` waits for all who passed and holds up others. SQLite has one writer and needs no gate.
    """

    inherit_cache = True
    type = sa.types.NULLTYPE
    key = "gate"


@compiles(Gate, "sqlite")
def _sqlite_gate(_element: Gate, _compiler: Any, **_more: Any) -> str:
    return "NULL"


@compiles(Gate, "postgresql")
def _postgresql_gate(_element: Gate, _compiler: Any, **_more: Any) -> str:
    return "pg_advisory_xact_lock_shared(-batch.broadcast_id)"


async def clock_ms(c: Connection) -> int:
    """The database's real time in epoch milliseconds: the one clock that leases are measured by."""
    if c.dialect.name == "sqlite":
        return time.time_ns() // 1_000_000
    return int(await c.scalar(sa.select(Clock())) or 0)
