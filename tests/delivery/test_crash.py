"""Workers that die or fall behind: nothing lost, nothing doubled, what is unknown is said."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from bot import errors
from bot.actions import deliver, letters, sweep
from bot.actions.deliver import Sender
from bot.core.backoff import Window
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.shared import alive
from bot.store import batches, tables
from tests import programs
from tests.delivery import land as lands
from tests.delivery import victim
from tests.sandbox.platform import Platform


def started(rt: Runtime, redis_url: str) -> programs.Child:
    return programs.Child(victim.main, rt.settings.model_dump_json(), redis_url)


async def test_a_worker_killed_three_times_loses_nothing_and_doubles_nothing(
    rt: Runtime, platform: Platform, redis_url: str
) -> None:
    land = await lands.settle(rt, platform, villages=597, unregistered=0)
    platform.control("latency", answer_ms=60)
    sent = await land.send()
    for level in (60, 180, 320):
        process = started(rt, redis_url)
        try:
            async with asyncio.timeout(30):
                while (await land.tally(sent.id)).people.accepted < level:
                    assert process.poll() is None
                    await asyncio.sleep(0.01)
        finally:
            process.kill()
            await asyncio.to_thread(process.wait)
        tally = (await land.tally(sent.id)).people
        assert tally.whole
        in_doubt = list((await land.states(sent.id)).values()).count(State.INTENT)
        assert in_doubt <= rt.settings.window
    platform.control("latency", answer_ms=5)
    process = started(rt, redis_url)
    try:
        await land.done(sent.id, 40)
    finally:
        process.terminate()
        assert await asyncio.to_thread(process.wait, 12) == 0
    tally = (await land.tally(sent.id)).people
    assert (tally.accepted, tally.unknown) == (600, 0)
    assert len(land.copies()) == 600
    assert set(land.copies().values()) == {1}
    repeats = platform.see("ledger/summary")["duplicates"]
    assert repeats <= 3 * rt.settings.window


async def test_after_the_repeat_window_what_was_in_doubt_is_unknown_and_never_sent_again(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=0)
    sent = await land.send()
    async with rt.write() as c:
        claim = await batches.claim(c, "somebody", of=sent.id, quiet=False)
        assert claim
        arrays = await batches.held(c, claim)
        arrays.states[0] = arrays.states[1] = State.INTENT
        arrays.called[0] = int(time.time()) - 9 * 60
        arrays.called[1] = int(time.time()) - 60
        await batches.save(c, claim, arrays)
    await lands.expire_leases(rt)
    async with lands.working(rt):
        await land.done(sent.id)
    tally = (await land.tally(sent.id)).people
    assert (tally.accepted, tally.unknown, tally.n) == (7, 1, 8)


async def test_a_robot_call_in_doubt_is_unknown_and_not_repeated(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    await lands.robot_group(land, "a")
    await lands.robot_group(land, "b")
    platform.control("faults", endpoint="webhook/send", drop=True, who="robot-a")
    sent = await land.send(groups=True)
    async with lands.working(rt):
        await land.done(sent.id)
    groups = (await land.tally(sent.id)).groups
    assert (groups.accepted, groups.unknown) == (1, 1)
    assert land.copies("webhook/send") == {"robot-a": 1, "robot-b": 1}


async def test_whoever_lost_the_batch_stops_at_once_and_writes_nothing(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=40, unregistered=0)
    platform.control("latency", answer_ms=500)
    sent = await land.send()
    sender = Sender("install", Window.of(8, 1).lanes[0], asyncio.Event())
    async with rt.write() as c:
        slow = await batches.claim(c, "slow", of=sent.id, quiet=False)
    assert slow
    sleeping = asyncio.create_task(deliver.deliver(rt, sender, slow))

    async def calling() -> bool:
        return State.INTENT in (await land.states(sent.id)).values()

    await land.until(calling)
    await lands.expire_leases(rt)  # as if it had been stopped for a minute
    async with rt.write() as c:
        second = await batches.claim(c, "second", of=sent.id, quiet=False)
    assert second
    assert second.fence == slow.fence + 1
    with pytest.raises(errors.Fenced):
        await sleeping
    platform.control("latency", answer_ms=1)
    await deliver.deliver(rt, sender, second)
    assert (await land.tally(sent.id)).people.accepted == 43
    assert set(land.copies().values()) == {1}


async def test_a_name_of_a_dead_process_is_known_as_dead() -> None:
    process = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", "from bot.shared import alive; print(alive.me())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert alive.surely_dead(process.stdout.strip())
    assert not alive.surely_dead(alive.me())
    assert not alive.surely_dead(f"{alive.me()}#1")
    assert not alive.surely_dead("another machine:1:2")
    assert len(alive.me()) < 60


async def test_the_batches_of_a_dead_worker_are_given_up_once_though_nobody_has_time_for_them(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=20, unregistered=0)
    sent = await land.send()
    machine, _, _ = alive.me().partition(":")
    async with rt.write() as c:
        assert await batches.claim(c, f"{machine}:999999999:1#0", of=sent.id, quiet=False)
    with structlog.testing.capture_logs() as told:
        await sweep.batches_of_the_dead(rt)
    assert [one["event"] for one in told] == ["batches.orphaned"]
    await sweep.peers(rt)
    assert rt.pace.peers == 0
    with structlog.testing.capture_logs() as told:
        await sweep.batches_of_the_dead(rt)
    assert told == [], "its lease is over: no need to wake everybody each time somebody looks"
    async with rt.write() as c:
        assert await batches.claim(c, "somebody", of=sent.id, quiet=False)


async def test_a_stop_gives_the_batch_back_and_the_next_worker_goes_on(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=100, unregistered=0)
    platform.control("latency", answer_ms=50)
    sent = await land.send()
    async with lands.working(rt):

        async def some() -> bool:
            return (await land.tally(sent.id)).people.accepted > 0

        await land.until(some)
    tally = (await land.tally(sent.id)).people
    assert 0 < tally.accepted < 103
    assert State.INTENT not in (await land.states(sent.id)).values()
    assert await land.phase(sent.id) is Phase.SENDING, "what is left over is no lack of quota"
    async with lands.working(rt):
        await land.done(sent.id)
    assert set(land.copies().values()) == {1}


async def test_a_fault_of_ours_gives_the_batch_back_at_once(
    rt: Runtime, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=0)
    real = letters.of
    faults = [KeyError("a fault of ours")]

    def faulty(*given: Any) -> object:
        if faults:
            raise faults.pop()
        return real(*given)

    monkeypatch.setattr(letters, "of", faulty)
    sent = await land.send()
    async with lands.working(rt):
        await land.done(sent.id, 30)  # the lease would have lasted 60 s
    assert not faults
    assert set(land.copies().values()) == {1}


async def test_who_is_told_too_fast_again_and_again_waits_for_a_minute_and_no_longer(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=0)
    sent = await land.send()
    batch = tables.batch.c

    async def row() -> Any:
        async with rt.read() as c:
            asked = sa.select(batch.state, batch.attempts, batch.not_before_ms)
            return (await c.execute(asked)).one()

    async def rests() -> bool:
        return (await row()).not_before_ms is not None

    async with lands.working(rt):
        for _ in range(5):
            platform.control("faults", endpoint="template/send", code=45011, next=2)
            await lands.hurry(rt)
            await land.until(rests)
            found = await row()
            assert found.not_before_ms <= time.time() * 1000 + 60_000
            assert (found.state, found.attempts) == ("ready", 0)

        async def over() -> bool:
            await lands.hurry(rt)
            return await land.phase(sent.id) is Phase.DONE

        await land.until(over)
    assert (await land.tally(sent.id)).people.accepted == 8
    assert set(land.copies().values()) == {1}
