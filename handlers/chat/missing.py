"""谁没报, 谁没签收, 谁没转; 更多 shows the next names; 提醒 reminds those and nobody else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot import errors
from bot.actions import progress, remind
from bot.core import access, intents, ledger, tree, wording
from bot.core.model import Campaign, IndicatorKind, Level, Unit
from bot.core.plan import Broadcast
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import broadcasts, epochs, receipts, relays, reminders, units
from handlers.chat import answers, asking, choosing, claims, figures, notices, outcomes, report
from handlers.chat.message import Member

LISTED: Final = "list"  # the deed of having been shown a list
_AT_ONCE: Final = 20  # names in one answer

Intent = (
    intents.WhoNotReported
    | intents.WhoNotSigned
    | intents.WhoNotRelayed
    | intents.Remind
    | intents.More
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Who is missing of what: `what` is reported, signed or relayed below `unit`, of `notice` if it is one.

    `indicator` is what she calls the only figure she asks about; `note` a last line for the answer.
    """

    what: str
    unit: Unit
    notice: Broadcast | None
    indicator: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """The notice's title, '' without one."""
        return self.notice.title if self.notice else ""


@dataclass(frozen=True, slots=True)
class List:
    """The names needed so far, how many are missing in all, and by child."""

    names: Sequence[str]
    total: int
    by_child: Sequence[tuple[str, int]]


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
            return await report.menu(rt, message)
        topic = Topic("reported", meant.unit, None, intent.indicator_words, meant.note)
        return await _show(rt, message, topic, 0)
    what = "relayed" if isinstance(intent, intents.WhoNotRelayed) else "signed"
    notice = await notices.visible(rt, message, intent.number, groups=what == "relayed")
    if notice is None:
        return message.say(await notices.nothing(rt, message, groups=what == "relayed"))
    return await _show(rt, message, Topic(what, meant.unit, notice, note=meant.note), 0)


async def _show(rt: Runtime, message: Member, topic: Topic, start: int) -> Reply:
    """One page of a list from the name number `start` on; remembered for 更多 and 提醒."""
    found = await _list(rt, message, topic, start + _AT_ONCE)
    if isinstance(found, str):
        return message.say(found, topic.note)
    if not found.total:
        nobody = f"missing.nobody_{topic.what}"
        said = rt.words.say(nobody, unit=topic.unit.short, title=topic.title)
        said += await _beside(rt, message, topic, start)
        if topic.what == "signed" and topic.notice is not None:
            said = await outcomes.under_way(rt, message, topic.notice, topic.unit) or said
        return message.say(said, topic.note)
    page = found.names[start : start + _AT_ONCE]
    if not page:
        return message.say(rt.words.say("missing.no_more"))
    payload = {
        "what": topic.what,
        "unit": topic.unit.id,
        "notice": topic.notice.id if topic.notice else None,
        "indicator": topic.indicator,
        "shown": start + len(page),
    }
    await asking.did(rt, message, LISTED, payload)
    key = f"missing.{topic.what}" if start == 0 else "missing.further"
    lines = [
        rt.words.say(
            key, unit=topic.unit.short, title=topic.title, n=found.total, list="、".join(page)
        )
    ]
    if start == 0 and found.total > len(page):
        counts = "、".join(f"{name}{count}" for name, count in found.by_child if count)
        if counts:  # a village has none below
            lines.append(rt.words.say("missing.by_child", list=counts))
    if found.total > start + len(page):
        lines.append(rt.words.say("missing.more"))
    if access.send_post(message.actor) is not None:
        lines.append(rt.words.say("missing.offer", n=found.total))
    said = "\n".join(lines) + await _beside(rt, message, topic, start)
    return message.say(said, topic.note)


async def _beside(rt: Runtime, message: Member, topic: Topic, start: int) -> str:
    """A last line on the campaigns that a list of figures is not about."""
    if start or topic.notice is not None:
        return ""
    said = await figures.missing_elsewhere(rt, message, topic.unit, topic.indicator)
    return said and f"\n{said}"


async def _list(rt: Runtime, message: Member, topic: Topic, limit: int) -> List | str:
    """The names, or the sentence that nothing is to be reported."""
    unit, notice = topic.unit, topic.notice
    if notice is None:
        return await _reported(rt, message, unit, topic.indicator)
    scope = [(unit.lo, unit.hi)]
    async with rt.read() as c:
        if topic.what == "relayed":
            out = await relays.outstanding(c, notice, scope, limit)
            below = (await epochs.spans(c, notice, unit))[1:]
            by_child = [
                (child.short, bisect_left(out.places, hi) - bisect_left(out.places, lo))
                for child, lo, hi in below
            ]
            return List([one.name for one in out.first], out.total, by_child)
        out = await receipts.unsigned(c, notice, scope, limit)
        near = await units.many(c, [one.unit_id for one in out.first])
        counts = await receipts.counts_by_child(c, notice, unit)
    homes = {post.unit.id for post in message.person.posts}
    names = [one.unit_name + _name(one.name, near.get(one.unit_id), homes) for one in out.first]
    by_child = [(one.unit.short, one.reached - one.signed) for one in counts]
    return List(names, out.total, by_child)


def _name(name: str, unit: Unit | None, homes: set[int]) -> str:
    """A person's name in full only for her own unit and the level directly above."""
    close = unit is not None and (unit.id in homes or unit.parent_id in homes)
    return name if close else wording.masked(name)


async def _reported(rt: Runtime, message: Member, unit: Unit, indicator: str) -> List | str:
    campaign = await figures.asking(rt, message, unit, indicator)
    if isinstance(campaign, str):
        return campaign
    found = await _silent_of(rt, message, unit, campaign, indicator)
    if not found and not await figures.all_of(rt, message, unit, campaign):
        return rt.words.say("figures.nothing_expected", unit=unit.short)
    silent = [one.unit for one in found]
    async with rt.read() as c:
        below = await units.children(c, unit.id)
    by_child = [
        (child.short, sum(1 for one in silent if child.lo <= one.lo < child.hi)) for child in below
    ]
    return List([one.short for one in silent], len(silent), by_child)


async def _silent_of(
    rt: Runtime, message: Member, unit: Unit, campaign: Campaign, words: str
) -> list[progress.Missing]:
    """Who said nothing this week, of the figures that `words` name only."""
    wanted = figures.meant(campaign, words)
    return [
        progress.Missing(one.unit, mine)
        for one in await progress.missing(rt, unit, campaign, message.now)
        if (mine := tuple(indicator for indicator in one.indicators if indicator in wanted))
    ]


async def _more(rt: Runtime, message: Member) -> Reply:
    deed = await asking.last(rt, message, LISTED, asking.HALF_HOUR)
    other = await asking.last(rt, message, answers.LISTED, asking.HALF_HOUR)
    if other is not None and (deed is None or deed.done_at_ms < other.done_at_ms):
        return await answers.more(rt, message, other)
    if deed is None:
        return message.say(rt.words.say("missing.no_list"))
    held = deed.payload
    async with rt.read() as c:
        unit = await units.by_id(c, held["unit"])
        notice = await broadcasts.by_id(c, held["notice"]) if held["notice"] else None
    assert unit is not None  # units end, their rows stay
    topic = Topic(held["what"], unit, notice, held.get("indicator", ""))
    return await _show(rt, message, topic, held["shown"])


async def _remind(rt: Runtime, message: Member, intent: intents.Remind) -> Reply:
    """Those of the list just shown who are still missing, inside the unit she names."""
    if access.send_post(message.actor) is None:
        return message.say(rt.words.say("form.may_not_send"))
    deed = await asking.last(rt, message, LISTED, asking.HALF_HOUR)
    if deed is None:
        return await handle(rt, message, intents.WhoNotReported(intent.unit_words))
    held = deed.payload
    async with rt.read() as c:
        unit = await units.by_id(c, held["unit"])
        notice = await broadcasts.by_id(c, held["notice"]) if held["notice"] else None
    assert unit is not None
    top = unit
    if intent.unit_words:
        named = await choosing.unit(rt, message, intent, acts=True)
        if not isinstance(named, choosing.Chosen):
            return named
        if not unit.lo <= named.unit.lo < unit.hi:  # she has not seen that list yet
            return await _show(
                rt, message, Topic(held["what"], named.unit, notice, held.get("indicator", "")), 0
            )
        unit = named.unit
    if notice is None:
        words = held.get("indicator", "")
        campaign = await figures.asking(rt, message, top, words)
        if isinstance(campaign, str):
            return message.say(campaign)
        found = await _silent_of(rt, message, top, campaign, words)
        found = [one for one in found if unit.lo <= one.unit.lo < unit.hi]
        ids, text = await _silent(rt, message, found)
        week = rt.calendar.week_name(message.now)
        thing, units_n = f"week:{week}:{campaign.id}", len(found)
    else:
        ids, text, thing, units_n = await _owing(rt, held["what"], unit, notice)
    if not units_n:
        key = f"missing.nobody_{held['what']}"
        title = notice.title if notice else ""
        return message.say(rt.words.say(key, unit=unit.short, title=title))
    done = await remind.people(rt, message.actor, ids, text=text, thing=thing, at=message.now)
    return await outcomes.reminded(rt, message, done, units_n - len(ids))


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
