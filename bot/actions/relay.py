"""转了: a group owner has forwarded a notice, or cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core import period
from bot.core.model import Person
from bot.core.plan import Broadcast
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, refusals, relays
from bot.store.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Relayed:
    """How many of her groups the notice has now been forwarded to, and how many of hers still wait."""

    broadcast: Broadcast
    groups: int
    left: int


async def relayed(
    rt: Runtime, person: Person, groups: int | None, people: int | None, at: datetime
) -> Relayed | None:
    """Count her 转了 for the newest notice that waits for it: all her groups, or as many as she said; None if none waits."""
    async with rt.write() as c:
        found = await relays.waiting(c, person.id)
        if found is None:
            return None
        held, waiting = found
        done = waiting if groups is None else waiting[: max(groups, 0)]
        await relays.prove(c, held, done, people=people, at_ms=period.ms(at))
        held.arrays.states[done] = State.DELIVERED
        await batch_states.put(c, held, reopen=False)
        broadcast = await broadcasts.get(c, held.broadcast_id)
        return Relayed(broadcast, len(done), len(waiting) - len(done))


async def cannot(rt: Runtime, person: Person, reason: str, at: datetime) -> Relayed | None:
    """转不了: her groups count as refused, with her reason; None if none waits."""
    async with rt.write() as c:
        found = await relays.waiting(c, person.id)
        if found is None:
            return None
        held, waiting = found
        held.arrays.states[waiting] = State.REFUSED
        await batch_states.put(c, held, reopen=False)
        reasons = [Refusal(held.no, at_, None, reason or "cannot forward") for at_ in waiting]
        await refusals.note(c, held.broadcast_id, reasons, period.ms(at))
        return Relayed(await broadcasts.get(c, held.broadcast_id), len(waiting), 0)
