"""周报, 材料, 台账: the texts about a unit's figures."""

from __future__ import annotations

import dataclasses

from bot.actions import publish, running
from bot.core import intents, material, text
from bot.core.model import Campaign, Unit
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import choosing, figures, ledger_lines, meaning, places
from handlers.chat.message import Member

Asked = intents.Weekly | intents.Material | intents.Ledger


async def handle(rt: Runtime, message: Member, intent: Asked) -> Reply:
    """This week's analysis, a paragraph to paste, or what stands in the ledger; of the campaign she names, if she does."""
    if not intent.campaign:
        intent = await _called(rt, message, intent)
    meant = await choosing.unit(rt, message, intent)
    if not isinstance(meant, choosing.Chosen):
        return meant
    unit = meant.unit
    if isinstance(intent, intents.Material):
        return await _material(rt, message, meant, intent)
    some = await running.of(rt, unit, message.now)
    if not some:
        return message.say(rt.words.say("chat.no_campaign"))
    campaign = figures.among(some, intent.campaign)
    notes = [one for one in (figures.over(rt, campaign, message.now), meant.note) if one]
    if isinstance(intent, intents.Weekly):
        said, note = await _weekly(rt, message, unit, campaign)
        return message.say(said, "\n".join(one for one in (note, *notes) if one))
    shown = await figures.all_of(rt, message, unit, campaign)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=unit.short))
    lines = await ledger_lines.figures(rt, message, unit, shown)
    lines.append(figures.as_of(rt, message.now))
    lines += await ledger_lines.of(rt, message, unit, [*lines, *notes])
    return message.say("\n".join(lines), "\n".join(notes))


async def _called(rt: Runtime, message: Member, intent: Asked) -> Asked:
    """What is asked, with the campaign whose name stands in the line (the longest name), and without that name."""
    line = message.line.text
    some = {
        text.fold(one.name): one.name for one in await running.of(rt, message.home, message.now)
    }
    name = max((one for one in some if one in line), key=len, default="")
    if not name:
        return intent
    names = tuple(await places.mentioned(rt, message))
    again = meaning.of(text.line(line.replace(name, " ")), None, (), (), names)
    return dataclasses.replace(again if isinstance(again, Asked) else intent, campaign=some[name])


async def _material(
    rt: Runtime, message: Member, meant: choosing.Chosen, intent: intents.Material
) -> Reply:
    """The paragraph, with nothing around it that she would have to take out again."""
    period = await figures.period(rt, message, meant.unit, intent.when, intent.campaign)
    if isinstance(period, str):
        return message.say(period)
    campaign, at = period
    shown = await figures.all_of(rt, message, meant.unit, campaign, at=at)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=meant.unit.short))
    local = at.astimezone(rt.calendar.zone)
    notes = (figures.over(rt, campaign, at), meant.note)
    note = "\n".join(one for one in notes if one)
    said = material.paragraph(rt.words, shown, local, limit=message.limit - len(note) - 1)
    return message.say(said, note)


async def _weekly(rt: Runtime, message: Member, unit: Unit, campaign: Campaign) -> tuple[str, str]:
    """The newest published analysis and her own link to it, else the state of today, said to be unpublished."""
    shown = await publish.newest(rt, unit, campaign)
    if shown is not None and shown.id is not None:
        url = publish.address(rt, shown.id, message.person.id, message.now)
        return shown.text, rt.words.say("weekly.link", url=url)
    shown = await publish.today(rt, unit, campaign, message.now)
    if not shown.news:
        return rt.words.say("figures.no_news", unit=unit.short), ""
    return shown.text, rt.words.say("weekly.not_yet")
