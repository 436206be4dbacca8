"""台账: of a village what was said, when and by whom; of those above the sums; photos on a page of their own."""

from __future__ import annotations

import re

import sqlalchemy as sa
from starlette.applications import Starlette

from bot.actions import photo_page, photos
from bot.actions.opens import Opens
from bot.core import inbound
from bot.store import evidences, tables
from handlers import h5
from tests.chat.room import MONDAY, Room
from tests.chat.test_kinds import CAMPAIGN
from tests.ledger.test_analysis_seen import fetch

PNG = b"\x89PNG\r\n\x1a\n" + b"made up"


async def test_a_village_reads_what_stands_and_what_stood_before(room: Room):
    await room.say("dong", "会改联完成了，新增执委12名")
    await room.say("dong", "是11名")
    said = (await room.say("dong", "台账")).splitlines()
    assert said[:3] == [
        "东山村 会改联已完成（11月23日张小英报）",
        "新增执委11名（11月23日张小英报）",
        "之前：11月23日新增执委12名，张小英报",
    ]
    assert len("\n".join(said)) <= 120


async def test_who_said_it_before_is_told_to_the_level_above_and_no_further(room: Room):
    await room.say("xing", "东山村新增执委12名")
    await room.say("xing", "对")
    await room.say("dong", "新增执委13名")
    for who, by in (
        ("dong", r"星溪乡\S+代报"),
        ("xing", r"星溪乡\S+代报"),
        ("zheng", "星溪乡代报"),
    ):
        said = (await room.say(who, "台账 东山村")).splitlines()
        assert re.fullmatch(rf"之前：11月23日新增执委12名，{by}", said[2]), who
    assert "回“台账”加单位名" in await room.say("xing", "台账")


async def test_what_came_late_is_counted_beside_the_sum(room: Room):
    await room.say("dong", "会改联完成了")
    room.pass_time(days=70)
    await room.say("xi", "会改联完成了")
    assert "会改联 2/3（66.7%），迟报1" in await room.say("xing", "台账")
    assert "迟报）" in await room.say("xi", "台账")


async def test_the_township_sees_the_photos_and_nobody_else(room: Room):
    room.pass_time(minutes=1)
    await room.load("campaign", CAMPAIGN)
    await room.say("dong", "会改联完成了")
    await room.push("dong", inbound.Image("http://mmbiz.qpic.cn/a", "media-1"))
    async with room.rt.write() as c:
        [wanted] = await evidences.take(c, room.rt.now_ms(), lease_ms=1, limit=1)
        digest = bytes(32)
        await evidences.kept(c, wanted.id, sha256=digest, kind="png", size=len(PNG))
    file = photos.place(room.rt, f"{digest.hex()}.png")
    file.parent.mkdir(parents=True)
    file.write_bytes(PNG)
    said = await room.say("xing", "台账 东山村")
    assert "，照片1张" in said
    url = said.rpartition("看照片：")[2].splitlines()[0]
    assert "看照片" not in await room.say("dong", "台账"), "she has it herself"
    site = Starlette(routes=h5.routes(room.rt, Opens()))
    where = "/h5/photos/" + url.rpartition("/")[2]
    page, picture = await fetch(site, where), await fetch(site, f"{where}.1")
    assert "东山村妇联现场照片" in page.content.decode()
    assert "11月23日　会改联已完成" in page.content.decode()
    assert (picture.status, picture.content) == (200, PNG)
    weekly = where.replace("photos", "weekly")
    for wrong in (f"{where}.2", f"{where}.0", f"{where}.x", f"{where}a", weekly):
        assert (await fetch(site, wrong)).status == 404, wrong
    # Somebody else's address does not open for a unit that she does not see.
    unit = (await photo_page.opened(room.rt, where.rpartition("/")[2]))[0]
    async with room.rt.read() as c:
        stranger = await c.scalar(sa.select(tables.person.c.id).where(tables.person.c.key == "nan"))
    assert stranger
    other = photo_page.address(room.rt, unit, stranger, room.rt.now())
    assert (await fetch(site, "/h5/photos/" + other.rpartition("/")[2])).status == 404
    room.pass_time(days=8)
    assert (await fetch(site, where)).status == 404


async def test_a_campaign_that_is_over_is_asked_about_and_late_figures_are_not_lost(room: Room):
    await room.say("dong", "会改联完成了，新增执委12名")
    room.set_clock(MONDAY.replace(year=2027, month=2, day=10))  # the day after its end
    late = await room.say("xi", "会改联完成了，新增执委8名")
    assert "记上了：西山村 会改联已完成，新增执委8名" in late
    assert "记为迟报" in late
    assert "星溪乡 会改联 2/3（66.7%），迟报1" in await room.say("xing", "台账")
    assert "还差1个村" in await room.say("xing", "还差几个村")
    assert "会改联已完成2个村（社区）" in await room.say("xing", "材料")
    assert (await room.say("xing", "进度 会改联")).startswith("星溪乡 会改联 2/3（66.7%）")
    room.pass_time(days=400)
    assert "没有正在进行的专项工作" in await room.say("xi", "会改联完成了，新增执委8名")
