"""The panel with the plan's line, the real one and the forecast over the weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.core import chart_parts as parts
from bot.core import progress as rules
from bot.core import svg, wording
from bot.core.chart_parts import PLAN, REAL, Panel
from bot.core.model import IndicatorKind
from bot.core.progress import Progress

_TOP, _BOTTOM, _LEFT, _RIGHT = 128.0, 308.0, 58.0, 340.0
_BEYOND: Final = 1.5  # a forecast is drawn to one and a half times the campaign's length at most


@dataclass(frozen=True, slots=True)
class Finish:
    """When all will be done: most likely, and the ends of the interval."""

    early: date
    likely: date
    late: date


@dataclass(frozen=True, slots=True)
class Course:
    """How it went and should go from `starts` to `ends`.

    `history`: units done, the sum of a count, or the percentage of a ratio, at the end of a day, ascending.
    `plan`: the corners of the plan's line as fractions of the units expected; not drawn for a count.
    """

    starts: date
    ends: date
    history: Sequence[tuple[date, int]]
    plan: Sequence[tuple[date, float]]
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and values to places of the picture."""

    starts: date
    days: int
    most: float

    def at(self, day: date, value: float) -> svg.Point:
        along = min(max((day - self.starts).days / self.days, 0.0), 1.0)
        up = min(max(value / self.most, 0.0), 1.0)
        return _LEFT + along * (_RIGHT - _LEFT), _BOTTOM - up * (_BOTTOM - _TOP)


def panel(words: wording.Words, one: Progress, course: Course, local: datetime) -> Panel:
    """The head with the figures, the lines, and what they are."""
    scale = _scale(one, course)
    body = [*_head(words, one), *_grid(words, one, course, scale)]
    if not rules.counts(one.indicator):
        body += _plan(course, scale)
        body += _forecast(one, course, scale)
    body += _real(course, scale)
    body += _legend(words, one, course, local)
    height = 380.0
    if course.finish and not rules.counts(one.indicator):
        body.append(svg.text((parts.LEFT, 392), _finish(words, course.finish), size=15))
        height = 410.0
    return Panel(body, height)


def _scale(one: Progress, course: Course) -> _Scale:
    ends = course.ends
    if course.finish:
        ends = max(ends, course.finish.late)
    whole = max(1, (course.ends - course.starts).days)
    most = float(max(one.expected, 1))
    if rules.counts(one.indicator):
        most = _round(max([value for _, value in course.history] or [0]))
    if one.indicator.kind is IndicatorKind.RATIO:
        most = 100.0  # its curve is the percentage
    return _Scale(course.starts, min((ends - course.starts).days, int(whole * _BEYOND)) or 1, most)


def _round(value: int) -> float:
    """The next round number whose half is a whole one too."""
    step = 1
    while True:
        for lead in (2, 4, 6, 10, 14):
            if lead * step >= value:
                return float(lead * step)
        step *= 10


def _head(words: wording.Words, one: Progress) -> list[str]:
    counting = rules.counts(one.indicator)
    figure = rules.figure(one.indicator, one.total) if counting else f"{one.done}/{one.expected}"
    beside = (
        words.say("chart.reported", reported=one.reported, expected=one.expected)
        if counting
        else wording.percent(one.done, one.expected)
    )
    if one.indicator.kind is IndicatorKind.RATIO:
        figure, pair = parts.ratio(one)
        beside = f"{pair} {beside}".strip()
    after = parts.LEFT + svg.width(figure, 34) + 10
    said = [parts.title(words, one), svg.text((parts.LEFT, 74), figure, size=34, bold=True)]
    light = one.light if not counting else None
    room = parts.RIGHT - after - (90 if light else 0)
    said.append(svg.text((after, 74), svg.fitted(beside, 17, room), size=17, fill=svg.GREY))
    if light:
        said += parts.pill(words, light, 70)
    lines = [rules.week_line(words, one)]
    if light and one.wanted is not None:
        lines.append(words.say("chart.should", planned=one.wanted))
    said.append(svg.text((parts.LEFT, 104), words.say("chart.comma").join(lines), size=15))
    return said


def _grid(words: wording.Words, one: Progress, course: Course, scale: _Scale) -> Iterator[str]:
    for part in (0.0, 0.5, 1.0):
        _, y = scale.at(scale.starts, part * scale.most)
        yield svg.line([(_LEFT, y), (_RIGHT, y)], stroke=svg.FAINT, width=1)
        counting = one.indicator.kind is IndicatorKind.COUNT
        mark = f"{part * scale.most:.0f}" if counting else f"{part:.0%}"
        yield svg.text((_LEFT - 8, y + 5), mark, size=13, fill=svg.GREY, anchor="end")
    if scale.days <= 7 * 40:
        for week in range(0, scale.days + 1, 7):
            x, y = scale.at(scale.starts + timedelta(days=week), 0)
            yield svg.line([(x, y), (x, y + 4)], stroke=svg.GREY, width=1)
    yield from _days(words, course, scale)


def _days(words: wording.Words, course: Course, scale: _Scale) -> Iterator[str]:
    """The first day, the campaign's last, and today's between them where there is room."""
    y = _BOTTOM + 20
    yield svg.text((_LEFT - 14, y), parts.day(words, course.starts), size=13, fill=svg.GREY)
    end = scale.at(course.ends, 0)[0]
    yield svg.text(
        (end + 4, y), parts.day(words, course.ends), size=13, fill=svg.GREY, anchor="end"
    )
    if end < _RIGHT:
        yield svg.line([(end, _TOP), (end, _BOTTOM)], stroke=svg.FAINT, width=1)
    if course.history:
        today = scale.at(course.history[-1][0], 0)[0]
        if _LEFT + 75 < today < end - 80:
            words_ = parts.day(words, course.history[-1][0])
            yield svg.text((today, y), words_, size=13, anchor="middle")


def _plan(course: Course, scale: _Scale) -> Iterator[str]:
    corners = [scale.at(day, part * scale.most) for day, part in course.plan]
    if not corners:
        return
    if corners[-1][0] < _RIGHT:
        corners.append((_RIGHT, corners[-1][1]))
    yield svg.line(corners, stroke=PLAN, width=2, dashes="5 5")
    for day, part in course.plan[1:]:
        if part < 1:
            x, y = scale.at(day, part * scale.most)
            yield svg.dot((x, y), 4, fill=svg.PAPER, edge=PLAN)
            yield svg.text((x + 6, y + 18), f"{part:.0%}", size=13, fill=svg.GREY)


def _real(course: Course, scale: _Scale) -> Iterator[str]:
    points = [scale.at(day, value) for day, value in course.history]
    if not points:
        return
    floor = scale.at(course.starts, 0)[1]
    surface = [(points[0][0], floor), *points, (points[-1][0], floor)]
    yield svg.area(surface, fill=REAL, opacity=0.1)
    yield svg.line(points, stroke=REAL, width=3)
    yield svg.dot(points[-1], 5, fill=REAL, edge=svg.PAPER)


def _forecast(one: Progress, course: Course, scale: _Scale) -> Iterator[str]:
    """From today's figure to all of them: the most likely line, and the space between early and late."""
    if not (course.finish and course.history):
        return
    start = scale.at(*course.history[-1])
    early, likely, late = (
        _clipped(start, scale, day, one.expected)
        for day in (course.finish.early, course.finish.likely, course.finish.late)
    )
    corner = scale.at(scale.starts + timedelta(days=scale.days), scale.most)
    beyond = [corner] if early[0] < _RIGHT and late[1] > corner[1] else []
    yield svg.area([start, early, *beyond, late], fill=REAL, opacity=0.14)
    yield svg.line([start, likely], stroke=REAL, width=2.5, dashes="1 6")


def _clipped(start: svg.Point, scale: _Scale, day: date, goal: int) -> svg.Point:
    """Where the line to the goal on `day` ends, or leaves the picture at its right edge."""
    end = scale.at(day, goal)
    days = (day - scale.starts).days
    if days <= scale.days:
        return end
    past = _LEFT + days / scale.days * (_RIGHT - _LEFT)
    part = (_RIGHT - start[0]) / (past - start[0])
    return _RIGHT, start[1] + (end[1] - start[1]) * part


def _legend(words: wording.Words, one: Progress, course: Course, local: datetime) -> Iterator[str]:
    y = 362.0
    marks = [(words.say("chart.real"), REAL, 3.0, "")]
    if not rules.counts(one.indicator):
        if course.plan:
            marks.append((words.say("chart.plan"), PLAN, 2.0, "5 5"))
        if course.finish:
            marks.append((words.say("chart.forecast"), REAL, 2.5, "1 6"))
    x = parts.LEFT
    for name, colour, wide, dashes in marks:
        yield svg.line([(x, y - 5), (x + 18, y - 5)], stroke=colour, width=wide, dashes=dashes)
        yield svg.text((x + 24, y), name, size=13, fill=svg.GREY)
        x += 24 + svg.width(name, 13) + 12
    yield svg.text(
        (parts.RIGHT, y), parts.as_of(words, local), size=13, fill=svg.GREY, anchor="end"
    )


def _finish(words: wording.Words, finish: Finish) -> str:
    """In words: the day, and the interval if it is one."""
    likely = parts.day(words, finish.likely)
    if finish.early == finish.late:
        return words.say("chart.finish_day", likely=likely)
    return words.say(
        "chart.finish",
        likely=likely,
        early=parts.day(words, finish.early),
        late=parts.day(words, finish.late),
    )
