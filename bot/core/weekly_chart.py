"""The picture of one indicator of a weekly analysis: the course with plan and forecast, and the units below."""

from __future__ import annotations

from bot.core import chart, wording
from bot.core.model import Indicator, IndicatorKind, Level, Unit, UnitKind, ValueMode
from bot.core.progress import Progress
from bot.core.weekly import Figures, Measure, Place, Row


def svg(words: wording.Words, figures: Figures, one: Row) -> str:
    """As `chart.whole_svg`, of the figures that were kept."""
    own = progress(figures, one)
    indicator = own.indicator
    below = [
        Progress(
            _unit(child.place),
            indicator,
            figures.as_of,
            child.expected,
            child.total,
            child.week,
            one.planned,
            child.light,
        )
        for child in one.children
    ]
    out = one.outlook
    finish = None
    if out and out.earliest and out.likely and out.latest:
        finish = chart.Finish(out.earliest, out.likely, out.latest)
    course = chart.Course(figures.starts, figures.ends, one.history, one.plan, finish)
    return chart.whole_svg(words, own, course, below, local=figures.as_of)


def progress(figures: Figures, one: Row) -> Progress:
    """The row as progress is said elsewhere."""
    return Progress(
        _unit(figures.place),
        _indicator(one.measure),
        figures.as_of,
        one.expected,
        one.total,
        one.week,
        one.planned,
        one.light,
    )


def _unit(place: Place) -> Unit:
    """The unit as it was called then; its ids and its place in today's tree are not kept."""
    kind, level = UnitKind.REGIONAL, Level(place.level)
    return Unit(0, place.code, place.display, place.display, place.short, level, kind, None, 0, 0)


def _indicator(measure: Measure) -> Indicator:
    return Indicator(
        id=0,
        campaign_id=0,
        code=measure.code,
        name=measure.name,
        aliases=(),
        kind=IndicatorKind(measure.kind),
        level=Level(measure.level),
        unit_word=measure.unit_word,
        mode=ValueMode.TOTAL,
        steps=(),
        most=None,
    )
