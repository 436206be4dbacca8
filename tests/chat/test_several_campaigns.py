"""Two campaigns at once, and one that is over: what she is shown and what she can ask for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.actions import bulletin, export_ledger, running
from bot.core import inbound
from bot.core.model import Unit
from bot.runtime import Runtime
from bot.store import memory, tables, units
from tests.chat import offices
from tests.chat.room import Room
from tests.ledger.web import Api

OTHERS = """code: {code}
name: {name}
units: ["3507"]
start: 2026-11-02
end: {end}
indicators:
  - {{code: visits-{code}, name: {counts}, kind: count, level: village, unit_word: 户}}
"""


async def test_two_campaigns_at_once_are_both_named_and_each_can_be_asked_for(room: Room):
    for code, name, counts, end in (
        ("autumn", "秋季大走访", "走访户数", "2026-12-20"),
        ("over", "夏季送清凉", "送清凉户数", "2026-11-20"),
    ):
        room.pass_time(minutes=1)
        await room.load("campaign", OTHERS.format(code=code, name=name, counts=counts, end=end))
    assert "记上了" in await room.say("dong", "走访户数30户")
    newest = await room.say("zheng", "进度")
    assert "走访户数 30" in newest
    assert newest.endswith(
        "\n另有《强基固本百日攻坚》、《夏季送清凉》，要看回“进度 强基固本百日攻坚”。"
    )
    older = await room.say("zheng", "进度 强基固本百日攻坚")
    assert "政和县 会改联 0/5" in older
    assert "另有《秋季大走访》、《夏季送清凉》，要看回“进度 秋季大走访”" in older
    assert "政和县 会改联 0/5" in await room.say("zheng", "進度 會改聯")
    assert "送清凉户数" in await room.say("zheng", "夏季送清凉 进度")
    assert "星溪乡 会改联 0/3" in await room.say("zheng", "进度 星溪乡 强基固本百日攻坚")
    assert "要看回“进度 星溪乡 强基固本百日攻坚”" in await room.say("zheng", "进度 星溪乡")
    assert "石屯村" in await room.say("zheng", "谁没报 走访户数")
    assert "星溪乡、石屯镇" in await room.say("zheng", "谁没报 区域化")
    assert "这是" not in await room.say("zheng", "谁没报 区域化")
    newest = await room.say("zheng", "谁没报")
    assert "还有4个没报" in newest
    assert newest.endswith("这是《秋季大走访》的。看别的回“谁没报 强基固本百日攻坚”。")
    older = await room.say("zheng", "谁没报 强基固本百日攻坚")
    assert "还有7个没报" in older
    assert older.endswith("这是《强基固本百日攻坚》的。看别的回“谁没报 秋季大走访”。")
    assert "村走访户数30户" in await room.say("zheng", "材料")
    assert "区域化已完成0个" in await room.say("zheng", "材料 强基固本百日攻坚")
    assert "星溪乡区域化还没有完成" in await room.say("zheng", "强基固本百日攻坚材料 星溪乡")
    assert "星溪乡 会改联 0/3" in await room.say("zheng", "台账 强基固本百日攻坚 星溪乡")
    assert "秋季大走访周报" in await room.say("zheng", "周报")
    assert "没有新变化" in await room.say("zheng", "周报 强基固本百日攻坚")
    assert "另有《强基固本百日攻坚》" in await room.say("dong", "进度")
    room.pass_time(days=30)  # the summer's is long over, the autumn's just now
    assert "另有《秋季大走访》，" in await room.say("zheng", "进度")
    assert "夏季" not in await room.say("zheng", "进度")
    assert "送清凉户数" in await room.say("zheng", "进度 夏季送清凉")


async def test_what_she_may_type_instead_of_a_picture_is_what_her_own_campaign_counts(room: Room):
    assert "请打几个字，如“新增执委12名”。也可以按住说话" in await room.speak("dong", None)
    assert "报数：一句话，如“会改联已完成，新增执委12名”" in await room.say("dong", "帮助")
    picture = inbound.Image("http://127.0.0.1/p", "m")
    await room.load(
        "campaign", OTHERS.format(code="autumn", name="秋季大走访", counts="走访", end="2026-12-20")
    )
    room.pass_time(minutes=1)
    for what in (inbound.Voice(None, "m"), picture, inbound.Video("m")):
        said = room.text(await room.push("dong", what))
        assert "请打几个字，如“走访12户”" in said
        assert len(said) <= 120
    assert "如“会改联已完成，走访12户”" in await room.say("dong", "帮助")
    assert "报：“乡镇区域化已完成，新增执委12名”，代报写上村名" in await room.say("xing", "帮助")
    room.pass_time(days=500)  # nothing is asked any more
    assert room.text(await room.push("dong", picture)).endswith("没有记数。请打几个字。")


async def test_whether_a_campaign_asks_something_of_her_is_looked_up_once_a_message(room: Room):
    await room.load(
        "campaign",
        OTHERS.format(code="autumn", name="秋季大走访", counts="走访户数", end="2026-12-20"),
    )
    async with room.rt.write() as c:
        unit = await units.by_code(c, "350725")
        assert unit
        with memory.message():
            some = await running.of(room.rt, unit, room.clock)
            assert [one.code for one in some] == ["autumn", "hundred"]
            before = await offices.statements(room)
            assert await running.of(room.rt, unit, room.clock) == some
            assert [await running.asks(room.rt, one, unit) for one in some] == [True, True]
            assert await offices.statements(room) == before


async def test_who_has_given_nothing_has_not_given_some(
    room: Room,
):
    said = await room.say("city", "谁没报 建瓯市")
    assert "吉阳镇、南山村、东山村" in said
    assert "一部分" not in said, "what those below owe is not the township's"
    await room.say("dong", "会改联完成了")
    assert "其中报了一部分的：东山村差新增执委。" in await room.say("xing", "谁没报")


SOME = """code: some
name: 冬季大走访
units: ["3507"]
start: 2026-11-09
end: 2026-12-31
indicators:
  - {code: visits, name: 走访, kind: count, level: village, unit_word: 户,
     reference: ["350725101001", "350725101002", "350725101003"]}
"""


async def test_zero_missing_and_not_asked_are_three_things(room: Room):
    await room.load("campaign", SOME)
    assert "走访0户" in await room.say("dong", "走访没有")
    rows = await room.say("zheng", "进度 走访 各村")
    assert "\n东山村 0户、西山村 没报、五一九社区 没报\n" in rows
    assert "石屯村" not in rows
    assert "东山村" not in await room.say("zheng", "谁没报 走访")
    assert "石屯村现在没有要报的数" in await room.say("shi", "进度 走访")
    for who, said in (("shi", "会改联完成了，新增执委9名"), ("xi", "会改联完成了，新增执委7名")):
        assert (await room.say(who, said)).count("几户") == 0, (
            "not asked of her, or not what she spoke of"
        )
    assert "走访是几户" not in await room.say("shi", "会改联完成了")
    own = await room.say("shi", "进度")  # she is asked by the older campaign alone
    assert own.startswith("石屯村 会改联 1/1（100.0%）")
    assert "另有" not in own
    assert "石屯村 会改联已完成" in await room.say("shi", "台账")


async def test_the_figure_she_names_is_asked_about_and_not_the_newest_campaigns(room: Room):
    await room.load(
        "campaign", SOME + "  - {code: there, name: 走访到位, kind: completion, level: village}\n"
    )
    assert "东山村会改联办完了吗" in await room.say("dong", "会改联快了")
    assert "会改联未完成" in await room.say("dong", "2")
    assert "东山村新增执委具体是几名" in await room.say("dong", "新增执委十来个")
    assert "新增执委11名" in await room.say("dong", "11")
    assert "新增执委报11人、登记0人" in await room.say("dong", "执委码")
    assert "新增执委·村报11人、登记0人" in await room.say("zheng", "谁没登记")
    assert "西山村走访到位办完了吗" in await room.say("xi", "会改联完成了，走访到位差不多了")
    assert "西山村 会改联已完成，走访到位已完成" in await room.say("xi", "1")
    assert "西山村走访具体是几户" in await room.say("xi", "走访三四十户，新增执委9名")


TOWNS = """code: towns
name: 阵地建设
units: ["3507"]
start: 2027-02-20
end: 2027-05-31
indicators:
  - {code: house, name: 挂牌, kind: completion, level: township, reference: ["350725101"]}
"""


async def test_a_campaign_that_is_over_answers_only_to_its_name_and_nobody_is_reminded_of_it(
    room: Room,
):
    await room.load("campaign", TOWNS)
    await room.say("dong", "新增执委12名")
    room.pass_time(days=100)  # the first week of March
    assert await room.say("dong", "进度") == "东山村现在没有要报的数。"
    assert await room.say("dong", "台账") == "东山村现在没有要报的数。"
    assert await room.say("dong", "材料") == "东山村现在没有要报的数。"
    assert "挂牌" in await room.say("zheng", "进度")
    assert await room.say("zheng", "谁没报 石屯镇") == "石屯镇现在没有要报的数。"
    over = "《强基固本百日攻坚》2月9日已经结束。"
    for said in ("进度", "台账", "材料"):
        named = await room.say("dong", f"{said} 强基固本百日攻坚")
        assert "12" in named, said
        assert named.endswith(f"\n{over}"), said
        assert over not in await room.say("zheng", said)
    assert (await room.say("dong", "周报 强基固本百日攻坚")).endswith(over)
    assert await room.say("zheng", "谁没报 强基固本百日攻坚") == over
    assert await room.say("zheng", "谁没报 会改联") == over
    shown = await room.say("zheng", "提醒")  # the running campaign's list, to be looked at first
    assert shown.startswith("政和县本周还有1个没报：星溪乡。")
    room.pass_time(days=120)  # nothing runs any more
    assert (await room.say("new", "进度 政和县")).endswith("\n《阵地建设》5月31日已经结束。")
    assert (await room.say("dong", "进度")).endswith(f"\n{over}")
    assert (await room.say("zheng", "谁没报")).startswith("现在没有正在进行的专项工作")
    assert (await room.say("zheng", "提醒")).startswith("现在没有正在进行的专项工作")


async def test_what_a_campaign_counted_that_is_just_over_is_still_taken_and_late(room: Room):
    await room.load("campaign", TOWNS)
    await room.say("dong", "新增执委12名")
    await room.say("xing", "乡镇区域化完成")
    room.set_clock(datetime(2027, 2, 21, 2, 0, tzinfo=UTC))  # towns runs, the other is over
    said = await room.say("xi", "会改联完成了，新增执委8名")
    assert "记上了：西山村 会改联已完成，新增执委8名" in said
    assert "迟报" in said
    assert "已完成" not in await room.say("xing", "台账"), "what stands of another is not what was"
    room.pass_time(days=40)
    assert "记上了" not in await room.say("shi", "会改联完成了，新增执委8名")


async def test_a_list_from_the_last_evening_reminds_nobody_the_next_day(room: Room):
    room.set_clock(datetime(2027, 2, 9, 15, 50, tzinfo=UTC))
    assert "还有7个没报" in await room.say("zheng", "谁没报")
    room.pass_time(minutes=15)
    before = await room.count(tables.broadcast)
    assert (await room.say("zheng", "提醒")).startswith("现在没有正在进行的专项工作")
    assert await room.count(tables.broadcast) == before


@dataclass
class Held:
    """What `Api` wants of a land."""

    rt: Runtime
    units: dict[str, Unit | None]
    sources: itertools.count[int]


async def test_where_the_newest_campaign_asks_nothing_the_one_that_does_is_meant_everywhere(
    room: Room,
):
    await room.load("campaign", SOME)  # the three villages of 星溪乡
    await room.say("shi", "会改联完成了，新增执委9名")
    slow = await room.say("zheng", "石屯镇哪几个村慢")
    assert "松源村没报" in slow
    async with room.rt.read() as c:
        town = await units.by_code(c, "350725102")
        village = await units.by_code(c, "350725102001")
    assert town is not None
    about = await bulletin.campaign_of(room.rt, town, room.clock)
    assert about is not None
    assert "松源村" in await bulletin.table(room.rt, town, about, room.clock, room=600)
    table = await export_ledger.ask(
        room.rt,
        unit_code="350725102",
        campaign_code=None,
        indicator_codes=(),
        span=None,
        blank=True,
    )
    assert table.campaign.code == "hundred"
    api = Api(Held(room.rt, {"350725102001": village}, room.keys))  # type: ignore[arg-type]
    await api.hold("350725102001")
    said = await api.get("/units/350725102001/weekly")
    assert (said.status, said.body["campaign"]) == (200, "hundred")
    await room.say("dong", "新增执委12名")
    assert "各村合计12名" in await room.say("xing", "全乡新增执委30名")


async def test_a_reminder_of_one_campaign_does_not_use_up_that_of_another(room: Room):
    await room.load("campaign", SOME)
    for asked in ("谁没报", "谁没报 强基固本百日攻坚"):
        await room.say("zheng", asked)
        reminded = await room.say("zheng", "提醒 东山村")
        assert "只提醒没回的1人" in reminded, asked
        assert "今天已经提醒过1人" in await room.say("zheng", "提醒 东山村"), asked


async def test_reminding_elsewhere_shows_the_list_of_the_same_campaign_first(room: Room):
    await room.load("campaign", SOME)
    assert "走访0户" in await room.say(
        "dong", "走访没有"
    )  # which is all that the newest asks of her
    assert "石屯村、松源村" in await room.say("zheng", "谁没报 强基固本百日攻坚 石屯镇")
    assert "东山村" in await room.say("zheng", "提醒 星溪乡")
