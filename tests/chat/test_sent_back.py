"""退回, where nobody of the unit can hear it."""

from __future__ import annotations

from bot.core import inbound
from tests.chat.room import Room
from tests.chat.test_kinds import CAMPAIGN, kinds

__all__ = ["kinds"]


async def test_who_sends_back_to_a_village_where_nobody_is_registered_is_told_so(
    kinds: Room,
) -> None:
    await kinds.say("xi", "新增执委8名")
    await kinds.push("xi", inbound.Unsubscribe())  # nobody of 西山村 is left who could hear
    before = len(await kinds.told())
    back = await kinds.say("xing", "退回 西山 名册只有6人")
    assert "退回西山村了：西山村 新增执委8名。原因“名册只有6人”记下了" in back
    assert (
        "西山村还没有人登记，听不到：请您打电话告诉她们，或代报对的数，如“西山村 新增执委12名”"
        in back
    )
    assert len(await kinds.told()) == before
    assert "替别的单位报" in await kinds.say("xing", "西山村 新增执委6名")
    assert "西山村 新增执委6名（上次8名）" in await kinds.say("xing", "对")

    await kinds.load(
        "campaign", CAMPAIGN.replace("approval: township", "approval: [county, township]")
    )
    await kinds.say("xing", "帮五一九社区报9个新增执委")
    await kinds.say("xing", "对")
    before = len(await kinds.told())
    back = await kinds.say("zheng", "退回 五一九社区 名册只有5人")
    assert "五一九社区还没有人登记，听不到：已请星溪乡妇联转告或代报。" in back
    said = (await kinds.told())[before:]
    assert len(said) == 2, "both who sit at the township's desk, once"
    assert (
        "五一九社区 新增执委9名，政和县妇联退回了：名册只有5人。五一九社区还没有人登记" in said[0]
    )
