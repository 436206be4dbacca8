"""The migrations make exactly the tables the code knows, and a stale schema is refused in one sentence."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot import errors
from bot.store import schema, tables, upgrades
from bot.store.database import Database
from config.settings import Settings


async def test_the_migrations_make_the_tables_of_the_code(database_url: str):
    db = Database(Settings(database_url=database_url).sql_url)
    async with db.read() as c:
        assert await c.run_sync(_drift) == []
    await db.close()


def _drift(connection: sa.Connection) -> list[object]:
    """What differs: tables, columns, types, indexes by Alembic; primary keys, which it does not compare, by us."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[object] = list(compare_metadata(context, tables.metadata))
    inspector = sa.inspect(connection)
    for table in tables.metadata.sorted_tables:
        made = inspector.get_pk_constraint(table.name)["constrained_columns"]
        known = [column.name for column in table.primary_key]
        if sorted(made) != sorted(known):
            found.append((table.name, made, known))
    return found


async def test_an_empty_and_a_stale_database_are_refused(empty_database_url: str):
    db = Database(Settings(database_url=empty_database_url).sql_url)
    with pytest.raises(errors.StaleSchema, match=re.escape("run `yihu db upgrade`")):
        await schema.check(db)
    await upgrades.upgrade(db)
    await schema.check(db)
    await upgrades.upgrade(db)
    async with db.write() as c:
        await c.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(errors.StaleSchema, match="at 0000"):
        await schema.check(db)
    await db.close()
