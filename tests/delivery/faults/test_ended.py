"""Stopped, paused, held for the night, over; clocks that go wrong (fault tests 14, 24 and 25)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.actions import broadcast, settle
from bot.core import period
from bot.core.plan import BATCH, Phase
from bot.core.receipt import State
from tests.delivery import land as lands
from tests.delivery.faults.conftest import Scene, only, sizes


async def _quiet(scene: Scene, n: int) -> None:
    """Wait until no call is in the air."""

    async def landed() -> bool:
        doubt = {State.INTENT, State.CALLED, State.RETRY}
        return not doubt & set((await scene.land.states(n)).values())

    await scene.until(landed, 20)


@sizes((260, 2), (6000, 4), on="postgresql")
async def test_paused_resumed_and_stopped_by_a_person_it_obeys_within_the_window(
    scene: Scene, size: tuple[int, int]
) -> None:
    people, workers = size
    await scene.settle(people)
    # Larger than the window, or the end of a batch would stop a worker that does not look.
    scene.patch.setattr("bot.core.audience.BATCH", min(BATCH, people // workers))
    scene.platform.control("latency", answer_ms=300)
    names = [f"worker-{at}" for at in range(workers)]
    scene.crew.start(*names)
    sent = await scene.send()
    chair = await scene.land.actor("s-chair")
    most = workers * scene.rt.settings.window
    await scene.taken(people // 5)
    await broadcast.pause(scene.rt, chair, sent.id)
    paused_at = scene.last()
    await asyncio.sleep(2)
    still = scene.last()
    assert still - paused_at <= most
    await _quiet(scene, sent.id)
    assert scene.last() == still, "nothing more after two seconds"
    await broadcast.resume(scene.rt, chair, sent.id)
    await scene.taken(people * 37 // 100)

    found = await settle.stop(scene.rt, chair, sent.id)
    stopped_at, began = scene.last(), time.monotonic()
    total = found.sent + found.unknown + found.unsent + found.refused + found.flying
    assert total == people
    await settle.settled(scene.rt, sent.id, within_s=5)
    assert time.monotonic() - began <= 2.0
    after = (await scene.land.tally(sent.id)).people
    assert after.accepted + after.unknown == scene.accepted()
    # Stopped is stopped, whoever starts anew.
    for name in names:
        scene.crew.kill(name)
    scene.crew.start(*names)
    await asyncio.sleep(2)
    seen = await scene.hold(sent, over=False, after=(stopped_at, most), doubt=after.unknown)
    assert Counter(seen.classes.values()) == {
        "accepted": after.accepted,
        "unsent": after.unsent,
        **({"unknown": after.unknown} if after.unknown else {}),
    }
    assert after.unknown == 0, "all calls were answered"


@only("postgresql")
async def test_the_night_holds_what_is_under_way_and_what_ends_in_it_is_never_sent(
    scene: Scene,
) -> None:
    await scene.settle(150)
    zone = scene.rt.settings.zone
    scene.crew.settings = scene.crew.settings.model_copy(update={"quiet_hours": "21:00-08:00"})
    scene.rt.quiet = period.QuietHours.read("21:00-08:00")
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [20.0, 5]
    evening = (datetime.now(zone) + timedelta(days=1)).replace(
        hour=20, minute=59, second=0, microsecond=0
    )
    await scene.at(evening)
    scene.crew.start("worker-1", "worker-2")
    sent = await scene.send()
    late = await scene.send(deadline=evening + timedelta(hours=3))  # over before the morning
    night = evening.replace(hour=21, minute=0, second=0)
    morning = night.replace(hour=8) + timedelta(days=1)
    await scene.taken(30)
    await scene.until(lambda: _begun(scene, late.id), 20)
    await scene.at(night - timedelta(seconds=2))  # both are under way
    while scene.rt.now() < night + timedelta(seconds=1):
        await asyncio.sleep(0.1)
    at_night = len(scene.calls_of(sent))
    await scene.at(night + timedelta(hours=3, minutes=1))  # past midnight
    await scene.until(lambda: _in(scene, late.id, Phase.EXPIRED), 20)
    await scene.at(morning - timedelta(seconds=20))
    await asyncio.sleep(1.5)
    assert len(scene.calls_of(sent)) == at_night < 150
    await scene.at(morning + timedelta(minutes=11))
    await scene.done(sent)
    # A call may be on its way when the clock strikes.
    nights = [(period.ms(night) + 1000, period.ms(morning))]
    await scene.hold(sent, nights=nights)
    seen = await scene.hold(late, over=False, nights=nights)
    assert set(seen.classes.values()) == {"accepted", "unsent"}


async def _begun(scene: Scene, n: int) -> bool:
    return (await scene.land.tally(n)).people.accepted > 0


async def _in(scene: Scene, n: int, phase: Phase) -> bool:
    return await scene.land.phase(n) is phase


@pytest.mark.parametrize(
    "hours",
    [24, -1, *(pytest.param(one, marks=[pytest.mark.chaos, pytest.mark.slow]) for one in (-24, 1))],
)
@only("postgresql")  # on SQLite there is one machine and one clock
async def test_a_worker_whose_clock_is_wrong_starts_nothing_early_and_ends_nothing(
    scene: Scene, hours: int
) -> None:
    await scene.settle(40)
    now = scene.rt.now()
    later = await scene.send(not_before=now + timedelta(minutes=30))
    ending = await scene.send(deadline=now + timedelta(minutes=40))
    scene.platform.control("latency", answer_ms=400)
    scene.crew.start("worker-wrong", clock_s=hours * 3600)
    await scene.taken(1)
    # It dies with calls in the air, and one whose clock is right goes on: once each.
    scene.crew.kill("worker-wrong")
    doubt = Counter((await scene.land.states(ending.id)).values())[State.INTENT]
    assert doubt > 0
    await lands.expire_leases(scene.rt)
    scene.crew.start("worker-right")
    await scene.done(ending)
    assert await scene.land.phase(later.id) is Phase.READY
    assert scene.calls_of(later) == []
    await scene.hold(ending)
    # And the other way round: what a worker with a right clock left is not given up.
    scene.crew.kill("worker-right")
    third = await scene.send()
    scene.crew.start("worker-right")
    await scene.taken(scene.accepted() + 1)
    scene.crew.kill("worker-right")
    await lands.expire_leases(scene.rt)
    scene.crew.start("worker-wrong", clock_s=hours * 3600)
    await scene.done(third)
    await scene.hold(third)
    # What is due by the right clock starts then, though the only worker's says otherwise.
    due = scene.rt.now() + timedelta(seconds=1)
    soon = await scene.send(not_before=due)
    scene.platform.control("latency", answer_ms=5)
    await scene.done(soon, 60)
    await scene.hold(soon, not_before_ms=period.ms(due))
