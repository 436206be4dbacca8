"""Migrations: bring the schema up to date."""

from __future__ import annotations

import asyncio
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.store import migrations
from bot.store.database import Database


def config_for(connection: sa.Connection | None = None) -> Config:
    """The Alembic configuration of our migrations, on a connection when one is at hand."""
    config = Config()
    where = str(Path(next(iter(migrations.__path__))))
    config.set_main_option("script_location", where.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def upgrade(db: Database) -> None:
    """Run every migration that is missing, each in the one transaction of this call."""
    async with db.engine.begin() as connection:
        if not db.on_sqlite:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(7420114)"))
        await connection.run_sync(lambda sync: command.upgrade(config_for(sync), "head"))


def upgrade_now(url: str) -> None:
    """`upgrade` for callers without an event loop."""

    async def run() -> None:
        db = Database(url)
        try:
            await upgrade(db)
        finally:
            await db.close()

    asyncio.run(run())
