"""进度: the numbers of a unit, of those below it, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import ledger
from bot.core import progress as rules
from bot.core.model import Campaign, Indicator, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import campaigns, cells, expectations, tallies, units
from config import analysis


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit that said nothing this week, and of which indicators."""

    unit: Unit
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
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
    at = as_of or rt.now()
    day = rt.calendar.day(at)
    monday = day - timedelta(days=day.weekday())
    async with rt.read() as c:
        campaign = await campaigns.by_id(c, indicator.campaign_id)
        assert campaign is not None
        expected = await expectations.of(c, indicator, some)
        sums = await tallies.sums(
            c,
            indicator.id,
            [unit.id for unit in some],
            since=monday.toordinal(),
            upto=day.toordinal(),
        )
    plan = rules.planned(campaign, indicator, day)
    return [
        _one(
            unit,
            indicator,
            at,
            expected=expected[unit.id],
            sums=sums.get(unit.id, tallies.NOTHING),
            plan=plan,
        )
        for unit in some
    ]


def _one(
    unit: Unit,
    indicator: Indicator,
    at: datetime,
    *,
    expected: int,
    sums: tallies.Sums,
    plan: float | None,
) -> Progress:
    limits = analysis.load()
    done = sums.total.done
    light = rules.light(
        done / expected if expected else 0.0,
        plan if expected else None,
        ahead=limits.ahead,
        behind=limits.behind,
        finished=done >= expected,
    )
    return Progress(unit, indicator, at, expected, sums.total, sums.since, plan, light)


async def overview(
    rt: Runtime, unit: Unit, campaign: Campaign, as_of: datetime | None = None
) -> list[Progress]:
    """Every indicator of the campaign that expects something of this unit or below it, in the campaign's order."""
    found = [await of(rt, unit, indicator, as_of) for indicator in campaign.indicators]
    return [one for one in found if one.expected]


async def children(
    rt: Runtime, unit: Unit, indicator: Indicator, as_of: datetime | None = None
) -> list[Progress]:
    """The table of the units directly below in the official order, those of which nothing is expected left out."""
    async with rt.read() as c:
        below = await units.children(c, unit.id)
    if not below:
        return []
    return [one for one in await many(rt, below, indicator, as_of) if one.expected]


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
    since, _ = week(rt, at)
    found: list[Owed] = []
    async with rt.read() as c:
        for campaign in await campaigns.active(c, rt.calendar.day(at)):
            mine = [one for one in campaign.indicators if one.level == unit.level]
            held = await cells.held(c, [(one.id, unit.id) for one in mine])
            for indicator in mine:
                cell = held.get((indicator.id, unit.id))
                if ledger.settled(indicator, cell.value if cell else None):
                    continue
                if await campaigns.is_expected(c, indicator, unit):
                    silent = cell is None or cell.value is None or cell.as_of < since
                    found.append(Owed(campaign, indicator, silent))
    return found


def week(rt: Runtime, at: datetime) -> tuple[datetime, datetime]:
    """The local week of `at`: Monday 00:00 and the Monday after, exclusive."""
    start = rt.calendar.week_start(at)
    return start, rt.calendar.week_start(start + timedelta(days=8))
