"""A Redis that hangs: found out once, and nobody else waits for it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from bot.shared import connection, embedded, wake
from bot.shared.connection import Client


@pytest.fixture
def server(tmp_path: Path) -> Iterator[embedded.Server]:
    """One that the test may freeze."""
    found = embedded.open(tmp_path)
    yield found
    os.kill(found.pid, signal.SIGCONT)
    embedded.close(found)


@pytest.fixture
async def client(server: embedded.Server) -> AsyncIterator[Client]:
    """With connections in its pool: what is asked of them reaches the server, though it hangs."""
    found = connection.connect(server.url)
    await asyncio.gather(*(found.ping() for _ in range(8)))
    yield found
    await found.aclose()


async def test_one_waits_for_a_redis_that_hangs_and_the_others_are_told_at_once(
    server: embedded.Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.kill(server.pid, signal.SIGSTOP)
    monkeypatch.setattr(connection, "_ANSWERS_S", 0.1)
    for name in ("first", "second"):
        with pytest.raises((RedisError, OSError)):
            await client.set(name, "1")
    # After a while one finds out whether it is back; who asks meanwhile does not wait with it.
    client.away_until = 1e-9
    third = asyncio.ensure_future(client.set("third", "1"))
    await asyncio.sleep(0)
    with pytest.raises(RedisError):
        await client.set("fourth", "1")
    with pytest.raises((RedisError, OSError)):
        await third
    os.kill(server.pid, signal.SIGCONT)
    monkeypatch.setattr(connection, "_ANSWERS_S", 5.0)
    client.away_until = 1e-9
    await client.set("fifth", "1")
    await client.set("sixth", "1")
    asked = ["first", "second", "third", "fourth", "fifth", "sixth"]
    first, second, _, *others = await client.mget(asked)
    assert (first, second, others) == ("1", None, [None, "1", "1"])


async def test_hints_that_cannot_be_told_do_not_pile_up(
    server: embedded.Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wake, "_TOGETHER", 0.001)
    before = (await client.info("commandstats")).get("cmdstat_publish", {"calls": 0})
    assert before["calls"] == 0
    os.kill(server.pid, signal.SIGSTOP)
    waker = wake.Waker(client)
    for _ in range(20):
        waker.wake("work")
        await asyncio.sleep(0.005)
    await waker.close()
    os.kill(server.pid, signal.SIGCONT)
    assert (await client.info("commandstats"))["cmdstat_publish"]["calls"] == 1
