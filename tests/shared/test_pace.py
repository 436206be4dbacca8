"""The pace in a real Redis: the same rule as in core, after a flush, without Redis, from many at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
import redis.asyncio

from bot.core import gcra
from bot.core.pace import Rate
from bot.core.priority import Priority
from bot.shared.pace import Pace


@pytest.fixture
async def client(redis_url: str) -> AsyncIterator[redis.asyncio.Redis]:
    found = redis.asyncio.Redis.from_url(redis_url, decode_responses=True)
    yield found
    await found.aclose()


@pytest.mark.parametrize("seed", range(4))
async def test_the_script_and_the_rule_say_the_same(client: redis.asyncio.Redis, seed: int) -> None:
    dice, pace, meter = random.Random(seed), Pace(client), gcra.Meter()
    rate = Rate(dice.choice([0.25, 7.0, 1000.0]), dice.choice([1, 5, 200]))
    now = 1_700_000_000_000_000
    for step in range(150):
        now += dice.choice([0, 1, 50_000, 900_000, 2_000_000, -3_000_000])
        calls, wish = dice.randint(1, rate.burst), dice.choice(list(Priority))
        said = await pace.ask(f"same{seed}", rate, calls, wish, at_us=now)
        assert said == meter.take(rate, wish, calls, now), step


async def test_many_who_ask_at_once_get_a_burst_and_not_one_more(
    client: redis.asyncio.Redis,
) -> None:
    pace, rate = Pace(client), Rate(0.01, 20)
    waits = await asyncio.gather(*(pace.take("robot:1", rate, 1) for _ in range(50)))
    assert waits.count(0.0) == 20
    assert await pace.take("robot:2", rate, 1) == 0.0, "each robot has a pace of its own"


async def test_after_a_flush_it_goes_on_by_itself(client: redis.asyncio.Redis) -> None:
    pace, rate = Pace(client), Rate(0.01, 2)
    assert await pace.take("x", rate, 2) == 0.0
    assert await pace.take("x", rate, 1) > 0
    await client.flushall()
    await client.script_flush()
    assert await pace.take("x", rate, 2) == 0.0
    assert await pace.take("x", rate, 1) > 0


async def test_without_redis_each_process_keeps_to_its_part() -> None:
    away = redis.asyncio.Redis(host="127.0.0.1", port=1)
    pace, rate = Pace(away), Rate(100.0, 10)
    pace.peers = 4
    assert await pace.take("x", rate, 10) == 0.0
    wait = await pace.take("x", rate, 5)
    assert 0.15 < wait <= 0.2, "5 calls at 25 a second"
    await away.aclose()


async def test_when_redis_is_back_each_keeps_to_its_part_until_all_have_noticed(
    client: redis.asyncio.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    clock = SimpleNamespace(monotonic=lambda: now[0], monotonic_ns=lambda: int(now[0] * 1e9))
    monkeypatch.setattr("bot.shared.pace.time", clock)
    away = redis.asyncio.Redis(host="127.0.0.1", port=1)
    pace, rate = Pace(away), Rate(100.0, 10)
    pace.peers = 4
    assert await pace.take("x", rate, 10) == 0.0
    back, pace._script = pace._script, Pace(client)._script
    now[0] += 1.1  # 27 calls of its part have come back, of which a burst holds 10
    assert await pace.take("x", rate, 10) == 0.0
    assert await pace.take("x", rate, 5) == pytest.approx(0.2), (
        "Redis has more, but the others are sending too"
    )
    pace._script = back
    now[0] += 0.4
    assert await pace.take("x", rate, 10) == 0.0, "gone again: its part was taken once"
    assert await pace.take("x", rate, 5) == pytest.approx(0.2)
    pace._script = Pace(client)._script
    now[0] += 1.1
    assert await pace.take("x", rate, 10) == 0.0
    now[0] += 6
    assert await pace.take("y", rate, 10) == 0.0
    assert "y" not in pace._here, "all have noticed: Redis alone says what is free"
    await away.aclose()


async def test_calls_in_a_row_are_asked_for_together_and_what_is_not_made_at_once_is_lost(
    client: redis.asyncio.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, asked = [1000.0], list[int]()
    pace, rate = Pace(client), Rate(100.0, 40)

    async def take(_name: str, _rate: Rate, calls: int, _wish: Priority) -> float:
        asked.append(calls)
        return 0.0 if len(asked) < 6 else 0.5

    monkeypatch.setattr(pace, "take", take)
    monkeypatch.setattr("bot.shared.pace.time.monotonic", lambda: now[0])

    async def next_calls(calls: int, of: int) -> tuple[int, float]:
        return await pace.take_ahead("x", rate, calls, of=of, wish=Priority.NORMAL)

    for left in range(500, 490, -1):
        assert await next_calls(1, left) == (1, 0.0)
    assert asked == [10], "a tenth of a second of a hundred"
    assert await next_calls(15, 490) == (15, 0.0)
    assert await next_calls(7, 475) == (7, 0.0)
    assert await next_calls(7, 468) == (3, 0.0), "what is left is used up before more is asked for"
    assert await next_calls(1, 3) == (1, 0.0)
    assert asked == [10, 15, 10, 3], "never more than there are"
    now[0] += 0.11
    assert await next_calls(1, 300) == (1, 0.0), "the two that were left are gone"
    now[0] += 0.11
    assert await next_calls(1, 300) == (0, 0.5)
    assert asked[4:] == [10, 10]
