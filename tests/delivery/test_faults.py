"""What the platform says is taken at its word: refused, later, unclear, quota, text, set-up."""

from __future__ import annotations

import asyncio
import urllib.request

import pytest
import sqlalchemy as sa

from bot.actions import broadcast, release
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import broadcasts, refusals, tables
from tests.delivery import land as lands
from tests.delivery.land import openid
from tests.sandbox.platform import Platform


async def test_refused_people_keep_the_code_of_the_platform(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    platform.meet(openid("v0001-chair"), follows=False)
    platform.control("faults", endpoint="template/send", who=openid("v0002-chair"), code=43019)
    sent = await land.send()
    async with lands.working(rt):
        await land.done(sent.id)
    tally = (await land.tally(sent.id)).people
    assert (tally.accepted, tally.refused) == (5, 2)
    async with rt.read() as c:
        assert sorted(item.code or 0 for item in await refusals.of(c, sent.id)) == [43004, 43019]


async def test_unclear_answers_are_repeated_under_the_same_id_until_clear(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=30, unregistered=0)
    platform.control("faults", endpoint="template/send", garbage="html", next=5)
    platform.control("faults", endpoint="template/send", code=-1, next=5)
    platform.control("faults", endpoint="template/send", http=502, next=5)
    sent = await land.send()
    async with lands.working(rt):

        async def tried() -> bool:
            return State.RETRY in (await land.states(sent.id)).values()

        await land.until(tried)
        tally = (await land.tally(sent.id)).people
        assert tally.whole
        await land.done(sent.id)
    assert (await land.tally(sent.id)).people.accepted == 33
    assert len(land.copies()) == 33
    assert set(land.copies().values()) == {1}


async def test_a_quota_pauses_the_broadcast_with_its_reason_and_the_next_day_it_goes_on(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=60, unregistered=0)
    platform.control("faults", endpoint="template/send", code=45009, skip=20)
    sent = await land.send()
    async with lands.working(rt):

        async def paused() -> bool:
            return await land.phase(sent.id) is Phase.PAUSED

        await land.until(paused)
    async with rt.read() as c:
        kept = await broadcasts.get(c, sent.id)
    assert kept.stop_reason.startswith("quota 45009")
    tally = (await land.tally(sent.id)).people
    assert (tally.accepted, tally.unsent) == (20, 43)
    assert land.calls() <= 20 + rt.settings.window + 2
    _clear_faults(platform)
    assert kept.not_before_ms
    async with rt.write() as c:
        await c.execute(sa.update(tables.broadcast).values(not_before_ms=rt.now_ms() - 1))
    assert await release.due(rt, rt.now()) == "1 released, 0 ended"
    await lands.hurry(rt)
    async with lands.working(rt):
        await land.done(sent.id)
    assert (await land.tally(sent.id)).people.accepted == 63


async def test_a_text_the_platform_refuses_stops_the_broadcast_and_its_author_is_told(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=60, unregistered=0)
    platform.control("faults", endpoint="template/send", code=47003)
    sent = await land.send()
    async with lands.working(rt):

        async def stopped() -> bool:
            return await land.phase(sent.id) is Phase.STOPPED

        await land.until(stopped)
    tally = (await land.tally(sent.id)).people
    assert tally.whole
    assert 0 < tally.refused <= rt.settings.window
    assert tally.unsent == 63 - tally.refused
    async with rt.read() as c:
        told = (await c.execute(sa.select(tables.outbox.c.text, tables.outbox.c.person_id))).all()
    assert [row.person_id for row in told] == [land.persons["s-chair"]]
    assert "平台不收" in told[0].text


async def test_a_wrong_set_up_pauses_instead_of_refusing_everybody(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=60, unregistered=0)
    platform.control("faults", endpoint="template/send", code=40037)
    sent = await land.send()
    async with lands.working(rt):

        async def paused() -> bool:
            return await land.phase(sent.id) is Phase.PAUSED

        await land.until(paused)
    tally = (await land.tally(sent.id)).people
    assert (tally.refused, tally.unsent) == (0, 63)
    _clear_faults(platform)
    await broadcast.resume(rt, await land.actor("s-chair"), sent.id)
    await lands.hurry(rt)
    async with lands.working(rt):
        await land.done(sent.id)
    assert set(land.copies().values()) == {1}


async def test_tokens_that_are_refused_again_and_again_pause_and_a_good_one_resumes(
    rt: Runtime, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.actions.tokens.EVERY_S", 0.1)
    land = await lands.settle(rt, platform, villages=60, unregistered=0)
    for path in ("template/send", "getcallbackip", "custom/send"):
        platform.control("faults", endpoint=path, code=40001, errmsg="invalid credential")
    sent = await land.send()
    async with lands.working(rt):

        async def paused() -> bool:
            await lands.hurry(rt)
            return await land.phase(sent.id) is Phase.PAUSED

        await land.until(paused)
        async with rt.read() as c:
            kept = await broadcasts.get(c, sent.id)
            told = list(await c.scalars(sa.select(tables.outbox.c.text)))
        assert kept.stop_reason.startswith("token")
        assert len(told) == 1, "its author is told once"
        assert (await land.tally(sent.id)).people.unsent == 63
        assert land.calls() <= 2 * rt.settings.window, "no call is made while the account rests"
        actor = await land.actor("s-chair")
        assert (await broadcast.pause(rt, actor, sent.id)).stop_reason == "", "now it is hers"
        _clear_faults(platform)
        monkeypatch.setattr("bot.channels.tokens.Tokens.resting", False)
        await asyncio.sleep(0.5)
        assert await land.phase(sent.id) is Phase.PAUSED, "what a person paused waits for her"
        await broadcast.resume(rt, actor, sent.id)

        async def on() -> bool:
            await lands.hurry(rt)
            return await land.phase(sent.id) is Phase.DONE

        await land.until(on)
    assert set(land.copies().values()) == {1}
    assert len(land.copies()) == 63


async def test_a_robot_over_its_pace_comes_again_later_and_the_others_do_not_wait(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    for key in "abc":
        await lands.robot_group(land, key)
    platform.control("faults", endpoint="webhook/send", who="robot-a", code=45009, next=1)
    sent = await land.send(groups=True)
    async with lands.working(rt):

        async def two() -> bool:
            return (await land.tally(sent.id)).groups.accepted == 2

        await land.until(two)
        assert await land.phase(sent.id) is Phase.SENDING
        assert (await land.tally(sent.id)).groups.unsent == 1

        async def all_three() -> bool:
            await lands.hurry(rt)  # again and again: the batch may be given back only now
            return await land.phase(sent.id) is Phase.DONE

        await land.until(all_three)
    assert set(land.copies("webhook/send").values()) == {1}


async def test_without_redis_sending_goes_on_at_the_own_pace(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=20, unregistered=0)
    await rt.redis.set("yihu:{pace}:" + rt.settings.wechat_app_id + ":template", "not a number")
    sent = await land.send()
    async with lands.working(rt):
        await land.done(sent.id)
    assert (await land.tally(sent.id)).people.accepted == 23


def _clear_faults(platform: Platform) -> None:
    request = urllib.request.Request(f"{platform.url}/control/faults", method="DELETE")
    with urllib.request.urlopen(request, timeout=5):
        pass
