"""Migrations: bring the schema up to date, or say that it is stale."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot import errors
from bot.store.database import Database

_HERE = Path(__file__).parent / "migrations"
_DELIVERY: Final = ("broadcast", "batch", "refusal", "receipt", "finish")


def config_for(connection: sa.Connection | None = None) -> Config:
    """The Alembic configuration of our migrations, on a connection when one is at hand."""
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def upgrade(db: Database) -> None:
    """Run every migration that is missing, each in the one transaction of this call."""
    async with db.engine.begin() as connection:
        if not db.on_sqlite:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(7420114)"))
        await connection.run_sync(lambda sync: command.upgrade(config_for(sync), "head"))


async def check(db: Database) -> None:
    """Raise StaleSchema unless the schema is exactly the one this version was written for."""
    async with db.read() as connection:
        have = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    want = ScriptDirectory.from_config(config_for()).get_current_head()
    if have != want:
        raise errors.StaleSchema(
            f"the database schema is at {have or 'nothing'}, this version needs {want}; run `yihu db upgrade`"
        )


def upgrade_now(url: str) -> None:
    """`upgrade` for callers without an event loop."""

    async def run() -> None:
        db = Database(url)
        try:
            await upgrade(db)
        finally:
            await db.close()

    asyncio.run(run())


async def size(db: Database) -> int:
    """Bytes of the database after it was vacuumed: the file, or the tables of delivery."""
    async with db.engine.connect() as c:
        apart = await c.execution_options(isolation_level="AUTOCOMMIT")
        if db.on_sqlite:
            raw = (await apart.get_raw_connection()).driver_connection
            assert raw is not None
            await raw.execute("VACUUM")
            pages = await apart.scalar(sa.text("PRAGMA page_count"))
            each = await apart.scalar(sa.text("PRAGMA page_size"))
            return int(pages or 0) * int(each or 0)
        total = 0
        for name in _DELIVERY:
            await apart.execute(sa.text(f"VACUUM FULL {name}"))
            total += await apart.scalar(sa.text(f"SELECT pg_total_relation_size('{name}')")) or 0
        return total
