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
    """`pace`: calls a second in a story of templates, so that each kill is in the middle of the notice."""

    people: int
    workers: int
    kills: int
    answer_ms: int
    between: tuple[float, float]  # seconds
    pace: float = 0


_MORE = 4  # kills more, if all met workers that had nothing in the air


async def _progress(scene: Scene, n: int, channel: str = "template") -> Counter[int]:
    return Counter((await scene.land.states(n, channel)).values())


@sizes(
    Kills(150, 2, 3, 200, (0.2, 0.5), 40), Kills(24_000, 4, 50, 1500, (1.0, 3.0), 130),
    on="postgresql",
)  # fmt: skip
async def test_workers_killed_again_and_again_lose_nothing_and_double_nothing(
    scene: Scene, size: Kills
) -> None:
    await scene.settle(size.people)
    scene.platform.control("latency", answer_ms=size.answer_ms)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [size.pace, 10]
    names = [f"worker-{at}" for at in range(size.workers)]
    scene.crew.start(*names)
    sent = await scene.send()
    watch = scene.watch(sent)
    await scene.taken(1)
    slowest, doubt, kills = 0.0, 0, 0
    while kills < size.kills or (not doubt and kills < size.kills + _MORE):
        kills += 1
        until = time.monotonic() + scene.dice.uniform(*size.between)
        while time.monotonic() < until:
            await watch.look()
            await asyncio.sleep(0.15)
        victim = scene.dice.choice(names)
        doubt += await scene.kill(victim, sent.id)
        before = scene.accepted()
        assert before < size.people, "each was killed in the middle"
        scene.crew.start(victim)
        slowest = max(slowest, await scene.taken(before + 1))
    scene.platform.control("latency", answer_ms=5)
    await scene.done(sent, 300)
    found = await scene.hold(sent)
    assert found.copies.total() == size.people
    scene.tell(
        f"killed {kills} with {doubt} calls in the air, of which the platform had {scene.duplicates()}; "
        f"again under way after {slowest:.1f} s at most"
    )
    assert 0 < doubt <= kills * scene.rt.settings.window
    # Of three kills it may be that none met a call that had arrived.
    assert (size.kills > 3) <= scene.duplicates() <= doubt


@sizes(Kills(3, 1, 2, 400, (0.0, 0.2)), Kills(3, 3, 30, 1000, (0.2, 1.0)), on="sqlite")
async def test_where_the_platform_knows_no_repeat_unknown_are_those_in_flight_and_never_more(
    scene: Scene, size: Kills
) -> None:
    window = 16
    scene.crew.settings = scene.crew.settings.model_copy(update={"window": window})
    groups = [f"g{at:04}" for at in range((24 + 56 * (size.workers - 1)) * size.kills)]
    await scene.settle(size.people)
    await lands.robot_groups(scene.land, groups)
    scene.platform.control("latency", answer_ms=size.answer_ms)
    names = [f"worker-{at}" for at in range(size.workers)]
    scene.crew.start(*names)
    sent = await scene.send(groups=True)
    doubt = 0
    for _ in range(size.kills):
        await scene.taken(scene.accepted("webhook/send") + 1, "webhook/send")
        await asyncio.sleep(scene.dice.uniform(*size.between))
        victim = scene.dice.choice(names)
        doubt += await scene.kill(victim, sent.id)
        assert await scene.land.phase(sent.id) == "sending", "each was killed in the middle"
        scene.crew.start(victim)
    scene.platform.control("latency", answer_ms=5)
    await scene.done(sent)
    lost = (await scene.land.tally(sent.id)).groups.unknown
    scene.tell(f"killed {size.kills} with {doubt} calls in the air: {lost} unknown")
    assert 0 < lost <= doubt <= size.kills * window
    found = await scene.hold(sent, groups=groups, doubt=lost)
    unknown = [key for key, name in found.classes.items() if name == "unknown"]
    # She decides once; exactly those get another copy.
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


@dataclass(frozen=True)
class Frozen:
    """`s`: for how long in real time; 0: the leases are ended by hand. `pace`: calls a second."""

    people: int
    times: int
    at_once: int
    s: float
    pace: float


_CHAOS = [pytest.mark.chaos, pytest.mark.slow]


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(Frozen(120, 1, 1, 0, 1000), id="small"),
        pytest.param(Frozen(9000, 20, 1, 0, 60), id="twenty", marks=_CHAOS),
        pytest.param(Frozen(42_000, 5, 4, 180, 40), id="long", marks=_CHAOS),
    ],
)
@only("postgresql")  # a process that is frozen while it writes would hold all of SQLite
async def test_a_worker_frozen_for_longer_than_its_lease_wakes_up_and_harms_nothing(
    scene: Scene, size: Frozen
) -> None:
    await scene.settle(size.people)
    scene.platform.control("latency", answer_ms=400)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [size.pace, max(10, size.pace // 5)]
    frozen = [f"worker-frozen-{at}" for at in range(size.at_once)]
    scene.crew.start(*frozen)
    sent = await scene.send()
    watch = scene.watch(sent)
    window, most = scene.rt.settings.window, 0
    for _ in range(size.times):
        await scene.taken(scene.accepted() + 8)
        for name in frozen:
            scene.crew.freeze(name)
        before = scene.accepted()
        scene.crew.start("worker-other")
        await asyncio.sleep(size.s)
        if not size.s:
            await lands.expire_leases(scene.rt)  # what 60 s do
        await scene.taken(before + 20)
        await watch.look()
        assert scene.accepted() < size.people, "in the middle"
        twice = scene.duplicates()
        for name in frozen:
            scene.crew.thaw(name)
        await scene.taken(scene.accepted() + 8)
        await asyncio.sleep(0.5)
        await watch.look()
        # Who wakes up calls at most those it had written down, by the ids that the platform knows.
        most = max(most, scene.duplicates() - twice)
        scene.crew.kill("worker-other")
    scene.platform.control("latency", answer_ms=5)
    await scene.done(sent, 900 if size.s else 300)
    # PostgreSQL has ended the transaction of one that was frozen in it for longer than 15 s.
    lost = [scene.crew.said(name, "batch.lost") for name in frozen]
    broken = [scene.crew.said(name, "batch.failed") for name in frozen]
    assert any(lost)
    assert all(one or other for one, other in zip(lost, broken, strict=True))
    await watch.look()
    found = await scene.hold(sent)
    assert found.copies.total() == size.people
    scene.tell(f"{most} calls again after a thaw at most, {scene.duplicates()} repeats in all")
    assert most <= size.at_once * window
    assert scene.duplicates() <= 3 * size.times * size.at_once * window


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
