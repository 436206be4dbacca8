"""进度 … 图: the picture of a unit's progress, drawn and sent by the worker a moment after the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions import progress, tell
from bot.channels import registry
from bot.core import chart
from bot.core import progress as rules
from bot.core.model import Campaign
from bot.core.progress import Progress
from bot.runtime import Runtime
from handlers.chat.message import Member

_BARS: Final = 16  # units below that go under the lines; of more there is a picture of their own
_MARKS: Final = 40


async def send(rt: Runtime, message: Member, campaign: Campaign, shown: Sequence[Progress]) -> str:
    """Have the picture of what she asked about drawn and sent; the line that says so.

    Of several indicators the one that most units are to finish: a picture for each would use up what we may
    write to her before she speaks again.
    """
    if not _possible(rt, message):
        return rt.words.say("figures.no_picture")
    one = leading(shown)
    course = await progress.drawn(rt, one, campaign)
    below = await progress.children(rt, one.unit, one.indicator, one.as_of)
    marks = all(row.unit.level == row.indicator.level for row in below)
    rows = below if len(below) <= (_MARKS if marks else _BARS) else []
    local = one.as_of.astimezone(rt.calendar.zone)
    return await _keep(rt, message, one, chart.whole_svg(rt.words, one, course, rows, local=local))


async def send_rows(
    rt: Runtime, message: Member, tables: Sequence[tuple[Progress, list[Progress]]]
) -> str:
    """Have the picture of the units below drawn and sent; the line that says so."""
    if not _possible(rt, message):
        return rt.words.say("figures.no_picture")
    one = leading([one for one, _ in tables])
    rows = next(rows for above, rows in tables if above is one)
    local = one.as_of.astimezone(rt.calendar.zone)
    return await _keep(rt, message, one, chart.children_svg(rt.words, one, rows, local=local))


def leading(shown: Sequence[Progress]) -> Progress:
    """The indicator that most units are to finish; a count only where there is nothing else."""
    finishing = [one for one in shown if not rules.counts(one.indicator)]
    return max(finishing or shown, key=lambda one: one.expected)


def _possible(rt: Runtime, message: Member) -> bool:
    """Pictures go as customer-service messages, which WeCom and an account that may only answer do not have."""
    return message.follower.account == registry.WECHAT and not rt.passive


async def _keep(rt: Runtime, message: Member, one: Progress, svg: str) -> str:
    lost = rt.words.say("figures.picture_lost")
    await tell.picture(rt, message.follower.id, svg, instead=lost)
    return rt.words.say("figures.picture_coming", indicator=one.indicator.name)
