"""谁没报, 谁没签收, 谁没转; 更多 shows the next names; 提醒 reminds those and nobody else."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from bot import errors
from bot.actions import progress, remind
from bot.core import access, intents, ledger, tree
from bot.core.model import Campaign, IndicatorKind, Level, Unit
from bot.core.plan import Broadcast
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import broadcasts, questions, receipts, relays, reminders, units
from handlers.chat import (
    answers,
    asking,
    choosing,
    claims,
    figures,
    missing_lists,
    notices,
    outcomes,
    report,
)
from handlers.chat.message import Member
from handlers.chat.missing_lists import Topic

LISTED: Final = "list"  # the deed of having been shown a list
_AT_ONCE: Final = 20  # names in one answer

Intent = (
    intents.WhoNotReported
    | intents.WhoNotSigned
    | intents.WhoNotRelayed
    | intents.Remind
    | intents.More
)


async def handle(rt: Runtime, message: Member, intent: Intent) -> Reply:
    """Show a list, go on with it, or remind those in it."""
    match intent:
        case intents.More():
            return await _more(rt, message)
        case intents.Remind():
            return await _remind(rt, message, intent)
        case _:
            menu = isinstance(intent, intents.WhoNotReported) and _village(message)
            if not menu and access.send_post(message.actor) is None:
                raise errors.NotAllowed
            meant = await choosing.unit(rt, message, intent)
            if not isinstance(meant, choosing.Chosen):
                return meant
            if not menu and not tree.holds(access.send_scope(message.actor), meant.unit.lo):
                raise errors.NotAllowed
            return await _first(rt, message, intent, meant)


def _village(message: Member) -> bool:
    """Whether 谁没报 can only mean what her own village still has to report, which each of its posts may see."""
    return message.home.level is Level.VILLAGE


async def _first(
    rt: Runtime,
    message: Member,
    intent: intents.WhoNotReported | intents.WhoNotSigned | intents.WhoNotRelayed,
    meant: choosing.Chosen,
) -> Reply:
    """The first page of the list she asks for."""
    if isinstance(intent, intents.WhoNotReported):
        if meant.unit.level is Level.VILLAGE:
            return await report.menu(rt, message, meant)
        asked = await _reporting(rt, message, meant.unit, intent.indicator_words, meant.note)
        return await _show(rt, message, asked, 0)
    what = "relayed" if isinstance(intent, intents.WhoNotRelayed) else "signed"
    notice = await notices.visible(rt, message, intent.number, groups=what == "relayed")
    if isinstance(notice, str):
        return message.say(notice)
    return await _show(rt, message, Topic(what, meant.unit, notice, note=meant.note), 0)


async def _reporting(
    rt: Runtime, message: Member, unit: Unit, words: str, note: str = ""
) -> Topic | str:
    """Who has not reported what `words` name; or the sentence that nothing is asked for there (any more)."""
    campaign = await figures.asking(rt, message, unit, words)
    return campaign if isinstance(campaign, str) else Topic("reported", unit, campaign, words, note)


async def _show(rt: Runtime, message: Member, topic: Topic | str, start: int) -> Reply:
    """One page of a list from the name number `start` on; remembered for 更多 and 提醒. A sentence is said as it is."""
    if isinstance(topic, str):
        return message.say(topic)
    found = await missing_lists.of(rt, message, topic, start + _AT_ONCE)
    if isinstance(found, str):
        return message.say(found, topic.note)
    if not found.total:
        nobody = f"missing.nobody_{topic.what}"
        said = rt.words.say(nobody, unit=topic.unit.short, title=topic.title)
        said += await _beside(rt, message, topic, start)
        if topic.what == "signed" and isinstance(topic.about, Broadcast):
            said = await outcomes.under_way(rt, message, topic.about, topic.unit) or said
        return message.say(said, topic.note)
    page = found.names[start : start + _AT_ONCE]
    if not page:
        return message.say(rt.words.say("missing.no_more"))
    payload = {
        "what": topic.what,
        "unit": topic.unit.id,
        "notice": topic.about.id if isinstance(topic.about, Broadcast) else None,
        "indicator": topic.indicator,
        "shown": start + len(page),
    }
    await asking.did(rt, message, LISTED, payload)
    said = "\n".join(_lines(rt, message, topic, found, start)) + await _beside(
        rt, message, topic, start
    )
    return message.say(said, topic.note)


def _lines(
    rt: Runtime, message: Member, topic: Topic, found: missing_lists.List, start: int
) -> list[str]:
    """The names of the page, what some of them have given, and how to go on."""
    page = found.names[start : start + _AT_ONCE]
    comma = rt.words.say("analysis.comma")
    key = f"missing.{topic.what}" if start == 0 else "missing.further"
    lines = [
        rt.words.say(
            key, unit=topic.unit.short, title=topic.title, n=found.total, list=comma.join(page)
        )
    ]
    partly = [said for at, said in found.partly.items() if start <= at < start + len(page)]
    if partly:
        lines.append(rt.words.say("missing.partly", list=comma.join(partly)))
    if start == 0 and found.total > len(page):
        counts = comma.join(f"{name}{count}" for name, count in found.by_child if count)
        if counts:  # a village has none below
            lines.append(rt.words.say("missing.by_child", list=counts))
    if found.total > start + len(page):
        lines.append(rt.words.say("missing.more"))
    if access.send_post(message.actor) is not None:
        lines.append(rt.words.say("missing.offer", n=found.total))
    return lines


async def _beside(rt: Runtime, message: Member, topic: Topic, start: int) -> str:
    """A last line on the campaigns that a list of figures is not about."""
    about, words = topic.about, topic.indicator
    if start or isinstance(about, Broadcast):
        return ""
    said = await figures.missing_elsewhere(rt, message, topic.unit, about, words)
    return said and f"\n{said}"


async def _more(rt: Runtime, message: Member) -> Reply:
    deed = await asking.last(rt, message, LISTED, asking.HALF_HOUR)
    other = await asking.last(rt, message, answers.LISTED, asking.HALF_HOUR)
    if other is not None and (deed is None or deed.done_at_ms < other.done_at_ms):
        return await answers.more(rt, message, other)
    if deed is None:
        return message.say(rt.words.say("missing.no_list"))
    return await _show(rt, message, await _listed(rt, message, deed), deed.payload["shown"])


async def _listed(rt: Runtime, message: Member, deed: questions.Deed) -> Topic | str:
    """What the list just shown is about, as it stands now."""
    held = deed.payload
    async with rt.read() as c:
        unit = await units.by_id(c, held["unit"])
        notice = await broadcasts.by_id(c, held["notice"]) if held["notice"] else None
    assert unit is not None  # units end, their rows stay
    if notice is None:
        return await _reporting(rt, message, unit, held["indicator"])
    return Topic(held["what"], unit, notice)


async def _remind(rt: Runtime, message: Member, intent: intents.Remind) -> Reply:
    """Those of the list just shown who are still missing, inside the unit she names."""
    if access.send_post(message.actor) is None:
        return message.say(rt.words.say("form.may_not_send"))
    deed = await asking.last(rt, message, LISTED, asking.HALF_HOUR)
    words = intent.indicator_words
    if deed is None or (words and words != deed.payload["indicator"]):  # not seen yet
        return await handle(rt, message, intents.WhoNotReported(intent.unit_words, words))
    topic = await _listed(rt, message, deed)
    if isinstance(topic, str):
        return message.say(topic)
    unit, about = topic.unit, topic.about
    if intent.unit_words:
        named = await choosing.unit(rt, message, intent, acts=True)
        if not isinstance(named, choosing.Chosen):
            return named
        if not unit.lo <= named.unit.lo < unit.hi:  # she has not seen that list yet
            return await _elsewhere(rt, message, topic, named.unit)
        unit = named.unit
    if isinstance(about, Campaign):
        found = await missing_lists.silent_units(rt, message, topic.unit, about, topic.indicator)
        found = [one for one in found if unit.lo <= one.unit.lo < unit.hi]
        ids, text = await _silent(rt, message, found)
        week = rt.calendar.week_name(message.now)
        thing, units_n = f"week:{week}:{about.id}", len(found)
    else:
        ids, text, thing, units_n = await _owing(rt, topic.what, unit, about)
    if not units_n:
        key = f"missing.nobody_{topic.what}"
        return message.say(rt.words.say(key, unit=unit.short, title=topic.title))
    done = await remind.people(rt, message.actor, ids, text=text, thing=thing, at=message.now)
    return await outcomes.reminded(rt, message, done, units_n - len(ids))


async def _elsewhere(rt: Runtime, message: Member, topic: Topic, unit: Unit) -> Reply:
    """The same list of another unit, to be looked at before anybody is reminded."""
    there: Topic | str = dataclasses.replace(topic, unit=unit)
    if isinstance(topic.about, Campaign):
        there = await _reporting(rt, message, unit, topic.indicator)
    return await _show(rt, message, there, 0)


async def _silent(
    rt: Runtime, message: Member, found: Sequence[progress.Missing]
) -> tuple[list[int], str]:
    """Who speaks for the units found, and what to say."""
    async with rt.read() as c:
        speakers = await reminders.speakers(c, [one.unit.id for one in found])
    wanted = {one.id: one for entry in found for one in entry.indicators}.values()
    names = "、".join(dict.fromkeys(ledger.spoken(one) for one in wanted))
    example = rt.words.say("value.join").join(
        claims.value(rt, one, 12 if one.kind is IndicatorKind.COUNT else 1)
        for one in list(wanted)[:2]
    )
    text = rt.words.say(
        "missing.text_reported", unit=message.home.display, list=names, example=example
    )
    return list(speakers.values()), text


async def _owing(
    rt: Runtime, what: str, unit: Unit, notice: Broadcast
) -> tuple[list[int], str, str, int]:
    scope = [(unit.lo, unit.hi)]
    async with rt.read() as c:
        if what == "relayed":
            out = await relays.outstanding(c, notice, scope, 0)
            ids = await relays.owners(c, out.ids)
            text = rt.words.say("missing.text_relayed", n=notice.id, title=notice.title)
            return ids, text, f"relay:{notice.id}", len(ids)
        ids = await receipts.unsigned_ids(c, notice, scope)
    text = rt.words.say("missing.text_signed", n=notice.id, title=notice.title)
    return ids, text, f"sign:{notice.id}", len(ids)
