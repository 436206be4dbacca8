"""进度: how far a unit of hers is, and which of those below are behind plan."""

from __future__ import annotations

from typing import Final

from bot.actions import progress
from bot.core import intents, wording
from bot.core.intents import Open
from bot.core.model import Campaign, Unit
from bot.core.progress import Light
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import campaigns, units
from handlers.chat import asking, choices, figures, places
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "progress"
_NAMES: Final = 12  # units named in one answer


async def handle(
    rt: Runtime, message: Member, intent: intents.AskProgress | intents.WhoIsSlow
) -> Reply:
    """The figures of one unit, after asking which if several are called so."""
    found = await places.find(rt, message, intent.unit_words)
    if len(found) == 1 or isinstance(intent, intents.WhoIsSlow):
        return await _of(rt, message, found[0], intent)
    offered = found[: places.MOST]
    names = choices.listed(await choices.full_names(rt, offered))
    sentence = rt.words.say("reporting.which_unit", list=names)
    data = {
        "units": [unit.id for unit in offered],
        "indicator": intent.indicator_words,
        "picture": intent.picture,
        "about": intent.about,
    }
    note = await asking.ask(rt, message, Asked(Open.CHOICE, ABOUT, data, "", sentence))
    return message.say(sentence, note)


async def answered(
    rt: Runtime, message: Member, standing: asking.Standing, said: asking.Short
) -> Reply:
    """The unit she chose."""
    question, asked = standing
    offered = asked.data["units"]
    if not isinstance(said, intents.Digit) or not 1 <= said.number <= len(offered):
        return message.say(rt.words.say("question.again", sentence=asked.sentence))
    await asking.take(rt, question)
    async with rt.read() as c:
        unit = await units.by_id(c, offered[said.number - 1])
    assert unit is not None  # units end, their rows stay
    held = asked.data
    intent = intents.AskProgress("", held["indicator"], held["picture"], held["about"])
    return await _of(rt, message, unit, intent)


async def _of(
    rt: Runtime, message: Member, unit: Unit, intent: intents.AskProgress | intents.WhoIsSlow
) -> Reply:
    async with rt.read() as c:
        campaign = await campaigns.covering(c, unit, rt.calendar.day(message.now))
    if campaign is None:
        return message.say(rt.words.say("chat.no_campaign"))
    if isinstance(intent, intents.WhoIsSlow):
        return message.say(await _slow(rt, message, unit, campaign))
    if not figures.meant(campaign, intent.indicator_words):
        names = "、".join(one.name for one in campaign.indicators)
        return message.say(
            rt.words.say("figures.no_indicator", said=intent.indicator_words, list=names)
        )
    shown = await figures.all_of(rt, message, unit, campaign, intent.indicator_words)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=unit.short))
    notes = []
    if intent.about == "left":
        left = "，".join(
            rt.words.say("figures.left", indicator=one.indicator.name, n=one.expected - one.done)
            for one in shown
        )
        notes.append(left)
    if intent.picture:
        notes.append(rt.words.say("figures.no_picture"))
    return message.say("\n".join([figures.told(rt, shown, message.now), *notes]))


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
