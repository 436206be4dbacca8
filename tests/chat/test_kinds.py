"""Stages, ratios, figures that wait for the township, as people say them and see them."""

from __future__ import annotations

import pytest

from bot.core import inbound
from bot.store import recount, tables, units
from tests.chat.room import Room

CAMPAIGN = """code: kinds
name: 换届
units: ["3507"]
start: 2026-11-02
end: 2027-02-09
approval: township
indicators:
  - {code: reform, name: 会改联, kind: completion, level: village, approval: none, evidence: photo}
  - {code: steps, name: 换届进度, aliases: [换届选举], kind: stage, level: village, approval: none,
     steps: [摸底, 推荐, 选举会, 备案, 挂牌]}
  - {code: turnout, name: 到会, aliases: [到会率, 参会], kind: ratio, level: village, unit_word: 人, approval: none}
  - {code: posts, name: 新增执委, aliases: [执委], kind: count, level: village, unit_word: 名}
milestones:
  - {date: 2027-02-09, fraction: 1}
"""


@pytest.fixture
async def kinds(room: Room) -> Room:
    """The room with a newer campaign that asks for all kinds."""
    room.pass_time(minutes=1)
    await room.load("campaign", CAMPAIGN)
    return room


async def test_what_an_older_campaign_asks_can_be_said_too(kinds: Room):
    assert "乡镇区域化" in await kinds.say("xing", "我的待办")
    assert "记上了：星溪乡 乡镇区域化已完成" in await kinds.say("xing", "乡镇区域化完成了")
    said = await kinds.say("dong", "会改联完成了，新增执委12名")
    assert "记上了：东山村 会改联已完成，新增执委12名" in said
    assert await verified(kinds)


async def verified(room: Room) -> bool:
    async with room.rt.read() as c:
        return await recount.differences(c, limit=5) == []


async def test_a_stage_is_the_step_reached_and_going_back_is_asked(kinds: Room):
    said = await kinds.say("dong", "换届进度 已备案")
    assert "记上了：东山村 换届进度到备案" in said
    assert "东山村 换届进度 备案（第4步，共5步）" in await kinds.say("dong", "进度 换届进度")
    await kinds.say("xi", "没变化")
    assert "（上次还没开始）" in await kinds.say("xi", "换届进度 到摸底了")
    shown = await kinds.say("xing", "进度 换届进度")
    assert shown.startswith("星溪乡 换届进度 0/3（0.0%）")
    assert "走到各步及以后的：摸底2、推荐1、选举会1、备案1、挂牌0" in shown
    back = await kinds.say("dong", "换届进度 退到推荐")
    if "少了" not in back:
        back = await kinds.say("dong", "换届进度 已推荐")
    assert "对吗" in back
    assert "第4步" in await kinds.say("dong", "进度 换届进度")
    assert await verified(kinds)


async def test_a_ratio_keeps_both_numbers_and_is_never_averaged(kinds: Room):
    assert "到会72/80（90.0%）" in await kinds.say("dong", "应到80人，实到72人")
    assert "到会9/20（45.0%）" in await kinds.say("xi", "应到20实到9")
    shown = await kinds.say("xing", "进度 到会")
    assert shown.startswith("星溪乡 到会 81/100（81.0%），已报 2/3"), "not 67.5 %"
    again = await kinds.say("dong", "应到80人，实到90人")
    assert "不能多过应到" in again
    assert "81/100" in await kinds.say("xing", "进度 到会")
    assert "0/0" in await kinds.say("shi", "应到0人，实到0人")
    assert "石屯镇 到会 0/0，已报 1/2" in await kinds.say("zheng", "进度 石屯镇 到会")
    assert await verified(kinds)


async def test_figures_wait_for_the_township_and_count_meanwhile(kinds: Room):
    await kinds.say("dong", "新增执委12名")
    await kinds.say("xi", "新增执委8名")
    shown = await kinds.say("xing", "进度 新增执委")
    assert shown.startswith("星溪乡 新增执委 20（已报 2/3）\n待审 2\n")
    assert "待审 2" in await kinds.say("zheng", "进度 新增执委")
    assert "东山村 新增执委12名；西山村 新增执委8名" in await kinds.say("xing", "待审")
    assert "没有等您审" in await kinds.say("dong", "都同意")
    assert "同意了1个单位的1个数：东山村" in await kinds.say("xing", "同意 东山")
    back = await kinds.say("xing", "退回 西山 数不对，名册只有6人")
    assert "退回西山村了" in back
    assert "数照旧算在内" in back
    assert any("退回了：数不对，名册只有6人" in told for told in await kinds.told())
    assert "待审 1" in await kinds.say("xing", "进度 新增执委"), "sent back, it counts and waits"
    assert "由8名改为6名" in await kinds.say("xi", "6")
    assert "星溪乡 新增执委 18" in await kinds.say("xing", "进度 新增执委")
    assert await verified(kinds)
    assert "西山村 新增执委6名" in await kinds.say("xing", "都同意")
    assert "待审" not in await kinds.say("xing", "进度 新增执委")
    assert "没有等您审" in await kinds.say("xing", "待审")
    async with kinds.rt.read() as c:
        assert await units.by_code(c, "350725101")
    assert await verified(kinds)


async def test_figures_climb_level_by_level_and_each_sees_them_when_it_is_its_turn(kinds: Room):
    await kinds.load(
        "campaign", CAMPAIGN.replace("approval: township", "approval: [county, township]")
    )
    await kinds.say("dong", "新增执委12名")
    await kinds.say("xi", "新增执委8名")
    assert "待审2个数（2个单位）等您看" in await kinds.say("xing", "我的待办")
    assert "待审" not in await kinds.say("zheng", "我的待办"), "not her turn yet"
    assert await kinds.say("xing", "同意 东山") == (
        "好的，同意了1个单位的1个数：东山村 新增执委12名。接着等县妇联审。"
    )
    assert "待审1个数（1个单位）等您看" in await kinds.say("xing", "我的待办")
    assert "东山村" not in await kinds.say("xing", "待审")
    assert "待审 2" in await kinds.say("zheng", "进度 新增执委"), "until the last level agrees"
    todo = await kinds.say("zheng", "我的待办")
    number = next(line[0] for line in todo.splitlines() if "待审1个数" in line)
    assert "东山村 新增执委12名" in await kinds.say("zheng", number)
    assert await verified(kinds)

    before = len(await kinds.told())
    assert "退回东山村了" in await kinds.say("zheng", "退回 东山 名册只有11人")
    said = (await kinds.told())[before:]
    assert len(said) == 2, "whoever said it, and the township that had agreed"
    assert "您报的东山村 新增执委12名，政和县妇联退回了：名册只有11人" in said[0]
    assert "您同意过的东山村 新增执委12名，政和县妇联退回给填报人了" in said[1]
    assert "由12名改为11名" in await kinds.say("dong", "11")
    assert "待审2个数" in await kinds.say("xing", "我的待办"), "from the nearest level again"
    assert "待审" not in await kinds.say("zheng", "我的待办")

    assert "东山村 新增执委11名" in await kinds.say("zheng", "同意 东山"), "in the township's place"
    assert "接着等" not in await kinds.say("zheng", "同意 西山")
    assert "没有等您审" in await kinds.say("xing", "待审")
    assert "待审" not in await kinds.say("zheng", "进度 新增执委")
    await kinds.say("xing", "帮西山报9个新增执委")
    await kinds.say("xing", "对")
    assert "待审1个数" in await kinds.say("zheng", "我的待办"), (
        "the township's word waits for the county"
    )
    assert "没有等您审" in await kinds.say("xing", "待审")
    assert await verified(kinds)


ALL_WAIT = CAMPAIGN.replace(", approval: none", "")


async def test_what_is_sent_back_is_told_once_named_and_not_agreed_to_with_the_rest(kinds: Room):
    await kinds.load("campaign", ALL_WAIT)
    await kinds.say("dong", "应到80人，实到72人")
    await kinds.say("dong", "新增执委12名")
    await kinds.say("dong", "换届进度 已备案")
    before = len(await kinds.told())
    back = await kinds.say("xing", "退回 东山 到会人数和名单对不上")
    assert "退回东山村了：东山村 到会72/80（90.0%）。原因“到会人数和名单对不上”" in back
    [told] = (await kinds.told())[before:]
    assert "请直接回正确的数，如“到会应到80人，实到72人”" in told
    shown = await kinds.say("xing", "待审")
    assert "待审2个数" in shown
    assert "已退回、等她改的1个数：东山村 到会72/80" in shown
    assert "同意了1个单位的2个数" in await kinds.say("xing", "都同意")
    assert "已退回、等她改的1个数" in await kinds.say("xing", "都同意"), "it waits for her answer"
    # Asked for another number, a smaller one is no surprise.
    assert "记上了：东山村 到会70/80" in await kinds.say("dong", "应到80人，实到70人")
    assert "同意了1个单位的1个数：东山村 到会70/80" in await kinds.say("xing", "同意 东山 到会")
    assert await verified(kinds)


async def test_several_figures_sent_back_for_one_reason_are_one_message(kinds: Room):
    await kinds.load("campaign", ALL_WAIT)
    await kinds.say("dong", "新增执委12名")
    await kinds.say("dong", "换届进度 已备案")
    before = len(await kinds.told())
    assert "退回东山村了" in await kinds.say("xing", "退回 东山 没有会议记录")
    [told] = (await kinds.told())[before:]
    assert "您报的东山村 换届进度到备案，新增执委12名，星溪乡妇联退回了：没有会议记录" in told
    assert "由12名" not in await kinds.say("dong", "11"), "a bare number could be of either"


async def test_the_first_ratio_of_a_week_has_no_number_before(kinds: Room):
    await kinds.say("dong", "应到80人，实到72人")
    assert "本周开始有数" in await kinds.say("dong", "进度 到会")


async def test_examples_are_of_what_she_reports(kinds: Room):
    asked = await kinds.say("dong", "我要报")
    assert "如“会改联已完成，换届进度到摸底”" in asked
    await kinds.say("dong", "会改联完成")
    await kinds.say("dong", "换届进度 挂牌")
    assert "如“到会应到80人，实到72人，新增执委12名”" in await kinds.say("dong", "我要报")
    await kinds.load("campaign", ROUNDS)
    assert "不对就说“是11场”" in await kinds.say("dong", "活动2场")


async def test_what_waits_now_is_not_said_of_a_day_of_the_past(kinds: Room):
    await kinds.say("dong", "新增执委12名")
    assert "待审 1" in await kinds.say("xing", "进度 新增执委")
    assert "待审" not in await kinds.say("xing", "进度 新增执委 昨天")


async def test_what_the_township_says_itself_waits_for_nobody(kinds: Room):
    await kinds.say("xing", "帮东山报8个新增执委")
    await kinds.say("xing", "对")
    shown = await kinds.say("xing", "进度 新增执委")
    assert "新增执委 8（已报 1/3）" in shown
    assert "待审" not in shown


async def test_a_photo_after_a_report_belongs_to_it(kinds: Room):
    assert "还没有报数" in await kinds.say("dong", "附图")
    photo = inbound.Image("http://mmbiz.qpic.cn/a", "media-1")
    assert "看不懂图里的内容" in kinds.text(await kinds.push("dong", photo))
    assert "请再发一张现场照片" in await kinds.say("dong", "会改联完成了")
    assert "记在“东山村 会改联已完成”名下" in kinds.text(await kinds.push("dong", photo))
    assert await kinds.count(tables.evidence) == 1
    kinds.pass_time(minutes=45)
    assert "看不懂" in kinds.text(await kinds.push("dong", photo)), "long after the report"
    assert "请把照片直接发过来" in await kinds.say("dong", "附图")
    assert "名下" in kinds.text(await kinds.push("dong", photo))
    assert await kinds.count(tables.evidence) == 2


async def test_a_townships_own_sum_is_compared_and_never_added(kinds: Room):
    await kinds.say("dong", "新增执委12名")
    await kinds.say("xi", "新增执委8名")
    said = await kinds.say("xing", "全乡新增执委30名")
    assert "星溪乡报的合计：新增执委30名。各村合计20名（已报 2/3），差10名，已标出" in said
    shown = await kinds.say("xing", "进度 新增执委")
    assert shown.startswith("星溪乡 新增执委 20（已报 2/3）")
    assert "星溪乡报 30，各村合计 20" in shown
    assert "新增执委 20（已报" in await kinds.say("zheng", "进度 新增执委"), "never summed twice"
    assert "和各村合计一样" in await kinds.say("xing", "全乡新增执委共20名")
    assert "各村合计" not in await kinds.say("xing", "进度 新增执委")
    assert "合计" not in await kinds.say("dong", "全乡新增执委30名"), "a village speaks for itself"


ROUNDS = """code: rounds
name: 走访
units: ["3507"]
start: 2026-11-02
end: 2027-02-09
indicators:
  - {code: rounds, name: 活动, kind: count, value: increment, level: village, unit_word: 场}
"""


async def test_a_newer_campaign_that_counts_something_else_takes_no_members(room: Room):
    room.pass_time(minutes=1)
    await room.load("campaign", ROUNDS)
    said = await room.say("dong", "会改联完成了，新选12个")
    assert "会改联已完成，新增执委12名" in said
    assert "记上了：西山村 新增执委9名" in await room.say("xi", "新选9个")
    assert "记上了：西山村 活动2场" in await room.say("xi", "活动2场")


async def test_persons_are_no_meetings_where_nothing_else_is_counted(room: Room):
    await room.load("campaign", ROUNDS)
    async with room.rt.write() as c:
        await c.execute(
            tables.campaign.update()
            .where(tables.campaign.c.code != "rounds")
            .values(ends_on="2026-11-01")
        )
    for said in ("新选12个", "12名", "新增了12人"):
        assert "记上了" not in await room.say("dong", said), said
    assert "记上了：东山村 活动2场" in await room.say("dong", "活动2场")
    assert "报数可以说“活动12场”" in await room.say("dong", "叽里咕噜")
    assert "执委" not in await room.say("dong", "又多了些人"), "nothing asks for members now"
