"""周报: the weekly text of a unit; what moved, against plan, what stalls, who is missing, which difficulties wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions import offices, progress
from bot.core import progress as rules
from bot.core import wording
from bot.core.model import Campaign, Indicator, Unit
from bot.core.progress import Light, Progress
from bot.runtime import Runtime
from bot.store import campaigns, cells, difficulties, tallies
from config import analysis


async def friday(rt: Runtime, unit: Unit, due: datetime) -> str:
    """The text of the unit for the week of `due`, of the newest campaign there; empty when nothing is new.

    New is any figure that moved this week, or a difficulty whose day has passed without an answer.
    """
    async with rt.read() as c:
        campaign = await campaigns.covering(c, unit, rt.calendar.day(due))
    return await of(rt, unit, campaign, due) if campaign else ""


async def of(rt: Runtime, unit: Unit, campaign: Campaign, due: datetime) -> str:
    """The text about one campaign, as `friday` says."""
    all_ = await progress.overview(rt, unit, campaign, due)
    waiting = await _waiting(rt, unit, due)
    if not waiting[1] and not any(one.week for one in all_):
        return ""
    local = due.astimezone(rt.calendar.zone)
    lines = [
        rt.words.say(
            "analysis.head",
            unit=unit.short,
            campaign=campaign.name,
            month=local.month,
            day=local.day,
            hour=local.hour,
        )
    ]
    lines += [_row(rt, one) for one in all_]
    for one in all_:
        if not rules.counts(one.indicator):
            lines += await _below(rt, unit, campaign, one.indicator, due)
    lines += await _missing(rt, unit, _leading(all_), due)
    if waiting[0]:
        overdue = rt.words.say("analysis.overdue", n=waiting[1]) if waiting[1] else ""
        lines.append(rt.words.say("analysis.difficulties", n=waiting[0], overdue=overdue))
    return wording.shorten("\n".join(lines), wording.LIMIT)


async def weekly(rt: Runtime, due: datetime) -> str:
    """Give every office its text for the week of `due`; one English line that says how many leaders get one.

    Writes only messages to be sent, inside the caller's transaction if there is one.
    """
    told = texts = 0
    async with rt.write() as c:
        for campaign in await campaigns.active(c, rt.calendar.day(due)):
            for unit in await offices.concerned(rt, campaign):
                said = await of(rt, unit, campaign, due)
                if said:
                    texts += 1
                    told += await offices.tell_leaders(rt, unit, said)
    return f"{texts} texts to {told} leaders"


def _row(rt: Runtime, one: Progress) -> str:
    kind = "count" if rules.counts(one.indicator) else "units"
    light = rt.words.say(f"progress.{one.light}") if one.light else ""
    return rt.words.say(
        f"analysis.row_{kind}" if light else f"analysis.row_{kind}_no_plan",
        indicator=one.indicator.name,
        change=rules.week_line(rt.words, one),
        value=one.total.value,
        word=one.indicator.unit_word,
        done=one.done,
        reported=one.reported,
        expected=one.expected,
        percent=wording.percent(one.done, one.expected),
        light=light,
    )


async def _below(
    rt: Runtime, unit: Unit, campaign: Campaign, indicator: Indicator, due: datetime
) -> list[str]:
    """Which of the units directly below are behind, and which of them have not moved for weeks."""
    table = [one for one in await progress.children(rt, unit, indicator, due) if one.fraction < 1]
    weeks = analysis.load().stalled_weeks
    today = rt.calendar.day(due)
    async with rt.read() as c:
        moved = await tallies.last_days(
            c, indicator.id, [one.unit.id for one in table], upto=today.toordinal()
        )
    since = (today - timedelta(weeks=weeks)).toordinal()
    started = campaign.starts.toordinal()
    stalled = [one.unit for one in table if max(moved.get(one.unit.id, 0), started) <= since]
    behind = [one.unit for one in table if one.light is Light.BEHIND and one.unit not in stalled]
    lines = []
    for key, some in (("analysis.stalled", stalled), ("analysis.behind", behind)):
        if some:
            lines.append(
                rt.words.say(key, indicator=indicator.name, weeks=weeks, names=_names(rt, some))
            )
    return lines


async def _missing(
    rt: Runtime, unit: Unit, indicators: Sequence[Indicator], due: datetime
) -> list[str]:
    """How many units said nothing this week of the first indicator of their level, with some names."""
    since, until = progress.week(rt, due)
    place = (unit.lo + 1, unit.hi)
    lines = []
    async with rt.read() as c:
        for indicator in indicators:
            count = await cells.count_owing(c, indicator, place, since=since, until=until)
            if count:
                some = await cells.owing(
                    c, indicator, place, since=since, until=until, limit=analysis.load().names
                )
                names = _names(rt, some, count)
                lines.append(
                    rt.words.say("analysis.missing", indicator=indicator.name, n=count, names=names)
                )
    return lines


def _leading(all_: Sequence[Progress]) -> list[Indicator]:
    """The first indicator of each level."""
    first: dict[int, Indicator] = {}
    for one in all_:
        first.setdefault(one.indicator.level, one.indicator)
    return list(first.values())


def _names(rt: Runtime, some: Sequence[Unit], count: int | None = None) -> str:
    limit = analysis.load().names
    names = rt.words.say("analysis.comma").join(one.short for one in some[:limit])
    total = len(some) if count is None else count
    return names + (rt.words.say("analysis.more", n=total) if total > limit else "")


async def _waiting(rt: Runtime, unit: Unit, due: datetime) -> tuple[int, int]:
    """Difficulties below without an answer, and how many of them are past their day."""
    place = (unit.lo, unit.hi)
    async with rt.read() as c:
        return (
            await difficulties.count_waiting(c, place),
            await difficulties.count_waiting(c, place, due_before=rt.calendar.day(due)),
        )
