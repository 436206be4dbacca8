"""An account that may only answer: who is reached how, and that the sum says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.actions import abilities, broadcast, confirm, passive, tell
from bot.core.plan import Phase, Receipt
from bot.core.receipt import State
from bot.core.reply import NoReply, TextReply, TransferReply
from bot.runtime import Runtime
from bot.store import followers, outbox, people, tables
from tests.delivery import land as lands
from tests.delivery.land import Land, openid
from tests.sandbox.platform import Platform

HELLO = TextReply("好的")


@pytest.fixture
async def land(rt: Runtime, platform: Platform) -> Land:
    """Three people and five villages, on an account without templates."""
    rt.passive = True
    return await lands.settle(rt, platform, villages=5, unregistered=5)


async def answered(land: Land, key: str, answer: TextReply | None = None) -> str:
    """What she reads when the chat says `answer`; her window for words is another matter."""
    rt = land.rt
    async with rt.write() as c:
        follower = await followers.acted(c, rt.seal, "wechat", openid(key), rt.now_ms() - 3_600_000)
        whole = await passive.appended(rt, follower, answer or HELLO)
    assert isinstance(whole, TextReply)
    assert len(whole.text) <= 600
    return whole.text


async def sent(land: Land, **changes: object) -> int:
    """A notice, worked on until the workers have nothing more to do for it."""
    made = await land.send(**changes)
    async with lands.working(land.rt):
        await land.done(made.id)
    return made.id


async def test_a_notice_waits_for_people_to_speak_and_the_sum_says_so(land: Land) -> None:
    n = await sent(land, receipt=Receipt.SIGN)
    assert land.calls() == land.calls("custom/send") == 0
    tally = (await land.tally(n)).people
    assert (tally.n, tally.to_relay, tally.unregistered) == (8, 7, 1)
    assert tally.whole
    first = await answered(land, "v0001-chair")
    assert first.startswith("好的\n\n【会改联推进通知】")
    assert "收到" in first
    tally = (await land.tally(n)).people
    assert (tally.accepted, tally.to_relay) == (1, 6)
    again = await answered(land, "v0001-chair")
    assert "请各村妇联" not in again, "the text comes once"
    assert f"{n}号《会改联推进通知》" in again, "until she signs one line reminds her"
    async with land.rt.read() as c:
        person = await people.by_id(c, land.persons["v0001-chair"])
    assert person
    assert await confirm.sign(land.rt, person, None, land.rt.now())
    assert await answered(land, "v0001-chair") == "好的"
    assert await land.phase(n) is Phase.DONE


async def test_within_the_window_words_go_at_once_and_else_wait(
    land: Land, platform: Platform
) -> None:
    rt = land.rt
    for key, hers in (("t-chair", openid("t-chair")), ("v0002-chair", openid("v0002-chair"))):
        platform.control("say", openid=hers, text="在吗")
        async with rt.write() as c:
            await followers.heard(c, rt.seal, "wechat", openid(key), rt.now_ms())
    platform.control("faults", endpoint="custom/send", who=openid("v0002-chair"), code=48001)
    made = await land.send()
    async with lands.working(rt):

        async def done() -> bool:
            await lands.hurry(rt)
            return await land.phase(made.id) is Phase.DONE

        await land.until(done)
    assert land.copies("custom/send") == {openid("t-chair"): 1}
    states = await land.states(made.id)
    assert states[land.persons["t-chair"]] == State.ACCEPTED
    assert states[land.persons["v0002-chair"]] == State.TO_RELAY, "the account has no such messages"


async def test_letters_wait_for_her_and_go_with_the_next_answer_once(land: Land) -> None:
    rt = land.rt
    for text in ("您的困难有答复了。", "请记得报数。"):
        await tell.person(rt, land.persons["t-chair"], text)
    async with lands.working(rt):

        async def waits() -> bool:
            async with rt.read() as c:
                noted = await c.scalars(sa.select(tables.outbox.c.note))
                return "waits for her to speak" in list(noted)

        await land.until(waits)
    assert await answered(land, "t-chair") == "好的\n\n您的困难有答复了。\n\n请记得报数。"
    assert await answered(land, "t-chair") == "好的"
    async with rt.write() as c:
        await c.execute(sa.update(tables.outbox).values(due_ms=0))
        assert await outbox.claim(c, 10, at_ms=rt.now_ms()) == []


async def test_what_does_not_fit_waits_for_the_next_answers_and_nothing_is_lost(
    land: Land,
) -> None:
    titles = [f"第{number}件事" for number in range(6)]
    for title in titles:
        await sent(land, title=title, body="请各村妇联主席认真组织学习。" * 12)
    heard = ""
    for _ in range(8):
        heard += await answered(land, "v0003-chair")
    assert "还有" in heard
    assert [heard.count(f"【{title}】") for title in titles] == [1] * 6
    assert await answered(land, "v0003-chair") == "好的"


async def test_an_owner_reads_of_her_groups_with_her_next_answer(land: Land) -> None:
    await lands.relay_group(land, "g", "t-chair")
    n = await sent(land, groups=True)
    groups = (await land.tally(n)).groups
    assert (groups.n, groups.to_relay) == (1, 1)
    assert f"{n}号通知" in await answered(land, "t-chair")
    assert "转了" in await answered(land, "t-chair")


async def test_a_notice_taken_back_or_over_is_not_given_any_more(land: Land) -> None:
    over = await sent(land, deadline=land.rt.now() + timedelta(hours=1))
    with land.rt.at(land.rt.now() + timedelta(hours=2)):
        assert await answered(land, "v0004-chair") == "好的"
    assert (await land.tally(over)).people.to_relay == 7
    made = await land.send()
    await broadcast.stop(land.rt, await land.actor("s-chair"), made.id)
    async with lands.working(land.rt):
        pass
    assert (await answered(land, "v0004-chair")).count("【") == 1, "only the one that still stands"


async def test_only_words_carry_more(land: Land) -> None:
    await sent(land)
    async with land.rt.write() as c:
        follower = await followers.acted(c, land.rt.seal, "wechat", openid("t-chair"), 0)
        human = TransferReply(None)
        assert await passive.appended(land.rt, follower, human) is human
        told = await passive.appended(land.rt, follower, NoReply())
        assert isinstance(told, TextReply)
        stranger = await followers.acted(c, land.rt.seal, "wechat", openid("nobody"), 0)
        assert await passive.appended(land.rt, stranger, NoReply()) == NoReply()


async def test_the_mode_follows_from_what_the_platform_allows_and_others_learn_it(
    rt: Runtime, platform: Platform
) -> None:
    assert (await abilities.ask(rt)).templates
    modes = [rt.passive]
    platform.control("faults", endpoint="template/get_all_private_template", code=48001)
    assert not (await abilities.ask(rt)).templates
    modes.append(rt.passive)
    rt.passive = False  # another process, which has not looked yet
    await abilities._look(rt)
    assert [*modes, rt.passive] == [False, True, True]
