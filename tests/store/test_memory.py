"""What is kept between messages is never older than the transaction that asks for it, in any process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import sqlalchemy as sa

from bot.store import campaign_rows, campaigns, memory, tables
from bot.store.database import Database
from config.settings import Settings

DAY = date(2026, 11, 20)


@pytest.fixture
async def processes(database_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two processes, as the database sees them."""
    url = Settings(database_url=database_url).sql_url
    one, other = Database(url), Database(url)
    yield one, other
    await one.close()
    await other.close()


async def _imports(db: Database, name: str) -> None:
    values = {"code": "c", "name": name, "goal": "", "starts_on": "2026-11-01"}
    async with db.write() as c:
        known = await campaign_rows.head(c, "c")
        await campaign_rows.put_head(c, known, {**values, "ends_on": "2026-12-01", "more": {}}, 1)


async def _names(db: Database) -> list[str]:
    """As a message sees them."""
    with memory.message():
        async with db.write() as c:
            return [one.name for one in await campaigns.active(c, DAY)]


async def test_an_import_in_one_process_is_seen_by_the_next_message_of_another(
    processes: tuple[Database, Database],
):
    one, other = processes
    await _imports(one, "甲")
    assert await _names(one) == await _names(other) == ["甲"]
    await _imports(one, "乙")
    assert await _names(other) == await _names(one) == ["乙"]
    await _imports(other, "丙")
    assert await _names(one) == ["丙"]


async def test_what_no_import_changed_is_not_asked_again(processes: tuple[Database, Database]):
    one, _ = processes
    await _imports(one, "甲")
    assert await _names(one) == ["甲"]
    async with one.write() as c:  # behind the back of every import
        await c.execute(sa.update(tables.campaign).values(name="乙"))
    assert await _names(one) == ["甲"]


async def test_messages_of_one_transaction_see_what_was_imported_in_it(
    processes: tuple[Database, Database],
):
    one, other = processes
    await _imports(one, "甲")
    async with one.write():
        assert await _names(one) == await _names(one) == ["甲"]
        await _imports(one, "乙")
        assert await _names(one) == ["乙"]
    assert await _names(other) == ["乙"]


async def test_an_import_that_is_undone_leaves_nothing_behind(
    processes: tuple[Database, Database],
):
    one, other = processes
    await _imports(one, "甲")
    assert await _names(one) == ["甲"]
    with pytest.raises(RuntimeError):
        async with other.write() as c:
            await memory.changed(c)
            await c.execute(sa.update(tables.campaign).values(name="乙"))
            raise RuntimeError
    assert await _names(other) == await _names(one) == ["甲"]
