"""进度: the numbers of a unit, of those below it, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core import chart, course, ledger, tree
from bot.core import progress as rules
from bot.core.frozen import frozen
from bot.core.model import Campaign, Indicator, IndicatorKind, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import (
    askings,
    campaigns,
    cells,
    courses,
    database,
    expectations,
    statements,
    tallies,
    units,
)
from config import analysis


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit that said nothing this week, and of which indicators."""

    unit: Unit
    indicators: tuple[Indicator, ...]


@frozen
class Owed:
    """One number a unit has still to give; `week_silent`: nothing was said of it this week."""

    campaign: Campaign
    indicator: Indicator
    week_silent: bool


async def of(
    rt: Runtime, unit: Unit, indicator: Indicator, as_of: datetime | None = None
) -> Progress:
    """The numbers of one unit; of the past at the end of the local day of `as_of`, its week from Monday on."""
    return (await many(rt, [unit], indicator, as_of))[0]


async def many(
    rt: Runtime, some: Sequence[Unit], indicator: Indicator, as_of: datetime | None = None
) -> list[Progress]:
    """The numbers of several units, in their order."""
    async with rt.read() as c:
        campaign = await campaigns.by_id(c, indicator.campaign_id)
        assert campaign is not None
        return (await _tables(rt, c, some, campaign, [indicator], as_of=as_of))[0]


async def tables(
    rt: Runtime,
    some: Sequence[Unit],
    campaign: Campaign,
    indicators: Sequence[Indicator],
    as_of: datetime | None = None,
) -> list[list[Progress]]:
    """For each of the campaign's indicators the numbers of the units, in their order."""
    async with rt.read() as c:
        return await _tables(rt, c, some, campaign, indicators, as_of=as_of)


async def _tables(
    rt: Runtime,
    c: database.Connection,
    some: Sequence[Unit],
    campaign: Campaign,
    indicators: Sequence[Indicator],
    *,
    as_of: datetime | None,
) -> list[list[Progress]]:
    at = as_of or rt.now()
    day = rt.calendar.day(at)
    monday = day - timedelta(days=day.weekday())
    past = None if day >= rt.calendar.day(rt.now()) else day.toordinal()
    expected = await expectations.table(c, indicators, some, day=past)
    sums = await courses.sums(
        c,
        [indicator.id for indicator in indicators],
        [unit.id for unit in some],
        since=monday.toordinal(),
        upto=day.toordinal(),
    )
    steps = await _steps(c, indicators, some, day)
    above = [unit.id for unit in some if any(unit.level < one.level for one in indicators)]
    stated = {}
    if past is not None:  # what waits and what was stated is known of now alone
        steps = {key: {**at, tallies.WAITING: 0} for key, at in steps.items()}
    elif above:
        stated = await statements.newest(c, [one.id for one in indicators], above)
    found = []
    for indicator in indicators:
        # At the end of last week and of the day: what the units are measured by is the same for all of them.
        plans = [rules.planned(campaign, indicator, on) for on in (monday - timedelta(days=1), day)]
        found.append(
            [
                _one(
                    unit,
                    indicator,
                    at,
                    expected=expected[indicator.id, unit.id],
                    sums=sums.get((indicator.id, unit.id), tallies.NOTHING),
                    plans=plans,
                    steps=steps.get((indicator.id, unit.id), {}),
                    stated=stated.get((indicator.id, unit.id)),
                )
                for unit in some
            ]
        )
    return found


def _one(
    unit: Unit,
    indicator: Indicator,
    at: datetime,
    *,
    expected: int,
    sums: tallies.Sums,
    plans: Sequence[float | None],
    steps: Mapping[int, int],
    stated: int | None,
) -> Progress:
    before, now = (
        _light(done, expected, plan)
        for done, plan in zip((sums.total - sums.since, sums.total), plans, strict=True)
    )
    light = rules.steady(now, before)
    waiting = steps.get(tallies.WAITING, 0)
    at_steps: tuple[int, ...] = ()
    if indicator.kind is IndicatorKind.STAGE:
        at_steps = tuple(steps.get(step, 0) for step in range(len(indicator.steps) + 1))
    return Progress(
        unit,
        indicator,
        at,
        expected,
        sums.total,
        sums.since,
        plans[1],
        light,
        at_steps,
        waiting,
        stated,
    )


async def _steps(
    c: database.Connection, indicators: Sequence[Indicator], some: Sequence[Unit], day: date
) -> dict[tuple[int, int], dict[int, int]]:
    """Of stages how many units stand at each step at the end of the day; how many values wait now."""
    stages = [one.id for one in indicators if one.kind is IndicatorKind.STAGE or one.approvals]
    if not stages:
        return {}
    return await courses.steps(c, stages, [unit.id for unit in some], upto=day.toordinal())


def _light(total: ledger.Share, expected: int, plan: float | None) -> rules.Light | None:
    limits = analysis.load()
    return rules.light(
        total.done / expected if expected else 0.0,
        plan if expected else None,
        ahead=limits.ahead,
        behind=limits.behind,
        finished=total.done >= expected,
    )


async def overview(
    rt: Runtime, unit: Unit, campaign: Campaign, as_of: datetime | None = None
) -> list[Progress]:
    """Every indicator of the campaign that expects something of this unit or below it, in the campaign's order."""
    found = await tables(rt, [unit], campaign, campaign.indicators, as_of)
    return [one for [one] in found if one.expected]


async def children(
    rt: Runtime, unit: Unit, indicator: Indicator, as_of: datetime | None = None
) -> list[Progress]:
    """The table of the units directly below in the official order, those of which nothing is expected left out."""
    async with rt.read() as c:
        below = await units.children(c, unit.id)
    if not below:
        return []
    return [one for one in await many(rt, below, indicator, as_of) if one.expected]


async def days(
    rt: Runtime, unit: Unit, indicators: Sequence[Indicator], upto: date
) -> dict[int, course.Days]:
    """Under each indicator's id how the unit's totals changed, by local day up to `upto`."""
    async with rt.read() as c:
        found = await courses.by_day(
            c, [one.id for one in indicators], unit.id, upto=upto.toordinal()
        )
    return {
        key: [(date.fromordinal(day), change) for day, change in changes]
        for key, changes in found.items()
    }


async def changes(
    rt: Runtime, some: Sequence[Unit], indicators: Sequence[Indicator], day: date
) -> dict[tuple[int, int], ledger.Share]:
    """Under (indicator id, unit id) what changed on one local day; nothing for units where nothing was said."""
    async with rt.read() as c:
        return await courses.on_day(
            c, [one.id for one in indicators], [unit.id for unit in some], day.toordinal()
        )


async def drawn(rt: Runtime, one: Progress, campaign: Campaign) -> chart.Course:
    """What a chart needs beside the figures: how it went week by week, and the plan's line."""
    upto = rt.calendar.day(one.as_of)
    changes = (await days(rt, one.unit, [one.indicator], upto))[one.indicator.id]
    weeks = course.weeks(campaign, one.indicator, changes, upto)
    history = [(week.ends, rules.led(one.indicator, week.total)) for week in weeks]
    begin = (campaign.starts - timedelta(days=1), 0)
    plan = rules.plan_points(campaign, one.indicator)
    return chart.Course(campaign.starts, campaign.ends, [begin, *history], plan)


def text(rt: Runtime, one: Progress) -> str:
    """The lines of one progress as they are said in chat."""
    return "\n".join(rules.lines(rt.words, one, one.as_of.astimezone(rt.calendar.zone)))


async def missing(
    rt: Runtime,
    unit: Unit,
    campaign: Campaign,
    at: datetime,
    *,
    only: Indicator | None = None,
) -> list[Missing]:
    """谁没报: the units below `unit` that said nothing in the week of `at` of what they have still to give.

    In tree order. With `only`, of that indicator alone.
    """
    since, until = week(rt, at)
    found: dict[int, Missing] = {}
    async with rt.read() as c:
        for indicator in [only] if only else campaign.indicators:
            silent = await cells.owing(
                c, indicator, (unit.lo + 1, unit.hi), since=since, until=until
            )
            for one in silent:
                before = found.get(one.id, Missing(one, ()))
                found[one.id] = Missing(one, (*before.indicators, indicator))
    return sorted(found.values(), key=lambda entry: entry.unit.lo)


async def owes(rt: Runtime, unit: Unit, at: datetime) -> list[Owed]:
    """我的待办: what the unit itself has still to give, in all campaigns of the day."""
    since = rt.calendar.week_start(at)
    found: list[Owed] = []
    async with rt.read() as c:
        for asks in await askings.asking(c, unit.level, rt.calendar.day(at)):
            if not asks.indicators or not tree.holds(asks.places, unit.lo):
                continue
            held = await cells.held(c, [(one.id, unit.id) for one in asks.indicators])
            for indicator in asks.indicators:
                cell = held.get((indicator.id, unit.id))
                if ledger.settled(indicator, cell.value if cell else None):
                    continue
                if indicator.id in asks.by_list and not await campaigns.is_expected(
                    c, indicator, unit
                ):
                    continue
                silent = cell is None or cell.value is None or cell.as_of < since
                found.append(Owed(asks.campaign, indicator, silent))
    return found


def week(rt: Runtime, at: datetime) -> tuple[datetime, datetime]:
    """The local week of `at`: Monday 00:00 and the Monday after, exclusive."""
    start = rt.calendar.week_start(at)
    return start, rt.calendar.week_start(start + timedelta(days=8))
