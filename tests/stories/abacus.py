"""A campaign counted apart from the program: from what was said and the files alone, in the plainest way."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import NormalDist
from typing import Any

from tests.stories.federation import Federation

Indicator = Mapping[str, Any]
"""An indicator as the campaign's file has it."""
AHEAD = BEHIND = 0.05  # the office's thresholds, written down here a second time on purpose


@dataclass(frozen=True)
class Said:
    """A value somebody gave at `at`; it reached us at `heard`."""

    unit: str
    indicator: str
    value: int
    at: datetime
    heard: datetime


@dataclass(frozen=True)
class Count:
    """Of the units asked: how many said anything, how many are done, what it comes to."""

    reported: int
    done: int
    value: int

    def less(self, other: Count) -> Count:
        return Count(
            self.reported - other.reported, self.done - other.done, self.value - other.value
        )


@dataclass
class Abacus:
    """`said` in any order; `is_workday` is the office's calendar."""

    of: Federation
    campaign: Mapping[str, Any]
    is_workday: Callable[[date], bool]
    said: list[Said] = field(default_factory=list)

    def indicators(self, scope: str) -> list[Indicator]:
        """Those that expect anything in `scope`."""
        return [one for one in self.campaign["indicators"] if self.expected(one, scope)]

    @cached_property
    def _asked(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        covered = {code for unit in self.campaign["units"] for code in self.of.inside(unit)}
        for one in self.campaign["indicators"]:
            listed = one.get("reference", "all")
            for unit in self.of.units.values():
                wanted = listed == "all" or unit.code in listed
                if wanted and unit.level == one["level"] and unit.code in covered:
                    for code in self.of.above(unit.code):
                        found[one["code"], code].append(unit.code)
        return found

    def expected(self, one: Indicator, scope: str) -> list[str]:
        """Who is asked for it in `scope`."""
        return self._asked.get((one["code"], scope), [])

    def held(self, one: Indicator, upto: date, known: datetime) -> dict[str, Said]:
        """What each unit's newest word was at the end of `upto`, of what had reached us by `known`."""
        found: dict[str, Said] = {}
        for said in sorted(self.said, key=lambda said: said.at):
            if said.indicator == one["code"] and said.at.date() <= upto and said.heard <= known:
                found[said.unit] = said
        return found

    def count(self, one: Indicator, scope: str, held: Mapping[str, Said]) -> Count:
        """The figures of `scope`; of a count, whoever reported is done."""
        values = [held[code].value for code in self.expected(one, scope) if code in held]
        least = 1 if one["kind"] == "completion" else 0
        return Count(len(values), sum(value >= least for value in values), sum(values))

    def missing(
        self, one: Indicator, scope: str, held: Mapping[str, Said], monday: date
    ) -> list[str]:
        """Who said nothing since Monday and still owes it: a thing done, a number given is never asked again."""
        return [
            code
            for code in self.expected(one, scope)
            if code != scope
            and not (
                code in held
                and (
                    held[code].at.date() >= monday
                    or one["kind"] == "count"
                    or held[code].value == 1
                )
            )
        ]

    def planned(self, one: Indicator, day: date) -> float | None:
        """Straight lines from nothing at the start through the milestones to everything at the end."""
        starts, ends = self.of.day(self.campaign["start"]), self.of.day(self.campaign["end"])
        if day < starts:
            return None
        corners = {starts: 0.0, ends: 1.0}
        for stone in self.campaign["milestones"]:
            if one["code"] in stone.get("indicators", [one["code"]]):
                corners[self.of.day(stone["date"])] = fraction(stone["fraction"])
        corner_days = sorted(corners)
        for left, right in pairwise(corner_days):
            if left <= day < right:
                part = (day - left).days / (right - left).days
                return corners[left] + part * (corners[right] - corners[left])
        return 1.0

    def light(
        self, one: Indicator, scope: str, now: Count, sunday: Count, today: date
    ) -> str | None:
        """ahead, near or behind; whoever was behind on Sunday is not ahead before the next one."""
        before = self._plainly(one, scope, sunday, today - timedelta(days=today.weekday() + 1))
        light = self._plainly(one, scope, now, today)
        return "near" if light == "ahead" and before == "behind" else light

    def _plainly(self, one: Indicator, scope: str, count: Count, day: date) -> str | None:
        plan, of = self.planned(one, day), len(self.expected(one, scope))
        if plan is None:
            return None
        off = round(count.done / of - plan, 6)
        if off >= AHEAD:
            return "ahead"
        return "behind" if off < -BEHIND and count.done < of else "near"

    def course(self, one: Indicator, scope: str, upto: date, known: datetime) -> list[int]:
        """How many were done at the end of each day of the campaign up to this one."""
        changes: dict[date, int] = defaultdict(int)
        inside, done = set(self.expected(one, scope)), dict[str, bool]()
        starts = self.of.day(self.campaign["start"])
        for said in sorted(self.said, key=lambda said: said.at):
            if said.indicator == one["code"] and said.unit in inside and said.heard <= known:
                is_done = said.value >= 1
                changes[max(starts, said.at.date())] += is_done - done.get(said.unit, False)
                done[said.unit] = is_done
        total, found = 0, []
        for day in days(starts, upto):
            total += changes[day]
            found.append(total)
        return found

    def forecast(self, one: Indicator, scope: str, upto: date, known: datetime) -> tuple[Any, ...]:
        """(what can be said, when all were done, earliest, likely, latest) as docs/analysis.md tells it."""
        of, starts = len(self.expected(one, scope)), self.of.day(self.campaign["start"])
        course = self.course(one, scope, upto, known)
        if course[-1] >= of:
            at = max((n for n, done in enumerate(course) if done < of), default=-1) + 1
            return ("done", starts + timedelta(at), None, None, None)
        work = [1.0 if self.is_workday(day) else 0.25 for day in days(starts, upto)]
        weeks = list(_weeks(course, work))
        if of < 5 or len(weeks) < 2:
            return ("too_early", None, None, None, None)
        if weeks[0].made == 0 and weeks[1].made == 0:
            return ("stalled", None, None, None, None)
        if len(weeks) < 3 or sum(week.made > 0 for week in weeks) < 2:
            return ("too_early", None, None, None, None)
        ends = sorted(_ends(weeks, float(course[-1]), float(of), self._future(upto)))
        found: list[date | None] = []
        for part in (0.1, 0.5, 0.9):
            weight = 0.0
            for ahead, more in ends:  # noqa: B007
                weight += more
                if weight >= part - 1e-12:
                    break
            found.append(upto + timedelta(ahead) if ahead <= 366 else None)
        return ("open", None, *found)

    def _future(self, upto: date) -> list[float]:
        """The work that lies between today and each day of the next year."""
        found = [0.0]
        for day in days(upto + timedelta(1), upto + timedelta(366)):
            found.append(found[-1] + (1.0 if self.is_workday(day) else 0.25))
        return found


@dataclass(frozen=True)
class _Week:
    """One week of a course: what was done, its work, done before and after; work since the first movement."""

    made: float
    work: float
    low: float
    high: float
    since: float
    begun: float


def _weeks(course: Sequence[int], work: Sequence[float]) -> Iterator[_Week]:
    """Back from today, newest first, to the one of the first movement; weeks off are passed over."""
    first = next((at for at, done in enumerate(course) if done > 0), None)
    if first is None:
        return
    origin, end = max(0, first - 1), len(course)
    while end - 7 >= max(0, first - 3):
        low = course[end - 8] if end > 7 else 0
        here = sum(work[end - 7 : end])
        middle = sum(work[origin:end]) - here / 2
        if here >= 2.5:
            made = max(0, course[end - 1] - low)
            yield _Week(made, here, low, course[end - 1], max(1.0, middle), sum(work[origin:]))
        end -= 7


def _ends(
    weeks: Sequence[_Week], done: float, of: float, future: Sequence[float]
) -> Iterator[tuple[int, float]]:
    """(days ahead, weight) of each of the five ways at 41 equally likely paces."""
    left = of - done
    ways: list[tuple[float, Callable[[_Week], float], Callable[[float], float]]] = [
        (1.0, lambda _: 1.0, lambda pace: left / pace),
        (
            0.3,
            lambda week: max(0.0, of - (week.low + week.high) / 2) / of,
            lambda pace: of * math.log(max(left, 0.6) / 0.5) / pace,
        ),
        (
            1.0,
            lambda week: (
                (week.low + week.high) / 2 * (of - (week.low + week.high) / 2) / of**2 + 1e-9
            ),
            lambda pace: of * math.log((of - 0.5) / 0.5 * left / max(done, 0.5)) / pace,
        ),
        (
            1.0,
            lambda week: week.since / week.begun,
            lambda pace: (
                math.sqrt(weeks[0].begun ** 2 + 2 * left * weeks[0].begun / pace) - weeks[0].begun
            ),
        ),
        (
            1.0,
            lambda week: (week.low + week.high) / 2 / of + 0.02,
            lambda pace: of * math.log(1.02 / (done / of + 0.02)) / pace,
        ),
    ]
    fit, fade = [0.95**age for age in range(len(weeks))], [0.8**age for age in range(len(weeks))]
    found = []
    for prior, shape, time in ways:
        would = [shape(week) * week.work for week in weeks]
        pace = sum(week.made * part for week, part in zip(weeks, fade, strict=True))
        pace = max(1e-9, pace / sum(one * part for one, part in zip(would, fade, strict=True)))
        off = [
            math.log((week.made + 0.5) / (one * pace + 0.5))
            for week, one in zip(weeks, would, strict=True)
        ]
        spread = sum(part * one**2 for part, one in zip(fit, off, strict=True)) / sum(fit)
        weight = prior * (spread + 0.04) ** (-0.5 * _telling(fit))
        ahead = max(1.0, time(pace) / 5)
        sigma = math.sqrt((spread + 0.01) * (1 / _telling(fade) + 1 / ahead) + 0.0625)
        found.append((weight, pace, sigma, time))
    total = sum(weight for weight, *_ in found)
    for weight, pace, sigma, time in found:
        for at in range(41):
            z = NormalDist().inv_cdf((at + 0.5) / 41)
            work = max(0.3, time(pace * math.exp(sigma * z)))
            day = next((n for n, there in enumerate(future) if there >= work), len(future))
            yield day, weight / total / 41


def _telling(weights: Sequence[float]) -> float:
    return sum(weights) ** 2 / sum(weight**2 for weight in weights)


def days(first: date, last: date) -> Iterator[date]:
    """Each day from the first to the last."""
    while first <= last:
        yield first
        first += timedelta(1)


def fraction(written: object) -> float:
    """`1/3` or a number."""
    above, _, below = str(written).partition("/")
    return float(above) / float(below or 1)
