"""Version 2 of a notice: whom it is for, and what becomes of the first."""

from __future__ import annotations

import pytest

from bot import errors
from bot.actions import amend, broadcast
from bot.core.plan import Phase, Receipt
from bot.runtime import Runtime
from bot.store import amendments, receipts
from tests.delivery import land as lands
from tests.delivery.land import Land, openid
from tests.sandbox.platform import Platform


async def _signed(land: Land, n: int, *keys: str) -> None:
    async with land.rt.write() as c:
        for key in keys:
            mine = await receipts.received(c, land.persons[key], n)
            assert mine is not None
            at_ms = land.rt.now_ms()
            await receipts.add(c, mine, kind="signed", person_id=land.persons[key], at_ms=at_ms)


@pytest.mark.parametrize("acted", [True, False])
async def test_version_2_asks_those_who_signed_only_if_they_must_act_differently(
    rt: Runtime, platform: Platform, acted: bool
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    first = await land.send(receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(first.id)
    await _signed(land, first.id, "v0001-chair", "v0002-chair")
    actor = await land.actor("s-chair")
    assert (await amend.standing(rt, actor, first.id)).signed == 2
    with pytest.raises(errors.NotFound):
        await amend.standing(rt, await land.actor("t-chair"), first.id)
    draft = await amend.draft(
        rt, actor, first.id, title="", body="改到周五", deadline=None, acted=acted
    )
    shown = await broadcast.preview(rt, actor, draft)
    assert shown.people == (7 if acted else 5)
    second = await broadcast.submit(rt, actor, draft, expected=shown.token, idem_key=None)
    assert second.amends == first.id
    async with lands.working(rt):
        await land.done(second.id)
    twice = {who for who, count in land.copies().items() if count == 2}
    assert len(twice) == (7 if acted else 5)
    assert (openid("v0001-chair") in twice) is acted
    async with rt.read() as c:
        owed = await receipts.owed(c, land.persons["v0003-chair"], rt.now_ms())
        assert [one.broadcast.id for one in owed] == [second.id], "the first asks for nothing now"
        owed = await receipts.owed(c, land.persons["v0001-chair"], rt.now_ms())
        assert [one.broadcast.id for one in owed] == ([second.id] if acted else [])
        assert await amendments.after(c, first.id) == second.id
    with pytest.raises(errors.Conflict):
        await amend.standing(rt, actor, first.id)


async def test_a_correction_stops_what_of_the_first_is_still_to_be_sent(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=3, unregistered=0)
    first = await land.send()
    actor = await land.actor("s-chair")
    draft = await amend.draft(
        rt, actor, first.id, title="改期", body="改到周五", deadline=None, acted=True
    )
    second = await broadcast.submit(rt, actor, draft, expected=None, idem_key=None)
    assert await land.phase(first.id) is Phase.STOPPED
    async with lands.working(rt):
        await land.done(second.id)
    assert set(land.copies().values()) == {1}
    assert len(land.copies()) == 6
