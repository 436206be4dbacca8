"""One transaction for a message: joined, undone as a whole, its hints given only when it is committed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import aiosqlite_short, metas
from bot.store.database import Database, Unavailable
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


async def _put(db: Database, name: str, fault: Exception | None = None) -> str:
    async with db.write() as c:
        await metas.put(c, name, "1")
    if fault is not None:
        raise fault
    return name


async def _kept(db: Database, *names: str) -> list[bool]:
    async with db.read() as c:
        return [await metas.get(c, name) is not None for name in names]


async def test_of_those_who_share_a_transaction_one_fails_alone(db: Database):
    commits: list[int] = []
    sa.event.listen(db.engine.sync_engine, "commit", lambda _: commits.append(1))
    done = await asyncio.gather(
        db.share(lambda: _put(db, "a")),
        db.share(lambda: _put(db, "b", KeyError("b"))),
        db.share(lambda: _put(db, "c")),
        return_exceptions=True,
    )
    assert [done[0], type(done[1]), done[2]] == ["a", KeyError, "c"]
    assert await _kept(db, "a", "b", "c") == [True, False, True]
    assert len(commits) == (1 if db.on_sqlite else 2)


async def test_nobody_is_told_that_it_is_done_before_it_is_committed(db: Database):
    def broken(_: sa.Connection) -> None:
        raise sa.exc.OperationalError("COMMIT", None, OSError("the disk is full"))

    sa.event.listen(db.engine.sync_engine, "commit", broken)
    done = await asyncio.gather(
        db.share(lambda: _put(db, "a")), db.share(lambda: _put(db, "b")), return_exceptions=True
    )
    assert [type(one) for one in done] == [sa.exc.OperationalError] * 2
    sa.event.remove(db.engine.sync_engine, "commit", broken)
    assert await _kept(db, "a", "b") == [False, False]
    assert await db.share(lambda: _put(db, "c")) == "c"


async def test_a_database_that_does_not_work_fails_all_who_share_it(db: Database):
    fault = sa.exc.OperationalError("INSERT", None, OSError("the disk is full"))
    done = await asyncio.gather(
        db.share(lambda: _put(db, "a")),
        db.share(lambda: _put(db, "b", fault)),
        db.share(lambda: _put(db, "c")),
        return_exceptions=True,
    )
    if db.on_sqlite:  # which has undone the whole transaction by itself
        assert [one is fault for one in done] == [True] * 3
        assert await _kept(db, "a", "b", "c") == [False] * 3
    else:
        assert [done[0], done[1] is fault, done[2]] == ["a", True, "c"]
    assert await db.share(lambda: _put(db, "d")) == "d"


async def test_nothing_is_done_in_a_transaction_that_the_database_has_ended(db: Database):
    async def ended() -> None:
        async with db.write() as c:
            await metas.put(c, "b", "1")
            raw = aiosqlite_short.at_once(c)
            if raw is not None:
                raw.rollback()  # as SQLite does by itself when the disk is full

    works = (lambda: _put(db, "a")), ended, (lambda: _put(db, "c"))
    done = await asyncio.gather(*(db.share(work) for work in works), return_exceptions=True)
    if db.on_sqlite:
        assert [isinstance(one, Unavailable) for one in done] == [True] * 3
        assert await _kept(db, "a", "b", "c") == [False] * 3


async def test_what_a_frozen_process_has_locked_is_free_again(database_url: str, db: Database):
    if db.on_sqlite:
        return  # whoever is frozen while it writes there holds the only writer's lock
    await _put(db, "a")
    frozen = Database(Settings(database_url=database_url).sql_url, frozen_s=1)
    freed = False
    with pytest.raises(Unavailable):
        async with frozen.write() as c:
            await metas.put(c, "a", "2")
            await asyncio.wait_for(_put(db, "a"), 10)  # it waits for the row until then
            freed = True
            await metas.put(c, "b", "2")
    await frozen.close()
    assert freed
    assert await _kept(db, "a", "b") == [True, False]


async def test_a_connection_that_the_server_is_about_to_close_is_unavailable(db: Database):
    if db.on_sqlite:
        return
    fields = b"SFATAL\0VFATAL\0C25P03\0Mterminating connection\0\0"
    with pytest.raises(Unavailable):
        async with db.write() as c:
            await metas.put(c, "a", "1")
            raw: Any = (await c.get_raw_connection()).driver_connection
            raw._protocol.data_received(b"E" + (len(fields) + 4).to_bytes(4) + fields)
            await metas.put(c, "b", "1")  # asked after the word, before the end of the line
    assert await _kept(db, "a", "b") == [False, False]
    assert await db.share(lambda: _put(db, "c")) == "c"
