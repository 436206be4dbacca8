"""What waits: quiet hours, times to come and past, single messages, reminders."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import errors
from bot.actions import broadcast, release, remind, tell
from bot.core import inbound
from bot.core.plan import Phase
from bot.core.reply import TextReply
from bot.runtime import Runtime
from bot.store import followers, tables
from handlers.chat import dispatch
from tests.delivery import land as lands
from tests.delivery.land import openid
from tests.sandbox.platform import Platform


async def test_at_night_only_urgent_notices_go_and_the_others_in_the_morning(
    rt: Runtime, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    land = await lands.settle(rt, platform, villages=2, unregistered=0)
    night = rt.calendar.moment(rt.calendar.day(rt.now()) + timedelta(days=1), 23)
    rt.quiet = type(rt.quiet).read("21:00-08:00")
    monkeypatch.setattr(rt, "now", lambda: night)
    held = await land.send()
    urgent = await land.send(urgent=True)
    assert (held.state, urgent.state) == (Phase.READY, Phase.SENDING)
    morning = rt.calendar.moment(rt.calendar.day(night) + timedelta(days=1), 8)
    assert held.not_before_ms
    assert (
        timedelta()
        <= timedelta(milliseconds=held.not_before_ms)
        - (morning - morning.fromtimestamp(0, morning.tzinfo))
        <= timedelta(minutes=10)
    )
    async with lands.working(rt):
        await land.done(urgent.id)
        assert await land.phase(held.id) is Phase.READY
        assert await release.due(rt, morning - timedelta(minutes=1)) == "0 released, 0 ended"
        monkeypatch.setattr(rt, "now", lambda: morning + timedelta(minutes=11))
        await land.done(held.id)
    assert set(land.copies().values()) == {2}


async def test_a_notice_planned_for_later_keeps_its_time_through_a_pause(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    tomorrow = rt.now() + timedelta(days=1)
    sent = await land.send(not_before=tomorrow)
    chair = await land.actor("s-chair")
    await broadcast.pause(rt, chair, sent.id)
    assert await release.due(rt, tomorrow) == "0 released, 0 ended"
    again = await broadcast.resume(rt, chair, sent.id)
    assert (again.state, again.not_before_ms) == (Phase.READY, sent.not_before_ms)
    assert await release.due(rt, tomorrow - timedelta(minutes=1)) == "0 released, 0 ended"
    assert await release.due(rt, tomorrow) == "1 released, 0 ended"


async def test_what_is_over_is_not_sent(rt: Runtime, platform: Platform) -> None:
    land = await lands.settle(rt, platform, villages=2, unregistered=0)
    tomorrow = rt.now() + timedelta(days=1)
    sent = await land.send(not_before=tomorrow, deadline=tomorrow + timedelta(hours=1))
    assert sent.state is Phase.READY
    assert await release.due(rt, tomorrow + timedelta(hours=2)) == "0 released, 1 ended"
    async with lands.working(rt):

        async def closed() -> bool:
            async with rt.read() as c:
                return (
                    await c.scalar(
                        sa.select(sa.func.count()).where(tables.batch.c.state != "closed")
                    )
                    == 0
                )

        await land.until(closed)
    assert (await land.tally(sent.id)).people.unsent == 5
    assert land.copies() == {}, "only its author is told"
    with pytest.raises(errors.BadInput):
        await land.send(deadline=rt.now() - timedelta(minutes=1))


async def test_a_message_goes_as_words_then_as_a_card_and_in_order(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=2, unregistered=1)
    async with rt.write() as c:
        await followers.heard(c, rt.seal, "wechat", openid("s-chair"), rt.now_ms())
    platform.control("say", openid=openid("s-chair"), text="在吗")
    for number in range(7):
        await tell.person(rt, land.persons["s-chair"], f"第{number}句")
    await tell.person(rt, land.persons["v0000-chair"], "没有登记")
    async with lands.working(rt):

        async def settled() -> bool:
            async with rt.read() as c:
                rows = (await c.scalars(sa.select(tables.outbox.c.state))).all()
            return sorted(rows) == ["dropped", *["sent"] * 7]

        await land.until(settled)
    said = [str(line) for line in platform.lines(openid("s-chair")) if "句" in str(line)]
    assert [next(i for i in range(7) if f"第{i}句" in line) for line in said] == list(range(7))
    assert land.copies("custom/send")[openid("s-chair")] == 5
    assert land.letters()[openid("s-chair")] == 2


async def test_what_a_card_cannot_hold_she_reads_by_asking_for_it(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    names = "星溪乡、杨源乡、澄源乡、岭腰乡"
    long = f"1号通知《百日攻坚推进通知》在{names}（4个单位）的群里还没有转，提醒过群主了。"
    short = "强基固本：12月5日应完成33.3%，现在1/10"
    week = "星溪乡百日攻坚周报（11月30日至12月4日16时）：会改联 3/12（25.0%）滞后计划。\n会改联本周新增3个。"
    address = "https://yihu.example/h5/weekly/aaaa"
    for text in (short, f"{week}\n看每句话的数、下载：{address}", long):
        await tell.person(rt, land.persons["s-chair"], text)
    async with lands.working(rt):

        async def settled() -> bool:
            async with rt.read() as c:
                return set(await c.scalars(sa.select(tables.outbox.c.state))) == {"sent"}

        await land.until(settled)
    lines = [line for line in platform.lines(openid("s-chair")) if line["kind"] == "template"]
    cards = [[row["value"] for row in line["rows"]] for line in lines]
    assert [line["url"] for line in lines] == ["", address, ""], "a tap on the card opens the page"
    assert [(one[0], one[-1]) for one in cards] == [
        ("强基固本：12月5日应完成33.3%，", "现在1/10"),
        ("星溪乡百日攻坚周报", "会改联 3/12（25.0%）…点开看"),
        ("1号通知《百日攻坚推进通知》在星溪乡、", "杨源乡、澄源乡…回“全文”"),
    ]
    what = inbound.Text("全文")
    key = inbound.message_key("wechat", "全文")
    said = inbound.Inbound("wechat", openid("s-chair"), "gh", rt.now(), key, what)
    async with rt.write() as c:
        her = await followers.heard(c, rt.seal, "wechat", openid("s-chair"), rt.now_ms())
        answer = await dispatch.answer(rt, said, her)
    assert isinstance(answer, TextReply)
    assert answer.text.split("\n")[0] == long
    assert week in answer.text


async def test_a_reminder_reaches_only_those_named_and_only_three_times(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    actor = await land.actor("t-chair")
    wanted = [land.persons["v0001-chair"], land.persons["v0003-chair"], land.persons["s-deputy"]]
    for day in range(3):
        at = rt.now() + timedelta(days=day)
        done = await remind.people(rt, actor, wanted, text="请签收", thing="sign:1", at=at)
        assert done.broadcast
        assert (done.people, done.broadcast.people_n) == (2, 2)  # s-deputy is out of her scope
        if day < 2:  # again on the same day: nobody hears it twice
            done = await remind.people(rt, actor, wanted, text="请签收", thing="sign:1", at=at)
            assert (done.broadcast, done.people, done.spared, done.today) == (None, 0, 0, 2)
    at = rt.now() + timedelta(days=3)
    done = await remind.people(rt, actor, wanted, text="请签收", thing="sign:1", at=at)
    assert (done.broadcast, done.people, done.spared, done.today) == (None, 0, 2, 0)
    async with rt.read() as c:
        told = (await c.execute(sa.select(tables.outbox.c.person_id, tables.outbox.c.text))).all()
    assert [row.person_id for row in told] == [land.persons["t-chair"]]
    assert "2 人" in told[0].text
    async with lands.working(rt):

        async def sent() -> bool:
            return land.copies()[openid("v0001-chair")] == 3

        await land.until(sent)
    assert {key for key, count in land.copies().items() if count == 3} == {
        openid("v0001-chair"),
        openid("v0003-chair"),
    }


async def test_the_sum_is_asked_of_a_number_that_does_not_exist(
    rt: Runtime, platform: Platform
) -> None:
    with pytest.raises(errors.NotFound):
        await broadcast.tally(rt, 12)
