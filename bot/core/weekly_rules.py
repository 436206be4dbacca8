"""What the weekly analysis concludes from figures: stalls, outliers, milestones missed, and whether there is news."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.core import forecast, ledger, weekly
from bot.core import progress as plans
from bot.core.forecast import Days
from bot.core.ledger import Share
from bot.core.model import Campaign, Indicator, IndicatorKind, Unit
from bot.core.weekly import Child, Figures, Odd, Row, Stone

Ints = npt.NDArray[np.int64]

# A median absolute deviation times this is the standard deviation of a normal distribution; of a mean
# absolute deviation, where more than half of the deviations are zero (Iglewicz and Hoaglin, 1993).
_MEDIAN_SCALE: Final = 1.4826
_MEAN_SCALE: Final = 1.2533
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Limits:
    """Stated thresholds, from `config/analysis.yaml`."""

    ahead: float
    behind: float
    stalled_weeks: int
    outlier_score: float
    outlier_gap: float
    outlier_least: int


@dataclass(frozen=True, slots=True)
class Course:
    """Totals of a unit at the end of each day of the campaign up to the day of the figures."""

    reported: Ints
    done: Ints
    value: Ints
    whole: Ints

    def at(self, day: int) -> Share:
        """The state at the end of the day with this number; nothing before the first."""
        if day < 0:
            return Share()
        return Share(
            int(self.reported[day]), int(self.done[day]), int(self.value[day]), int(self.whole[day])
        )


@dataclass(frozen=True, slots=True)
class Below:
    """What is known of a unit directly below; `moved`: the last day anything in it moved."""

    unit: Unit
    expected: int
    total: Share
    week: Share
    moved: date | None
    silent: int


def place(unit: Unit) -> weekly.Place:
    """A unit by code and name."""
    return weekly.Place(unit.code, unit.short, unit.display, int(unit.level))


def measure(indicator: Indicator) -> weekly.Measure:
    """An indicator by code and name."""
    return weekly.Measure(
        indicator.code,
        indicator.name,
        indicator.kind.value,
        indicator.unit_word,
        int(indicator.level),
        plans.counts(indicator),
    )


def row(
    campaign: Campaign,
    indicator: Indicator,
    course: Course,
    days: Days,
    *,
    expected: int,
    silent: int,
    published: Share | None,
    below: Sequence[Below],
    limits: Limits,
) -> Row:
    """Everything about one indicator of one unit. `published`: what the analysis before said of it."""
    today = days.upto
    last = len(days) - 1
    sunday = last - today.weekday() - 1
    total = course.at(last)
    week = total - course.at(sunday)
    leads = plans.counts(indicator)
    monday = today - timedelta(days=today.weekday())
    marks = (
        plans.planned(campaign, indicator, monday - timedelta(days=1)),
        plans.planned(campaign, indicator, today),
    )
    children = tuple(_child(campaign.starts, marks, one, today, limits) for one in below)
    return Row(
        measure(indicator),
        expected,
        total,
        week,
        Share() if published is None else course.at(sunday) - published,
        marks[1],
        light(marks, total=total, week=week, expected=expected, limits=limits),
        silent,
        ledger.due_day(campaign, indicator),
        None if leads else forecast.finish(course.done, expected, days),
        () if leads else stones(campaign, indicator, course.done, expected, days),
        odd(children, leads=leads, reporting=int(indicator.level), limits=limits),
        _history(course.value if leads else course.done, days),
        tuple(plans.plan_points(campaign, indicator)),
        children,
    )


Plans = tuple[float | None, float | None]
"""The fractions that plan wants at the end of last week and of today, the same for all units of an indicator."""


def light(
    marks: Plans, *, total: Share, week: Share, expected: int, limits: Limits
) -> plans.Light | None:
    """快于, 接近 or 滞后, as 进度 says it: whoever was behind at the end of last week is not ahead before this one ends."""
    if not expected:
        return None
    before, now = (
        plans.light(
            share.done / expected,
            mark,
            ahead=limits.ahead,
            behind=limits.behind,
            finished=share.done >= expected,
        )
        for share, mark in zip((total - week, total), marks, strict=True)
    )
    return plans.steady(now, before)


def _child(starts: date, marks: Plans, one: Below, today: date, limits: Limits) -> Child:
    since = max(one.moved or starts, starts)
    shown = light(marks, total=one.total, week=one.week, expected=one.expected, limits=limits)
    idle = (today - since).days // 7
    return Child(place(one.unit), one.expected, one.total, one.week, shown, idle, one.silent)


def _history(led: Ints, days: Days) -> tuple[tuple[date, int], ...]:
    """The end of each week up to the day of the figures, from the campaign's first day on."""
    last = len(days) - 1
    marks = sorted({0, *range(last, -1, -7)})
    return tuple((days.first + timedelta(at), int(led[at])) for at in marks)


def stones(
    campaign: Campaign, indicator: Indicator, done: Ints, expected: int, days: Days
) -> tuple[Stone, ...]:
    """The milestones whose day is over, or that are reached already."""
    found = []
    for one in sorted(campaign.milestones, key=lambda stone: stone.on):
        if one.indicator_ids and indicator.id not in one.indicator_ids:
            continue
        needed = plans.needed(one.fraction, expected)
        if needed <= 0:
            continue
        reached = None
        if done[-1] >= needed:
            short = np.flatnonzero(done < needed)
            reached = days.first + timedelta(int(short[-1]) + 1 if len(short) else 0)
        if reached is not None or one.on < days.upto:
            late = ((reached or days.upto) - one.on).days
            found.append(Stone(one.on, one.fraction, needed, reached, late))
    return tuple(found)


def compared(one: Row) -> list[Child]:
    """The children that add up others: who reports herself is done or not, neither slow nor at a standstill."""
    if one.measure.leads:
        return []
    return [child for child in one.children if child.place.level != one.measure.level]


def stalled(one: Row, limits: Limits) -> list[Child]:
    """The children that began, are not finished and have not moved for weeks; never of what is only counted.

    Who reports herself stands still only where there are steps to take.
    """
    stage = one.measure.kind == IndicatorKind.STAGE
    return [
        child
        for child in (one.children if stage else compared(one))
        if child.begun and not child.finished and child.idle >= limits.stalled_weeks
    ]


def zeros(one: Row) -> list[Child]:
    """The children in which nothing is done yet."""
    return [child for child in compared(one) if child.total.done == 0]


def behind(one: Row) -> list[Child]:
    """All children behind plan; none where the same are those in which nothing is done."""
    some = [child for child in compared(one) if child.light == plans.Light.BEHIND]
    return [] if some == zeros(one) else some


def undone(one: Row) -> list[Child]:
    """Who reports herself and is not through, where the whole is behind plan."""
    if one.measure.leads or one.light != plans.Light.BEHIND:
        return []
    return [
        child
        for child in one.children
        if child.place.level == one.measure.level and not child.finished
    ]


def odd(children: Sequence[Child], *, leads: bool, reporting: int, limits: Limits) -> Odd:
    """Children far from the median of all, in robust standard deviations; most being zero, of those that moved.

    Compared is the part done, of a count the mean of those that reported, of a ratio the ratio. Units that report themselves are
    done or not, and are not compared.
    """
    if leads:
        # Of a ratio its parts are compared; `whole` is zero for everything else.
        found = [
            (one, one.total.value / (one.total.whole or one.total.done))
            for one in children
            if one.total.done > 0
        ]
    else:
        found = [(one, one.total.done / one.expected) for one in children if one.expected > 0]
        found = [pair for pair in found if pair[0].place.level != reporting]
    zeros = sum(value == 0 for _, value in found)
    heavy = zeros * 2 > len(found)
    compared = [pair for pair in found if pair[1] > 0] if heavy else found
    told = zeros if heavy and len(found) >= limits.outlier_least else 0
    if len(compared) < limits.outlier_least:
        return Odd(zeros=told)
    values = [value for _, value in compared]
    middle = statistics.median(values)
    scale = _scale(values, middle)
    gap = limits.outlier_gap * (middle if leads else 1.0)
    edge = max(limits.outlier_score * scale, gap)
    if scale == 0:
        return Odd(middle=middle, zeros=told)
    low = tuple(one.place.code for one, value in compared if middle - value >= edge)
    high = tuple(one.place.code for one, value in compared if value - middle >= edge)
    return Odd(low, high, middle, told)


def _scale(values: Sequence[float], middle: float) -> float:
    away = [abs(value - middle) for value in values]
    return _MEDIAN_SCALE * statistics.median(away) or _MEAN_SCALE * statistics.fmean(away)


def missed(one: Row) -> list[Stone]:
    """Milestones whose day is over and that are not reached."""
    return [stone for stone in one.stones if stone.reached_on is None]


def late_this_week(one: Row, today: date) -> list[Stone]:
    """Milestones reached after their day, in the last seven days."""
    return [
        stone
        for stone in one.stones
        if stone.reached_on is not None and stone.days > 0 and stone.reached_on > today - _WEEK
    ]


def is_news(figures: Figures) -> bool:
    """Whether anything is new: moved, put right, missed this week, or waiting too long since this week.

    Of a campaign that has been over for a week only late figures are.
    """
    since = figures.as_of.date() - _WEEK
    if any(one.week or one.corrected for one in figures.rows):
        return True
    if figures.ends < since:
        return False
    missed_now = any(stone.on >= since for one in figures.rows for stone in missed(one))
    return bool(figures.newly_overdue) or missed_now
