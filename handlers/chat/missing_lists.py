"""The names of those who have not reported, signed or passed on, and how many there are in each unit below."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.actions import progress, running
from bot.core import ledger, wording
from bot.core.model import Campaign, Indicator, Unit
from bot.core.plan import Broadcast
from bot.runtime import Runtime
from bot.store import epochs, expectations, receipts, relays, units
from handlers.chat import figures
from handlers.chat.message import Member


@dataclass(frozen=True, slots=True)
class Topic:
    """Who is missing of what: reported in a campaign, or signed or relayed of a notice (`what`), below `unit`.

    `indicator` is what she calls the only figure she asks about; `note` a last line for the answer.
    """

    what: str
    unit: Unit
    about: Broadcast | Campaign
    indicator: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """The notice's title, '' without one."""
        return self.about.title if isinstance(self.about, Broadcast) else ""


@dataclass(frozen=True, slots=True)
class List:
    """The names needed so far, how many are missing in all, and by child; `partly`: who has given some, by place."""

    names: Sequence[str]
    total: int
    by_child: Sequence[tuple[str, int]]
    partly: Mapping[int, str] = field(default_factory=dict)


async def of(rt: Runtime, message: Member, topic: Topic, limit: int) -> List | str:
    """The names, or the sentence that nothing is to be reported."""
    unit, notice = topic.unit, topic.about
    if isinstance(notice, Campaign):
        return await _reported(rt, message, topic, notice, limit)
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


async def _reported(
    rt: Runtime, message: Member, topic: Topic, campaign: Campaign, limit: int
) -> List | str:
    unit = topic.unit
    if not figures.meant(campaign, topic.indicator):
        names = rt.words.say("analysis.comma").join(one.name for one in campaign.indicators)
        return rt.words.say("figures.no_indicator", said=topic.indicator, list=names)
    found = await silent_units(rt, message, unit, campaign, topic.indicator)
    if not found and not await running.asks(rt, campaign, unit):
        return rt.words.say("figures.nothing_expected", unit=unit.short)
    silent = [one.unit for one in found]
    async with rt.read() as c:
        below = await units.children(c, unit.id)
    by_child = [
        (child.short, sum(1 for one in silent if child.lo <= one.lo < child.hi)) for child in below
    ]
    partly = await _partly(rt, found[:limit], figures.meant(campaign, topic.indicator))
    return List([one.short for one in silent], len(silent), by_child, partly)


async def _partly(
    rt: Runtime, some: Sequence[progress.Missing], wanted: Sequence[Indicator]
) -> dict[int, str]:
    """Of units which have given some of the figures what they still have to give, by their place: 富美村差走访户数."""
    async with rt.read() as c:
        asked = await expectations.table(c, wanted, [one.unit for one in some])
    found = {}
    for at, one in enumerate(some):
        owed = {ledger.spoken(indicator) for indicator in one.indicators}
        all_of_hers = sum(
            asked[each.id, one.unit.id] for each in wanted if each.level is one.unit.level
        )
        if len(one.indicators) < all_of_hers:
            key = "missing.part" if len(owed) == 1 else "missing.part_n"
            found[at] = rt.words.say(
                key, unit=one.unit.short, what=owed.pop(), n=len(one.indicators)
            )
    return found


async def silent_units(
    rt: Runtime, message: Member, unit: Unit, campaign: Campaign, words: str
) -> list[progress.Missing]:
    """Who said nothing this week, of the figures that `words` name only."""
    wanted = figures.meant(campaign, words)
    return [
        progress.Missing(one.unit, mine)
        for one in await progress.missing(rt, unit, campaign, message.now)
        if (mine := tuple(indicator for indicator in one.indicators if indicator in wanted))
    ]
