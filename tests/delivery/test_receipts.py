"""Signing, who has not signed, relay proofs, late outcomes, single messages, quiet hours, reminders."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import confirm, relay, settle
from bot.core.model import Person
from bot.core.plan import Receipt
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import (
    batches,
    broadcasts,
    followers,
    people,
    receipts,
    refusals,
    relays,
    tables,
    units,
)
from bot.store.doubts import Decision
from tests.delivery import land as lands
from tests.delivery.land import Land, openid
from tests.sandbox.platform import Platform


async def _person(land: Land, key: str) -> Person:
    async with land.rt.read() as c:
        found = await people.by_id(c, land.persons[key])
    assert found
    return found


async def test_received_signs_the_newest_that_is_owed_and_says_what_is_left(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=3, unregistered=0)
    first = await land.send(receipt=Receipt.SIGN, title="一")
    silent = await land.send(title="不要回执")
    soon = await land.send(receipt=Receipt.KNOW, title="二")
    over = await land.send(
        receipt=Receipt.SIGN, title="过期", deadline=rt.now() + timedelta(hours=1)
    )
    her = await _person(land, "v0001-chair")
    assert await confirm.sign(rt, her, None, rt.now()) is None  # nothing has reached her yet
    async with lands.working(rt):
        for sent in (first, silent, soon, over):
            await land.done(sent.id)
    later = rt.now() + timedelta(hours=2)
    signed = await confirm.sign(rt, her, None, later)
    assert signed
    assert (signed.broadcast.id, [one.id for one in signed.more]) == (soon.id, [first.id])
    signed = await confirm.sign(rt, her, first.id, later)
    assert signed
    assert signed.more == ()
    assert await confirm.sign(rt, her, None, later) is None
    with pytest.raises(errors.NotFound):
        await confirm.sign(rt, her, 999, later)
    other = await _person(land, "v0002-chair")
    by_report = await confirm.signs_for_report(rt, other, later)
    assert by_report
    assert by_report.id == soon.id


async def test_whoever_signs_has_it_though_nobody_knows_how_her_call_ended(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=0)
    sent = await land.send(receipt=Receipt.SIGN)
    async with rt.write() as c:
        claim = await batches.claim(c, "somebody", of=sent.id, quiet=False)
        assert claim
        arrays = await batches.held(c, claim)
        arrays.states[:4] = State.INTENT  # its worker died when these were called
        arrays.called[:4] = int(time.time()) - 9 * 60
        await batches.save(c, claim, arrays)
    async with rt.read() as c:
        some = [await people.by_id(c, int(number)) for number in claim.members[:3]]
    early, opening, late = [one for one in some if one is not None]
    # She reads it before anybody knows that it was sent.
    assert await confirm.sign(rt, early, None, rt.now())
    await confirm.opened(rt, opening.id, sent.id, rt.now())
    await lands.expire_leases(rt)
    async with lands.working(rt):
        await land.done(sent.id)
    sums = (await land.tally(sent.id)).people
    assert (sums.accepted, sums.delivered, sums.unknown) == (4, 2, 2)
    assert await confirm.sign(rt, late, sent.id, rt.now())
    sums = (await land.tally(sent.id)).people
    assert (sums.accepted, sums.delivered, sums.unknown) == (4, 3, 1)
    assert sums.whole
    async with rt.read() as c:
        counts = await receipts.counts_by_child(c, sent, land.units["s"])
    assert sum(one.signed for one in counts) == 2
    # Only who is still unknown is asked about, and gets it again.
    chair = await land.actor("s-chair")
    assert await settle.decide(rt, chair, sent.id, Decision.AGAIN) == 1


async def test_who_has_not_signed_comes_in_tree_order_inside_the_scope(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=6, unregistered=5)
    sent = await land.send(receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(sent.id)
    for key in ("v0002-chair", "s-deputy"):
        assert await confirm.sign(rt, await _person(land, key), None, rt.now())
    async with rt.read() as c:
        kept = await broadcasts.get(c, sent.id)
        everywhere = await receipts.unsigned(c, kept, [(0, 99)], 20)
        township = land.units["t"]
        below = await receipts.unsigned(c, kept, [(township.lo, township.hi)], 2)
        counts = await receipts.counts_by_child(c, kept, land.units["t"])
        # Moving the tree afterwards does not move the past.
        await c.execute(sa.select(1))
    assert [one.unit_name for one in everywhere.first] == ["s", "t", "v0001", "v0003", "v0004"]
    assert (below.total, [one.unit_name for one in below.first]) == (4, ["t", "v0001"])
    # v0000 and v0005 are not registered: in the audience, not reached.
    assert [(one.unit.short, one.people, one.reached, one.signed) for one in counts] == [
        ("t", 1, 1, 0),
        ("v0000", 1, 0, 0),
        ("v0001", 1, 1, 0),
        ("v0002", 1, 1, 1),
        ("v0003", 1, 1, 0),
        ("v0004", 1, 1, 0),
        ("v0005", 1, 0, 0),
    ]


async def test_receipts_stay_where_people_were_when_the_tree_moves(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    sent = await land.send(receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(sent.id)
    async with rt.write() as c:
        # A new epoch in the opposite order of villages.
        await c.execute(sa.insert(tables.org_epoch).values(id=2, made_at_ms=0))
        for number in range(4):
            unit = land.units[f"v{number:04}"]
            lo = 5 - number
            await c.execute(
                sa.update(tables.unit).where(tables.unit.c.id == unit.id).values(lo=lo, hi=lo + 1)
            )
            await c.execute(
                sa.insert(tables.unit_span).values(epoch=2, unit_id=unit.id, lo=lo, hi=lo + 1)
            )
    signed = await confirm.sign(rt, await _person(land, "v0003-chair"), None, rt.now())
    assert signed
    async with rt.read() as c:
        kept = await broadcasts.get(c, sent.id)
        village = await units.by_code(c, "v0000")
        assert village
        hers = await receipts.unsigned(c, kept, [(village.lo, village.hi)], 20)
    assert [one.unit_name for one in hers.first] == ["v0000"]


async def test_forwarded_groups_count_and_those_that_cannot_are_said(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=3, unregistered=0)
    for key in ("a", "b", "c"):
        await lands.relay_group(land, key, "v0001-chair", "v0001")
    await lands.relay_group(land, "d", "v0002-chair", "v0002")
    await lands.relay_group(land, "e", "v0000-chair", "v0000")
    async with rt.write() as c:
        # v0001 wrote today: her window is open, so she gets the words themselves.
        await followers.heard(c, rt.seal, "wechat", openid("v0001-chair"), rt.now_ms())
        await c.execute(
            sa.delete(tables.binding).where(
                tables.binding.c.person_id == land.persons["v0000-chair"]
            )
        )
    platform.control("say", openid=openid("v0001-chair"), text="在吗")
    sent = await land.send(groups=True)
    async with lands.working(rt):
        await land.done(sent.id)
    sums = (await land.tally(sent.id)).groups
    assert (sums.n, sums.to_relay, sums.unregistered) == (5, 4, 1)
    words = [line for line in platform.lines(openid("v0001-chair")) if "转到" in str(line)]
    assert len(words) == 1
    assert "a群、b群、c群" in str(words[0])
    her = await _person(land, "v0001-chair")
    done = await relay.relayed(rt, her, 2, 300, number=None, at=rt.now())
    assert done
    assert (done.groups, done.left) == (2, 1)
    async with rt.read() as c:
        kept = await broadcasts.get(c, sent.id)
        left = await relays.outstanding(c, kept, [(0, 99)], 20)
    assert [one.name for one in left.first] == ["c群", "d群"]
    cannot = await relay.cannot(
        rt, await _person(land, "v0002-chair"), "群解散了", number=None, at=rt.now()
    )
    assert cannot
    assert await relay.relayed(rt, her, None, None, number=None, at=rt.now())
    assert await relay.relayed(rt, her, None, None, number=None, at=rt.now()) is None
    sums = (await land.tally(sent.id)).groups
    assert (sums.delivered, sums.refused, sums.unregistered, sums.to_relay) == (3, 1, 1, 0)
    assert sums.whole


async def test_outcomes_count_before_after_and_twice(rt: Runtime, platform: Platform) -> None:
    land = await lands.settle(rt, platform, villages=5, unregistered=0)
    # The sandbox numbers messages one by one: what the next ones will be called can be known.
    platform.send(openid("s-chair"))
    first = max(item["msgid"] for item in platform.see("ledger")["entries"]) + 1
    for msgid in range(first, first + 3):
        await confirm.finished(rt, b"d" * 16, msgid, "success", rt.now())
        await confirm.finished(rt, b"d" * 16, msgid, "success", rt.now())
    sent = await land.send()
    async with lands.working(rt):
        await land.done(sent.id)
        assert (await land.tally(sent.id)).people.delivered == 3
        await confirm.finished(rt, b"d" * 16, first + 3, "failed:user block", rt.now())
        await confirm.finished(rt, b"d" * 16, first + 4, "failed:system failed", rt.now())
        await confirm.finished(rt, b"d" * 16, first, "success", rt.now())
        await confirm.finished(rt, b"d" * 16, 77, "success", rt.now())

        async def matched() -> bool:
            return (await land.tally(sent.id)).people.refused == 2

        await land.until(matched)
    tally = (await land.tally(sent.id)).people
    assert (tally.delivered, tally.accepted, tally.refused) == (3, 3, 2)
    async with rt.read() as c:
        reasons = sorted(item.reason for item in await refusals.of(c, sent.id))
        left = (await c.scalars(sa.select(tables.finish.c.msgid))).all()
    assert reasons == ["failed:system failed", "failed:user block"]
    assert list(left) == [77]


async def test_a_copy_that_wechat_itself_lost_is_sent_once_more_while_sending_goes_on(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=2, unregistered=0)
    await lands.robot_group(land, "a")
    # A robot that never answers clearly keeps the broadcast open.
    platform.control("faults", endpoint="webhook/send", code=45009)
    sent = await land.send(groups=True)
    async with lands.working(rt):

        async def accepted() -> bool:
            return (await land.tally(sent.id)).people.accepted == 5

        await land.until(accepted)
        entry = next(
            item
            for item in platform.see("ledger?endpoint=template/send")["entries"]
            if item["who"] == openid("v0001-chair")
        )
        await confirm.finished(rt, b"d" * 16, entry["msgid"], "failed:system failed", rt.now())

        async def twice() -> bool:
            return land.copies()[openid("v0001-chair")] == 2

        await land.until(twice)
        await land.until(accepted)
        last = max(item["msgid"] for item in platform.see("ledger")["entries"])
        await confirm.finished(rt, b"d" * 16, last, "failed:system failed", rt.now())

        async def refused() -> bool:
            return (await land.tally(sent.id)).people.refused == 1

        await land.until(refused)
    assert land.copies()[openid("v0001-chair")] == 2
    assert (await land.tally(sent.id)).people.whole
