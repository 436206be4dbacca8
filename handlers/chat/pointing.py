"""还差几个村, 百分之几了, 比上周快还是慢, 跟得上计划不: the answer in the first line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import progress
from bot.core import course, pointed, wording
from bot.core import progress as rules
from bot.core.model import Campaign
from bot.core.progress import Progress
from bot.runtime import Runtime
from handlers.chat.message import Message


async def told(
    rt: Runtime, message: Message, campaign: Campaign, shown: Sequence[Progress], about: str
) -> str:
    """A line for each indicator that the question is about, what belongs to it, and as-of."""
    some = _about(message, shown, about)
    upto = rt.calendar.day(some[0].as_of)
    days = await progress.days(rt, some[0].unit, [one.indicator for one in some], upto)
    first, more = [], []
    for one in some:
        changes = days[one.indicator.id]
        match about:
            case "left":
                first.append(pointed.left(rt.words, one))
            case "percent":
                first.append(pointed.percent(rt.words, one))
            case "trend":
                first.append(pointed.trend(rt.words, one, changes, upto))
                weeks = course.weeks(campaign, one.indicator, changes, upto)
                more.append(pointed.weeks(rt.words, one, weeks))
            case _:
                first.append(pointed.plan(rt.words, one))
                stones = course.stones(campaign, one.indicator, one.expected, changes, upto)
                more += pointed.stones(rt.words, one, stones, upto)
    if len(some) > 1:
        more = []  # which indicator they are of would have to be said with each
    end = rules.as_of(rt.words, some[0].as_of.astimezone(rt.calendar.zone))
    said = wording.whole([*first, *filter(None, more)], message.limit - len(end) - 1, "\n")
    return f"{said}\n{end}"


def _about(message: Message, shown: Sequence[Progress], about: str) -> Sequence[Progress]:
    """Units done rather than sums, where not only sums were asked for; 几个村: those that villages finish."""
    units = [one for one in shown if not rules.counts(one.indicator)] or list(shown)
    if about == "trend":
        return shown
    if about == "left":
        level = pointed.counted(message.line.key)
        return [one for one in units if one.indicator.level is level] or units
    return units
