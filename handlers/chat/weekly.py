"""周报, 材料, 台账: the texts about a unit's figures."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import publish, running
from bot.core import intents, material, weekly_chat
from bot.core.model import Campaign, Unit
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import choosing, figures, ledger_lines
from handlers.chat.message import Member

Asked = intents.Weekly | intents.Material | intents.Ledger


async def handle(rt: Runtime, message: Member, intent: Asked) -> Reply:
    """This week's analysis, a paragraph to paste, or what stands in the ledger; of what she names, if she does."""
    meant = await choosing.unit(rt, message, intent)
    if not isinstance(meant, choosing.Chosen):
        return meant
    unit = meant.unit
    if isinstance(intent, intents.Material):
        return await _material(rt, message, meant, intent)
    some = await running.of(rt, unit, message.now)
    if not some:
        return message.say(rt.words.say("chat.no_campaign"))
    campaign = figures.among(some, intent.indicator_words)
    notes = [one for one in (figures.over(rt, campaign, message.now), meant.note) if one]
    if isinstance(intent, intents.Weekly):
        return await _weekly(rt, message, unit, campaign, notes)
    shown = await figures.all_of(rt, message, unit, campaign, intent.indicator_words)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=unit.short))
    room = message.limit - sum(len(one) + 1 for one in notes)
    lines = await ledger_lines.figures(rt, message, unit, shown, room=room)
    lines.append(figures.as_of(rt, message.now))
    lines += await ledger_lines.of(rt, message, unit, [*lines, *notes])
    return message.say("\n".join(lines), "\n".join(notes))


async def _material(
    rt: Runtime, message: Member, meant: choosing.Chosen, intent: intents.Material
) -> Reply:
    """The paragraph, with nothing around it that she would have to take out again."""
    words = intent.indicator_words
    period = await figures.period(rt, message, meant.unit, intent.when, words)
    if isinstance(period, str):
        return message.say(period)
    campaign, at = period
    shown = await figures.all_of(rt, message, meant.unit, campaign, words, at=at)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=meant.unit.short))
    local = at.astimezone(rt.calendar.zone)
    notes = (figures.over(rt, campaign, at), meant.note)
    note = "\n".join(one for one in notes if one)
    said = material.paragraph(rt.words, shown, local, limit=message.limit - len(note) - 1)
    return message.say(said, note)


async def _weekly(
    rt: Runtime, message: Member, unit: Unit, campaign: Campaign, notes: Sequence[str]
) -> Reply:
    """The newest published analysis and her own link to it, else the state of today, said to be unpublished."""
    shown = await publish.newest(rt, unit, campaign)
    if shown is not None and shown.id is not None:
        url = publish.address(rt, shown.id, message.person.id, message.now)
        note = rt.words.say("weekly.link", url=url)
    else:
        shown = await publish.today(rt, unit, campaign, message.now)
        if not shown.news:
            said = rt.words.say("figures.no_news", unit=unit.short)
            return message.say(said, "\n".join(notes))
        note = rt.words.say("weekly.not_yet")
    last = "\n".join([note, *notes])
    room = message.limit - len(last) - 1  # no sentence is cut off
    said = shown.text
    if len(said) > room:
        said = weekly_chat.text(rt.words, shown.sentences, limit=room)
    return message.say(said, last)
