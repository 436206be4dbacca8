"""Charts of a unit's progress as SVG: for a picture in chat, a page, a document.

Readable on a phone 360 wide: nothing is written smaller than 12. Lights are said in words too, never by
colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core import chart_bars, chart_curve, svg, wording
from bot.core.chart_curve import Course, Finish
from bot.core.chart_parts import Panel
from bot.core.progress import Progress

__all__ = ["Course", "Finish", "children_svg", "progress_svg", "whole_svg"]


def progress_svg(words: wording.Words, one: Progress, course: Course, *, local: datetime) -> str:
    """The plan's line against the real one over the weeks, with the forecast's space if there is one.

    `local`: when the figures were true, in local time.
    """
    return _picture(words, one, [chart_curve.panel(words, one, course, local)])


def children_svg(
    words: wording.Words, above: Progress, rows: Sequence[Progress], *, local: datetime
) -> str:
    """The units directly below `above` in the order given (the official one), each with n of m.

    Units that report themselves are a list with marks, units above such are bars in the colour of their light.
    """
    return _picture(words, above, [chart_bars.panel(words, above, rows, local, alone=True)])


def whole_svg(
    words: wording.Words,
    one: Progress,
    course: Course,
    rows: Sequence[Progress],
    *,
    local: datetime,
) -> str:
    """Both, one above the other; the first alone where nothing stands below."""
    panels = [chart_curve.panel(words, one, course, local)]
    if rows:
        panels.append(chart_bars.panel(words, one, rows, local, alone=False))
    return _picture(words, one, panels)


def _picture(words: wording.Words, one: Progress, panels: Sequence[Panel]) -> str:
    title = words.say("chart.title", unit=one.unit.short, indicator=one.indicator.name)
    body, down = [], 0.0
    for panel in panels:
        body.append(svg.moved(panel.body, down))
        down += panel.height
    return svg.picture(body, height=down, title=title)
