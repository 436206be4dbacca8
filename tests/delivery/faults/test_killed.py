"""Workers killed or frozen in the middle of a notice (fault tests 2, 3, 4 and 8)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import allowance, deliver, settle
from bot.actions.deliver import Sender
from bot.core.backoff import Window
from bot.core.receipt import State
from bot.store import batch_states, batches, tables
from bot.store.doubts import Decision
from tests.delivery import land as lands
from tests.delivery.faults.conftest import Scene, only, sizes
from tests.delivery.land import Land, openid


@dataclass(frozen=True)
class Kills:
    people: int
    workers: int
    kills: int
    answer_ms: int
    between: tuple[float, float]  # seconds


async def _progress(scene: Scene, n: int, channel: str = "template") -> Counter[int]:
    return Counter((await scene.land.states(n, channel)).values())


@sizes(Kills(150, 2, 3, 200, (0.3, 0.6)), Kills(6000, 4, 50, 1000, (0.5, 3.0)), on="postgresql")
async def test_workers_killed_again_and_again_lose_nothing_and_double_nothing(
    scene: Scene, size: Kills
) -> None:
    await scene.settle(size.people)
    scene.platform.control("latency", answer_ms=size.answer_ms)
    names = [f"worker-{at}" for at in range(size.workers)]
    scene.crew.start(*names)
    sent = await scene.send()
    watch = scene.watch(sent)
    await scene.taken(1)
    slowest = 0.0
    for _ in range(size.kills):
        until = time.monotonic() + scene.dice.uniform(*size.between)
        while time.monotonic() < until:
            await watch.look()
            await asyncio.sleep(0.15)
        victim = scene.dice.choice(names)
        scene.crew.kill(victim)
        before = scene.accepted()
        scene.crew.start(victim)
        if before < size.people:
            slowest = max(slowest, await scene.taken(before + 1))
    scene.platform.control("latency", answer_ms=5)
    await scene.done(sent)
    found = await scene.hold(sent)
    assert found.copies.total() == size.people
    window = scene.rt.settings.window
    assert scene.duplicates() <= size.kills * window
    scene.tell(f"killed {size.kills}, again under way after {slowest:.1f} s at most")


@sizes(Kills(3, 1, 2, 400, (0.0, 0.2)), Kills(3, 3, 30, 400, (0.2, 1.0)), on="sqlite")
async def test_where_the_platform_knows_no_repeat_unknown_are_those_in_flight_and_never_more(
    scene: Scene, size: Kills
) -> None:
    groups = [f"g{at:04}" for at in range(16 * size.kills + 16)]
    await scene.settle(size.people)
    for key in groups:
        await lands.robot_group(scene.land, key)
    scene.platform.control("latency", answer_ms=size.answer_ms)
    names = [f"worker-{at}" for at in range(size.workers)]
    scene.crew.start(*names)
    sent = await scene.send(groups=True)
    lost = 0
    killed = 0
    for _ in range(size.kills):
        before = scene.accepted("webhook/send")
        if before >= len(groups):
            break
        await scene.taken(before + 1, "webhook/send")
        await asyncio.sleep(scene.dice.uniform(*size.between))
        victim = scene.dice.choice(names)
        scene.crew.kill(victim)
        killed += 1
        scene.crew.start(victim)
    await scene.done(sent)
    lost = (await scene.land.tally(sent.id)).groups.unknown
    assert 0 < lost <= killed * scene.rt.settings.window
    found = await scene.hold(sent, groups=groups, doubt=lost)
    unknown = [key for key, name in found.classes.items() if name == "unknown"]
    # She decides once; exactly those get another copy.
    scene.platform.control("latency", answer_ms=5)
    chair = await scene.land.actor("s-chair")
    assert await settle.decide(scene.rt, chair, sent.id, Decision.AGAIN) == lost
    await scene.done(sent)
    again = await scene.hold(sent, groups=groups, again=unknown)
    assert again.copies - found.copies == Counter(unknown)


async def _age(land: Land, n: int, seconds: int) -> None:
    """What passing time does to calls in doubt."""
    async with land.rt.write() as c:
        numbers = (
            await c.scalars(sa.select(tables.batch.c.no).where(tables.batch.c.broadcast_id == n))
        ).all()
        for no in numbers:
            batch = await batch_states.one(c, n, no)
            assert batch
            called = batch.arrays.called
            called[called > 0] -= seconds
            await batch_states.put(c, batch, reopen=False)


@sizes(60, 2000, on="sqlite")
async def test_after_an_outage_longer_than_the_platform_remembers_nobody_in_doubt_is_called_again(
    scene: Scene, size: int
) -> None:
    await scene.settle(size)
    scene.platform.control("latency", answer_ms=500)
    names = ["worker-1", "worker-2"]
    scene.crew.start(*names)
    sent = await scene.send()
    await scene.taken(size // 6)
    for name in names:
        scene.crew.kill(name)
    in_doubt = {
        member
        for member, state in (await scene.land.states(sent.id)).items()
        if state == State.INTENT
    }
    assert 0 < len(in_doubt) <= 2 * scene.rt.settings.window
    last = scene.last()
    await _age(scene.land, sent.id, 15 * 60)
    scene.platform.control("clock", advance_ms=15 * 60 * 1000)
    scene.platform.control("latency", answer_ms=5)
    scene.crew.start("worker-3")
    await scene.done(sent)
    found = await scene.hold(sent, doubt=len(in_doubt))
    keys = {number: key for key, number in scene.land.persons.items()}
    doubted = {openid(keys[member]) for member in in_doubt}
    assert not doubted & {call["who"] for call in found.calls if call["seq"] > last}
    assert scene.duplicates() == 0


@pytest.mark.parametrize("size", [1, pytest.param(3, marks=[pytest.mark.chaos, pytest.mark.slow])])
@only("postgresql")  # a process that is frozen while it writes would hold all of SQLite
async def test_a_worker_frozen_for_longer_than_its_lease_wakes_up_and_harms_nothing(
    scene: Scene, size: int
) -> None:
    people = 120 if size == 1 else 9000
    await scene.settle(people)
    scene.platform.control("latency", answer_ms=400)
    scene.crew.start("worker-frozen")
    sent = await scene.send()
    watch = scene.watch(sent)
    for _ in range(size):
        await scene.taken(scene.accepted() + 8)
        scene.crew.freeze("worker-frozen")
        before = scene.accepted()
        scene.crew.start("worker-other")
        if size == 1:
            await lands.expire_leases(scene.rt)  # what 60 s do
        else:
            await asyncio.sleep(65)
        await scene.taken(min(people, before + 20))
        await watch.look()
        scene.crew.thaw("worker-frozen")
        await scene.taken(min(people, scene.accepted() + 8))
        await watch.look()
        scene.crew.kill("worker-other")
        if size == 1:
            assert "batch.lost" in scene.crew.log("worker-frozen")
    scene.platform.control("latency", answer_ms=5)
    await scene.done(sent)
    await watch.look()
    found = await scene.hold(sent)
    assert found.copies.total() == people
    assert scene.duplicates() <= 2 * size * scene.rt.settings.window


async def test_who_was_frozen_between_writing_down_a_call_and_making_it_makes_none(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.settle(20)
    sent = await scene.send()
    async with scene.rt.write() as c:
        claim = await batches.claim(c, "somebody", of=sent.id, quiet=False)
    assert claim
    monkeypatch.setattr(allowance, "FRESH_S", -1.0)
    sender = Sender("install", Window.of(8, 1).lanes[0], asyncio.Event())
    with pytest.raises(errors.Fenced):
        await deliver.deliver(scene.rt, sender, claim)
    assert (await _progress(scene, sent.id))[State.INTENT] > 0
    assert scene.last() == 0


@pytest.mark.chaos
@pytest.mark.slow
@only("postgresql")  # a process that is frozen while it writes would hold all of SQLite
async def test_a_call_that_froze_before_it_was_made_is_not_made_after_the_platform_forgot_its_id(
    scene: Scene,
) -> None:
    await scene.settle(40)
    # The frozen worker has written down whom it calls and waits for its access token.
    scene.platform.control("faults", endpoint="stable_token", delay_ms=3000, next=1)
    scene.crew.start("worker-frozen")
    sent = await scene.send()

    async def intended() -> bool:
        return (await _progress(scene, sent.id))[State.INTENT] > 0

    await scene.until(intended)
    scene.crew.freeze("worker-frozen")
    await lands.expire_leases(scene.rt)
    scene.crew.start("worker-other")
    await scene.done(sent, 60)
    scene.platform.control("clock", advance_ms=15 * 60 * 1000)
    scene.crew.thaw("worker-frozen")
    await asyncio.sleep(4)
    await scene.hold(sent)
