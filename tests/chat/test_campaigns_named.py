"""A question names a campaign, a figure and a place in one line."""

from __future__ import annotations

from tests.chat.room import UNITS, Room

LATER = """code: {code}
name: {name}
units: ["3507"]
start: {start}
end: 2027-03-31
indicators:
  - {{code: {code}, name: {counts}, kind: count, level: village, unit_word: 户}}
"""


async def test_the_campaign_she_names_is_kept_when_she_is_asked_which_village(room: Room):
    for code, name, counts, start in (
        ("long", "强基固本百日攻坚二期", "二期户数", "2026-10-09"),
        ("newest", "冬季大走访", "走访户数", "2026-11-16"),
    ):
        await room.load("campaign", LATER.format(code=code, name=name, counts=counts, start=start))
    for asked in ("台账 强基固本百日攻坚 东山村", "强基固本百日攻坚材料 东山村"):
        assert "2吉阳镇东山村" in await room.say("city", asked)
        assert "会改联" in await room.say("city", "2"), asked
    assert "二期户数" in await room.say("zheng", "台账 强基固本百日攻坚二期")
    assert "二期户数" in await room.say("zheng", "材料 强基固本百日攻坚二期 星溪乡")
    assert "会改联" in await room.say("zheng", "台账 强基固本百日攻坚")
    assert await room.say("zheng", "周报 强基固本百日攻坚二期 东山村") == (
        "东山村这一周没有新变化，没有周报。看数请回“进度”。"
    )
    assert "星溪乡" in await room.say("zheng", "強基固本百日攻堅二期 星溪乡 周报")
    material = await room.say("zheng", "材料 二期户数 星溪乡")
    assert "二期户数" in material
    assert "走访" not in material
    assert "走访" not in await room.say("zheng", "台账 会改联")


async def test_a_campaign_is_found_whose_name_begins_with_a_number_or_holds_that_of_a_unit(
    room: Room,
):
    for code, name, counts in (
        ("ten", "十项行动", "行动户数"),
        ("there", "星溪乡大走访", "星溪走访户数"),
    ):
        text = LATER.format(code=code, name=name, counts=counts, start="2026-11-16")
        await room.load("campaign", text)
    assert "行动户数" in await room.say("zheng", "进度 十项行动")
    assert "星溪走访户数" in await room.say("zheng", "星溪乡大走访进度 石屯镇")
    assert "石屯镇" in await room.say("zheng", "谁没报 星溪乡大走访 石屯镇")


async def test_the_only_campaign_may_be_called_by_its_name(room: Room):
    await room.say("dong", "会改联完成了")
    for asked, holds in (
        ("进度", "政和县 会改联 1/5"),
        ("谁没报", "还有7个没报：星溪乡、"),
        ("材料", "会改联已完成1个村（社区）"),
        ("台账", "政和县 会改联 1/5（20.0%）"),
        ("周报", "会改联 1/5（20.0%）"),
    ):
        named = await room.say("zheng", f"{asked} 强基固本百日攻坚")
        assert holds in named, asked
        assert named == await room.say("zheng", asked), asked


async def test_reminding_and_who_is_slow_keep_to_the_figure_that_is_named(room: Room):
    await room.say("dong", "会改联完成了")
    assert "区域化" not in await room.say("zheng", "哪个村会改联慢")
    assert "星溪乡、石屯镇" in await room.say("zheng", "谁没报 区域化")
    other = await room.say("zheng", "提醒 会改联")
    assert "还有4个没报：西山村" in other, "another list than was shown, to be looked at first"
    assert "提醒没回的" in await room.say("zheng", "提醒 会改联 西山村")
    assert "东山村" not in await room.say("zheng", "哪几个村会改联没报")


async def test_a_village_whose_name_holds_a_word_of_ours_is_found_beside_a_campaign(room: Room):
    await room.load("units", UNITS + "350725101004,都川村委会,village,350725101\n")
    assert "都川村" in await room.say("zheng", "台账 都川")
    assert "都川村 会改联" in await room.say("zheng", "台账 强基固本百日攻坚 都川")
