"""The schema: whether it is the one this version was written for, and how much room it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from bot import errors
from bot.store import migrations
from bot.store.database import Connection, Database

_DELIVERY: Final = ("broadcast", "batch", "refusal", "receipt", "finish")
_APPLIED: Final = sa.table("alembic_version", sa.column("version_num", sa.String))


async def check(db: Database) -> None:
    """Raise StaleSchema unless the schema is exactly the one this version was written for.

    Alembic is not asked: it takes 10 MB of every process, and a migration's number is the head of its file's name.
    """
    async with db.read() as c:
        have = await _applied(c)
    want = max(file.stem for file in _files())[:4]
    if have != want:
        raise errors.StaleSchema(
            f"the database schema is at {have or 'nothing'}, this version needs {want}; run `yihu db upgrade`"
        )


def _files() -> Iterator[Path]:
    return Path(next(iter(migrations.__path__)), "versions").glob("[0-9]*.py")


async def _applied(c: Connection) -> str | None:
    """The migration that was applied last, None in an empty database."""
    if not await c.run_sync(lambda sync: sa.inspect(sync).has_table(_APPLIED.name)):
        return None
    found: str | None = await c.scalar(sa.select(_APPLIED.c.version_num))
    return found


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
