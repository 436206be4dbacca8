"""周报, 材料, 台账: the texts about a unit's figures."""

from __future__ import annotations

from bot.actions import analyse
from bot.core import intents, progress
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import campaigns
from handlers.chat import choosing, figures
from handlers.chat.message import Member


async def handle(
    rt: Runtime, message: Member, intent: intents.Weekly | intents.Material | intents.Ledger
) -> Reply:
    """This week's analysis, a paragraph to paste, or what stands in the ledger."""
    meant = await choosing.unit(rt, message, intent)
    if not isinstance(meant, choosing.Chosen):
        return meant
    unit = meant.unit
    async with rt.read() as c:
        campaign = await campaigns.covering(c, unit, rt.calendar.day(message.now))
    if campaign is None:
        return message.say(rt.words.say("chat.no_campaign"))
    if isinstance(intent, intents.Weekly):
        said = await analyse.friday(rt, unit, message.now)
        return message.say(said or rt.words.say("figures.no_news", unit=unit.short), meant.note)
    shown = await figures.all_of(rt, message, unit, campaign)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=unit.short))
    lines = [progress.first_line(rt.words, one) for one in shown]
    if isinstance(intent, intents.Ledger):
        return message.say("\n".join([*lines, figures.as_of(rt, message.now)]), meant.note)
    head = rt.words.say(
        "figures.material", at=figures.as_of(rt, message.now), campaign=campaign.name
    )
    said = head + rt.words.say("value.then").join(lines) + rt.words.say("figures.stop")
    return message.say(said, meant.note)
