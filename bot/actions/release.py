"""What happens to an approved broadcast by itself: freezing, release, halting, ending, done."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import numpy as np
import structlog

from bot import errors
from bot.actions import amend, reach, tell
from bot.core import audience, period
from bot.core.access import Actor
from bot.core.outcome import Kind
from bot.core.plan import Broadcast, Phase, Receipt
from bot.core.retry import Stop
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import batches, broadcasts, chains, cuts, doubts, units
from bot.store.audiences import Audience
from bot.store.database import Connection
from bot.store.doubts import Decision

_JITTER_S = 600  # what was held overnight does not start in one second

_log = structlog.get_logger()


async def freeze(
    rt: Runtime, c: Connection, broadcast: Broadcast, found: Audience, *, actor: Actor | None
) -> Broadcast:
    """Freeze the audience: cut it into batches, count them, and release what may start at once."""
    parts = audience.cut(found.channels(), sizes=reach.sizes(rt), seed=broadcast.id)
    total = await cuts.add(c, broadcast.id, parts)
    if total != len(found.people) + found.groups_n:
        raise errors.Conflict
    not_before = period.at(broadcast.not_before_ms) if broadcast.not_before_ms else None
    start = reach.start(rt, not_before, urgent=broadcast.urgent)
    if start is not None and start != not_before:
        start += timedelta(seconds=random.uniform(0, _JITTER_S))
    frozen = await broadcasts.move(
        c,
        broadcast,
        Phase.READY,
        at_ms=rt.now_ms(),
        actor=actor_name(actor),
        reason="",
        also={
            "approved_by": person_id(actor),
            "epoch": await units.epoch(c) or None,
            "people_n": len(found.people),
            "groups_n": found.groups_n,
            "approved_at_ms": rt.now_ms(),
            "not_before_ms": period.ms(start) if start else None,
        },
    )
    await _begin_chain(c, frozen, found)
    await amend.supersede(rt, c, frozen, actor=actor_name(actor))
    return frozen if start else await release(rt, c, frozen, actor=actor_name(actor))


async def _begin_chain(c: Connection, frozen: Broadcast, found: Audience) -> None:
    """Units with groups in the audience, and those whose people are asked to answer, are asked."""
    if frozen.purpose != "notice" or not found.groups_n:
        return
    places = [found.robots.places, found.relays.places]
    if frozen.receipt is not Receipt.NONE:
        places.append(found.people.places)
    await chains.begin(c, frozen.id, np.concatenate(places))


async def release(rt: Runtime, c: Connection, broadcast: Broadcast, *, actor: str) -> Broadcast:
    """Let the workers have it."""
    rt.wake(wake.WORK)
    return await broadcasts.move(
        c, broadcast, Phase.SENDING, at_ms=rt.now_ms(), actor=actor, reason="", also={}
    )


async def obey(rt: Runtime, n: int, what: Stop, why: str) -> None:
    """Do with a broadcast what the platform's answers ask for; `why` begins with their class."""
    if what is Stop.BROADCAST:
        _log.error("broadcast.refused", n=n, why=why)
        await halt(rt, n, Phase.STOPPED, reason=why, until=None)
    elif what is Stop.PAUSE:
        _log.error("broadcast.halted", n=n, why=why)
        # A day's quota is counted anew from midnight; a wrong set-up waits for a person.
        tomorrow = rt.calendar.day(rt.now()) + timedelta(days=1)
        until = rt.calendar.moment(tomorrow) if why.startswith(Kind.QUOTA) else None
        await halt(rt, n, Phase.PAUSED, reason=why, until=until)


async def halt(rt: Runtime, n: int, to: Phase, *, reason: str, until: datetime | None) -> None:
    """Pause or stop a broadcast because of what the platform said; the author is told.

    `until`: when a pause ends by itself. Does nothing when the broadcast is no longer being sent.
    """
    async with rt.write() as c:
        broadcast = await broadcasts.locked(c, n)
        if broadcast.state is not Phase.SENDING:
            return
        halted = await broadcasts.move(
            c,
            broadcast,
            to,
            at_ms=rt.now_ms(),
            actor="program",
            reason=reason,
            also={"not_before_ms": period.ms(until) if until else None},
        )
        rested = "broadcast.halted_quota" if until else f"broadcast.halted_{to}"
        await tell_author(rt, halted, rested)


async def due(rt: Runtime, at: datetime) -> str:
    """Release what is due at `at` outside quiet hours, end what is over; one English line."""
    released = ended = 0
    quiet = rt.quiet.hold(at, rt.settings.zone)
    async with rt.write() as c:
        if quiet:
            await _until_morning(rt, c, at)
        for broadcast in await broadcasts.due(c, period.ms(at)):
            if broadcast.expires_at_ms <= period.ms(at):
                ended += 1
                await _expire(rt, c, broadcast)
            elif broadcast.urgent or not quiet:
                released += 1
                await _let_go(rt, c, broadcast)
    return f"{released} released, {ended} ended"


async def _until_morning(rt: Runtime, c: Connection, at: datetime) -> None:
    """Each broadcast that the night interrupts goes on at a time of its own in the morning."""
    morning = rt.quiet.over_at(at, rt.settings.zone)
    for broadcast in await broadcasts.sending(c):
        held = broadcast.not_before_ms is not None and broadcast.not_before_ms >= period.ms(morning)
        if not broadcast.urgent and not held:
            jitter = timedelta(seconds=random.uniform(0, _JITTER_S))
            await broadcasts.hold(c, broadcast, period.ms(morning + jitter))


async def _expire(rt: Runtime, c: Connection, broadcast: Broadcast) -> None:
    rt.wake(wake.WORK)
    unsent = (await broadcasts.tally(c, broadcast)).people.unsent
    over = await broadcasts.move(
        c, broadcast, Phase.EXPIRED, at_ms=rt.now_ms(), actor="program", reason="", also={}
    )
    if broadcast.purpose == "notice":
        await tell_author(rt, over, "broadcast.expired", left=unsent)


async def _let_go(rt: Runtime, c: Connection, broadcast: Broadcast) -> None:
    if broadcast.state is Phase.PAUSED:
        broadcast = await broadcasts.move(
            c, broadcast, Phase.READY, at_ms=rt.now_ms(), actor="program", reason="", also={}
        )
    await release(rt, c, broadcast, actor="program")


async def finish(rt: Runtime, n: int) -> bool:
    """Mark a broadcast done if nothing is left unsent and the sum makes up its frozen audience."""
    async with rt.write() as c:
        broadcast = await broadcasts.locked(c, n)
        if broadcast.state is not Phase.SENDING or await batches.unfinished(c, n):
            return False
        sums = await broadcasts.tally(c, broadcast)
        if sums.people.unsent or sums.groups.unsent:
            return False
        if not (sums.people.whole and sums.groups.whole):
            raise errors.Conflict(f"broadcast {n}: the sum does not make up its audience")
        await broadcasts.move(
            c,
            broadcast,
            Phase.DONE,
            at_ms=rt.now_ms(),
            actor="program",
            reason="",
            also={"done_at_ms": rt.now_ms()},
        )
        if sums.people.unknown or sums.groups.unknown:
            people, groups = await doubts.find(c, n)
            await doubts.keep(c, n, people, groups, decision=Decision.OPEN, at_ms=rt.now_ms())
    _log.info("broadcast.done", n=n)
    return True


async def tell_author(rt: Runtime, broadcast: Broadcast, key: str, *, left: int = 0) -> None:
    """Say the sentence `key` to the author, if a person wrote it; `left` are people it was not sent to."""
    if broadcast.author_id is None:
        return
    text = rt.words.say(
        key, n=broadcast.id, title=broadcast.title, reason=broadcast.stop_reason, left=left
    )
    await tell.person(rt, broadcast.author_id, text)


def actor_name(actor: Actor | None) -> str:
    """How a deed's actor is written down."""
    return "program" if actor is None else f"person:{actor.person.id}"


def person_id(actor: Actor | None) -> int | None:
    """Tokens of the API speak for a unit and have no person."""
    return actor.person.id if actor is not None and actor.person.id > 0 else None
