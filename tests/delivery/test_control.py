"""Quotas, priorities, stopping, and who is unknown: what people are told, and what the platform sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import broadcast, quota, release, settle
from bot.core import period
from bot.core.pace import Rate
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import (
    batch_states,
    batches,
    broadcasts,
    doubts,
    questions,
    quotas,
    tables,
    turns,
)
from bot.store.doubts import Decision
from tests.delivery import land as lands
from tests.delivery.land import Land
from tests.sandbox.platform import Platform


async def _told(rt: Runtime) -> list[str]:
    async with rt.read() as c:
        return list(await c.scalars(sa.select(tables.outbox.c.text).order_by(tables.outbox.c.id)))


def _in(land: Land, n: int, *phases: Phase) -> Callable[[], Awaitable[bool]]:
    async def reached() -> bool:
        return await land.phase(n) in phases

    return reached


async def test_a_quota_is_kept_to_the_call_and_the_broadcast_rests_until_tomorrow(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=60, unregistered=0)
    platform.control("quota", endpoint="template/send", limit=40)
    (key,) = quota.keys_of(rt, "template", rt.now())
    async with rt.write() as c:
        await quotas.correct(c, key, most=40, used=0, at_ms=0, resting=True)
        for mass in quota.keys_of(rt, "mass", rt.now()):  # nor is there another way
            await quotas.correct(c, mass, most=0, used=0, at_ms=0, resting=True)
    sent = await land.send()
    async with lands.working(rt):
        await land.until(_in(land, sent.id, Phase.PAUSED))
        async with rt.read() as c:
            kept = await broadcasts.get(c, sent.id)
        tally = (await land.tally(sent.id)).people
        # A twentieth is left for what is urgent.
        assert (tally.accepted, tally.unsent) == (38, 25)
        assert sum(land.copies().values()) == 38
        assert kept.stop_reason == quota.reason("template")
        tomorrow = rt.calendar.moment(
            period.at(kept.not_before_ms or 0).astimezone(rt.calendar.zone).date()
        )
        assert kept.not_before_ms == period.ms(tomorrow)
        assert any("明天自动接着发" in text for text in await _told(rt))
        urgent = await land.send(urgent=True, persons=(land.persons["t-chair"],), explicit=True)
        await land.done(urgent.id)
        # The account was raised: asked again, the platform says so, and it goes on today.
        platform.control("quota", endpoint="template/send", limit=1000)
        await quota.look(rt)
        assert await release.due(rt, rt.now()) == "1 released, 0 ended"
        await lands.hurry(rt)
        await land.done(sent.id)
    assert set(land.copies().values()) <= {1, 2}
    assert (await land.tally(sent.id)).people.accepted == 63


async def test_what_of_a_ration_is_not_called_is_given_back_and_a_leak_is_found(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=20, unregistered=4)
    sent = await land.send()
    (key,) = quota.keys_of(rt, "template", rt.now())
    async with lands.working(rt):
        await land.done(sent.id)
    async with rt.read() as c:
        known = await quotas.get(c, key)
    assert known is not None
    assert known.used == 18, "five are not registered"
    async with rt.write() as c:  # a worker died with a ration
        await quotas.reserve(c, [key], 500, urgent=True)
        await c.execute(sa.update(tables.broadcast).values(state=Phase.SENDING))
    await quota.look(rt)
    async with rt.read() as c:
        found = await quotas.get(c, key)
    assert found is not None
    assert found.most == 100_000
    assert found.used == 18


async def test_what_is_urgent_starts_within_two_seconds_in_the_middle_of_a_long_broadcast(
    rt: Runtime, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A batch takes five seconds, and both lanes have one.
    monkeypatch.setattr("bot.core.pace.TEMPLATE", Rate(per_s=40.0, burst=40))
    monkeypatch.setattr("bot.core.audience.BATCH", 100)
    land = await lands.settle(rt, platform, villages=300, unregistered=0)
    platform.control("latency", answer_ms=100)
    long = await land.send()
    async with lands.working(rt):

        async def going() -> bool:
            return (await land.tally(long.id)).people.accepted > 45

        await land.until(going)
        begin = time.monotonic()
        urgent = await land.send(
            urgent=True, persons=tuple(land.persons.values())[:20], explicit=True
        )

        async def begun() -> bool:
            return (await land.tally(urgent.id)).people.accepted > 0

        await land.until(begun)
        assert time.monotonic() - begin < 2.0
        await land.done(urgent.id, 5)
        assert await land.phase(long.id) is Phase.SENDING
        tally = (await land.tally(long.id)).people
        assert tally.unsent > 20
        await broadcast.stop(rt, await land.actor("s-chair"), long.id)


async def test_a_stop_answers_with_four_numbers_and_lets_no_more_through_than_the_window(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=120, unregistered=0)
    platform.control("latency", answer_ms=300)
    sent = await land.send()
    async with lands.working(rt):

        async def going() -> bool:
            return (await land.tally(sent.id)).people.accepted > 5

        await land.until(going)
        before = (await land.tally(sent.id)).people.accepted
        found = await settle.stop(rt, await land.actor("s-chair"), sent.id)
        assert found.flying > 0
        assert found.sent + found.unknown + found.unsent + found.refused + found.flying == 123
        begin = time.monotonic()
        await settle.settled(rt, sent.id, within_s=5)
        assert time.monotonic() - begin < 2
        after = (await land.tally(sent.id)).people
        assert after.accepted - before <= 2 * rt.settings.window
        calls = land.calls()
        await settle.look(rt)

        async def told() -> bool:
            return any("停稳了" in text for text in await _told(rt))

        await land.until(told)
        assert land.calls() - calls <= 1, "the letter to its author"
    assert after.whole
    assert sum("停稳了" in text for text in await _told(rt)) == 1


async def _with_unknown(land: Land) -> int:
    """A finished broadcast with two people in doubt."""
    sent = await land.send()
    rt = land.rt
    async with rt.write() as c:
        claim = await batches.claim(c, "somebody", of=sent.id, quiet=False)
        assert claim
        arrays = await batches.held(c, claim)
        for at in (0, 1):
            arrays.states[at] = State.INTENT
            arrays.called[at] = int(time.time()) - 9 * 60
        await batches.save(c, claim, arrays)
    await lands.expire_leases(rt)
    async with lands.working(rt):
        await land.done(sent.id)

        async def asked() -> bool:
            return any("不知道收没收到" in text for text in await _told(rt))

        await land.until(asked)
    return sent.id


async def test_the_author_decides_once_about_those_who_are_unknown(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=0)
    n = await _with_unknown(land)
    assert (await land.tally(n)).people.unknown == 2
    actor = await land.actor("s-chair")
    async with rt.read() as c:
        (row,) = (await c.execute(sa.select(tables.question))).all()
        question = await questions.current(c, row.follower_id, rt.now_ms())
        kept = await doubts.get(c, n)
    assert question is not None
    assert question.payload["data"] == {"number": n}
    assert kept is not None
    first = next(iter(kept.people))
    # One of them is heard of meanwhile: she gets no second copy.
    async with rt.write() as c:
        assert (await land.states(n))[first] == State.UNKNOWN
        batch = await batch_states.one(c, n, 0)
        assert batch is not None
        at = batch.members.tolist().index(first)
        batch.arrays.states[at] = State.DELIVERED
        await batch_states.put(c, batch, reopen=False)
    with pytest.raises(errors.NotFound):
        await settle.decide(rt, await land.actor("t-chair"), n, Decision.AGAIN)
    assert await settle.decide(rt, actor, n, Decision.AGAIN) == 1
    with pytest.raises(errors.Conflict):
        await settle.decide(rt, actor, n, Decision.AGAIN)
    async with lands.working(rt):
        await land.done(n)
    tally = (await land.tally(n)).people
    assert (tally.unknown, tally.delivered, tally.accepted, tally.whole) == (0, 1, 7, True)
    assert sum("不知道收没收到" in text for text in await _told(rt)) == 1


async def test_who_is_left_unknown_stays_so(rt: Runtime, platform: Platform) -> None:
    land = await lands.settle(rt, platform, villages=3, unregistered=0)
    n = await _with_unknown(land)
    assert await settle.decide(rt, await land.actor("s-chair"), n, Decision.LEAVE) == 2
    assert await land.phase(n) is Phase.DONE
    assert (await land.tally(n)).people.unknown == 2


async def test_a_notice_past_its_end_is_not_sent_and_its_author_is_told(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=3, unregistered=0)
    sent = await land.send()
    async with rt.write() as c:
        await c.execute(sa.update(tables.broadcast).values(expires_at_ms=rt.now_ms() - 1))
    async with lands.working(rt):
        await land.until(_in(land, sent.id, Phase.EXPIRED))
        await asyncio.sleep(0.3)
    assert land.copies() == {}
    assert (await land.tally(sent.id)).people.unsent == 6
    assert any("到期了，没发到的6人不再发" in text for text in await _told(rt))


async def test_each_broadcast_that_the_night_interrupts_goes_on_at_a_time_of_its_own(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=3, unregistered=0)
    some = [await land.send() for _ in range(3)]
    urgent = await land.send(urgent=True)
    rt.quiet = period.QuietHours.read("21:00-08:00")
    zone = rt.settings.zone
    night = datetime(2026, 11, 23, 22, 0, tzinfo=zone)
    for _ in range(2):  # looking again changes nothing
        await release.due(rt, night)
        async with rt.read() as c:
            at = [(await broadcasts.get(c, one.id)).not_before_ms for one in some]
            assert (await broadcasts.get(c, urgent.id)).not_before_ms is None
            held = await turns.waiting(c, period.ms(night), quiet=True)
            morning = datetime(2026, 11, 24, 8, 0, tzinfo=zone)
            early = await turns.waiting(c, period.ms(morning) - 1, quiet=False)
            later = await turns.waiting(c, period.ms(morning) + 600_000, quiet=False)
    assert list(held) == list(early) == [urgent.id]
    assert len(later) == 4
    assert len(set(at)) == 3
    assert all(0 <= (one or 0) - period.ms(morning) <= 600_000 for one in at)
