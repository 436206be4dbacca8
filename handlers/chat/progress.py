"""进度: how far a unit of hers is, and which of those below are behind plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions import progress, running, welcome
from bot.core import intents, wording
from bot.core import progress as rules
from bot.core.model import Campaign, Indicator, Unit
from bot.core.progress import Light, Progress
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import choosing, figures, pictured, pointing, rows
from handlers.chat.message import Member

_NAMES: Final = 12  # units named in one answer
_OTHERS: Final = 3  # campaigns named beside the one that is shown


async def handle(
    rt: Runtime, message: Member, intent: intents.AskProgress | intents.WhoIsSlow
) -> Reply:
    """The figures of one unit, after asking which if several are called so."""
    meant = await choosing.unit(rt, message, intent)
    if not isinstance(meant, choosing.Chosen):
        return meant
    if isinstance(intent, intents.AskProgress):
        return await _asked(rt, message, meant, intent)
    some = await running.of(rt, meant.unit, message.now)
    if not some:
        return message.say(rt.words.say("chat.no_campaign"))
    campaign = figures.among(some, intent.indicator_words)
    notes = (figures.over(rt, campaign, message.now), meant.note)
    wanted = figures.meant(campaign, intent.indicator_words)
    said = await _slow(rt, message, meant.unit, wanted)
    return message.say(said, "\n".join(note for note in notes if note))


async def _asked(
    rt: Runtime, message: Member, meant: choosing.Chosen, intent: intents.AskProgress
) -> Reply:
    period = await figures.period(rt, message, meant.unit, intent.when, intent.indicator_words)
    if isinstance(period, str):
        return message.say(period)
    campaign, at = period
    if not figures.meant(campaign, intent.indicator_words):
        names = "、".join(one.name for one in campaign.indicators)
        return message.say(
            rt.words.say("figures.no_indicator", said=intent.indicator_words, list=names)
        )
    shown = await figures.all_of(rt, message, meant.unit, campaign, intent.indicator_words, at=at)
    if not shown:
        return message.say(rt.words.say("figures.nothing_expected", unit=meant.unit.short))
    if intent.below:
        said, notes = await rows.answer(rt, message, intent, shown)
    else:
        said, notes = await _own(rt, message, intent, campaign, shown)
    notes.append(figures.over(rt, campaign, at))
    return message.say(said, "\n".join(note for note in (*notes, meant.note) if note))


async def _own(
    rt: Runtime,
    message: Member,
    intent: intents.AskProgress,
    campaign: Campaign,
    shown: Sequence[Progress],
) -> tuple[str, list[str]]:
    """The figures of the unit itself, and last lines."""
    notes = [await pictured.send(rt, message, campaign, shown)] if intent.picture else []
    if intent.about != "now":
        return await pointing.told(rt, message, campaign, shown, intent.about), notes
    lines = [figures.told(rt, shown, shown[0].as_of)]
    if not intent.when:  # who has registered and what else runs is known of now alone
        lines += await welcome.lines(rt, shown)
        lines += await _others(rt, message, campaign, shown[0].unit, lines)
    return "\n".join(lines), notes


async def _others(
    rt: Runtime, message: Member, campaign: Campaign, unit: Unit, lines: Sequence[str]
) -> list[str]:
    """A line that names what else runs in the unit, or has just ended, and how to ask for it, if it finds room."""
    others = await figures.others(rt, message, unit, campaign)
    if not others:
        return []
    where = "" if unit.id == message.home.id else f"{unit.short} "
    names = [rt.words.say("progress.other", name=one.name) for one in others[:_OTHERS]]
    said = rt.words.say(
        "progress.others",
        list=rt.words.say("analysis.comma").join(names),
        example=f"{where}{others[0].name}",
    )
    room = message.limit - sum(len(line) + 1 for line in lines)
    return [said] if len(said) <= room else []


async def _slow(rt: Runtime, message: Member, unit: Unit, wanted: Sequence[Indicator]) -> str:
    """The units directly below that are behind plan, the same ones of several figures once; never an order of merit."""
    alike: dict[tuple[int, str], list[str]] = {}
    for indicator in wanted:
        below = await progress.children(rt, unit, indicator, message.now)
        slow = [one for one in below if one.light is Light.BEHIND]
        if slow:
            names = "、".join(one.unit.short + _reached(rt, one) for one in slow[:_NAMES])
            alike.setdefault((len(slow), names), []).append(indicator.name)
    if not alike:
        return rt.words.say("figures.none_slow", unit=unit.short)
    said = [
        rt.words.say("figures.slow", indicator="、".join(named), n=n, list=names)
        for (n, names), named in alike.items()
    ]
    return "\n".join([*said, figures.as_of(rt, message.now)])


def _reached(rt: Runtime, one: Progress) -> str:
    """`20.0%`; of who reports it herself `没报`, `选举会`."""
    if one.unit.level is one.indicator.level:
        return rules.brief(rt.words, one)
    return wording.percent(one.done, one.expected)
