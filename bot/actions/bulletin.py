"""通报: the figures of the units directly below, in the official order, as words that can be sent."""

from __future__ import annotations

from datetime import datetime

from bot.actions import progress, running
from bot.core import progress as rules
from bot.core import wording
from bot.core.model import Campaign, Indicator, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime


async def campaign_of(rt: Runtime, unit: Unit, at: datetime) -> Campaign | None:
    """The campaign a 通报 of this unit is about: the newest that runs there and asks something."""
    return await running.one(rt, unit, at)


async def table(rt: Runtime, unit: Unit, campaign: Campaign, at: datetime, *, room: int) -> str:
    """The table of one unit in at most `room` characters; indicators that do not fit are said to be left out.

    Empty where nothing is expected below. Nothing is ranked, and every unit stands there or none.
    """
    local = at.astimezone(rt.calendar.zone)
    head = rt.words.say(
        "notice.figures_head",
        month=local.month,
        day=local.day,
        hour=local.hour,
        unit=unit.short,
        campaign=campaign.name,
    )
    tail = rt.words.say("notice.figures_more")
    lines: list[str] = []
    for indicator in campaign.indicators:
        line = await _line(rt, unit, indicator, at)
        if not line:
            continue
        if len("\n".join([head, *lines, line, tail])) > room:
            lines.append(tail)
            break
        lines.append(line)
    return "\n".join([head, *lines]) if lines and lines[0] != tail else ""


async def _line(rt: Runtime, unit: Unit, indicator: Indicator, at: datetime) -> str:
    below = await progress.children(rt, unit, indicator, at)
    if not below:
        return ""
    own = await progress.of(rt, unit, indicator, at)
    key = "notice.figures_count" if rules.counts(indicator) else "notice.figures_units"
    return rt.words.say(
        key,
        indicator=indicator.name,
        figure=rules.figure(indicator, own.total),
        done=own.done,
        reported=own.reported,
        expected=own.expected,
        percent=wording.percent(own.done, own.expected),
        list=rt.words.say("analysis.comma").join(_child(rt, one) for one in below)
        if any(one.reported for one in below)
        else rt.words.say("notice.figures_silent"),
    )


def _child(rt: Runtime, one: Progress) -> str:
    """`星溪乡3/5` or `星溪乡12名`; of a unit that reports itself `东山村已完成`, `东山村没报`."""
    return one.unit.short + rules.brief(rt.words, one)
