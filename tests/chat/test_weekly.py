"""周报 in chat: the newest published one with her own link, before that the state of today."""

from __future__ import annotations

from bot.actions import publish
from tests.chat import room as rooms


async def test_weekly_is_todays_state_until_one_is_published_and_then_that_one(room: rooms.Room):
    assert await room.say("zheng", "周报") == "政和县这一周没有新变化，没有周报。看数请回“进度”。"
    await room.say("dong", "会改联完成了，新增执委12名")
    before = await room.say("zheng", "周报")
    assert before.startswith("政和县强基固本百日攻坚周报（11月23日10时）")
    assert before.endswith("还没有发布；正式的周报星期五下午发。")
    await publish.every(room.rt, room.rt.now())
    await room.say("xi", "会改联完成了")
    after = await room.say("zheng", "周报")
    assert "会改联 1/" in after.splitlines()[0]
    assert "/h5/weekly/" in after.splitlines()[-1]
    assert len(after) <= 600
    assert (await room.say("zheng2", "看周报")).splitlines()[0] == after.splitlines()[0]
    assert (await room.say("zheng2", "看周报")).splitlines()[-1] != after.splitlines()[-1]
    own = await room.say("dong", "周报")
    assert len(own) <= 120
