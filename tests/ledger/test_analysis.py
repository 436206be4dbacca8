"""The weekly analysis: what it says, to whom, once, and never changed."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa

from bot.actions import analyse, difficulty, mend, publish
from bot.core import period
from bot.core.ledger import Share
from bot.store import analyses, tables
from schedules import timetable
from tests.ledger import land as lands
from tests.ledger import weeks
from tests.ledger.land import Land


async def test_the_text_leads_with_the_answer_and_says_what_hurts_first(land: Land):
    for code in ("c0t0v0", "c0t0v1", "c0t0v2"):
        await land.say(code, "reform", 1, land.at(1))
    await land.say("c0t1v0", "reform", 1, land.at(16))
    await land.say("c0t1v0", "members", 9, land.at(16))
    await difficulty.raise_(land.rt, land.people["c0t1v1"], "没有经费", land.at(8))
    shown = await weeks.today(land, "c0", weeks.friday(land, 2))
    assert shown.text.splitlines() == [
        "c0百日攻坚周报（11月16日至11月20日16时）：乡镇区域化 0/2（0.0%）滞后计划，会改联 4/7（57.1%）快于计划，新增执委 9名（已报 1/7），走访 都还没报（0/7），选举 0/7（0.0%）滞后计划。",
        "选举2个乡镇（街道）的完成数都还是零。",
        "乡镇区域化2个乡镇（街道）都没有完成。",
        "选举没有完成的有1个村（社区）：c0v9。",
        "会改联本周新增1个，累计4个，按计划应有3个，多1个。",
        "新增执委本周新增9名。",
        "会改联报数还少，先不推算哪天完成。",
        "乡镇区域化、走访、选举本周没有变化。",
        "乡镇区域化本周2个乡镇（街道）都没报。",
        "会改联本周没报3个：c0t1 2个、c0v9。",
        "新增执委本周没报6个：c0t0 3个、c0t1 2个、c0v9。",
        "走访、选举本周7个村（社区）都没报。",
        "困难1件没有答复（1件过期）。",
    ]


async def test_names_go_no_further_than_the_level_directly_above(land: Land):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    for code, seen in (("c0t0", True), ("c0", False), ("s", False), ("0", False)):
        shown = await weeks.today(land, code, weeks.friday(land, 1))
        told = shown.text + str(analyse.SENTENCES.dump_json(shown.sentences))
        assert ("c0t0v1" in told) is seen, code


async def test_nothing_new_is_not_published_and_not_sent(land: Land):
    await lands.register(land, "0", "s", "c0", "c1", "c0t0", "c0t0v0")
    assert await weeks.run(land, 0) == "0 analyses to 0 leaders"
    await land.say("c0t0v0", "reform", 1, land.at(8))
    assert await weeks.run(land, 1) == "4 analyses to 3 leaders"
    assert sorted(code for code, _ in await weeks.letters(land)) == ["0", "c0", "s"]
    assert await weeks.kept(land, "c1") is None
    assert await weeks.run(land, 1) is None
    assert len(await weeks.letters(land)) == 3


async def test_what_hurts_since_this_week_is_news_although_nothing_moved(land: Land):
    await lands.register(land, "c0")
    await difficulty.raise_(land.rt, land.people["c0t1v1"], "没有经费", land.at(8))
    assert not (await weeks.today(land, "c0", weeks.friday(land, 1))).news
    assert (await weeks.today(land, "c0", weeks.friday(land, 2))).news
    # A milestone on Sunday of the third week that nobody reached: news on the Friday after.
    assert (await weeks.today(land, "c1", weeks.friday(land, 3))).news
    assert not (await weeks.today(land, "c1", weeks.friday(land, 4))).news


async def test_a_published_analysis_never_changes_and_what_comes_later_is_the_next_ones_correction(
    land: Land,
):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await land.say("c0t0v0", "members", 8, land.at(1))
    await weeks.run(land, 0)
    first = await weeks.kept(land, "c0")
    await land.say("c0t0v1", "reform", 1, land.at(5))  # on Saturday
    claim = land.claim("c0t0v0", "members", 11)
    chair = land.people["c0t0v0"]
    await mend.correct(land.rt, chair, claim, source=land.source(), said_at=land.at(6))
    await land.say("c0t0v2", "reform", 1, land.at(8))
    assert await weeks.kept(land, "c0") == first
    await weeks.run(land, 1)
    second = await weeks.kept(land, "c0")
    assert await weeks.kept(land, "c0", "2026-W45") == first
    assert first
    assert second
    row = second.figures.rows[1]
    assert (row.total.done, row.week.done, row.corrected) == (3, 1, Share(1, 1, 1))
    assert "上周之后的更正：会改联增加1个，新增执委增加3名。" in second.text.splitlines()
    before = {one.measure.code: one.total for one in first.figures.rows}
    for one in second.figures.rows:
        assert before[one.measure.code] + one.corrected + one.week == one.total


async def test_weeks_without_an_analysis_are_not_lost(land: Land):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await weeks.run(land, 0)
    await land.say("c0t0v1", "reform", 1, land.at(9))  # nobody published that week
    await land.say("c0t0v2", "reform", 1, land.at(15))
    await weeks.run(land, 2)
    shown = await weeks.kept(land, "c0")
    assert shown
    row = shown.figures.rows[1]
    assert (row.corrected.done, row.week.done, row.total.done) == (1, 1, 3)


async def test_a_killed_clock_leaves_nothing_half_done_and_nothing_doubled(land: Land, monkeypatch):
    await lands.register(land, "0", "p", "s", "c0", "c1")
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await land.say("c1t0v0", "reform", 1, land.at(1))
    monkeypatch.setattr(publish, "SLICE", 2)
    real, calls = analyses.add, []

    async def killed(c, some, *, now_ms) -> dict[int, int]:
        done = await real(c, some, now_ms=now_ms)
        calls.append(len(some))
        if len(calls) == 2:
            raise RuntimeError("killed")
        return done

    monkeypatch.setattr(analyses, "add", killed)
    with pytest.raises(RuntimeError):
        await weeks.run(land, 0)
    assert len(await weeks.letters(land)) == 2  # the first transaction stands, the second is gone
    monkeypatch.setattr(analyses, "add", real)
    assert await weeks.run(land, 0) == "5 analyses to 5 leaders"
    assert sorted(code for code, _ in await weeks.letters(land)) == ["0", "c0", "c1", "p", "s"]
    assert await weeks.run(land, 0) is None


async def test_two_clocks_at_once_publish_once(land: Land):
    await lands.register(land, "0", "s", "c0")
    await land.say("c0t0v0", "reform", 1, land.at(1))
    due = weeks.friday(land, 0)
    with land.rt.at(due):
        done = await asyncio.gather(
            *(timetable.run_once(land.rt, weeks.JOB, due) for _ in range(2))
        )
    assert sorted(done, key=str) == ["4 analyses to 3 leaders", None]
    assert sorted(code for code, _ in await weeks.letters(land)) == ["0", "c0", "s"]


async def test_letters_of_a_run_made_up_for_wait_for_the_morning(land: Land):
    land.rt.quiet = period.QuietHours.read("21:00-08:00")
    await lands.register(land, "c0")
    await land.say("c0t0v0", "reform", 1, land.at(1))
    with land.rt.at(land.at(5, 3)):  # on Saturday night
        await timetable.run_once(land.rt, weeks.JOB, weeks.friday(land, 0))
    async with land.rt.read() as c:
        at = await c.scalar(sa.select(tables.outbox.c.not_before_ms))
    assert period.at(at or 0) == land.at(7, 8)


async def test_a_campaign_that_ended_on_wednesday_gets_its_last_analysis(land: Land):
    async with land.rt.write() as c:
        last = (land.at(2)).date().isoformat()
        await c.execute(sa.update(tables.campaign).values(ends_on=last))
    await land.say("c0t0v0", "reform", 1, land.at(1))
    assert await weeks.run(land, 0) == "4 analyses to 0 leaders"
    assert await weeks.run(land, 1) == "0 analyses to 0 leaders"


async def test_late_figures_of_a_campaign_that_is_over_come_on_the_friday_after_them(land: Land):
    await lands.register(land, "c0")
    await land.say("c0t0v0", "reform", 1, land.at(1))
    async with land.rt.write() as c:
        await c.execute(sa.update(tables.campaign).values(ends_on=land.at(6).date().isoformat()))
    assert await weeks.run(land, 0) == "4 analyses to 1 leaders"
    await land.say("c0t0v1", "reform", 1, land.at(5, 20))  # on Saturday, while it still ran
    assert await weeks.run(land, 1) == "4 analyses to 1 leaders"
    assert await weeks.run(land, 2) == "0 analyses to 0 leaders"
    await land.say("c0t0v2", "reform", 1, land.at(22))
    assert await weeks.run(land, 3) == "4 analyses to 1 leaders"
    letters = [text for _, text in await weeks.letters(land)]
    assert [text.partition("会改联 ")[2][:3] for text in letters] == ["1/7", "2/7", "3/7"]
    assert await weeks.run(land, 4) == "0 analyses to 0 leaders"


async def test_what_a_campaign_missed_on_its_last_day_is_told_the_friday_after(land: Land):
    await lands.register(land, "c0")
    async with land.rt.write() as c:
        sunday = land.at(6).date().isoformat()
        await c.execute(sa.update(tables.campaign).values(ends_on=sunday))
        last = sa.select(sa.func.max(tables.milestone.c.on_day)).scalar_subquery()
        stone = tables.milestone.c
        await c.execute(
            sa.update(tables.milestone).where(stone.on_day == last).values(on_day=sunday)
        )
    assert await weeks.run(land, 0) == "0 analyses to 0 leaders"
    assert (await weeks.run(land, 1) or "").endswith("to 1 leaders")
    assert "过了5天还差" in (await weeks.letters(land))[-1][1]
    assert await weeks.run(land, 2) == "0 analyses to 0 leaders"
