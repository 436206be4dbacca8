"""进度: how far a unit of hers is, and which of those below are behind plan."""

from __future__ import annotations

from typing import Final

from bot.actions import progress, welcome
from bot.core import intents, wording
from bot.core.model import Campaign, Unit
from bot.core.progress import Light
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import campaigns
from handlers.chat import choosing, figures
from handlers.chat.message import Member

_NAMES: Final = 12  # units named in one answer


async def handle(
    rt: Runtime, message: Member, intent: intents.AskProgress | intents.WhoIsSlow
) -> Reply:
    """The figures of one unit, after asking which if several are called so."""
    meant = await choosing.unit(rt, message, intent)
    if not isinstance(meant, choosing.Chosen):
        return meant
    return await _of(rt, message, meant, intent)


async def _of(
    rt: Runtime,
    message: Member,
    meant: choosing.Chosen,
    intent: intents.AskProgress | intents.WhoIsSlow,
) -> Reply:
    unit = meant.unit
    async with rt.read() as c:
        campaign = await campaigns.covering(c, unit, rt.calendar.day(message.now))
    if campaign is None:
        return message.say(rt.words.say("chat.no_campaign"))
    if isinstance(intent, intents.WhoIsSlow):
        return message.say(await _slow(rt, message, unit, campaign), meant.note)
    if not figures.meant(campaign, intent.indicator_words):
        names = "、".join(one.name for one in campaign.indicators)
        return message.say(
            rt.words.say("figures.no_indicator", said=intent.indicator_words, list=names)
        )
    shown = await figures.all_of(rt, message, unit, campaign, intent.indicator_words)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=unit.short))
    notes = await welcome.lines(rt, shown)
    if intent.about == "left":
        left = "，".join(
            rt.words.say("figures.left", indicator=one.indicator.name, n=one.expected - one.done)
            for one in shown
        )
        notes.append(left)
    if intent.picture:
        notes.append(rt.words.say("figures.no_picture"))
    return message.say("\n".join([figures.told(rt, shown, message.now), *notes]), meant.note)


async def _slow(rt: Runtime, message: Member, unit: Unit, campaign: Campaign) -> str:
    """The units directly below that are behind plan, by indicator; never an order of merit."""
    said = []
    for indicator in campaign.indicators:
        below = await progress.children(rt, unit, indicator, message.now)
        slow = [one for one in below if one.light is Light.BEHIND]
        if slow:
            names = "、".join(
                f"{one.unit.short}{wording.percent(one.done, one.expected)}"
                for one in slow[:_NAMES]
            )
            said.append(
                rt.words.say("figures.slow", indicator=indicator.name, n=len(slow), list=names)
            )
    if not said:
        return rt.words.say("figures.none_slow", unit=unit.short)
    return "\n".join([*said, figures.as_of(rt, message.now)])
