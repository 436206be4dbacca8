"""Databases of a measurement's own on a PostgreSQL server: made for one run, dropped after it."""

from __future__ import annotations

import re

import sqlalchemy as sa

from bot.store.database import Connection


def address(url: str, name: str) -> str:
    """The address of the database `name` on the server of `url`, as YIHU_DATABASE_URL takes it."""
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


async def create(c: Connection, name: str) -> None:
    """Make an empty database; `c` has asked nothing yet."""
    await _alone(c, f"CREATE DATABASE {_plain(name)}")


async def drop(c: Connection, name: str) -> None:
    """Remove a database, whoever is still connected; `c` has asked nothing yet."""
    await _alone(c, f"DROP DATABASE IF EXISTS {_plain(name)} WITH (FORCE)")


async def _alone(c: Connection, statement: str) -> None:
    """Such statements stand outside every transaction."""
    apart = await c.execution_options(isolation_level="AUTOCOMMIT")
    await apart.execute(sa.text(statement))


def _plain(name: str) -> str:
    assert re.fullmatch("[a-z][a-z0-9_]*", name), name
    return name
