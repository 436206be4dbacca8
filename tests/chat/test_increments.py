"""A campaign that adds up households beside steps and a figure with a photo: what is asked, said and mended."""

from __future__ import annotations

import pytest

from tests.chat.room import Room

CAMPAIGN = """code: autumn
name: 秋冬提升行动
units: ["350725"]
start: 2026-11-02
end: 2027-01-31
indicators:
  - {code: election, name: 妇联换届, aliases: [换届], kind: stage, level: village,
     steps: [摸底, 推荐, 选举会, 备案, 挂牌]}
  - {code: visits, name: 走访户数, aliases: [走访], kind: count, value: increment, level: village, unit_word: 户}
  - {code: helped, name: 帮扶人数, aliases: [帮扶], kind: count, value: increment, level: village, unit_word: 人}
  - {code: present, name: 到会率, aliases: [到会], kind: ratio, level: village, unit_word: 人}
  - {code: home, name: 妇女之家建设, aliases: [妇女之家], kind: completion, level: village, evidence: photo}
"""


@pytest.fixture
async def autumn(room: Room) -> Room:
    """The room with a newer campaign of the county."""
    room.pass_time(minutes=1)
    await room.load("campaign", CAMPAIGN)
    return room


async def test_what_was_added_this_week_is_not_asked_for_again(autumn: Room):
    await autumn.say("dong", "走访了30户，帮扶人数0人")
    assert "走访户数42户（上次30户）" in await autumn.say("dong", "又走访12户")
    assert "是几" not in await autumn.say("dong", "妇女之家建设完成了")
    autumn.pass_time(days=7)
    assert "走访户数是几户" in await autumn.say("dong", "妇女之家建设完成了")


async def test_a_photo_is_asked_for_only_of_what_is_done(autumn: Room):
    assert "办完了吗" in await autumn.say("dong", "妇女之家建设快了")
    not_yet = await autumn.say("dong", "2")
    assert "妇女之家建设未完成" in not_yet
    assert "照片" not in not_yet
    assert "请再发一张现场照片" in await autumn.say("dong", "妇女之家建设完成了")


async def test_a_number_that_cannot_be_is_no_correction(autumn: Room):
    await autumn.say("dong", "换届到备案了")
    said = await autumn.say("dong", "是6户")
    assert said.startswith("您刚才报的是：东山村 妇联换届到备案")
    assert "如“更正 妇联换届到摸底”" in said
    assert "对吗" in await autumn.say("dong", "换届到推荐了")
    assert "没有记" in await autumn.say("dong", "是6户")


async def test_a_correction_names_a_figure_and_its_example_is_another_number(autumn: Room):
    assert "“更正 走访户数12户”" in await autumn.say("dong", "更正 一下")
    assert "不对就说“是11户”" in await autumn.say("dong", "走访户数41户")
    said = await autumn.say("dong", "更正 走访户数11户")
    assert "由41户改为11户" in said
    assert "不对就说“是12户”" in await autumn.say("xi", "走访11户")
    assert "不对就说“不对”" in await autumn.say("shi", "走访11户，帮扶3人")


async def test_the_ledger_of_a_village_is_never_cut_off_in_the_middle(autumn: Room):
    await autumn.say("dong", "换届到备案了，走访3户，帮扶12人，应到80人，实到72人")
    autumn.pass_time(days=1)
    await autumn.say("dong", "妇女之家建设完成")
    assert (await autumn.say("dong", "台账")).splitlines() == [
        "东山村 妇联换届到备案，走访户数3户，帮扶人数12人，到会率72/80（90.0%）（11月23日张小英报）",
        "妇女之家建设已完成（11月24日张小英报）",
        "截至11月24日10时",
    ]
    for line in ("走访3户", "帮扶2人", "换届挂牌了"):
        autumn.pass_time(days=1)
        await autumn.say("dong", line)
    said = await autumn.say("dong", "台账")
    assert said.endswith("\n另有2项，看一项回“台账 到会率”。\n截至11月27日10时")
    assert len(said) <= 120
    assert "妇女之家建设已完成" in await autumn.say("dong", "台账 妇女之家建设")
    autumn.pass_time(days=80)  # over, which takes a line more
    said = await autumn.say("dong", "台账 秋冬提升行动")
    assert said.endswith("截至2月15日10时\n《秋冬提升行动》1月31日已经结束。")
    assert "另有" in said
    assert len(said) <= 120


async def test_who_has_given_some_is_named_with_what_she_still_owes(autumn: Room):
    await autumn.say("dong", "换届到备案了，走访3户，帮扶12人，应到80人，实到72人")
    await autumn.say("xi", "走访3户")
    said = await autumn.say("xing", "谁没报")
    assert (
        "：东山村、西山村、五一九社区。\n其中报了一部分的：东山村差妇女之家建设、西山村差4项。"
        in said
    )
    assert "：东山村、西山村、五一九社区。" in await autumn.say("xing", "谁没报 妇女之家")
    assert "没有“走访”这一项" in await autumn.say("city", "谁没报 建瓯市 走访"), "asked elsewhere"


async def test_the_weekly_text_of_a_village_says_what_it_has_and_is_not_cut_off(autumn: Room):
    await autumn.say("dong", "换届到备案了，走访3户，帮扶12人，应到80人，实到72人")
    assert (await autumn.say("dong", "周报")).splitlines()[0] == (
        "东山村秋冬提升行动周报（11月23日10时）：妇联换届 第4步 滞后计划，走访户数 3户，"
        "帮扶人数 12人，到会率 72/80（90.0%），妇女之家建设 没报 滞后计划。"
    )


async def test_the_weekly_text_says_what_progress_says_of_nothing_begun_and_of_nobody_invited(
    autumn: Room,
):
    await autumn.say("dong", "没变化")
    assert "东山村 妇联换届 还没开始" in await autumn.say("dong", "进度 换届")
    said = await autumn.say("dong", "周报")
    assert "妇联换届 还没开始 滞后计划，" in said
    assert "到会率 0/0，" in said
    assert "—" not in said
    said = await autumn.say("xing", "周报")
    assert "到会率 0/0，已报 1/3，" in said
    assert "—" not in said


async def test_a_row_says_what_a_village_has_reached(autumn: Room):
    await autumn.say("dong", "换届到备案了，走访3户")
    await autumn.say("xi", "妇女之家建设完成")
    steps = await autumn.say("xing", "进度 换届 各村")
    assert "东山村 备案" in steps
    assert "五一九社区 没报" in steps
    assert "西山村 已完成" in await autumn.say("xing", "进度 妇女之家 各村")
    towns = await autumn.say("zheng", "进度 走访户数 各乡镇")
    assert "星溪乡 3户（1/3）、石屯镇 没报（0/2）" in towns


async def test_a_ratio_is_reported_and_mended_for_a_village_below(autumn: Room):
    assert "如“东山村 到会率应到80人，实到72人”" in await autumn.say("xing", "到会率70/80")
    asked = await autumn.say("xing", "东山村到会率70/80")
    assert "东山村 到会率70/80（87.5%），对吗？对请回“对”，不对请重说一遍" in asked
    assert "记上了：东山村 到会率70/80" in await autumn.say("xing", "对")
    assert "东山村 到会率72/80（90.0%），对吗" in await autumn.say("xing", "更正 东山 到会率72/80")
    assert "改好了：东山村" in await autumn.say("xing", "对")
    await autumn.say("dong", "换届到备案了")
    assert "往回退了，对吗？对请回“对”，不对请重说一遍" in await autumn.say("dong", "换届到推荐了")


@pytest.mark.parametrize(
    "said",
    [
        "到会率：东山 80/90，西山 70/75",
        "东山到会80/90，西山到会70/75",
        "东山村应到90人，实到80人；西山村应到75人，实到70人",
        "各村到会率如下：\n1.东山村80/90\n2.西山村70/75",
    ],
)
async def test_a_ratio_each_of_several_villages_is_read_back_whole(autumn: Room, said: str):
    asked = await autumn.say("xing", said)
    assert "东山村 到会率80/90（88.9%）；西山村 到会率70/75（93.3%），对吗" in asked
    await autumn.say("xing", "对")
    assert "星溪乡 到会率 150/165（90.9%），已报 2/3" in await autumn.say("xing", "进度 到会率")


async def test_what_is_not_clear_of_several_ratios_is_said_again(autumn: Room):
    for said in ("到会率：东山 80/90，西山 70/75，合计 150/165", "80/90东山，70/75西山到会率"):
        assert "没看准，没有记" in await autumn.say("xing", said)
    assert "应到和实到要一起说" in await autumn.say("xing", "西山到会率没变化")
    await autumn.say("dong", "应到80人，实到72人")
    same = await autumn.say("dong", "到会率没变化")
    assert same == "台账里本来就是：东山村 到会率72/80（90.0%），不用改。"
    assert "走访户数3户，对吗" in (await autumn.say("dong", "到会率没变化，走访3户")).replace(
        "”", ""
    )
    assert (await autumn.say("xi", "应到80人，实到0人")).endswith("不对就说“不对”，对了不用再回。")
    both = await autumn.say("xing", "到会率东山村80/90，走访12户，西山村70/75，走访3户")
    assert "东山村 走访户数12户，到会率80/90" in both
    assert "西山村 走访户数3户，到会率70/75" in both


async def test_who_is_slow_is_said_once_where_it_is_the_same_for_several_figures(autumn: Room):
    assert (await autumn.say("zheng", "谁最慢")).splitlines() == [
        "妇联换届、走访户数、帮扶人数、到会率、妇女之家建设滞后计划的2个：星溪乡0.0%、石屯镇0.0%",
        "截至11月23日10时",
    ]
    await autumn.say("dong", "换届到备案了，走访3户，帮扶12人，应到80人，实到72人")
    assert (await autumn.say("xing", "谁最慢")).splitlines()[:3] == [
        "妇联换届滞后计划的3个：东山村备案、西山村没报、五一九社区没报",
        "走访户数、帮扶人数、到会率滞后计划的2个：西山村没报、五一九社区没报",
        "妇女之家建设滞后计划的3个：东山村没报、西山村没报、五一九社区没报",
    ]


async def test_what_goes_by_steps_is_asked_for_its_step_and_not_for_another_figure(autumn: Room):
    for said in ("换届完成", "换届快完成了", "换届基本完成", "换届在推进"):
        asked = await autumn.say("xi", said)
        assert "西山村妇联换届走到哪一步了？请回数字：1摸底 2推荐" in asked, said
    asked = await autumn.say("xing", "西山换届快完成了")
    assert "西山村妇联换届走到哪一步了" in asked
    assert "记上了：西山村 妇联换届到备案" in await autumn.say("xing", "4")
    assert "妇女之家建设办完了吗" in await autumn.say("xi", "妇女之家快建好了")


@pytest.mark.parametrize("said", ["走访累计12户", "一共走访了12户", "到现在走访12户"])
async def test_all_there_is_so_far_is_what_the_ledger_ends_in(autumn: Room, said: str):
    await autumn.say("dong", "走访10户")
    asked = await autumn.say("dong", said)
    assert asked.startswith("东山村 走访户数累计12户，上次10户，这次加2户，对吗？")
    assert "走访户数12户（上次10户）" in await autumn.say("dong", "对")
    less = await autumn.say("dong", said.replace("12", "9"))
    assert less.startswith("东山村 走访户数累计9户，比上次的12户少，对吗？")
    assert "累计8户，比上次的12户少，对吗" in await autumn.say("dong", "是8户")
    assert "走访户数8户（上次12户）" in await autumn.say("dong", "对")


async def test_all_there_is_so_far_beside_other_figures_corrected_unclear_and_of_a_week(
    autumn: Room,
):
    await autumn.say("dong", "走访10户")
    assert "走访户数13户" in await autumn.say("dong", "这周一共走访3户")
    assert "走访户数由13户改为10户" in await autumn.say("dong", "更正 走访累计10户")
    both = await autumn.say("dong", "走访累计9户，帮扶3人")
    assert "上次报的是走访户数10户，这次东山村 走访户数累计9户，帮扶人数3人，少了，对吗" in both
    await autumn.say("dong", "对")
    assert "走访户数具体是几户" in await autumn.say("dong", "走访户数累计十来户")
    assert "走访户数12户（上次9户）" in await autumn.say("dong", "12")
    assert "走访户数累计14户，上次12户，这次加2户，对吗" in await autumn.say("dong", "累计14户")
    assert "走访户数14户（上次12户）" in await autumn.say("dong", "对")


async def test_what_was_added_meanwhile_comes_on_top_of_all_there_was(autumn: Room):
    await autumn.say("dong", "走访10户")
    assert "这次加2户" in await autumn.say("dong", "走访累计12户")
    assert "走访户数5户，对吗" in await autumn.say("xing", "东山走访5户")
    assert "走访户数15户" in await autumn.say("xing", "对")
    assert "走访户数17户（上次15户）" in await autumn.say("dong", "对")
    assert "累计9户，比上次的17户少，对吗" in await autumn.say("xing", "东山走访累计9户")
    assert "走访户数9户（上次17户）" in await autumn.say("xing", "对")
    assert "走访户数 9（" in await autumn.say("xing", "进度 走访户数")


async def test_a_slip_in_the_same_sentence_is_put_right_for_every_count(autumn: Room):
    assert "记上了：东山村 走访户数9户" in await autumn.say("dong", "走访8户，说错了，应该是9户")
    assert "帮扶人数11人" in await autumn.say("xi", "帮扶10人……说错了，是11人")
    assert "记上了" not in await autumn.say("shi", "走访12户，15户")
    assert "记上了" not in await autumn.say("lin", "走访十来户")
