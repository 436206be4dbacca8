"""Who waits for whom: what is urgent beside a long notice, small notices beside a large one (22, 23), and a baseline (1)."""

from __future__ import annotations

import asyncio
import statistics
import time

import pytest

from bot.core.pace import Rate
from tests.delivery.faults.conftest import Scene, only, sizes


def _some(scene: Scene, at: int, n: int) -> list[str]:
    keys = list(scene.land.persons)
    return [keys[(at * n + step) % len(keys)] for step in range(n)]


@pytest.mark.chaos
@pytest.mark.slow
@only("postgresql")
async def test_twenty_urgent_notices_in_a_long_one_start_at_once_and_leave_it_its_part(
    scene: Scene,
) -> None:
    rate = Rate(100.0, 20)
    await scene.settle(9000)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [rate.per_s, rate.burst]
    scene.crew.start("worker-1", "worker-2")
    bulk = await scene.send()
    await scene.taken(200)
    starts: list[float] = []
    ends: list[float] = []
    urgent = []
    began, before = time.monotonic(), len(scene.calls_of(bulk))
    for turn in range(20):
        keys = _some(scene, turn, 50)
        ids = tuple(scene.land.persons[key] for key in keys)
        since, at = scene.last(), time.monotonic()
        one = await scene.send(urgent=True, persons=ids, explicit=True)
        urgent.append((one, keys))
        while not scene.calls_of(one, since=since):
            assert time.monotonic() - at < 30
            await asyncio.sleep(0.05)
        starts.append(time.monotonic() - at)
        await scene.done(one, 60)
        ends.append(time.monotonic() - at)
    took = time.monotonic() - began
    bulk_calls = len(scene.calls_of(bulk)) - before
    share = bulk_calls / (bulk_calls + 20 * 50)
    scene.tell(
        f"first call after {sorted(starts)[18]:.2f} s (p95), done after {max(ends):.1f} s at most, "
        f"bulk had {share:.0%} of {bulk_calls + 1000} calls in {took:.0f} s"
    )
    assert sorted(starts)[18] <= 2.0, starts
    assert max(ends) <= 10 + 50 / rate.per_s
    assert share >= 0.2
    await scene.done(bulk, 300)
    await scene.hold(bulk)
    for one, keys in urgent:
        await scene.hold(one, people=keys)


@sizes((300, 3, 12), (9000, 20, 200), on="sqlite")
async def test_small_notices_do_not_wait_for_a_large_one(
    scene: Scene, size: tuple[int, int, int]
) -> None:
    people, count, each = size
    await scene.settle(people)
    rate = Rate(60.0, 10) if people == 300 else Rate(160.0, 20)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [rate.per_s, rate.burst]
    scene.crew.start("worker-1")
    keys = _some(scene, 0, each)
    began = time.monotonic()
    alone = await scene.send(persons=tuple(scene.land.persons[key] for key in keys), explicit=True)
    await scene.done(alone, 60)
    solo = time.monotonic() - began
    large = await scene.send()
    await scene.taken(each + 20)
    began = time.monotonic()
    small = []
    for turn in range(count):
        keys = _some(scene, turn, each)
        ids = tuple(scene.land.persons[key] for key in keys)
        small.append((await scene.send(persons=ids, explicit=True), keys))
    ends = []
    for one, _ in small:
        await scene.done(one, 300)
        ends.append(time.monotonic() - began)
    left = (await scene.land.tally(large.id)).people.unsent
    scene.tell(
        f"alone {solo:.1f} s; beside a large one {statistics.median(ends):.1f} s, "
        f"{max(ends):.1f} at most, when {left} of the large one were left"
    )
    assert left > people // 10, "the large one was still under way"
    assert max(ends) <= 2 * solo + 30
    for one, keys in small:
        await scene.hold(one, people=keys)
    await scene.done(large, 300)
    await scene.hold(large)


@sizes((240, Rate(40.0, 10)), (6000, Rate(120.0, 20)), on="postgresql")
async def test_without_any_fault_it_keeps_to_the_limit_and_near_it(
    scene: Scene, size: tuple[int, Rate]
) -> None:
    people, rate = size
    await scene.settle(people)
    scene.platform.control("latency", answer_ms=20)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [rate.per_s, rate.burst]
    scene.crew.start("worker-1", "worker-2")
    await asyncio.sleep(1)
    at = time.monotonic()
    sent = await scene.send()
    frozen = time.monotonic() - at
    await scene.taken(1)
    first = time.monotonic() - at
    await scene.done(sent, 300)
    found = await scene.hold(sent, rate=rate)
    times = [call["at"] for call in found.calls]
    speed = (len(times) - rate.burst) / (max(times) - min(times)) * 1000
    scene.tell(
        f"frozen in {frozen:.2f} s, first call after {first:.2f} s, {speed / rate.per_s:.0%} of the limit"
    )
    assert frozen <= 5
    assert first <= 5
    assert speed >= 0.95 * rate.per_s
