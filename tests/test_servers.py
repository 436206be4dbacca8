"""The test servers themselves: every test has a database and a Redis of its own."""

from __future__ import annotations

import asyncpg
import pytest
import redis.asyncio

from bot.store import database, metas, schema
from config.settings import Settings


async def test_a_postgresql_database_is_new_for_each_test(postgres):
    for _ in range(2):
        connection = await asyncpg.connect(postgres.url(postgres.create()))
        await connection.execute("CREATE TABLE unit (name text)")
        await connection.execute("INSERT INTO unit VALUES ('东山村妇联')")
        assert await connection.fetchval("SELECT name FROM unit") == "东山村妇联"
        await connection.close()


def test_the_two_engines_are_offered_by_the_fixture(empty_database_url):
    assert empty_database_url.startswith(("sqlite:///", "postgresql://"))


@pytest.mark.parametrize("turn", [1, 2])
async def test_a_database_has_our_tables_and_is_new_for_each_test(database_url, turn):
    db = database.Database(Settings(database_url=database_url).sql_url)
    await schema.check(db)
    async with db.write() as c:
        assert await metas.get(c, "seen") is None
        await metas.put(c, "seen", f"in turn {turn}")
    await db.close()


async def test_redis_is_real_and_empty(redis_url):
    client = redis.asyncio.Redis.from_url(redis_url)
    assert await client.dbsize() == 0
    assert await client.set("k", "v")
    await client.aclose()


async def test_redis_is_empty_again_for_the_next_test(redis_url):
    client = redis.asyncio.Redis.from_url(redis_url)
    assert await client.dbsize() == 0
    await client.aclose()
