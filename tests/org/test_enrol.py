"""Registration by code: once, for half an hour undone, moved, refused, and raced for."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import errors, runtime
from bot.actions import enrol
from bot.core import invite, period, seal
from bot.store import followers, invites, people, tables


async def code_for(rt: Any, key: str, days: int = 30) -> str:
    async with rt.read() as c:
        guests = await invites.guests(c, [], [], keys=[key])
    return (await enrol.invite(rt, guests, days))[0].code


async def account(rt: Any, openid: str) -> followers.Follower:
    async with rt.write() as c:
        return await followers.heard(c, rt.seal, "wechat", openid, rt.now_ms())


async def speaks_for(rt: Any, follower: followers.Follower) -> Any:
    async with rt.read() as c:
        person = await people.by_follower(c, follower.id)
        return person and person.key


async def told(rt: Any) -> Any:
    async with rt.read() as c:
        return (await c.execute(sa.select(tables.outbox.c.follower_id))).scalars().all()


async def test_a_code_registers_once_and_says_who_she_is(rt, federation):
    code = await code_for(rt, "p1")
    assert set(code) <= set(invite.ALPHABET)
    mine, other = await account(rt, "o-mine-1"), await account(rt, "o-other")
    bound = await enrol.bind(rt, mine, f" {code[:3].lower()} {code[3:]}", rt.now())
    assert bound.text.startswith("登记好了：政和县星溪乡东山村妇联主席 甲*，对吗？不对请回“不是我”")
    assert len(bound.text) <= 120
    assert await speaks_for(rt, mine) == "p1"
    with pytest.raises(errors.Conflict, match="用过"):
        await enrol.bind(rt, other, code, rt.now())
    again = await enrol.bind(rt, mine, code, rt.now())
    assert again.again
    assert "不用再登记" in again.text
    assert await told(rt) == []


async def test_only_the_keyed_hash_of_a_code_is_kept(rt, federation):
    code = await code_for(rt, "p1")
    async with rt.read() as c:
        digest = await c.scalar(sa.select(tables.invite.c.code_digest))
    assert digest == rt.seal.digest("code", code)


async def test_a_new_code_revokes_the_earlier_one_and_codes_expire(rt, federation):
    first = await code_for(rt, "p1")
    second = await code_for(rt, "p1", days=1)
    mine = await account(rt, "o-mine-1")
    with pytest.raises(errors.Conflict, match="换成新的"):
        await enrol.bind(rt, mine, first, rt.now())
    with pytest.raises(errors.Conflict, match="过期"):
        await enrol.bind(rt, mine, second, rt.now() + timedelta(days=1))
    assert await speaks_for(rt, mine) is None


async def test_five_wrong_codes_close_the_door_for_ten_minutes(rt, federation):
    code = await code_for(rt, "p1")
    mine, other = await account(rt, "o-mine-1"), await account(rt, "o-other")
    for _ in range(4):
        with pytest.raises(errors.BadInput, match="不对"):
            await enrol.bind(rt, mine, "222222", rt.now())
    with pytest.raises(errors.Conflict, match="请10分钟后再试"):
        await enrol.bind(rt, mine, "not a code", rt.now())
    with pytest.raises(errors.Conflict, match="分钟后再试"):
        await enrol.bind(rt, mine, code, rt.now() + timedelta(minutes=9))
    await enrol.bind(rt, other, await code_for(rt, "p2"), rt.now())
    await enrol.bind(rt, mine, code, rt.now() + timedelta(minutes=10, seconds=1))
    assert await speaks_for(rt, mine) == "p1"


async def test_leaving_and_coming_back_does_not_open_the_door(rt, federation):
    mine = await account(rt, "o-mine-1")
    for _ in range(4):
        with pytest.raises(errors.BadInput):
            await enrol.bind(rt, mine, "222222", rt.now())
    async with rt.write() as c:
        await followers.forget(c, mine.openid_digest)
        assert await followers.openid(c, rt.seal, mine.id) is None
    back = await account(rt, "o-mine-1")
    with pytest.raises(errors.Conflict, match="请10分钟后再试"):
        await enrol.bind(rt, back, "222222", rt.now())
    async with rt.read() as c:
        assert await followers.openid(c, rt.seal, back.id) == "o-mine-1", (
            "her openid is known again"
        )


async def test_unsubscribing_leaves_nothing_of_her(rt, federation):
    mine = await account(rt, "o-mine-1")
    await enrol.bind(rt, mine, await code_for(rt, "p1"), rt.now())
    async with rt.write() as c:
        await followers.forget(c, mine.openid_digest)
        for table in (tables.follower, tables.binding, tables.last_deed):
            assert await c.scalar(sa.select(sa.func.count()).select_from(table)) == 0


async def test_a_new_phone_takes_the_registration_and_the_old_one_is_told(rt, federation):
    old, new = await account(rt, "o-old-phone"), await account(rt, "o-new-phone")
    await enrol.bind(rt, old, await code_for(rt, "p1"), rt.now())
    bound = await enrol.bind(rt, new, await code_for(rt, "p1"), rt.now())
    assert bound.moved
    assert (await speaks_for(rt, old), await speaks_for(rt, new)) == (None, "p1")
    assert await told(rt) == [old.id]
    assert "撤回" in await enrol.not_me(rt, new.id)
    assert (await speaks_for(rt, old), await speaks_for(rt, new)) == ("p1", None)


async def test_an_account_that_uses_another_persons_code_becomes_her(rt, federation):
    mine = await account(rt, "o-mine-1")
    await enrol.bind(rt, mine, await code_for(rt, "p1"), rt.now())
    await enrol.bind(rt, mine, await code_for(rt, "p2"), rt.now())
    assert await speaks_for(rt, mine) == "p2"
    await enrol.not_me(rt, mine.id)
    assert await speaks_for(rt, mine) == "p1"


async def test_not_me_gives_the_code_back_and_ends_after_half_an_hour(rt, federation):
    code = await code_for(rt, "p1")
    mine, right = await account(rt, "o-mine-1"), await account(rt, "o-right")
    await enrol.bind(rt, mine, code, rt.now())
    await enrol.not_me(rt, mine.id)
    await enrol.bind(rt, right, code, rt.now())
    assert await speaks_for(rt, right) == "p1"
    with rt.at(rt.now() + timedelta(minutes=31)), pytest.raises(errors.Conflict, match="撤回"):
        await enrol.not_me(rt, right.id)
    assert await speaks_for(rt, right) == "p1"


async def test_of_two_processes_with_one_code_one_wins(rt, redis_url, federation):
    code = await code_for(rt, "p1")
    accounts = [await account(rt, "o-mine-1"), await account(rt, "o-other")]
    async with runtime.opened(rt.settings, redis_url) as second:
        results = await asyncio.gather(
            *(
                enrol.bind(one, who, code, one.now())
                for one, who in zip((rt, second), accounts, strict=True)
            ),
            return_exceptions=True,
        )
    winners = [one for one in results if isinstance(one, enrol.Bound)]
    losers = [one for one in results if isinstance(one, errors.Conflict)]
    assert (len(winners), len(losers)) == (1, 1)


async def test_a_wrong_code_inside_a_larger_transaction_is_counted_with_it(rt, federation):
    async with rt.write() as c:
        mine = await followers.heard(c, rt.seal, "wechat", "o-mine-1", rt.now_ms())
        with pytest.raises(errors.BadInput):
            await enrol.bind(rt, mine, "222222", rt.now())
    async with rt.read() as c:
        now: Any = await followers.by_id(c, mine.id)
        assert now.wrong_codes == 1


async def test_windows_for_answers_open_and_run_out(rt):
    now = period.ms(rt.now())
    async with rt.write() as c:
        short = await followers.acted(c, rt.seal, "wechat", "o-mine-1", now)
        assert (short.window_left, short.window_ends_ms) == (3, now + 60_000)
        long = await followers.heard(c, rt.seal, "wechat", "o-mine-1", now)
        assert (long.window_left, long.window_ends_ms) == (5, now + 48 * 3600 * 1000)
        kept = await followers.acted(c, rt.seal, "wechat", "o-mine-1", now)
        assert kept.window_left == 5
        spent = [await followers.spend(c, kept.id, now) for _ in range(6)]
        assert spent == [True] * 5 + [False]
        anew = await followers.acted(c, rt.seal, "wechat", "o-mine-1", now)
        assert (anew.window_left, anew.window_ends_ms) == (3, now + 60_000)


async def test_a_tap_that_changes_nothing_else_seals_her_anew_under_a_newer_key(rt):
    now, newer = period.ms(rt.now()), seal.Sealer(["newer", "for tests only"])
    async with rt.write() as c:
        mine = await followers.heard(c, rt.seal, "wechat", "o-mine-1", now)
        for _ in range(2):
            same = await followers.acted(c, newer, "wechat", "o-mine-1", now)
            assert (same.id, same.window_left) == (mine.id, mine.window_left)
        alone = seal.Sealer(["newer"])
        assert await followers.openid(c, alone, mine.id) == "o-mine-1"
        await followers.forget(c, same.openid_digest)
        assert await followers.by_id(c, mine.id) is None
        assert (await followers.acted(c, alone, "wechat", "o-mine-1", now)).window_left == 3
