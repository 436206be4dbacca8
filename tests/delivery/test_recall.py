"""Stopped, paused and taken back on every channel; how mass messages end."""

from __future__ import annotations

import sqlalchemy as sa

from bot.actions import amend, broadcast, jobs, recall, settle, tidings
from bot.core import inbound
from bot.store import recalls, tables, takens
from tests.delivery import land as lands
from tests.delivery import ways
from tests.delivery.land import Land
from tests.delivery.ways import land, rt
from tests.sandbox.platform import Platform

__all__ = ["land", "rt"]


async def test_what_wecom_sent_is_taken_back_and_the_rest_can_be_corrected(land: Land) -> None:
    for number in (1, 2, 3):
        await ways.member(land, ways.chair(number))
    await lands.relay_group(land, "r", "t-chair")
    sent = await land.send(groups=True)
    author = await land.actor("s-chair")
    async with lands.working(land.rt):
        await land.done(sent.id)
        back = await recall.recall(land.rt, author, sent.id)
        assert back.stopped is None
        assert back.sums.waiting == 3
        assert back.beyond == 18 + 1, "templates stay, and the group's owner has the words"
        again = await recall.recall(land.rt, author, sent.id)
        assert again.sums.waiting + again.sums.done == 3, "asked twice, taken back once"

        async def over() -> bool:
            async with land.rt.read() as c:
                return (await recalls.sums(c, sent.id)).done == 3

        await land.until(over)
    calls = land.platform.see("ledger?endpoint=message/recall&limit=10")["entries"]
    assert len(calls) == 1
    assert land.platform.see("members?userid=u-" + ways.chair(1))["members"][0]["messages"] == []
    tally = (await land.tally(sent.id)).people
    assert (tally.accepted, tally.unregistered) == (21, 2), "the sum says what was accepted"
    later = await amend.draft(
        land.rt, author, sent.id, title="", body="改为周五", deadline=None, acted=True
    )
    shown = await broadcast.preview(land.rt, author, later)
    assert (shown.people, shown.groups) == (18, 1), "exactly those who have it still"


async def test_after_a_day_wecom_takes_nothing_back_and_we_say_so(land: Land) -> None:
    await ways.member(land, ways.chair(1))
    sent = await land.send()
    author = await land.actor("s-chair")
    async with lands.working(land.rt):
        await land.done(sent.id)
        land.platform.control("clock", advance_ms=86_400_000)
        await recall.recall(land.rt, author, sent.id)

        async def over() -> bool:
            async with land.rt.read() as c:
                return (await recalls.sums(c, sent.id)).refused == 1

        await land.until(over)
    async with land.rt.read() as c:
        told = (await c.scalars(sa.select(tables.outbox.c.text))).all()
    assert any("没撤成1人" in text for text in told)


async def test_taken_back_without_an_answer_and_then_refused_nobody_knows(land: Land) -> None:
    await ways.member(land, ways.chair(1))
    sent = await land.send()
    author = await land.actor("s-chair")
    async with lands.working(land.rt):
        await land.done(sent.id)
        land.platform.control("faults", endpoint="message/recall", drop=True, next=1)
        land.platform.control("faults", endpoint="message/recall", code=40035, next=1)
        await recall.recall(land.rt, author, sent.id)

        async def over() -> bool:
            async with land.rt.read() as c:
                return (await recalls.sums(c, sent.id)).waiting == 0

        await land.until(over)
    async with land.rt.read() as c:
        sums = await recalls.sums(c, sent.id)
    assert (sums.done, sums.refused, sums.unknown) == (0, 0, 1)


async def test_a_mass_message_that_failed_was_received_by_nobody(land: Land) -> None:
    await ways.templates_left(land, 6)
    sent = await land.send()
    async with lands.working(land.rt):
        await land.done(sent.id)
        async with land.rt.read() as c:
            (one,) = await takens.of(c, sent.id)
        assert one.n == 15
        what = inbound.MassFinished(int(one.msgid), "err(20008)", 15, 15, 0, 15)
        await tidings.keep(land.rt, ways.from_platform(what))
        await jobs.look(land.rt)
    tally = (await land.tally(sent.id)).people
    assert (tally.accepted, tally.refused, tally.unregistered) == (6, 15, 2)
    assert tally.whole


async def test_stopped_in_the_air_the_four_numbers_are_those_of_the_platforms(
    land: Land, platform: Platform
) -> None:
    await ways.every_channel(land)
    platform.control("latency", answer_ms=400)
    await land.send()
    author = await land.actor("s-chair")
    async with lands.working(land.rt):
        await land.until(lambda: ways.in_the_air(land))
        before = await settle.stop(land.rt, author, 1)
        await settle.settled(land.rt, 1, within_s=10)
        if before.flying:
            await land.until(lambda: _told(land))
    assert before.flying <= max(land.rt.settings.window, 10)
    everybody = await ways.adds_up(land, 1)
    tally = (await land.tally(1)).people
    assert tally.accepted == everybody.total() == before.sent + before.flying
    assert (tally.unknown, tally.unregistered) == (0, 1)
    assert tally.unsent == 22 - tally.accepted > 0


async def _told(land: Land) -> bool:
    """Whether the author has been written the numbers her stop ended with."""
    async with land.rt.read() as c:
        letters = (await c.execute(sa.select(tables.outbox.c.text, tables.outbox.c.state))).all()
    return any("停" in text and state == "sent" for text, state in letters)


async def test_paused_in_the_air_and_continued_everybody_has_it_once(
    land: Land, platform: Platform
) -> None:
    await ways.every_channel(land)
    platform.control("latency", answer_ms=200)
    await land.send()
    author = await land.actor("s-chair")
    async with lands.working(land.rt):
        await land.until(lambda: ways.in_the_air(land))
        await broadcast.pause(land.rt, author, 1)
        await land.until(lambda: ways.landed(land))
        assert (await land.tally(1)).people.unsent > 0
        await broadcast.resume(land.rt, author, 1)
        await land.done(1)
    assert len(await ways.adds_up(land, 1)) == 22
