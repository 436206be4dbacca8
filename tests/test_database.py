"""Both databases fail in the same words, and never in hers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from bot.store import database
from config.settings import Settings
from tests import servers


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[database.Database]:
    db = database.Database(Settings(database_url=url, secret_key="of a test").sql_url)
    try:
        yield db
    finally:
        await db.close()


@pytest.fixture
async def db(empty_database_url: str) -> AsyncIterator[database.Database]:
    async with opened(empty_database_url) as found:
        yield found


@pytest.fixture
async def pg(postgres: servers.Postgres) -> AsyncIterator[database.Database]:
    name = postgres.create()
    async with opened(postgres.url(name)) as found:
        yield found
    postgres.drop(name)


async def test_a_statement_that_fails_does_not_repeat_what_she_wrote(
    db: database.Database,
) -> None:
    async with db.write() as c:
        await c.execute(sa.text("CREATE TABLE t (id INTEGER PRIMARY KEY, said VARCHAR(64))"))
        await c.execute(sa.text("INSERT INTO t VALUES (1, 'x')"))
    with pytest.raises(database.Duplicate) as caught:
        async with db.write() as c:
            await c.execute(sa.text("INSERT INTO t VALUES (1, :said)"), {"said": "我老公打我"})
    assert "我老公打我" not in str(caught.value)


async def test_a_connection_lost_during_a_statement_means_that_the_database_is_away(
    pg: database.Database, postgres: servers.Postgres
) -> None:
    async def interrupted() -> None:
        async with pg.write() as c:
            number = await c.scalar(sa.text("SELECT pg_backend_pid()"))
            statement = asyncio.create_task(c.execute(sa.text("SELECT pg_sleep(5)")))
            await asyncio.sleep(0.2)
            await asyncio.to_thread(postgres.run, f"SELECT pg_terminate_backend({number})")
            await statement

    with pytest.raises(database.Unavailable):
        await interrupted()
    async with pg.read() as c:  # and the pool has a good one again
        assert await c.scalar(sa.text("SELECT 1")) == 1


async def test_a_deadlock_means_that_the_same_may_be_tried_again(pg: database.Database) -> None:
    async with pg.write() as c:
        await c.execute(sa.text("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)"))
        await c.execute(sa.text("INSERT INTO t VALUES (1, 0), (2, 0)"))
    both = asyncio.Barrier(2)

    async def change(*ids: int) -> None:
        async with pg.write() as c:
            for number in ids:
                await c.execute(sa.text("UPDATE t SET n = n + 1 WHERE id = :id"), {"id": number})
                if number == ids[0]:
                    await both.wait()

    ends = await asyncio.gather(change(1, 2), change(2, 1), return_exceptions=True)
    lost = [end for end in ends if end is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], database.Unavailable)


async def test_a_server_without_a_free_connection_is_away(postgres: servers.Postgres) -> None:
    name = postgres.create()
    role = f"r{name}"
    postgres.run(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 0")
    url = postgres.url(name).replace("postgres:@", f"{role}:@").replace("//postgres@", f"//{role}@")
    assert role in url
    async with opened(url) as crowded:
        with pytest.raises(database.Unavailable):
            async with crowded.read():
                pass
    postgres.drop(name)
    postgres.run(f"DROP ROLE {role}")


async def test_a_bad_statement_is_no_reason_to_try_again(pg: database.Database) -> None:
    with pytest.raises(sa.exc.ProgrammingError):
        async with pg.read() as c:
            await c.execute(sa.text("SELECT nothing FROM nowhere"))
