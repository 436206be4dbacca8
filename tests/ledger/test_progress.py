"""进度: lines, weeks, plan, who is missing, what one still owes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.actions import below, mend, progress
from bot.core import progress as rules
from bot.core.ledger import Share
from bot.core.model import Campaign, Indicator, IndicatorKind, Level, Milestone, ValueMode
from bot.core.progress import Light
from bot.store import expectations, tables
from tests.ledger.land import START, Land

REFORM = Indicator(
    1,
    1,
    "reform",
    "会改联",
    (),
    IndicatorKind.COMPLETION,
    Level.VILLAGE,
    "",
    ValueMode.TOTAL,
    (),
    None,
)


def campaign(*stones: tuple[int, float]) -> Campaign:
    return Campaign(
        1,
        "x",
        "x",
        "",
        START,
        START + timedelta(days=100),
        (REFORM,),
        tuple(
            Milestone(at, START + timedelta(days=day), part, (1,))
            for at, (day, part) in enumerate(stones)
        ),
    )


@pytest.mark.parametrize(
    ("stones", "day", "wanted"),
    [
        (((20, 0.4), (60, 1.0)), 0, 0.0),
        (((20, 0.4), (60, 1.0)), 10, 0.2),
        (((20, 0.4), (60, 1.0)), 20, 0.4),
        (((20, 0.4), (60, 1.0)), 40, 0.7),
        (((20, 0.4), (60, 1.0)), 99, 1.0),
        (((50, 0.5),), 75, 0.75),
        ((), 25, 0.25),
        ((), 200, 1.0),
        (((0, 0.5),), 50, 0.75),
    ],
)
def test_plan_runs_straight_between_the_milestones(stones, day: int, wanted: float):
    found = rules.planned(campaign(*stones), REFORM, START + timedelta(days=day))
    assert found == pytest.approx(wanted)


def test_before_the_start_there_is_no_plan():
    assert rules.planned(campaign(), REFORM, START - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("fraction", "plan", "light"),
    [
        (0.30, 0.25, Light.AHEAD),
        (0.29, 0.25, Light.NEAR),
        (0.20, 0.25, Light.NEAR),
        (0.19, 0.25, Light.BEHIND),
        (0.5, None, None),
    ],
)
def test_the_light_follows_the_stated_thresholds(fraction: float, plan, light):
    assert rules.light(fraction, plan, ahead=0.05, behind=0.05, finished=False) is light


def test_what_is_finished_is_never_behind():
    assert rules.light(1.0, 1.0, ahead=0.05, behind=0.05, finished=True) is Light.NEAR


async def of(land: Land, code: str, indicator: str, day: int, hour: int = 10) -> rules.Progress:
    return await progress.of(
        land.rt, land.units[code], land.indicator(indicator), land.at(day, hour)
    )


async def test_the_first_lines_are_those_of_the_contract(land: Land):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await land.say("c0t0v0", "members", 12, land.at(1))
    done, members = await of(land, "c0", "reform", 2), await of(land, "c0", "members", 2)
    assert progress.text(land.rt, done).splitlines()[0] == "c0 会改联 1/7（14.3%）"
    assert progress.text(land.rt, members).splitlines()[0] == "c0 新增执委 12（已报 1/7）"


async def test_then_come_change_plan_and_as_of(land: Land):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await land.say("c0t0v1", "reform", 1, land.at(8))
    said = progress.text(land.rt, await of(land, "c0", "reform", 9, 16)).splitlines()
    # 9 of 20 days to a third of 7 units: 1.05 planned, rounded up; 2 done.
    assert said[1:] == ["本周新增1个", "按计划应有2个，快于计划", "截至11月11日16时"]
    late = progress.text(land.rt, await of(land, "c0", "reform", 19)).splitlines()
    assert late[1:3] == ["本周没有变化", "按计划应有3个，接近计划"]


async def test_a_correction_downwards_shows_as_this_weeks_decrease(land: Land):
    await land.say("c0t0v0", "members", 12, land.at(1))
    claim = land.claim("c0t0v0", "members", 9)
    chair = land.people["c0t0v0"]
    await mend.correct(land.rt, chair, claim, source=land.source(), said_at=land.at(8))
    said = progress.text(land.rt, await of(land, "c0", "members", 9)).splitlines()
    assert said[1] == "本周减少3名"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "weeks"), [(6, 23, 59, (1, 0)), (7, 0, 0, (0, 1))]
)
async def test_a_week_begins_on_monday_midnight_in_shanghai(
    land: Land, day: int, hour: int, minute: int, weeks
):
    await land.say("c0t0v0", "reform", 1, land.at(day, hour, minute))
    first, second = await of(land, "c0", "reform", 6, 23), await of(land, "c0", "reform", 13, 23)
    assert (first.week.done, second.week.done) == weeks
    assert second.total == Share(1, 1, 1)


async def test_the_table_is_in_the_official_order_and_adds_up(land: Land):
    for code in ("c0t1v0", "c0v9", "c0t0v2"):
        await land.say(code, "reform", 1, land.at(1))
    table = await progress.children(land.rt, land.units["c0"], land.indicator("reform"), land.at(2))
    assert [one.unit.code for one in table] == ["c0t0", "c0t1", "c0v9"]
    whole = await of(land, "c0", "reform", 2)
    assert sum(one.done for one in table) == whole.done
    assert sum(one.expected for one in table) == whole.expected
    region = await progress.children(
        land.rt, land.units["c0"], land.indicator("region"), land.at(2)
    )
    assert [one.unit.code for one in region] == ["c0t0", "c0t1"]


async def test_missing_are_those_who_said_nothing_this_week_and_are_not_through(land: Land):
    assert land.campaign
    reform = land.indicator("reform")
    await land.say("c0t0v0", "reform", 1, land.at(1))  # through
    await land.say("c0t0v1", "reform", 0, land.at(8))  # not through, but said so this week
    await land.say("c0t1v0", "reform", 0, land.at(6, 23, 59))  # last week
    found = await progress.missing(
        land.rt, land.units["c0"], land.campaign, land.at(9), only=reform
    )
    names = [one.unit.code for one in found]
    assert names == ["c0t0v2", "c0t1v0", "c0t1v1", "c0t1v2", "c0v9"]
    before = await progress.missing(
        land.rt, land.units["c0t1"], land.campaign, land.at(6, 23, 59), only=reform
    )
    assert [one.unit.code for one in before] == ["c0t1v1", "c0t1v2"]


async def test_missing_names_what_each_unit_is_missing(land: Land):
    assert land.campaign
    await land.say("c0t0v0", "members", 0, land.at(1))
    await land.say("c0t0v0", "visits", 3, land.at(1))
    found = await progress.missing(land.rt, land.units["c0"], land.campaign, land.at(8))
    by_unit = {one.unit.code: [i.code for i in one.indicators] for one in found}
    assert by_unit["c0t0"] == ["region"]
    # A count that is known is not asked again, increments are asked every week.
    assert by_unit["c0t0v0"] == ["reform", "visits", "steps"]
    assert by_unit["c0t0v1"] == ["reform", "members", "visits", "steps"]


async def test_what_was_taken_back_is_missing_again(land: Land):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    chair = land.people["c0t0v0"]
    await mend.undo(land.rt, chair, source=land.source(), said_at=land.at(1, 11))
    assert land.campaign
    found = await progress.missing(
        land.rt, land.units["c0t0"], land.campaign, land.at(1, 12), only=land.indicator("reform")
    )
    assert "c0t0v0" in [one.unit.code for one in found]


async def test_owed_is_what_is_not_through_and_whether_this_week_was_silent(land: Land):
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await land.say("c0t0v0", "steps", 2, land.at(8))
    owed = await progress.owes(land.rt, land.units["c0t0v0"], land.at(9))
    assert [(one.indicator.code, one.week_silent) for one in owed] == [
        ("members", True),
        ("visits", True),
        ("steps", False),
    ]
    assert await progress.owes(land.rt, land.units["c0"], land.at(9)) == []
    over = START + timedelta(days=101)
    assert await progress.owes(land.rt, land.units["c0t0v0"], moment(land, over)) == []


def moment(land: Land, day: date):
    return land.rt.calendar.moment(day, 10)


async def test_who_was_behind_last_week_is_near_before_she_is_ahead(land: Land):
    # Nothing until the second Sunday (day 13): plan wants 0.22, so behind; then half of all in a day.
    for code in ("c0t0v0", "c0t0v1", "c0t0v2", "c0v9"):
        await land.say(code, "reform", 1, land.at(14))
    lights = [(await of(land, "c0", "reform", day)).light for day in (13, 14, 20, 21)]
    assert lights == [Light.BEHIND, Light.NEAR, Light.NEAR, Light.AHEAD]


async def test_the_table_of_a_level_farther_down_is_in_tree_order_with_a_limit(
    land: Land, monkeypatch
):
    await land.say("c0t1v0", "reform", 1, land.at(1))
    city = await of(land, "s", "reform", 2)
    table = await below.rows(land.rt, city, Level.VILLAGE)
    assert len(table) == 13
    assert [one.unit.code for one in table if one.done] == ["c0t1v0"]
    assert [one.unit.lo for one in table] == sorted(one.unit.lo for one in table)
    townships = await below.rows(land.rt, city, Level.TOWNSHIP)
    assert [one.unit.code for one in townships] == ["c0t0", "c0t1", "c1t0", "c1t1"]
    monkeypatch.setattr(below, "MOST", 12)
    with pytest.raises(below.TooMany) as refused:
        await below.rows(land.rt, city, Level.VILLAGE)
    assert (refused.value.count, refused.value.between.code) == (13, "c0")


async def test_what_is_drawn_is_the_figures_week_by_week(land: Land):
    assert land.campaign
    await land.say("c0t0v0", "reform", 1, land.at(1))
    await land.say("c0t0v1", "reform", 1, land.at(8))
    one = await of(land, "c0", "reform", 9)
    drawn = await progress.drawn(land.rt, one, land.campaign)
    assert drawn.history == [
        (START - timedelta(days=1), 0),
        (START + timedelta(days=6), 1),
        (START + timedelta(days=9), 2),
    ]
    assert drawn.plan[-1] == (START + timedelta(days=60), 1.0)


async def test_units_outside_the_indicators_list_are_not_expected(land: Land):
    reform = land.indicator("reform")
    async with land.rt.write() as c:
        of_list = tables.indicator.c.id == reform.id
        await c.execute(sa.update(tables.indicator).where(of_list).values(by_list=True))
        listed = {"indicator_id": reform.id, "unit_id": land.units["c0t0v0"].id}
        await c.execute(sa.insert(tables.indicator_unit), [listed])
        await expectations.prepare(c, [reform])
    for code, expected in (("c0t0v0", 1), ("c0t0v1", 0), ("c0t0", 1), ("c1", 0), ("s", 1)):
        assert (await of(land, code, "reform", 2)).expected == expected, code
    table = await progress.children(
        land.rt, land.units["c0t0"], land.indicator("reform"), land.at(2)
    )
    assert [one.unit.code for one in table] == ["c0t0v0"]
