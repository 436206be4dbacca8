"""Figures as chat says them: which indicators she means, their lines, as of when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.actions import progress, running
from bot.core import asof, ledger, text
from bot.core import progress as lines
from bot.core.model import Campaign, Indicator, Level, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from handlers.chat.message import Member, Message

_JUST: Final = timedelta(days=31)  # since when one has ended that is still named unasked


def meant(campaign: Campaign, words: str) -> list[Indicator]:
    """The indicators that `words` name: by full name or code, else by spoken name or alias; all for no words."""
    said = text.key(words)
    if not said or called(campaign, words):
        return list(campaign.indicators)
    exact = [one for one in campaign.indicators if said in (text.key(one.name), text.key(one.code))]
    return exact or [
        one
        for one in campaign.indicators
        if said in {text.key(name) for name in (ledger.spoken(one), *one.aliases)}
    ]


async def asking(rt: Runtime, message: Message, unit: Unit, words: str) -> Campaign | str:
    """The campaign of the unit that `words` name, itself or by an indicator, else the newest that asks something.

    One that is over asks for nothing any more: then, and where there is none, the sentence that says so.
    """
    some = await running.of(rt, unit, message.now)
    one = among(some, words) if some else None
    if one is None or (not words and over(rt, one, message.now)):
        return rt.words.say("chat.no_campaign")
    return over(rt, one, message.now) or one


def over(rt: Runtime, campaign: Campaign, at: datetime) -> str:
    """A last line for figures of a campaign that is over; '' where it runs at `at`."""
    if not campaign.over(rt.calendar.day(at)):
        return ""
    ends = campaign.ends
    return rt.words.say("figures.over", name=campaign.name, month=ends.month, day=ends.day)


async def missing_elsewhere(
    rt: Runtime, message: Member, unit: Unit, one: Campaign, words: str
) -> str:
    """Which campaign a list of who has not reported is about, where others run too; '' where she named a figure."""
    if words and not called(one, words):
        return ""
    today = rt.calendar.day(message.now)
    some = [each for each in await others(rt, message, unit, one) if not each.over(today)]
    if not some:
        return ""
    where = "" if unit.id == message.home.id else f"{unit.short} "
    return rt.words.say("missing.others", name=one.name, other=f"{where}{some[0].name}")


async def others(rt: Runtime, message: Message, unit: Unit, campaign: Campaign) -> list[Campaign]:
    """What else runs in the unit and asks something of it, or has done so until a month ago, newest first."""
    today = rt.calendar.day(message.now)
    some = await running.of(rt, unit, message.now)
    some = [one for one in some if one.id != campaign.id and today - one.ends <= _JUST]
    return [one for one in some if await running.asks(rt, one, unit)]


async def all_of(
    rt: Runtime,
    message: Message,
    unit: Unit,
    campaign: Campaign,
    words: str = "",
    *,
    at: datetime | None = None,
) -> list[Progress]:
    """The figures of the unit for what `words` name, those of which nothing is expected left out; `at`: now."""
    wanted = {one.id for one in meant(campaign, words)}
    found = await progress.overview(rt, unit, campaign, at or message.now)
    return [one for one in found if one.indicator.id in wanted]


def as_of(rt: Runtime, at: datetime) -> str:
    """「截至…」."""
    return lines.as_of(rt.words, at.astimezone(rt.calendar.zone))


def called(campaign: Campaign, words: str) -> bool:
    """Whether `words` are the campaign's own name."""
    return bool(words) and text.key(words) == text.key(campaign.name)


def among(some: Sequence[Campaign], words: str) -> Campaign:
    """Of a unit's campaigns, newest first, the one that `words` name or whose indicator they name; else the newest."""
    named = (one for one in some if called(one, words) or meant(one, words))
    return next(named, some[0])


async def period(
    rt: Runtime, message: Message, unit: Unit, when: str, words: str = ""
) -> tuple[Campaign, datetime] | str:
    """The campaign of the unit on the day that `when` names ('': now) and that day's end; or what is wrong.

    Of several the one that `words` name, itself or by an indicator, else the newest.
    """
    at = message.now
    if when:
        today = rt.calendar.day(at)
        day = asof.read(when, today)
        if day is None:
            return rt.words.say("figures.no_such_day", said=when)
        if day < today:
            at = rt.calendar.moment(day, 23, 59)
    on = rt.calendar.day(at)
    some = await running.of(rt, unit, at)
    if some:
        return among(some, words), at
    if at == message.now:
        return rt.words.say("chat.no_campaign")
    return rt.words.say("figures.no_campaign_then", month=on.month, day=on.day)


def told(rt: Runtime, shown: Sequence[Progress], at: datetime) -> str:
    """One indicator in full; several with a line each, and a second one with change and plan above villages."""
    if len(shown) == 1:
        return progress.text(rt, shown[0])
    said = []
    for one in shown:
        said.append(lines.first_line(rt.words, one))
        if one.unit.level is not Level.VILLAGE:
            said.append(rt.words.say("value.then").join(lines.lines(rt.words, one, at)[1:-1]))
    return "\n".join([*said, as_of(rt, at)])
