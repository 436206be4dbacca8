"""Small named values of this installation."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert


async def get(c: Connection, name: str) -> str | None:
    """The value kept under `name`."""
    value: str | None = await c.scalar(
        sa.select(tables.meta.c.value).where(tables.meta.c.name == name)
    )
    return value


async def settle(c: Connection, name: str, value: str) -> str:
    """The value kept under `name`, `value` if there was none; of many who ask at once all get the same."""
    statement = insert(c, tables.meta).values(name=name, value=value)
    await c.execute(statement.on_conflict_do_nothing(index_elements=["name"]))
    found = await get(c, name)
    assert found is not None
    return found


async def put(c: Connection, name: str, value: str) -> None:
    """Keep `value` under `name`, over whatever was there."""
    statement = insert(c, tables.meta).values(name=name, value=value)
    await c.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
