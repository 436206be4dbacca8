"""Which run of which timed job has been claimed."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert

_runs = tables.job_run


async def claim(c: Connection, name: str, due_ms: int, *, now_ms: int) -> bool:
    """Take the run of `name` that is due at `due_ms`; False if somebody has taken it already.

    The claim is part of the transaction that plans the run: a process that dies loses both.
    """
    statement = (
        insert(c, _runs)
        .values(name=name, due_ms=due_ms, made_at_ms=now_ms)
        .on_conflict_do_nothing()
    )
    return await c.scalar(statement.returning(_runs.c.name)) is not None


async def claimed(c: Connection, name: str, due_ms: int) -> bool:
    """Whether the run has been taken."""
    found = await c.scalar(
        sa.select(_runs.c.name).where(_runs.c.name == name, _runs.c.due_ms == due_ms)
    )
    return found is not None


async def note(c: Connection, name: str, due_ms: int, result: str) -> None:
    """Keep one line on what the run planned."""
    where = (_runs.c.name == name, _runs.c.due_ms == due_ms)
    await c.execute(sa.update(_runs).where(*where).values(result=result[:256]))
