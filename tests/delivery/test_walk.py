"""A broadcast from draft to done: everybody once, the sum right at every moment."""

from __future__ import annotations

import asyncio

import pytest

from bot import errors
from bot.actions import broadcast, confirm
from bot.core.model import Level, Role
from bot.core.plan import AudienceItem, Phase
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import people
from tests.delivery import land as lands
from tests.sandbox.platform import Platform


async def test_everybody_gets_one_copy_and_the_sum_is_right_at_every_moment(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=130, unregistered=10)
    for key in ("a", "b"):
        await lands.robot_group(land, key)
    await lands.relay_group(land, "r", "t-chair")
    seen: set[int] = set()
    sent = await land.send(groups=True)
    async with lands.working(rt):
        while await land.phase(sent.id) is not Phase.DONE:
            tally = await land.tally(sent.id)
            assert tally.people.whole
            assert tally.groups.whole
            assert (tally.people.n, tally.groups.n) == (133, 3)
            seen.add(tally.people.unsent)
            await asyncio.sleep(0)
    tally = await land.tally(sent.id)
    assert len(seen) > 3
    assert (tally.people.accepted, tally.people.unregistered) == (120, 13)
    assert (tally.groups.accepted, tally.groups.to_relay) == (2, 1)
    copies = land.copies()
    # The owner's words to forward went out as a template: she has not written, her window is closed.
    assert copies.pop(lands.openid("t-chair")) == 2
    assert len(copies) == 119
    assert set(copies.values()) == {1}
    assert set(land.copies("webhook/send").values()) == {1}
    line = broadcast.sum_line(rt, sent.id, tally)
    assert line.startswith(
        f"{sent.id}号通知：对象 133＝接受 120＋送达 0＋拒绝 0＋未知 0＋未登记 13＋待转发 0＋未发 0"
    )


async def test_a_preview_says_what_confirming_does_and_a_changed_audience_sends_nothing(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=6, unregistered=3)
    actor = await land.actor("s-chair")
    draft = land.draft(items=(AudienceItem(Level.VILLAGE, Role.CHAIR),))
    shown = await broadcast.preview(rt, actor, draft)
    assert (shown.people, shown.unregistered, shown.calls) == (6, 2, 4)
    async with rt.write() as c:
        await lands._people(c, land, "v0001", ["v0001-chair-2"])
    with pytest.raises(errors.Conflict):
        await broadcast.submit(rt, actor, draft, expected=shown.token, idem_key=None)
    again = await broadcast.preview(rt, actor, draft)
    assert again.people == 7
    outside = land.draft(scope_units=(land.units["s"],))
    with pytest.raises(errors.NotAllowed):
        await broadcast.preview(rt, await land.actor("v0001-chair"), outside)


async def test_the_same_key_again_returns_the_first_broadcast(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=2, unregistered=0)
    actor = await land.actor("s-chair")

    async def post() -> int:
        sent = await broadcast.submit(
            rt, actor, land.draft(), expected=None, idem_key="one and the same"
        )
        return sent.id

    assert len(set(await asyncio.gather(*(post() for _ in range(8))))) == 1


async def test_above_the_threshold_a_second_person_must_agree(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    object.__setattr__(rt, "settings", rt.settings.model_copy(update={"approval_threshold": 3}))
    waiting = await broadcast.submit(
        rt, await land.actor("s-deputy"), land.draft(), expected=None, idem_key=None
    )
    assert waiting.state is Phase.WAITING
    assert [p.id for p in await broadcast.deciders(rt, waiting)] == [land.persons["s-chair"]]
    with pytest.raises(errors.OwnDraft):
        await broadcast.approve(rt, await land.actor("s-deputy"), waiting.id)
    with pytest.raises(errors.NotFound):
        await broadcast.approve(rt, await land.actor("t-chair"), waiting.id)
    async with rt.write() as c:
        await lands._people(c, land, "v0001", ["v0001-deputy"])
    with pytest.raises(errors.Conflict, match="8 人"):
        await broadcast.approve(rt, await land.actor("s-chair"), waiting.id)
    approved = await broadcast.approve(rt, await land.actor("s-chair"), waiting.id)
    assert (approved.state, approved.people_n) == (Phase.SENDING, 8)
    with pytest.raises(errors.Conflict):
        await broadcast.disapprove(rt, await land.actor("s-chair"), waiting.id, "晚了")


async def test_stopped_half_way_nobody_more_is_called_and_the_sum_still_holds(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=300, unregistered=0)
    platform.control("latency", answer_ms=30)
    sent = await land.send()
    async with lands.working(rt):

        async def under_way() -> bool:
            return (await land.tally(sent.id)).people.accepted > 40

        await land.until(under_way)
        await broadcast.stop(rt, await land.actor("s-chair"), sent.id)
        before = land.calls()

        async def settled() -> bool:
            states = (await land.states(sent.id)).values()
            return not {State.INTENT, State.RETRY, State.CALLED} & set(states)

        await land.until(settled)
        await asyncio.sleep(0.5)
    tally = (await land.tally(sent.id)).people
    assert land.calls() - before <= rt.settings.window
    assert tally.whole
    assert tally.unsent > 0
    assert tally.accepted == sum(land.copies().values())
    assert tally.unknown == 0
    with pytest.raises(errors.Conflict):
        await broadcast.resume(rt, await land.actor("s-chair"), sent.id)


async def test_paused_and_resumed_it_ends_with_one_copy_each(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=150, unregistered=0)
    platform.control("latency", answer_ms=50)
    sent = await land.send()
    actor = await land.actor("s-chair")
    async with lands.working(rt):

        async def some() -> bool:
            return (await land.tally(sent.id)).people.accepted > 0

        async def landed() -> bool:
            return State.INTENT not in (await land.states(sent.id)).values()

        await land.until(some)
        await broadcast.pause(rt, actor, sent.id)
        await land.until(landed)
        calls = land.calls()
        await asyncio.sleep(0.3)
        assert 0 < land.calls() == calls < 153
        await broadcast.resume(rt, actor, sent.id)
        await land.done(sent.id)
    assert (await land.tally(sent.id)).people.accepted == 153
    assert set(land.copies().values()) == {1}


async def test_who_says_stop_after_the_freeze_is_left_out_and_counted(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    sent = await land.send()
    async with rt.write() as c:
        await people.pause(c, land.persons["v0002-chair"], rt.now_ms())
    async with lands.working(rt):
        await land.done(sent.id)
    tally = (await land.tally(sent.id)).people
    assert (tally.accepted, tally.refused) == (6, 1)
    assert lands.openid("v0002-chair") not in land.copies()


async def test_a_link_opens_only_what_we_signed(rt: Runtime, platform: Platform) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    object.__setattr__(
        rt, "settings", rt.settings.model_copy(update={"public_url": "https://x.cn"})
    )
    sent = await land.send()
    person = land.persons["v0000-chair"]
    address = confirm.address(rt, sent.id, person)
    assert address
    token = address.removeprefix("https://x.cn/t/")
    found, reader = await confirm.read_link(rt, token, rt.now())
    assert (found.id, reader) == (sent.id, person)
    for wrong in ("", "zzz", token[:-1], ("a" if token[0] != "a" else "b") + token[1:]):
        with pytest.raises(errors.NotFound):
            await confirm.read_link(rt, wrong, rt.now())
