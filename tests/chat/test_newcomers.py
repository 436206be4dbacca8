"""New members: the last place is one place, whoever was sent away twice stays out, a repeat changes nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot import errors
from bot.actions import admit
from bot.core import inbound
from bot.store import followers, people, tables
from handlers.chat import dispatch
from schedules import retention


async def account(room: Any, who: str) -> followers.Follower:
    async with room.rt.write() as c:
        return await followers.heard(c, room.rt.seal, "wechat", f"openid-{who}", room.rt.now_ms())


async def enters(room: Any, who: str, code: str, name: str) -> str:
    """She goes through the door and says her name, all in a transaction of her own."""
    follower = await account(room, who)
    try:
        door = await admit.door(room.rt, follower, None, code, room.rt.now())
        return await admit.join(
            room.rt, follower, None, door.admission_id, name=name, at=room.rt.now()
        )
    except errors.Conflict as error:
        return str(error)


async def members(room: Any) -> list[str]:
    """Who registered herself and stands."""
    person, post = tables.person.c, tables.post.c
    asked = (
        sa.select(person.name)
        .join(tables.post, post.person_id == person.id)
        .where(person.key.startswith("self-"), post.ended_at_ms.is_(None))
        .order_by(person.id)
    )
    async with room.rt.read() as c:
        return list(await c.scalars(asked))


async def test_of_eight_who_come_at_once_for_three_places_three_get_one(room):
    await room.say("dong", "新增执委3名")
    code = await room.open_code()
    answers = await asyncio.gather(
        *(enters(room, f"new{n}", code, f"执委{'一二三四五六七八'[n]}") for n in range(8))
    )
    assert sum("登记好了" in answer for answer in answers) == 3
    assert sum("登记满了" in answer for answer in answers) == 5
    assert len(await members(room)) == 3


async def test_a_number_that_falls_while_she_comes_in_lets_nobody_in_beyond_it(room):
    await room.say("dong", "新增执委1名")
    code = await room.open_code()
    answer, said = await asyncio.gather(
        enters(room, "new", code, "执委一"), room.say("dong", "是0名")
    )
    assert said.startswith("改好了")
    assert await members(room) == (["执委一"] if "登记好了" in answer else [])


async def test_a_repeat_of_the_report_and_of_the_name_changes_nothing(room):
    rt = room.rt
    said = inbound.Inbound(
        "wechat", "openid-dong", "gh", room.clock, b"r" * 32, inbound.Text("新增执委2名")
    )
    for _ in range(2):
        async with rt.write() as c:
            who = await followers.heard(c, rt.seal, "wechat", "openid-dong", rt.now_ms())
            await dispatch.answer(rt, said, who)
    assert len(await room.told()) == 1, "one code is sent"
    assert await room.count(tables.admission) == 1
    await room.scan("hua", await room.open_code())
    assert "登记好了" in await room.say("hua", "王小花")
    assert "登记好了" not in await room.say("hua", "王小花")
    assert await members(room) == ["王小花"]


async def test_the_picture_is_sent_to_the_chair_and_words_where_only_words_reach(room):
    await room.say("dong", "新增执委2名")
    await room.say("xing", "西山村新增执委3名")
    await room.say("xing", "对")
    async with room.rt.read() as c:
        rows = (await c.execute(sa.select(tables.outbox).order_by(tables.outbox.c.id))).all()
        xi = await people.by_key(c, "xi")
    assert xi is not None
    assert [row.picture is not None for row in rows] == [True, False]
    assert rows[1].person_id == xi.id
    code = await room.open_code()
    assert f"绑定 {code}" in rows[1].text
    assert f"/h5/join/{code}" in rows[1].text
    assert all(len(row.text) <= 120 for row in rows), [row.text for row in rows]


async def test_whoever_was_sent_away_twice_is_not_let_in_again(room):
    await room.say("dong", "新增执委9名")
    code = await room.open_code()
    for number in (1, 2):
        await room.scan("hua", code)
        assert "登记好了" in await room.say("hua", "王小花")
        assert "撤了" in await room.say("dong", f"不是 {number}")
    assert "不是那里的执委" in await room.scan("hua", code)
    assert await members(room) == []
    async with room.rt.read() as c:
        names = await c.scalars(
            sa.select(tables.person.c.name).where(tables.person.c.key.startswith("self-"))
        )
        assert set(names) == {""}, "her name is kept nowhere"
    assert "只要姓名" in await room.scan("mei", code)


async def test_the_chair_is_told_and_silence_settles_it(room):
    await room.say("dong", "新增执委2名")
    await room.scan("hua", await room.open_code())
    await room.say("hua", "王小花")
    told = (await room.told())[-1]
    assert (
        told
        == "王*花登记了东山村执委（新增执委报2人、登记1人）。是您那里的吗？是就不用回，不是请回“不是 1”。"
    )
    await retention.run(room.rt, room.rt.now() + timedelta(days=2))
    assert "主席还在核对" in await room.say("hua", "会改联完成")
    await retention.run(room.rt, room.rt.now() + timedelta(days=4))
    assert (await room.say("hua", "会改联完成")).startswith("记上了")
    assert "撤了" in await room.say("dong", "不是 1"), "she may still be sent away"


async def test_a_code_expires_and_the_next_one_replaces_it(room):
    await room.say("dong", "新增执委2名")
    old = await room.open_code()
    room.pass_time(days=31)
    assert "过期" in await room.scan("hua", old)
    await room.say("dong", "执委码")
    assert await room.open_code() != old
    assert "不对" in await room.say("hua", f"绑定 {old}")
    assert "只要姓名" in await room.say("hua", f"绑定 {(await room.open_code()).lower()}")


async def test_a_code_gives_a_members_post_in_its_unit_and_nothing_else(room):
    await room.say("dong", "新增执委2名")
    await room.scan("hua", await room.open_code())
    await room.say("hua", "王小花")
    follower = await account(room, "hua")
    async with room.rt.read() as c:
        she = await people.by_follower(c, follower.id)
        assert she is not None
        phone = await c.scalar(
            sa.select(tables.person.c.phone_sealed).where(tables.person.c.id == she.id)
        )
    assert [(post.role, post.unit.short) for post in she.posts] == [("member", "东山村")]
    assert phone is None
