"""转了: a group owner has forwarded a notice, or cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions import register as owners
from bot.actions.register import Said
from bot.core import chain, period
from bot.core.chain import Mark, News
from bot.core.model import Person
from bot.core.plan import Broadcast
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, chains, groups, refusals, register, relays
from bot.store.batch_states import Held
from bot.store.batches import Claim
from bot.store.database import Connection
from bot.store.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Relayed:
    """How many of her groups the notice has now been forwarded to, and how many of hers still wait."""

    broadcast: Broadcast
    groups: int
    left: int


async def relayed(
    rt: Runtime,
    person: Person,
    how_many: int | None,
    people: int | None,
    *,
    number: int | None,
    at: datetime,
) -> Relayed | None:
    """Count her 转了 for notice `number`, else the newest that waits: all her groups, or as many as she said; None if none waits.

    Who says again how many she has forwarded to, more than still wait, has forwarded to none since (`groups` is 0).
    """
    async with rt.write() as c:
        found = await relays.waiting(c, person.id, number)
        if found is None:
            return None
        held, waiting = found
        if how_many is not None and how_many > len(waiting):
            asked = await relays.asked(c, person.id, held.broadcast_id)
            assert asked is not None, "they wait in it"
            before = [at for at in asked[1] if held.arrays.states[at] == State.DELIVERED]
            if how_many == len(before):
                broadcast = await broadcasts.get(c, held.broadcast_id)
                return Relayed(broadcast, 0, len(waiting))
        done = waiting if how_many is None else waiting[: max(how_many, 0)]
        await relays.prove(c, held, done, people=people, at_ms=period.ms(at))
        held.arrays.states[done] = State.DELIVERED
        await batch_states.put(c, held, reopen=False)
        broadcast = await broadcasts.get(c, held.broadcast_id)
        places = [int(place) for place in held.places[done]]
        await _arrived(
            c, broadcast, held.members[done].tolist(), places, people=people, at_ms=period.ms(at)
        )
        return Relayed(broadcast, len(done), len(waiting) - len(done))


async def cannot(
    rt: Runtime, person: Person, reason: str, *, number: int | None, at: datetime
) -> Relayed | None:
    """转不了: her groups count as refused, with her reason, for notice `number`, else the newest; None if none waits."""
    async with rt.write() as c:
        found = await relays.waiting(c, person.id, number)
        if found is None:
            return None
        held, waiting = found
        broadcast = await _refused(c, held, waiting, reason or "cannot forward", period.ms(at))
        return Relayed(broadcast, len(waiting), 0)


async def disown(rt: Runtime, person: Person, words: str, at: datetime) -> Said:
    """我不是群主: the group that `words` name, or her only one, waits for her no longer and is nobody's from now on."""
    async with rt.write() as c:
        mine = await groups.owned_by(c, person.id)
        some = owners.meant(mine, words)
        if not some:
            return Said(of=tuple(one.name for one in mine))
        found = await relays.waiting(c, person.id)
        if found is not None:
            held, waiting = found
            ids = {one.id for one in some}
            hers = [one for one in waiting if int(held.members[one]) in ids]
            await _refused(c, held, hers, "not the owner", period.ms(at))
        await owners.give_up(rt, c, person, some)
    return Said(done=tuple(one.name for one in some))


async def _refused(
    c: Connection, held: Held, positions: Sequence[int], reason: str, at_ms: int
) -> Broadcast:
    """These groups will not have it, for this reason."""
    broadcast = await broadcasts.get(c, held.broadcast_id)
    held.arrays.states[list(positions)] = State.REFUSED
    await batch_states.put(c, held, reopen=False)
    reasons = [Refusal(held.no, one, None, reason) for one in positions]
    await refusals.note(c, held.broadcast_id, reasons, at_ms)
    news = [News(int(held.places[one]), Mark.CANNOT) for one in positions]
    await chains.note(c, broadcast, news, at_ms)
    return broadcast


async def posted(rt: Runtime, c: Connection, claim: Claim, positions: Sequence[int]) -> None:
    """Robots have said it in their groups, in the caller's transaction."""
    broadcast = await broadcasts.get(c, claim.broadcast_id)
    there = (await relays.places(c, claim.broadcast_id, claim.no))[list(positions)]
    members = claim.members[list(positions)].tolist()
    await _arrived(c, broadcast, members, there.tolist(), people=None, at_ms=rt.now_ms())


async def _arrived(
    c: Connection,
    broadcast: Broadcast,
    members: Sequence[int],
    places: Sequence[int],
    *,
    people: int | None,
    at_ms: int,
) -> None:
    """These groups have the notice; `people` is what their owner said of all of them together."""
    known = await groups.many(c, members)
    sizes = [known[member].member_count if member in known else 0 for member in members]
    each = zip(places, chain.shares(people, sizes), strict=True)
    news = [News(place, Mark.RELAYED, people=share) for place, share in each]
    await chains.note(c, broadcast, news, at_ms)
    await register.used(c, members, at_ms)
