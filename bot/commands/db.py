"""`yihu db upgrade` and `yihu db check`."""

from __future__ import annotations

import asyncio

import click


@click.group("db")
def command() -> None:
    """The database schema."""


@command.command("upgrade")
def upgrade() -> None:
    """Bring the schema to what this version needs; it is never taken back."""
    asyncio.run(_run("upgrade"))


@command.command("check")
def check() -> None:
    """Say whether the schema is what this version needs."""
    asyncio.run(_run("check"))


async def _run(what: str) -> None:
    from bot import errors
    from bot.store import database, schema, upgrades
    from config import settings

    db = database.Database(settings.load().sql_url)
    try:
        if what == "upgrade":
            await upgrades.upgrade(db)
        await schema.check(db)
    except database.Unavailable as error:
        raise errors.SetupError(database.trouble(error)) from error
    finally:
        await db.close()
    click.echo("the schema is up to date")
