"""周报: the figures and sentences of many units at once, in a handful of statements for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from pydantic import TypeAdapter

from bot.actions import progress
from bot.core import weekly, weekly_prose
from bot.core import weekly_rules as rules
from bot.core.forecast import Days
from bot.core.ledger import Share
from bot.core.model import Campaign, Indicator, Unit
from bot.core.tree import Interval
from bot.runtime import Runtime
from bot.store import analyses, database, weekly_figures
from bot.store.weekly_figures import Placed
from config import analysis

FIGURES = TypeAdapter(weekly.Figures)
SENTENCES = TypeAdapter(tuple[weekly.Sentence, ...])


@dataclass(frozen=True, slots=True)
class Made:
    """An analysis, published or not."""

    unit: Unit
    figures: weekly.Figures
    sentences: tuple[weekly.Sentence, ...]

    @property
    def news(self) -> bool:
        """Whether there is anything new to be told."""
        return rules.is_news(self.figures)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all units of one campaign and moment share. `heard`: by indicator, who need not be asked any more."""

    campaign: Campaign
    due: datetime
    days: Days
    monday: date
    week: str
    heard: Mapping[int, Placed]
    waiting: Placed
    overdue: Placed
    newly_overdue: Placed


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database says of some units and one indicator."""

    expected: Mapping[int, int]
    courses: Mapping[int, rules.Course]
    states: Mapping[int, weekly_figures.State]
    heard: frozenset[int]


def limits() -> rules.Limits:
    """The thresholds that the office stated."""
    known = analysis.load()
    return rules.Limits(
        known.ahead,
        known.behind,
        known.stalled_weeks,
        known.outlier_score,
        known.outlier_gap,
        known.outlier_least,
    )


async def frame(rt: Runtime, campaign: Campaign, due: datetime, place: Interval) -> Frame:
    """Read once what every unit inside `place` needs."""
    today = rt.calendar.day(due)
    since, until = progress.week(rt, due)
    async with rt.read() as c:
        heard = {
            indicator.id: await weekly_figures.heard(c, indicator, place, since=since, until=until)
            for indicator in campaign.indicators
        }
        waits = await weekly_figures.waiting(c, place)
    late = [(lo, on) for lo, on in waits if on < today.isoformat()]
    newly = [(lo, on) for lo, on in late if on >= (today - timedelta(days=7)).isoformat()]
    return Frame(
        campaign,
        due.astimezone(rt.calendar.zone),
        Days(campaign.starts, max(today, campaign.starts), rt.calendar.is_workday),
        since.date(),
        rt.calendar.week_name(due),
        heard,
        *(Placed.of([lo for lo, _ in some], [1] * len(some)) for some in (waits, late, newly)),
    )


async def of(rt: Runtime, shared: Frame, some: Sequence[Unit]) -> list[Made]:
    """The analyses of these units, in their order; the figures are worked out beside the event loop."""
    ids = [unit.id for unit in some]
    campaign = shared.campaign
    async with rt.read() as c:
        below = await weekly_figures.children(c, ids)
        former = await analyses.former(c, ids, campaign.id, week=shared.week)
        all_ = [*some, *(child for family in below.values() for child in family)]
        read = {
            indicator.id: await _read(rt, c, shared, indicator, some=some, all_=all_)
            for indicator in campaign.indicators
        }

    def work() -> list[Made]:
        return [
            _made(rt, shared, unit, below=below[unit.id], read=read, former=former.get(unit.id))
            for unit in some
        ]

    return await asyncio.to_thread(work)


async def _read(
    rt: Runtime,
    c: database.Connection,
    shared: Frame,
    indicator: Indicator,
    *,
    some: Sequence[Unit],
    all_: Sequence[Unit],
) -> _Read:
    """What the database says of the units `some` and, in `all_`, of those directly below them too."""
    since, until = progress.week(rt, shared.due)
    upto = shared.days.upto.toordinal()
    monday = shared.monday.toordinal()
    expected = await weekly_figures.expected(c, indicator, all_)
    below = [unit.id for unit in all_[len(some) :] if expected.get(unit.id)]
    reporting = [unit.id for unit in all_[len(some) :] if unit.level == indicator.level]
    changes = await weekly_figures.courses(c, indicator.id, [one.id for one in some], upto=upto)
    return _Read(
        expected,
        _courses(shared.days, changes),
        await weekly_figures.states(c, indicator.id, below, since=monday, upto=upto),
        await weekly_figures.heard_of(c, indicator, reporting, since=since, until=until),
    )


def _courses(
    days: Days, changes: Sequence[tuple[int, int, int, int, int, int]]
) -> dict[int, rules.Course]:
    """Changes by day as totals at the end of every day; what came before the first day stands at it."""
    first, count = days.first.toordinal(), len(days)
    places = {unit_id: at for at, unit_id in enumerate({change[0] for change in changes})}
    sums = np.zeros((4, len(places), count), dtype=np.int64)
    for unit_id, day, *shares in changes:
        sums[:, places[unit_id], max(0, day - first)] += shares
    np.cumsum(sums, axis=2, out=sums)
    return {unit_id: rules.Course(*sums[:, at, :]) for unit_id, at in places.items()}


def _made(
    rt: Runtime,
    shared: Frame,
    unit: Unit,
    *,
    below: Sequence[Unit],
    read: Mapping[int, _Read],
    former: tuple[datetime, Mapping[str, object]] | None,
) -> Made:
    known = limits()
    published = _published(former)
    rows = [
        _row(
            shared,
            unit,
            indicator,
            read[indicator.id],
            below=below,
            published=published,
            known=known,
        )
        for indicator in shared.campaign.indicators
        if read[indicator.id].expected.get(unit.id, 0)
    ]
    place = (unit.lo, unit.hi)
    figures = weekly.Figures(
        rules.place(unit),
        shared.campaign.code,
        shared.campaign.name,
        shared.campaign.starts,
        shared.campaign.ends,
        shared.week,
        shared.monday,
        shared.due,
        former[0].astimezone(rt.calendar.zone).date() if former else None,
        tuple(rows),
        shared.waiting.inside(place),
        shared.overdue.inside(place),
        shared.newly_overdue.inside(place),
    )
    teller = weekly_prose.Teller(rt.words, figures, known, analysis.load().names)
    return Made(unit, figures, teller.sentences())


def _published(former: tuple[datetime, Mapping[str, object]] | None) -> dict[str, Share] | None:
    """What the analysis before said, by indicator."""
    if former is None:
        return None
    figures = FIGURES.validate_python(former[1])
    return {one.measure.code: one.total for one in figures.rows}


def _row(
    shared: Frame,
    unit: Unit,
    indicator: Indicator,
    read: _Read,
    *,
    below: Sequence[Unit],
    published: Mapping[str, Share] | None,
    known: rules.Limits,
) -> weekly.Row:
    expected, heard = read.expected, shared.heard[indicator.id]
    silent = 0
    if unit.level < indicator.level:
        silent = max(0, expected[unit.id] - heard.inside((unit.lo, unit.hi)))
    none = np.zeros(len(shared.days), dtype=np.int64)
    return rules.row(
        shared.campaign,
        indicator,
        read.courses.get(unit.id, rules.Course(none, none, none, none)),
        shared.days,
        expected=expected[unit.id],
        silent=silent,
        published=None if published is None else published.get(indicator.code, Share()),
        below=[
            _child(shared, child, indicator, read) for child in below if expected.get(child.id, 0)
        ],
        limits=known,
    )


def _child(shared: Frame, child: Unit, indicator: Indicator, read: _Read) -> rules.Below:
    expected = read.expected[child.id]
    if child.level == indicator.level:
        silent = int(child.id not in read.heard)
    else:
        silent = max(0, expected - shared.heard[indicator.id].inside((child.lo, child.hi)))
    state = read.states.get(child.id, weekly_figures.State(Share(), Share(), None))
    moved = date.fromordinal(state.moved) if state.moved else None
    return rules.Below(child, expected, state.total, state.week, moved, silent)
