"""One transaction for a message: joined, undone as a whole, its hints given only when it is committed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.store import metas
from bot.store.database import Database
from config.settings import Settings


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    opened = Database(Settings(database_url=database_url).sql_url)
    yield opened
    await opened.close()


async def test_a_write_inside_a_write_is_the_same_transaction(db: Database):
    with pytest.raises(RuntimeError):
        async with db.write() as outer:
            async with db.write() as inner:
                assert inner is outer
                await metas.put(inner, "said", "12")
            async with db.read() as seen:
                assert await metas.get(seen, "said") == "12"
            raise RuntimeError
    async with db.read() as c:
        assert await metas.get(c, "said") is None


async def test_a_savepoint_undoes_only_itself(db: Database):
    async with db.write() as c:
        await metas.put(c, "kept", "1")
        with pytest.raises(RuntimeError):
            async with db.savepoint():
                await metas.put(c, "gone", "1")
                raise RuntimeError
    async with db.read() as c:
        assert (await metas.get(c, "kept"), await metas.get(c, "gone")) == ("1", None)


async def test_a_hint_is_given_after_the_commit_and_never_after_an_undoing(db: Database):
    given: list[str] = []
    async with db.write():
        async with db.write():
            db.after_commit(lambda: given.append("told"))
        assert given == []
    assert given == ["told"]
    with pytest.raises(RuntimeError):
        async with db.write():
            db.after_commit(lambda: given.append("never"))
            raise RuntimeError
    assert given == ["told"]


async def test_tasks_that_write_at_once_do_not_join_each_other(db: Database):
    async def count() -> None:
        async with db.write() as c:
            if not db.on_sqlite:  # one writer needs no lock
                await c.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
            before = int(await metas.get(c, "n") or 0)
            await asyncio.sleep(0)
            await metas.put(c, "n", str(before + 1))

    await asyncio.gather(*(count() for _ in range(30)))
    async with db.read() as c:
        assert await metas.get(c, "n") == "30"
