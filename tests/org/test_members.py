"""Members of the WeCom corp: by a column of the file, or by a code said to the app; beside the account, not in its place."""

from __future__ import annotations

from typing import Any

import pytest

from bot import errors
from bot.actions import enrol
from bot.store import bindings, followers, members, people
from tests.org.test_enrol import account, code_for, speaks_for

HEAD = "person_id,name,phone,unit_code,role,title,wecom_userid\n"


async def writes(rt: Any, userid: str) -> followers.Follower:
    """She writes to the app."""
    async with rt.write() as c:
        return await followers.heard(c, rt.seal, "wecom", userid, rt.now_ms())


async def member_of(rt: Any, key: str) -> str | None:
    """Her userid, as a notice would use it."""
    async with rt.read() as c:
        person = await people.by_key(c, key)
        assert person
        found = (await members.of(c, [person.id])).get(person.id)
    return rt.seal.open(found.userid_sealed) if found else None


async def test_the_file_says_who_is_who_and_she_is_known_when_she_writes(rt, load, federation):
    await load("people", HEAD + "p1,甲一,13800000001,350725101001,chair,主席,zhangsan\n")
    assert await member_of(rt, "p1") == "zhangsan"
    assert await speaks_for(rt, await writes(rt, "zhangsan")) == "p1"
    assert await speaks_for(rt, await writes(rt, "lisi")) is None
    assert await speaks_for(rt, await account(rt, "zhangsan-openid")) is None
    async with rt.write() as c:
        person = await people.by_key(c, "p1")
        assert person
        await members.lost(c, [person.id], rt.now_ms())
    assert await member_of(rt, "p1") is None, "WeCom knew nobody of that name"
    await load("people", HEAD + "p1,甲一,13800000001,350725101001,chair,主席,zhangsan\n")
    assert await member_of(rt, "p1") == "zhangsan"


async def test_one_userid_is_one_person(rt, load, federation):
    rows = "p1,甲一,13800000001,350725101001,chair,主席,zhangsan\np9,丁九,,350725101002,chair,主席,ZhangSan\n"
    with pytest.raises(
        errors.BadInput, match=r"people\.csv:3:wecom_userid: belongs to person 'p1'"
    ):
        await load("people", HEAD + rows)
    with pytest.raises(errors.BadInput, match="wecom_userid: is no userid"):
        await load("people", HEAD + "p1,甲一,13800000001,350725101001,chair,主席,张三\n")


async def test_a_code_said_to_the_app_leaves_the_account_as_it_was(rt, federation):
    mine = await account(rt, "o-mine")
    await enrol.bind(rt, mine, await code_for(rt, "p1"), rt.now())
    there = await writes(rt, "zhangsan")
    bound = await enrol.bind(rt, there, await code_for(rt, "p1"), rt.now())
    assert "登记好了" in bound.text
    assert await speaks_for(rt, mine) == await speaks_for(rt, there) == "p1"
    assert await member_of(rt, "p1") == "zhangsan"
    async with rt.read() as c:
        assert await bindings.follower_of(c, bound.person.id) == mine.id
    await enrol.not_me(rt, there.id)
    assert await member_of(rt, "p1") is None
    assert await speaks_for(rt, there) is None
    assert await speaks_for(rt, mine) == "p1"
