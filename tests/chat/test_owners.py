"""What a group's owner answers: her group lies unused and is still used, or not; it was never hers; she forwarded three."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.actions import register
from bot.store import tables
from tests.chat.room import Room

HEAD = "group_id,name,unit_code,kind,owner_person_id,member_count,webhook_key\n"
MORE = f"""{HEAD}g1,星溪姐妹群,350725101,relay,xing,120,
g2,星溪巧手群,350725101,relay,xing,60,
g3,东山姐妹群,350725101001,relay,dong,80,
"""
NOTHING_OPEN = "现在没有等您确认的事"


@pytest.fixture
async def asked(room: Room) -> Room:
    """Three groups lay unused for a month, and their owners were asked this noon."""
    await room.load("groups", MORE)
    room.pass_time(days=32)
    assert await tended(room) == "0 without owner, 3 unused, 0 ended"
    return room


async def tended(room: Room) -> str:
    return await register.tend(room.rt, room.clock)


async def in_use(room: Room) -> set[str]:
    group = tables.wechat_group.c
    async with room.rt.read() as c:
        return set(await c.scalars(sa.select(group.key).where(group.ended_at_ms.is_(None))))


async def test_the_question_says_what_to_answer(asked: Room) -> None:
    one, several = sorted(await asked.told(), key=len)
    assert "东山姐妹群" in one
    assert "星溪姐妹群、星溪巧手群" in several
    for line in (one, several):
        assert "“还用”" in line
        assert "不用了”" in line
        assert len(line) <= 120


async def test_still_used_is_not_asked_again_for_thirty_days(asked: Room) -> None:
    assert await asked.say("dong", "还用") == "好的，东山姐妹群接着用。"
    assert "没有在问您的群" in await asked.say("dong", "还用")
    assert await asked.say("xing", "还在用呢") == "好的，星溪姐妹群、星溪巧手群接着用。"
    assert await tended(asked) == "0 without owner, 0 unused, 0 ended"
    asked.pass_time(days=29)
    assert await tended(asked) == "0 without owner, 0 unused, 0 ended"
    asked.pass_time(days=2)
    assert await tended(asked) == "0 without owner, 3 unused, 0 ended"


@pytest.mark.parametrize("words", ["不用了", "关了", "这个群不用了", "东山姐妹群不用了"])
async def test_not_used_any_more_ends_her_group_only(asked: Room, words: str) -> None:
    assert "东山姐妹群不再用了" in await asked.say("dong", words)
    assert await in_use(asked) == {"g1", "g2"}
    assert NOTHING_OPEN in await asked.say("dong", "不用了")


async def test_of_several_the_one_she_names_or_all(asked: Room) -> None:
    which = await asked.say("xing", "不用了")
    assert "星溪姐妹群、星溪巧手群" in which
    assert len(await in_use(asked)) == 3
    assert "没有找到这个群" in await asked.say("xing", "东山姐妹群不用了")
    assert "星溪巧手群不再用了" in await asked.say("xing", "星溪巧手群不用了")
    assert await asked.say("xing", "星溪姐妹群还用") == "好的，星溪姐妹群接着用。"
    assert await in_use(asked) == {"g1", "g3"}


async def test_all_of_them_at_once(asked: Room) -> None:
    assert "星溪姐妹群、星溪巧手群不再用了" in await asked.say("xing", "都不用了")
    assert await in_use(asked) == {"g3"}


async def test_without_the_question_the_same_words_end_nothing(room: Room) -> None:
    assert NOTHING_OPEN in await room.say("xing", "不用了")
    assert "没有在问您的群" in await room.say("xing", "还用")
    assert await in_use(room) == {"g1"}


async def test_an_answer_a_fortnight_later_is_about_something_else(asked: Room) -> None:
    asked.pass_time(days=14)
    assert NOTHING_OPEN in await asked.say("dong", "不用了")
    assert len(await in_use(asked)) == 3


async def test_who_is_no_owner_says_so_and_her_office_hears_of_it(asked: Room) -> None:
    await asked.say("zheng", "活动\n标题：读书会\n内容：周六下午\n对象：群")
    await asked.say("zheng", "确认发送")
    await asked.accept_all()
    assert await asked.say("zheng", "我不是群主") == "群名册里没有记您是群主，不会请您转。"
    which = await asked.say("xing", "我不是群主")
    assert "2个群：星溪姐妹群、星溪巧手群" in which
    assert "星溪巧手群不是您管的" in await asked.say("xing", "星溪巧手群不是我的")
    assert "东山姐妹群不是您管的" in await asked.say("dong", "我不是群主")
    office = [line for line in await asked.told() if "说不是她管的" in line]
    assert len(office) == 2 + 1, "乙二二 for 巧手群; 乙一一 and 乙二二 for 东山姐妹群"
    assert office[0].startswith("星溪巧手群要另定群主：乙一一")
    assert await asked.say("dong", "转了") == "目前没有等您转发的通知。"
    assert "2个单位" in await asked.say("zheng", "哪里没传到")
    assert await asked.say("xing", "转了") == "好的，《读书会》记下转了1个群。谢谢您。"
    assert "拒绝 2" in (await asked.say("zheng", "1号通知")).splitlines()[1]
    # The register knows it, and says so only once.
    assert len([one for one in await register.problems(asked.rt) if "has left" in one]) == 2
    assert (await tended(asked)).startswith("0 without owner")


async def test_three_groups_and_some_four_hundred_people(asked: Room) -> None:
    await asked.load("groups", f"{HEAD}g4,星溪花鼓群,350725101,relay,xing,20,\n")
    await asked.say("zheng", "活动\n标题：读书会\n内容：周六下午\n对象：群")
    await asked.say("zheng", "确认发送")
    await asked.accept_all()
    said = await asked.say("xing", "三个群都发了，四百来人")
    assert said == "好的，《读书会》记下转了3个群。谢谢您。"
    assert "群里约400人" in await asked.say("zheng", "传到哪了")
    assert "转不了" in await asked.say("dong", "转不了")
