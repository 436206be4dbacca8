"""上报: a plain sentence into the ledger; recorded at once when it is clear, typed and her own, else asked first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot import errors
from bot.actions import progress as figures
from bot.actions import report, running, welcome
from bot.core import intent_items, intents, ledger, period
from bot.core import progress as rules
from bot.core.ledger import Claim, Doubt
from bot.core.model import IndicatorKind
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import (
    asking,
    choosing,
    claims,
    counts,
    dates,
    doubts,
    guesses,
    hints,
    lines,
    spots,
    stating,
    titled,
)
from handlers.chat.lines import Read
from handlers.chat.message import Member

ACCEPTED: Final = "accepted"  # the deed of recording: a second 对 is told so
FIRM: Final = frozenset({Doubt.OTHER_UNIT, Doubt.SEVERAL, Doubt.UNCLEAR, Doubt.APPROXIMATE})
"""Doubts that an explicit answer to a question has settled."""


async def handle(
    rt: Runtime, message: Member, intent: intents.WantReport | intents.Report
) -> Reply:
    """Show what can be reported, or take the report."""
    if all(post.waiting for post in message.person.posts):
        return message.say(rt.words.say("joining.waiting", unit=message.home.display))
    if isinstance(intent, intents.WantReport):
        return await _wanted(rt, message, intent)
    summed = await stating.answer(rt, message, intent.text)
    if summed is not None:
        return summed
    read = await lines.of_line(rt, message, intent.text)
    if read is None:
        return message.say(rt.words.say("chat.no_campaign"))
    if read.reading.nothing:
        counted = await titled.asked(rt, message, intent_items.deed(message.line))
        return counted or message.say(await hints.not_understood(rt, message))
    asked = await guesses.asked(rt, message, read) or await doubts.first(rt, message, read)
    said = intent_items.deed(message.line)
    if asked is not None and (counted := await titled.asked(rt, message, said)):
        return counted
    if isinstance(asked, str):
        return message.say(asked)
    if asked is not None:
        return message.say(asked.sentence, await asking.ask(rt, message, asked))
    found = await lines.settled(rt, message, read)
    if not found:
        return await menu(rt, message)
    return await proceed(rt, message, found, frozenset(), read=read)


async def _wanted(rt: Runtime, message: Member, intent: intents.WantReport) -> Reply:
    """What is to be reported; or by when, or how it is changed."""
    if intent.about == "due":
        return message.say(await _due(rt, message))
    if intent.about == "mend":
        some = await report.reportable(rt, message.home, message.at)
        example = claims.example(rt, some[-1]) if some else rt.words.say("help.example")
        return message.say(rt.words.say("reporting.may_mend", example=example))
    meant = await choosing.unit(rt, message, intent)
    return await menu(rt, message, meant) if isinstance(meant, choosing.Chosen) else meant


async def _due(rt: Runtime, message: Member) -> str:
    """The days by which her unit's figures are wanted; that all is reported, or that nothing is wanted."""
    by_day: dict[date, list[str]] = {}
    for one in await figures.owes(rt, message.home, message.at):
        of_day = by_day.setdefault(ledger.due_day(one.campaign, one.indicator), [])
        of_day.append(ledger.spoken(one.indicator))
    if not by_day:
        some = await report.reportable(rt, message.home, message.at)
        names = "、".join(ledger.spoken(one) for one in some)
        key = "reporting.menu_done" if some else "reporting.nothing"
        return rt.words.say(key, unit=message.home.short, list=names)
    each = [
        rt.words.say("reporting.due_on", list="、".join(names), day=dates.day(rt, on))
        for on, names in sorted(by_day.items())
    ]
    return rt.words.say("reporting.due", list="；".join(each))


async def menu(rt: Runtime, message: Member, meant: choosing.Chosen | None = None) -> Reply:
    """What her unit, or that one, has still to report, with an example; what those below report, if it has nothing."""
    say, unit = rt.words.say, meant.unit if meant else message.home
    note = meant.note if meant else ""
    owed = [one.indicator for one in await figures.owes(rt, unit, message.at)]
    if owed:
        names = "、".join(ledger.spoken(one) for one in owed)
        example = say("value.join").join(claims.example(rt, one) for one in owed[:2])
        key = "reporting.menu" if unit.id == message.home.id else "reporting.menu_for"
        return message.say(say(key, unit=unit.short, list=names, example=example), note)
    done = await report.reportable(rt, unit, message.at)
    if done:
        names = "、".join(ledger.spoken(one) for one in done)
        return message.say(say("reporting.menu_done", unit=unit.short, list=names), note)
    campaign = await running.one(rt, unit, message.at)
    below = [one for one in campaign.indicators if one.level > unit.level] if campaign else []
    if not below:
        return message.say(say("reporting.nothing", unit=unit.short), note)
    example = claims.example(rt, below[0])
    return message.say(say("reporting.menu_above", unit=unit.short, example=example), note)


async def proceed(
    rt: Runtime,
    message: Member,
    some: Sequence[Claim],
    answered: frozenset[Doubt],
    *,
    read: Read | None = None,
) -> Reply:
    """Record what is beyond doubt, ask about the rest; `answered` are doubts she has settled already."""
    odd = [one for one in some if not ledger.complete(one)]
    if odd and odd[0].indicator.kind is IndicatorKind.RATIO:
        return message.say(spots.ratio_again(rt, odd[0].indicator))
    judged = await report.judge(rt, message.person, some, said_at=message.at, heard=message.heard)
    asks = [one for one in judged.asks if set(one.doubts) - answered]
    firm = [one.claim for one in judged.asks if not set(one.doubts) - answered]
    if not judged.clear and not firm and not asks:
        return message.say(_refused(rt, message, judged.refused))
    said = []
    if judged.clear or firm:
        said.append(await put(rt, message, [*judged.clear, *firm]))
    asked: asking.Asked | str | None = None
    if asks:
        asked = doubts.about(rt, message, asks, answered)
    elif read is not None:
        asked = await doubts.following(rt, message, read)
    else:
        asked = await counts.after(rt, message, [*judged.clear, *firm])
    if asked is None or isinstance(asked, str):
        note = await asking.supersede(rt, message, doubts.ABOUT)
        return message.say("\n".join(said), note)
    note = await asking.ask(rt, message, asked)
    return message.say("\n".join([*said, asked.sentence]), note)


def _refused(rt: Runtime, message: Member, refused: Sequence[tuple[Claim, report.Refusal]]) -> str:
    claim, why = refused[0]
    if why is report.Refusal.NOT_ALLOWED:
        hers = message.actor.sees(claim.unit)
        return rt.words.say("chat.not_allowed" if hers else "chat.no_such_unit")
    return rt.words.say(
        "reporting.not_expected", unit=claim.unit.short, indicator=ledger.spoken(claim.indicator)
    )


async def put(
    rt: Runtime, message: Member, some: Sequence[Claim], said_at_ms: int | None = None
) -> str:
    """Record, sign with it, remember it; what to say of it."""
    said_at = message.at if said_at_ms is None else period.at(said_at_ms)
    try:
        async with rt.db.savepoint():
            recorded = await report.record(
                rt, message.person, some, source=message.inbound.key, said_at=said_at
            )
    except errors.NotAllowed:
        return rt.words.say("chat.no_such_unit")
    except (errors.Conflict, errors.BadInput):
        return rt.words.say("reporting.nothing", unit=some[0].unit.short)
    await asking.did(rt, message, ACCEPTED, {})
    what = claims.noted(rt, recorded.items)
    if any(item.stale for item in recorded.items):
        return rt.words.say("reporting.stale", what=what)
    counted = [one for one in recorded.items if one.indicator.kind is IndicatorKind.COUNT]
    done = any(item.value or rules.counts(item.indicator) for item in recorded.items)
    if len(counted) == 1:
        right = claims.other(rt, counted[0].indicator, counted[0].value)
        said = rt.words.say("reporting.recorded", what=what, right=right)
    else:
        said = rt.words.say(f"reporting.recorded_{'' if done else 'not_'}done", what=what)
    if any(item.late for item in recorded.items):
        said += rt.words.say("reporting.late")
    if any(item.indicator.evidence and item.value for item in recorded.items):
        said += rt.words.say("photo.please")
    if recorded.fresh and await welcome.offer(
        rt, message.follower.id, message.person, recorded.items
    ):
        said += rt.words.say("joining.coming")
    return said
