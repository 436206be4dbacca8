"""The panel with the units directly below: bars in the colour of their light, or marks for those who report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.core import chart_parts as parts
from bot.core import progress as rules
from bot.core import svg, wording
from bot.core.chart_parts import LEFT, LIGHTS, REAL, RIGHT, Panel
from bot.core.model import IndicatorKind
from bot.core.progress import Light, Progress

MOST_BARS: Final = 40
MOST_MARKS: Final = 120
_ROW, _CELL = 46.0, 34.0
_TRACK, _OPEN = "#ececef", "#b9b9be"
_HEAD = 64.0


def panel(
    words: wording.Words,
    above: Progress,
    rows: Sequence[Progress],
    local: datetime,
    *,
    alone: bool,
) -> Panel:
    """Head, rows in the order given, what could not be drawn, and what the colours are.

    `alone`: no other panel of the picture says whose figures these are, and when they were true.
    """
    total = words.say("chart.below", n=len(rows))
    if alone:
        start = _HEAD
        head = [
            parts.title(words, above),
            svg.text((LEFT, 54), parts.as_of(words, local), size=13, fill=svg.GREY),
            svg.text((RIGHT, 54), total, size=13, fill=svg.GREY, anchor="end"),
        ]
    else:
        start = _HEAD - 26
        head = [svg.text((LEFT, 26), total, size=17, bold=True)]
    reporting = all(one.unit.level == one.indicator.level for one in rows)
    most = MOST_MARKS if reporting else MOST_BARS
    shown = rows[:most]
    body = _marks(words, shown) if reporting else _bars(words, shown)
    down = start + body.height
    drawn = [*head, svg.moved(body.body, start)]
    if len(rows) > most:
        more = words.say("chart.more", n=len(rows) - most)
        drawn.append(svg.text((LEFT, down + 16), more, size=13, fill=svg.GREY))
        down += 24
    legend = _states(words, above) if reporting else _lights(words, above, shown)
    drawn += _legend(legend, down + 20)
    return Panel(drawn, down + 38)


def _bars(words: wording.Words, rows: Sequence[Progress]) -> Panel:
    body: list[str] = []
    for at, one in enumerate(rows):
        body += _bar(words, one, at * _ROW)
    return Panel(body, len(rows) * _ROW)


def _bar(words: wording.Words, one: Progress, top: float) -> Iterator[str]:
    counting = rules.counts(one.indicator)
    part = one.reported if counting else one.done
    share = min(1.0, part / one.expected) if one.expected else 0.0
    right, beside = _figures(words, one)
    # A bar that has not begun shows no colour: what is behind has its figures in it.
    ink = LIGHTS[Light.BEHIND] if one.light is Light.BEHIND and not counting else svg.INK
    said = bool(one.reported) or not counting
    fill = ink if said else svg.GREY
    yield svg.text((RIGHT, top + 20), right, size=16, fill=fill, anchor="end", bold=said)
    edge = RIGHT - svg.width(right, 16) - 8
    yield svg.text((edge, top + 20), beside, size=13, fill=svg.GREY, anchor="end")
    room = edge - svg.width(beside, 13) - 8 - LEFT
    yield svg.text((LEFT, top + 20), svg.fitted(one.unit.short, 16, room), size=16)
    wide = RIGHT - LEFT
    yield svg.box((LEFT, top + 28), (wide, 9), fill=_TRACK, radius=4.5)
    if share > 0:
        # Something that has begun is seen, however small.
        yield svg.box((LEFT, top + 28), (max(9.0, share * wide), 9), fill=_colour(one), radius=4.5)
    if one.planned and not counting:
        x = LEFT + min(one.planned, 1.0) * wide
        yield svg.line([(x, top + 25), (x, top + 40)], stroke=svg.INK, width=2)


def _figures(words: wording.Words, one: Progress) -> tuple[str, str]:
    """What stands at the right edge of a bar and what before it."""
    if rules.counts(one.indicator):
        reported = words.say("chart.reported", reported=one.reported, expected=one.expected)
        if not one.reported:
            return words.say("chart.silent"), reported
        if one.indicator.kind is IndicatorKind.RATIO:
            figure, said = parts.ratio(one)
            return figure, f"{said} {reported}".strip()
        return rules.figure(one.indicator, one.total), reported
    return f"{one.done}/{one.expected}", wording.percent(one.done, one.expected)


def _colour(one: Progress) -> str:
    if rules.counts(one.indicator) or one.light is None:
        return REAL
    return LIGHTS[Light.AHEAD if one.done >= one.expected else one.light]


def _marks(words: wording.Words, rows: Sequence[Progress]) -> Panel:
    """Two columns, filled along the lines, so that the official order reads like a text."""
    body: list[str] = []
    half = (RIGHT - LEFT) / 2
    for at, one in enumerate(rows):
        left, top = LEFT + (at % 2) * (half + 6), (at // 2) * _CELL
        body.append(_mark(one, (left + 7, top + 15)))
        said = _value(words, one)
        room = half - 28 - svg.width(said, 14)
        body.append(svg.text((left + 20, top + 20), svg.fitted(one.unit.short, 15, room), size=15))
        if said:
            edge = (left + half - 6, top + 20)
            body.append(svg.text(edge, said, size=14, fill=svg.GREY, anchor="end"))
    return Panel(body, (len(rows) + 1) // 2 * _CELL)


def _mark(one: Progress, at: svg.Point) -> str:
    if one.expected and one.done >= one.expected:
        return svg.dot(at, 6, fill=LIGHTS[Light.AHEAD], edge=LIGHTS[Light.AHEAD])
    if one.reported:
        return svg.dot(at, 6, fill=svg.PAPER, edge=LIGHTS[Light.AHEAD])
    return svg.dot(at, 6, fill=svg.PAPER, edge=_OPEN)


def _value(words: wording.Words, one: Progress) -> str:
    """A count's number or the step reached, by its number where its name is not kept; a completion has its mark."""
    if not one.reported:
        return ""
    if one.indicator.kind is IndicatorKind.RATIO:
        return parts.ratio(one)[0]
    if rules.counts(one.indicator):
        return rules.figure(one.indicator, one.total)
    if one.indicator.kind is not IndicatorKind.STAGE or not one.total.value:
        return ""
    steps = one.indicator.steps
    if not steps:
        return words.say("weekly.own_step", n=one.total.value)
    return svg.fitted(steps[one.total.value - 1], 14, 70) if one.total.value <= len(steps) else ""


def _states(words: wording.Words, above: Progress) -> list[tuple[str, str, str]]:
    green = LIGHTS[Light.AHEAD]
    silent = (words.say("chart.silent"), svg.PAPER, _OPEN)
    if rules.counts(above.indicator):
        return [(words.say("chart.told"), green, green), silent]
    begun = (words.say("chart.begun"), svg.PAPER, green)
    return [(words.say("chart.done"), green, green), begun, silent]


def _lights(
    words: wording.Words, above: Progress, rows: Sequence[Progress]
) -> list[tuple[str, str, str]]:
    if rules.counts(above.indicator):
        return [(words.say("chart.told_share"), REAL, REAL)]
    if all(one.light is None for one in rows):
        return []
    found = [(words.say(f"progress.{light}"), LIGHTS[light], LIGHTS[light]) for light in LIGHTS]
    return [*found, (words.say("chart.plan"), "", svg.INK)]


def _legend(marks: Sequence[tuple[str, str, str]], base: float) -> Iterator[str]:
    """Name, filling and edge of each; without a filling it is the stroke of the plan."""
    x = LEFT
    for name, fill, edge in marks:
        if fill:
            yield svg.dot((x + 5, base - 5), 4.5, fill=fill, edge=edge)
        else:
            yield svg.line([(x + 5, base - 13), (x + 5, base + 2)], stroke=edge, width=2)
        yield svg.text((x + 15, base), name, size=13, fill=svg.GREY)
        x += 15 + svg.width(name, 13) + 12
