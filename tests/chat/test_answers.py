"""What readers in a group signed up for comes back by name to the group's own office and the township, as numbers to others."""

from __future__ import annotations

import re

from bot.actions import opens
from bot.store import groups, tables, units
from tests.chat.room import Room


async def written(room: Room, count: int) -> None:
    """A notice of the county to its groups, and what so many readers of 星溪姐妹群 wrote to it."""
    await room.say("zheng", "活动\n标题：读书会\n内容：周六下午\n对象：群")
    await room.say("zheng", "确认发送")
    await room.accept_all()
    async with room.rt.read() as c:
        group = (await groups.by_keys(c, ["g1"]))["g1"]
        unit = await units.by_code(c, "350725101")
    assert unit
    link = opens.Link(1, group.id, unit.lo)
    for number in range(count):
        said = {"name": f"李大姐{number:02}", "phone": "13800000000", "text": "带孩子来"}
        room.pass_time(seconds=number % 3)  # some at once
        await opens.say(room.rt, link, f"reader {number}", said)
    await opens.write(room.rt, {link: [count, 3]})


async def test_all_of_them_can_be_read_page_by_page(room: Room) -> None:
    await written(room, 45)
    first = await room.say("xing", "1号报名")
    assert first.startswith(
        "《读书会》星溪乡的群里有45人报名或留言，3人点了“知道了”。\n星溪姐妹群：李大姐00 13800000000 带孩子来"
    )
    seen = re.findall("李大姐..", first)
    answer = first
    while "回“更多”接着看" in answer:
        answer = await room.say("xing", "更多")
        seen += re.findall("李大姐..", answer)
        assert len(answer) <= 600
    assert sorted(seen) == [f"李大姐{number:02}" for number in range(45)], "each once"
    assert seen[0] == "李大姐00"
    # 更多 goes on with whatever list she saw last.
    await room.say("xing", "谁没转 1")
    assert "李大姐" not in await room.say("xing", "更多")


async def test_a_county_hears_how_many_and_no_names_and_a_member_nothing(room: Room) -> None:
    await written(room, 2)
    assert await room.say("zheng", "1号报名") == (
        "《读书会》政和县的群里有2人报名或留言，3人点了“知道了”。\n还有2条在下面各单位，由各单位自己看。"
    )
    assert "李大姐" not in await room.say("dong2", "1号报名")
    assert await room.count(tables.group_answer) == 2
