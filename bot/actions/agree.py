"""同意 and 退回: what a village says waits for the levels that the campaign names, one after the other.

The rule of silence: a figure is in every total from the moment it is said. Nobody above can hide it by not
answering; 待审 beside the total says how many some level has yet to agree to. Who agrees does so for her own level and
for those below it that have not; then it is the turn of the next level above that the campaign names. To send back changes no figure either: the
reason goes to whoever said it, and only her answer, or a correction from above, makes a new entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.actions import desk
from bot.core import access, ledger
from bot.core.model import Indicator, Level, Person, Role, Unit
from bot.core.tree import Interval
from bot.runtime import Runtime
from bot.store import agreements, campaigns, cells, entries, people, tallies
from bot.store.agreements import Waiting
from bot.store.database import Connection

_MOST: Final = 2000  # figures of one sentence


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that waits, with its indicator; `level`: at which she agrees, or sends it back."""

    held: Waiting
    indicator: Indicator
    level: Level

    @property
    def unit(self) -> Unit:
        """Whose figure it is."""
        return self.held.unit


@dataclass(frozen=True, slots=True)
class Returned:
    """Who is to hear that her figure was sent back, and who had agreed to it.

    `hearer`: None where nobody of the unit is registered; `instead` then sits at the desk of `place`, the nearest above.
    """

    figure: Figure
    hearer: Person | None
    agreed: tuple[int, ...]  # persons
    place: Unit
    instead: tuple[Person, ...] = ()


async def waiting(rt: Runtime, actor: access.Actor) -> list[Figure]:
    """The figures below her leading posts that wait for their level or one below it, in tree order."""
    places = [((unit.lo + 1, unit.hi), int(unit.level)) for unit in access.agrees_for(actor)]
    async with rt.read() as c:
        found = await agreements.waiting(c, places, limit=_MOST)
        known: dict[int, Indicator] = {}
        for campaign_id in {one.campaign_id for one in found}:
            campaign = await campaigns.by_id(c, campaign_id)
            known |= {one.id: one for one in campaign.indicators} if campaign else {}
    return [Figure(one, known[one.indicator_id], _level(places, one.unit)) for one in found]


def _level(places: Sequence[tuple[Interval, int]], unit: Unit) -> Level:
    """Of her posts above the unit the highest."""
    return Level(min(level for (lo, hi), level in places if lo <= unit.lo < hi))


async def due(rt: Runtime, actor: access.Actor) -> tuple[int, int]:
    """How many figures it is her turn to agree to, and of how many units; nothing is asked where no campaign wants it."""
    async with rt.read() as c:
        running = await campaigns.active(c, rt.calendar.day(rt.now()))
        asked = [one.id for each in running for one in each.indicators if one.approvals]
        if not asked:
            return 0, 0
        counts = [await agreements.count_due(c, unit, asked) for unit in access.agrees_for(actor)]
    return sum(n for n, _ in counts), sum(units for _, units in counts)


async def agree(rt: Runtime, actor: access.Actor, some: Sequence[Figure]) -> list[Figure]:
    """Agree to these figures as she has seen them; those that have another value by now are left out."""
    done: list[Figure] = []
    changes: list[tallies.Change] = []
    async with rt.write() as c:
        await tallies.share_tree(c)
        await cells.hold(c, [one.unit.id for one in some])
        for one in some:
            level = ledger.awaited(one.indicator, one.level)
            state = ledger.SUBMITTED if level else None
            if await agreements.settle(c, one.held, state, level):
                await agreements.note(
                    c,
                    one.held.entry_id,
                    "agreed",
                    reason="",
                    person_id=actor.person.id,
                    at_ms=rt.now_ms(),
                )
                done.append(one)
                key = one.indicator.id, one.unit.id
                if level is None:
                    changes.append(tallies.Change(*key, 0, ledger.Share(), waiting=-1))
        await tallies.add(c, changes)
    return done


async def send_back(
    rt: Runtime, actor: access.Actor, some: Sequence[Figure], reason: str
) -> list[Returned]:
    """Send these figures back with a reason; whoever said each, if it is hers, else who leads the unit, is to hear it."""
    done: list[Returned] = []
    async with rt.write() as c:
        await cells.hold(c, [one.unit.id for one in some])
        for one in some:
            first = ledger.awaited(one.indicator, one.unit.level) or one.held.awaits
            if not await agreements.settle(c, one.held, ledger.RETURNED, first):
                continue
            at_ms = rt.now_ms()
            await agreements.note(
                c,
                one.held.entry_id,
                "returned",
                reason=reason,
                person_id=actor.person.id,
                at_ms=at_ms,
            )
            done.append(await _heard_by(rt, c, actor, one))
    return done


async def _heard_by(rt: Runtime, c: Connection, actor: access.Actor, one: Figure) -> Returned:
    entry = await entries.by_id(c, one.held.entry_id)
    said = await people.by_id(c, entry.person_id) if entry and entry.person_id else None
    own = said is not None and any(post.unit.id == one.unit.id for post in said.posts)
    chairs = await people.holders(c, one.unit.id, [Role.CHAIR])
    hearer = said if own else next(iter(chairs), None)
    place, instead = one.unit, list[Person]()
    if hearer is None or not await people.registered(c, hearer.id):
        place, instead = await desk.at(rt, one.unit)
        hearer = instead[0] if instead and place.id == one.unit.id else None
    agreed = await agreements.agreed_by(c, one.held.entry_id)
    known = {actor.person.id, *(person.id for person in instead), *([hearer.id] if hearer else ())}
    there = tuple(person_id for person_id in agreed if person_id not in known)
    return Returned(one, hearer, there, place, tuple(instead))
