"""A platform that says no, says nonsense or says nothing (fault tests 15 to 20)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.core import period
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.sandbox.faults import GARBAGE
from bot.store import broadcasts, tables
from tests.delivery import land as lands
from tests.delivery.faults.conftest import Scene, only, sizes
from tests.delivery.faults.web import Web

_SEND = "template/send"
_NOT_TAKEN = ("html", "empty", "truncated")  # what comes from a proxy: the call went nowhere


async def _in(scene: Scene, n: int, phase: Phase) -> bool:
    return await scene.land.phase(n) is phase


async def _in_the_air(scene: Scene, n: int, calls: int) -> None:
    """Wait until so many calls are not answered."""

    async def so_many() -> bool:
        states = (await scene.land.states(n)).values()
        return sum(state == State.INTENT for state in states) >= calls

    await scene.until(so_many, 20)


@only("sqlite")
async def test_a_quota_used_up_at_two_fifths_rests_until_midnight_and_then_goes_on_by_itself(
    scene: Scene,
) -> None:
    await scene.settle(60)
    zone = scene.rt.settings.zone
    afternoon = datetime.now(zone).replace(hour=15) + timedelta(days=1)
    await scene.at(afternoon)
    scene.platform.control("faults", endpoint=_SEND, code=45009, skip=24)
    sent = await scene.send()
    async with lands.working(scene.rt):
        await scene.until(lambda: _in(scene, sent.id, Phase.PAUSED), 20)
        entries = scene.platform.see("ledger")["entries"]
        first = next(one for one in entries if one["errcode"] == 45009)
        after = [one for one in entries if one["seq"] > first["seq"]]
        assert len(after) <= scene.rt.settings.window + 2
        async with scene.rt.read() as c:
            kept = await broadcasts.get(c, sent.id)
            audit = tables.audit.c
            paused = sa.select(audit.at_ms).where(audit.deed == f"broadcast.{Phase.PAUSED}")
            assert (await c.scalar(paused) or 0) - first["at"] <= 5000
        midnight = (afternoon + timedelta(days=1)).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        assert kept.not_before_ms == period.ms(midnight)
        assert scene.accepted() == 24
        await scene.at(midnight + timedelta(seconds=1))
        scene.clear_faults()

        async def on() -> bool:
            await lands.hurry(scene.rt)
            return await _in(scene, sent.id, Phase.DONE)

        await scene.until(on, 30)
    found = await scene.hold(sent)
    assert found.copies.total() == 60


@sizes(90, 3000, on="postgresql")
async def test_too_fast_and_try_again_in_part_of_the_answers_cost_nobody_her_copy(
    scene: Scene, size: int
) -> None:
    await scene.settle(size)
    for share, fault in ((0.05, {"code": 45011}), (0.1, {"http": 429}), (0.3, {"code": -1})):
        scene.platform.control(
            "faults", endpoint=_SEND, share=share, next=size, seed=scene.dice.randrange(99), **fault
        )
    sent = await scene.send()
    scene.crew.start("worker-1")
    hurried = size == 90

    async def on() -> bool:
        if hurried:
            await lands.hurry(scene.rt)  # a minute's wait after 45011
        return await _in(scene, sent.id, Phase.DONE)

    if not hurried:
        await asyncio.sleep(120)  # for as long as the platform is in trouble
        scene.clear_faults()
    await scene.until(on, 60 if hurried else 900)
    found = await scene.hold(sent)
    assert found.copies.total() == size
    calls = Counter(call["who"] for call in found.calls)
    assert len({call["errcode"] for call in found.calls}) >= 3, "each of the answers was given"
    scene.tell(f"{max(calls.values())} calls for one person at most")
    assert hurried or max(calls.values()) <= 6


@pytest.mark.chaos
@pytest.mark.slow
@only("postgresql")
async def test_two_minutes_of_nothing_but_errors_are_met_with_few_calls_and_then_it_grows_back(
    scene: Scene,
) -> None:
    await scene.settle(8000)
    scene.platform.control("latency", answer_ms=100)
    scene.crew.start("worker-1")
    sent = await scene.send()
    await scene.taken(200)
    began = scene.last()
    await asyncio.sleep(5)
    before = (scene.last() - began) / 5
    scene.platform.control("faults", endpoint=_SEND, code=-1)
    await asyncio.sleep(10)
    began = scene.last()
    await asyncio.sleep(110)
    meanwhile = (scene.last() - began) / 110
    scene.clear_faults()
    took = await scene.taken(scene.accepted() + 1)
    began = scene.last()
    await asyncio.sleep(20)
    then = (scene.last() - began) / 20
    scene.tell(
        f"{before:.0f}/s before, {meanwhile:.1f}/s in trouble, first after {took:.1f} s, then {then:.0f}/s"
    )
    assert meanwhile <= before / 5
    assert then >= before / 2
    scene.platform.control("latency", answer_ms=5)
    await scene.done(sent, 600)
    found = await scene.hold(sent)
    assert max(Counter(call["who"] for call in found.calls).values()) <= 6


@pytest.mark.parametrize(
    "size", [(200, 2), pytest.param((3000, 30), marks=[pytest.mark.chaos, pytest.mark.slow])]
)
@only("postgresql")
async def test_a_token_that_dies_again_and_again_costs_two_processes_one_renewal_each_time(
    scene: Scene, size: tuple[int, int]
) -> None:
    people, renew_s = size
    await scene.settle(people)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [20.0, 5]
    scene.crew.changes["bot.channels.tokens._RENEW_S"] = renew_s
    scene.crew.start("worker-1", "worker-2")
    sent = await scene.send()
    await scene.taken(people // 60)
    began = time.monotonic()
    deaths = ("revoke", "expire", "revoke", "expire")[: 2 if people == 200 else 4]
    for how in deaths:
        scene.platform.control("tokens", how=how)
        await asyncio.sleep(renew_s + 1)
    took = time.monotonic() - began
    asked = [
        one for one in scene.platform.see("ledger?endpoint=stable_token&limit=9999")["entries"]
        if one["errcode"] == 0
    ]  # fmt: skip
    scene.tell(f"{len(asked)} tokens in {took:.0f} s")
    # One at the start, one each time; two processes that renew each for itself would ask twice as often.
    assert len(deaths) < len(asked) <= min(took / renew_s + 3, len(deaths) + 2)
    await scene.done(sent, 300)
    found = await scene.hold(sent)
    assert found.copies.total() == people


@sizes((60, 1.0), (2000, 10.0), on="sqlite")
async def test_calls_that_are_taken_and_never_answered_are_nobodys_failure(
    scene: Scene, size: tuple[int, float]
) -> None:
    people, deadline_s = size
    await scene.settle(people)
    scene.crew.changes["bot.channels.registry.DEADLINE_S"] = deadline_s
    scene.platform.control(
        "faults", endpoint=_SEND, hang=True, share=0.1, seed=scene.dice.randrange(99),
        next=people // 8,
    )  # fmt: skip
    await Web.opened(scene, "web")
    sent = await scene.send()
    watch = scene.watch(sent)
    scene.crew.start("worker-1")

    async def done() -> bool:
        now = await watch.look()
        assert not now["refused"]
        assert not now["unknown"]
        return await _in(scene, sent.id, Phase.DONE)

    await scene.taken(people // 8)
    some = [key for key in scene.land.persons if key.startswith("v")][:5]
    ids = tuple(scene.land.persons[key] for key in some)
    at = time.monotonic()
    urgent = await scene.send(urgent=True, persons=ids, explicit=True)
    while not scene.calls_of(urgent):
        await asyncio.sleep(0.05)
    scene.tell(f"urgent after {time.monotonic() - at:.1f} s")
    assert time.monotonic() - at <= 2.5, "the express lane is free"
    await scene.until(done, 60 if people == 60 else 600)
    await scene.done(urgent)
    await scene.hold(urgent, people=some)
    found = await scene.hold(sent)
    unanswered = sum(not call["answered"] for call in found.calls)
    assert unanswered > 0
    # What the platform then reports finds them by the number that only the repeat's answer told.
    await scene.reported(sent)
    assert scene.duplicates() >= unanswered


@sizes((84, 4), (3000, 150), on="sqlite")
async def test_rubbish_for_an_answer_is_in_doubt_and_asked_again_and_memory_stays_flat(
    scene: Scene, size: tuple[int, int]
) -> None:
    people, each = size
    await scene.settle(people)
    for kind in GARBAGE:
        scene.platform.control(
            "faults", endpoint=_SEND, garbage=kind, next=each, share=0.5,
            seed=scene.dice.randrange(99), effect=kind not in _NOT_TAKEN,
        )  # fmt: skip
    sent = await scene.send()
    scene.crew.start("worker-1")
    await scene.taken(1)
    before, most = scene.crew.rss_mb("worker-1"), 0.0

    async def done() -> bool:
        nonlocal most
        most = max(most, scene.crew.rss_mb("worker-1"))
        states = (await scene.land.states(sent.id)).values()
        assert State.REFUSED not in states
        return await _in(scene, sent.id, Phase.DONE)

    await scene.until(done, 60 if people == 84 else 600)
    assert most - before <= 60, f"from {before:.0f} to {most:.0f} MB"
    scene.tell(f"from {before:.0f} to {most:.0f} MB")
    found = await scene.hold(sent)
    assert found.copies.total() == people


@pytest.mark.parametrize(
    "size",
    [
        (40, 1, 4, 0.5),
        pytest.param((14_000, 2, 8, 600.0), marks=[pytest.mark.chaos, pytest.mark.slow]),
    ],
)
@only("postgresql")
async def test_a_platform_that_takes_seconds_slows_everything_but_what_is_urgent_starts(
    scene: Scene, size: tuple[int, int, int, float]
) -> None:
    people, workers, answers_s, watched_s = size
    await scene.settle(people)
    scene.crew.start(*(f"worker-{at}" for at in range(workers)))
    some = tuple(scene.land.persons.values())[:10]
    await scene.done(await scene.send(persons=some, explicit=True))  # they have their tokens
    scene.platform.control("latency", answer_ms=answers_s * 1000)
    sent = await scene.send()
    await _in_the_air(scene, sent.id, 15 * workers)
    before = max(scene.crew.rss_mb(name) for name in scene.crew.pids)
    since = scene.last()
    urgent = await scene.send(urgent=True, persons=some, explicit=True)
    began, calls = time.monotonic(), scene.calls_of(urgent, since=since)
    while not calls:
        await asyncio.sleep(0.1)
        calls = scene.calls_of(urgent, since=since)
        assert time.monotonic() - began <= 30
    took = time.monotonic() - began
    began, calls_before = time.monotonic(), scene.last()
    await asyncio.sleep(watched_s)
    speed = (scene.last() - calls_before) / (time.monotonic() - began)
    whole = workers * scene.rt.settings.window / answers_s
    after = max(scene.crew.rss_mb(name) for name in scene.crew.pids)
    scene.tell(
        f"urgent after {took:.1f} s; {before:.0f} to {after:.0f} MB; {speed:.0f} calls/s of {whole:.0f}"
    )
    assert people == 40 or speed >= whole / 2
    assert took <= 2.5
    assert after <= before * 1.1 + 5
    scene.platform.control("latency", answer_ms=5)
    await scene.done(urgent, 60)
    await scene.done(sent, 120)
    keys = {number: key for key, number in scene.land.persons.items()}
    await scene.hold(urgent, people=[keys[one] for one in some])
    await scene.hold(sent)
