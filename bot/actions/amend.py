"""Version 2 of a notice: it goes to those of the first, and to those who have signed only if they must act differently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot import errors
from bot.core import access, period, plan
from bot.core.access import Actor
from bot.core.plan import Broadcast, Draft, Phase
from bot.runtime import Runtime
from bot.store import amendments, broadcasts, units
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Standing:
    """The notice that is to be corrected; `signed` of its `people` have signed or answered it."""

    broadcast: Broadcast
    people: int
    signed: int


async def standing(rt: Runtime, actor: Actor, n: int) -> Standing:
    """What a correction of notice `n` speaks of. NotFound as `broadcast.stop`; Conflict when it was not sent, or has one."""
    async with rt.read() as c:
        one = await _mine(rt, c, actor, n)
        return Standing(one, one.people_n, len(await amendments.signers(c, n)))


async def _mine(rt: Runtime, c: Connection, actor: Actor, n: int) -> Broadcast:
    one = await broadcasts.get(c, n)
    unit = await units.by_id(c, one.unit_id)
    if unit is None or not access.may_control(actor, author_id=one.author_id, unit=unit):
        raise errors.NotFound
    if one.state not in plan.CUT or one.purpose != "notice":
        state = rt.words.say(f"broadcast.state_{one.state}")
        raise errors.Conflict(rt.words.say("broadcast.cannot", n=n, state=state))
    later = await amendments.begun(c, n)
    if later is not None:
        raise errors.Conflict(rt.words.say("notice.amended", n=n, later=later))
    return one


async def draft(
    rt: Runtime,
    actor: Actor,
    n: int,
    *,
    title: str,
    body: str,
    deadline: datetime | None,
    acted: bool,
) -> Draft:
    """Version 2 as a draft. `deadline` None: that of the first, if it is not over. `acted`: also to those who have signed."""
    async with rt.read() as c:
        one = await _mine(rt, c, actor, n)
        unit = await units.by_id(c, one.unit_id)
    assert unit is not None  # units are ended, never deleted
    first = period.at(one.deadline_ms) if one.deadline_ms is not None else None
    return Draft(
        kind=one.kind,
        title=title or rt.words.say("notice.amend_title", title=one.title),
        body=body,
        unit=unit,
        deadline=deadline or (first if first is not None and first > rt.now() else None),
        receipt=one.receipt,
        urgent=one.urgent,
        joint=one.joint,
        explicit=True,
        amends=n,
        acted=acted,
    )


async def supersede(rt: Runtime, c: Connection, later: Broadcast, *, actor: str) -> None:
    """The first version is over once its correction is frozen: what of it is unsent stays so."""
    if later.amends is None:
        return
    first = await broadcasts.locked(c, later.amends)
    if first.state in (Phase.READY, Phase.SENDING, Phase.PAUSED):
        await broadcasts.move(
            c,
            first,
            Phase.STOPPED,
            at_ms=rt.now_ms(),
            actor=actor,
            reason=f"corrected by {later.id}",
            also={},
        )
