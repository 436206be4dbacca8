"""The forecast of the finishing day: honest intervals, an early finish seen in time, silence where nothing follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from bot.bench import forecast as bench
from bot.core import forecast
from bot.core.forecast import Days, Outlook, Standing

MONDAY = date(2017, 5, 15)
FINISH = date(2017, 7, 31)  # the seeds' year: due on 31 August, all done a month before


def plain(day: date) -> bool:
    return day.isoweekday() <= 5


def said(done: list[int], expected: int, first: date = MONDAY, work=plain) -> Outlook:
    upto = first + timedelta(len(done) - 1)
    return forecast.finish(done, expected, Days(first, upto, work))


def weekly(*made: int) -> list[int]:
    """Cumulated days of weeks in which `made` were done, all on Fridays."""
    days = [0 if day != 4 else one for one in made for day in range(7)]
    return [int(one) for one in np.cumsum(days)]


def test_the_interval_holds_the_day_as_often_as_it_says():
    result = bench.measure(campaigns=15, seed=20261123)
    assert result.reached(), result.table()
    assert min(side.coverage for side in result.sides.values()) > 0.5, result.table()


@pytest.mark.parametrize("units", [129, 1841])
@pytest.mark.parametrize("way", [lambda t: t, lambda t: t**1.6, lambda t: t * t * (3 - 2 * t)])
def test_the_early_finish_of_the_seeds_year_is_seen_in_time(
    units: int, way: Callable[[float], float]
):
    length = (FINISH - MONDAY).days
    course = [int(units * way(min(1.0, day / length))) for day in range(length + 1)]
    for friday in (date(2017, 7, 7), date(2017, 7, 14)):
        one = said(course[: (friday - MONDAY).days + 1], units)
        assert one.earliest
        assert one.likely
        assert one.latest
        assert one.earliest <= FINISH <= one.latest
        assert one.likely < date(2017, 8, 31)
    assert said(course, units) == Outlook(Standing.DONE, done_on=FINISH)


def test_too_few_weeks_or_units_say_nothing_yet():
    assert said([0] * 40, 100).standing is Standing.TOO_EARLY
    assert said(weekly(5, 5), 100).standing is Standing.TOO_EARLY
    assert said(weekly(0, 0, 0, 9), 100).standing is Standing.TOO_EARLY
    assert said(weekly(1, 1, 1), 4).standing is Standing.TOO_EARLY
    assert said(weekly(5, 5, 5, 5), 100).standing is Standing.OPEN


def test_two_weeks_without_movement_are_a_stall_and_one_is_not():
    assert said(weekly(9, 9, 9, 0), 100).standing is Standing.OPEN
    assert said(weekly(9, 9, 9, 0, 0), 100).standing is Standing.STALLED
    assert said(weekly(9, 0, 0), 100).standing is Standing.STALLED


def test_weeks_off_are_no_stall():
    off = [MONDAY + timedelta(day) for day in range(28, 42)]
    one = said(weekly(9, 9, 9, 9, 0, 0), 100, work=lambda day: plain(day) and day not in off)
    assert one.standing is Standing.OPEN


def test_an_even_course_is_drawn_on():
    one = said(weekly(*[10] * 6), 100)
    assert one.likely
    assert one.earliest
    assert one.latest
    assert abs((one.likely - (MONDAY + timedelta(69))).days) <= 4
    assert one.earliest < one.likely < one.latest


def test_done_is_done_on_the_day_it_was_and_a_later_loss_reopens_it():
    course = weekly(40, 40, 20, 0)
    assert said(course, 100) == Outlook(Standing.DONE, done_on=MONDAY + timedelta(18))
    lost = said([*course, 99], 100)
    assert lost.standing is Standing.OPEN
    assert said([*course, 99, 100], 100).done_on == MONDAY + timedelta(29)


def test_what_goes_on_at_a_crawl_has_no_date():
    one = said(weekly(*[1] * 8), 5000)
    assert one.standing is Standing.OPEN
    assert one.likely is None
    assert one.latest is None


def test_the_same_weeks_give_the_same_answer():
    assert said(weekly(3, 8, 2, 6), 60) == said(weekly(3, 8, 2, 6), 60)
