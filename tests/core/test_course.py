"""Weeks of a course, milestones by days, the way back from behind, and answers to the point."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import course, pointed, wording
from bot.core import progress as rules
from bot.core.ledger import Share
from bot.core.model import (
    Campaign,
    Indicator,
    IndicatorKind,
    Level,
    Milestone,
    Unit,
    UnitKind,
    ValueMode,
)
from bot.core.progress import Light, Progress
from config import words

START = date(2026, 11, 4)  # a Wednesday
WORDS = wording.Words(words.load())
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
CAMPAIGN = Campaign(
    1,
    "x",
    "x",
    "",
    START,
    START + timedelta(days=100),
    (REFORM,),
    (Milestone(1, START + timedelta(days=20), 1 / 3, (1,)),),
)
COUNTY = Unit(1, "c", "政和县", "政和县妇联", "政和县", Level.COUNTY, UnitKind.REGIONAL, None, 0, 9)


def day(after: int) -> date:
    return START + timedelta(days=after)


def done(*days_and_units: tuple[int, int]) -> list[tuple[date, Share]]:
    return [(day(after), Share(units, units, units)) for after, units in days_and_units]


def test_weeks_end_on_sundays_and_the_last_on_the_day_looked_at():
    found = course.weeks(CAMPAIGN, REFORM, done((-3, 1), (4, 2), (5, 3), (19, 4)), day(20))
    assert [(week.ends, week.total.done, week.change.done) for week in found] == [
        (date(2026, 11, 8), 3, 3),  # what came before the start counts in the first week
        (date(2026, 11, 15), 6, 3),
        (date(2026, 11, 22), 6, 0),
        (date(2026, 11, 24), 10, 4),
    ]
    assert found[-1].planned == pytest.approx(1 / 3)


def test_before_the_start_there_is_one_week():
    (week,) = course.weeks(CAMPAIGN, REFORM, done((-9, 1)), day(-2))
    assert (week.ends, week.total.done, week.planned) == (day(-2), 1, None)


@pytest.mark.parametrize(
    ("changes", "upto", "reached", "late"),
    [
        (done((3, 42)), 19, None, 0),
        (done((3, 42)), 20, None, 0),  # its day is not over
        (done((3, 42)), 23, None, 3),
        (done((3, 42), (20, 1)), 30, 20, 0),
        (done((3, 42), (22, 1)), 30, 22, 2),
        (done((3, 43), (10, -1)), 30, None, 10),  # reached and lost
        (done((3, 43), (10, -1), (25, 5)), 30, 25, 5),
    ],
)
def test_a_milestone_is_reached_or_late_by_days(changes, upto: int, reached, late: int):
    (stone,) = course.stones(CAMPAIGN, REFORM, 129, changes, day(upto))
    assert stone.target == 43
    assert (stone.reached_on, stone.late) == (None if reached is None else day(reached), late)


def test_nobody_expected_means_no_milestone():
    assert course.stones(CAMPAIGN, REFORM, 0, [], day(30)) == []


def test_the_way_back_from_behind_leads_through_near():
    assert rules.steady(Light.AHEAD, Light.BEHIND) is Light.NEAR
    assert rules.steady(Light.AHEAD, Light.NEAR) is Light.AHEAD
    assert rules.steady(Light.BEHIND, Light.AHEAD) is Light.BEHIND
    assert rules.steady(Light.AHEAD, None) is Light.AHEAD


def one(units: int, planned: float, light: Light, expected: int = 10) -> Progress:
    share = Share(units, units, units)
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    return Progress(COUNTY, REFORM, at, expected, share, Share(), planned, light)


def test_what_is_left_is_said_behind_the_first_line():
    assert pointed.left(WORDS, one(4, 0.3, Light.AHEAD)) == "政和县 会改联 4/10（40.0%），还差6个村"
    assert pointed.left(WORDS, one(10, 0.3, Light.AHEAD)).endswith("（100.0%），全部完成了")


@pytest.mark.parametrize(
    ("units", "planned", "light", "end"),
    [
        (3, 0.21, Light.NEAR, "接近计划，正好是计划的3个"),  # 2.1 is rounded up
        (1, 0.25, Light.BEHIND, "滞后计划，按计划应有3个，差2个"),
        (5, 0.25, Light.AHEAD, "快于计划，按计划应有3个，多2个"),
    ],
)
def test_who_has_the_target_is_not_behind_and_the_difference_is_said(units, planned, light, end):
    assert pointed.plan(WORDS, one(units, planned, light)).endswith(end)


def test_this_week_is_compared_with_the_same_days_of_last_week():
    today = date(2026, 11, 18)  # a Wednesday
    changes = [
        (date(2026, 11, 9), Share(1, 1, 1)),
        (date(2026, 11, 13), Share(5, 5, 5)),  # the Friday does not count
        (date(2026, 11, 17), Share(2, 2, 2)),
    ]
    said = pointed.trend(WORDS, one(8, 0.3, Light.AHEAD), changes, today)
    assert said.endswith("本周到现在新增2个，上周同期1个，比上周快")


def test_missed_milestones_are_said_with_their_days_and_then_the_next():
    late = course.Stone(day(20), 1 / 3, 4, None, 3)
    coming = course.Stone(day(60), 1.0, 10, None, 0)
    said = pointed.stones(WORDS, one(2, 0.4, Light.BEHIND), [late, coming], day(23))
    assert said == [
        "11月24日应有4个，过了3天，还差2个",
        "下一个节点1月3日应有10个，还差8个",
    ]
