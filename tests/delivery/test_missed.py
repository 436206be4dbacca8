"""Who registers while a notice runs gets it, and the groups she owns with it; nobody gets it twice."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from bot.actions import broadcast, confirm, enrol, relay, release
from bot.core.plan import Phase, Receipt
from bot.runtime import Runtime
from bot.store import followers, invites, people, tables
from tests.delivery import land as lands
from tests.delivery.land import Land, openid
from tests.sandbox.platform import Platform

HER = "v0000-chair"


async def registers(land: Land, key: str = HER) -> str:
    """She sends her code; what she reads."""
    rt = land.rt
    guest = invites.Guest(land.persons[key], key, key, "")
    (invited,) = await enrol.invite(rt, [guest], 14)
    async with rt.write() as c:
        follower = await followers.heard(c, rt.seal, "wechat", openid(key), rt.now_ms())
    return (await enrol.bind(rt, follower, invited.code, rt.now())).text


async def test_who_registers_late_is_told_what_runs_and_signs_it(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=5)
    await lands.relay_group(land, "a", HER, "v0000")
    sent = await land.send(groups=True, receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(sent.id)
    before = await land.tally(sent.id)
    assert (before.people.unregistered, before.groups.unregistered) == (1, 1)

    said = await registers(land)
    assert f"您登记前发的通知有1个请您看：{sent.id}号《会改联推进通知》" in said
    assert "要转1个群" in said
    after = await land.tally(sent.id)
    assert (after.people.unregistered, after.groups.unregistered) == (0, 0)
    assert after.people.accepted + after.people.delivered == before.people.n
    assert (after.groups.to_relay, after.people.whole, after.groups.whole) == (1, True, True)

    async with rt.read() as c:
        her = await people.by_id(c, land.persons[HER])
    assert her
    assert await confirm.sign(rt, her, None, rt.now())
    assert await relay.relayed(rt, her, None, None, number=None, at=rt.now())
    assert (await land.tally(sent.id)).groups.delivered == 1
    assert "登记前" not in await registers(land), "it is told once"
    others = {openid(key) for key in land.persons if key != HER}
    assert set(land.copies()) == others, "nobody is written to twice, she was told with the answer"


async def test_what_is_not_sent_yet_goes_to_her_as_to_all_others(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=5)
    await lands.relay_group(land, "a", HER, "v0000")
    sent = await land.send(not_before=rt.now() + timedelta(hours=1), groups=True)
    assert await land.phase(sent.id) is Phase.READY
    assert "登记前" not in await registers(land)
    async with rt.write() as c:  # an hour passes
        await c.execute(sa.update(tables.broadcast).values(not_before_ms=rt.now_ms()))
    assert await release.due(rt, rt.now()) == "1 released, 0 ended"
    async with lands.working(rt):
        await land.done(sent.id)
    found = await land.tally(sent.id)
    assert (found.people.unregistered, found.groups.unregistered) == (0, 0)
    assert found.groups.to_relay == 1
    assert land.copies()[openid(HER)] == 2, "the notice, and the text for her group"


async def test_what_is_over_or_was_stopped_is_not_told(rt: Runtime, platform: Platform) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=5)
    sent = await land.send()
    await broadcast.stop(rt, await land.actor("s-chair"), sent.id)
    assert "登记前" not in await registers(land)
    assert (await land.tally(sent.id)).people.unregistered == 1
