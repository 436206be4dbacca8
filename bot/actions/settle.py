"""What is in doubt: the exact numbers of a stop, and one question to the author about those who are unknown."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot import errors
from bot.actions import broadcast, release, tell
from bot.core import access, period
from bot.core.access import Actor
from bot.core.plan import Broadcast, Phase
from bot.core.receipt import Sums
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import bindings, broadcasts, doubts, questions, units
from bot.store.database import Connection
from bot.store.doubts import Decision

EVERY_S: Final = 1.0
ABOUT: Final = "unknowns"  # of the open question: handlers/chat/unknowns.py answers it
_LASTS: Final = timedelta(days=1)
_POLL_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stopped broadcast in four numbers of people and groups together; `flying` of the unsent are under way now."""

    sent: int
    unknown: int
    unsent: int
    refused: int
    flying: int


async def stop(rt: Runtime, actor: Actor, n: int) -> Stopped:
    """停止: as `broadcast.stop`, and its numbers; while calls are under way the author gets the last ones when they are in."""
    async with rt.write() as c:
        await broadcasts.shut(c, n)
        await broadcast.stop(rt, actor, n)
        found = await _numbers(c, n)
        if found.flying:
            await doubts.keep(c, n, [], [], decision=Decision.SETTLING, at_ms=rt.now_ms())
    return found


async def settled(rt: Runtime, n: int, *, within_s: float) -> None:
    """Wait until no call of a stopped broadcast is under way, or the time is over. Not inside a transaction."""
    end = asyncio.get_running_loop().time() + within_s
    while asyncio.get_running_loop().time() < end:
        async with rt.read() as c:
            if not await doubts.flying(c, n):
                return
        await asyncio.sleep(_POLL_S)


async def _numbers(c: Connection, n: int) -> Stopped:
    counted = await broadcasts.tally(c, await broadcasts.get(c, n))
    flying = await doubts.flying(c, n)
    both: tuple[Sums, Sums] = (counted.people, counted.groups)
    return Stopped(
        sent=sum(one.accepted + one.delivered + one.to_relay for one in both),
        unknown=sum(one.unknown for one in both),
        unsent=sum(one.unsent + one.unregistered for one in both) - flying,
        refused=sum(one.refused for one in both),
        flying=flying,
    )


async def look(rt: Runtime) -> None:
    """Tell authors the last numbers of what they stopped; ask those whose broadcasts ended in doubt."""
    async with rt.read() as c:
        stopped = await doubts.unasked(c, Decision.SETTLING)
        ended = await doubts.unasked(c, Decision.OPEN)
    for n in stopped:
        await _tell(rt, n)
    # At night nobody is asked: the question would be over before she reads it.
    if ended and not rt.quiet.hold(rt.now(), rt.settings.zone):
        for n in ended:
            await _ask(rt, n)


async def _tell(rt: Runtime, n: int) -> None:
    async with rt.write() as c:
        doubt = await doubts.get(c, n)
        found = await _numbers(c, n)
        if found.flying or doubt is None or doubt.decision is not Decision.SETTLING:
            return
        await doubts.decide(c, n, Decision.SETTLED, by=None, at_ms=rt.now_ms())
        author = (await broadcasts.get(c, n)).author_id
        if author is not None:
            await tell.person(rt, author, said(rt, n, found, "broadcast.settled"))


def said(rt: Runtime, n: int, found: Stopped, key: str) -> str:
    """The sentence `key` with the four numbers."""
    return rt.words.say(
        key,
        n=n,
        sent=found.sent,
        unknown=found.unknown,
        unsent=found.unsent,
        refused=found.refused,
        flying=found.flying,
    )


async def _ask(rt: Runtime, n: int) -> None:
    """Open the question with the author, once nothing else stands open with her."""
    async with rt.write() as c:
        doubt = await doubts.get(c, n)
        one = await broadcasts.get(c, n)
        if doubt is None or doubt.decision is not Decision.OPEN:
            return
        follower = await bindings.follower_of(c, one.author_id) if one.author_id else None
        if follower is not None and one.author_id is not None:
            if await questions.current(c, follower, rt.now_ms()) is not None:
                return
            sentence = rt.words.say("notice.unknown_ask", n=n, count=doubt.n)
            await questions.ask(c, _question(rt, follower, n, sentence))
            await tell.person(rt, one.author_id, sentence)
        await doubts.asked(c, n, rt.now_ms())


def _question(rt: Runtime, follower_id: int, n: int, sentence: str) -> questions.Question:
    """As `handlers/chat/asking.py` keeps a choice."""
    return questions.Question(
        follower_id=follower_id,
        kind=f"choice:{ABOUT}",
        payload={"data": {"number": n}, "summary": "", "sentence": sentence},
        asked_at_ms=rt.now_ms(),
        expires_at_ms=period.ms(rt.now() + _LASTS),
    )


async def decide(rt: Runtime, actor: Actor, n: int, decision: Decision) -> int:
    """AGAIN: those of the kept set who are unknown still get a second copy; LEAVE: they stay unknown. How many they are.

    Raises NotFound as `broadcast.stop` does, Conflict when it was decided, or the notice is over.
    """
    async with rt.write() as c:
        await broadcasts.shut(c, n)
        one = await broadcasts.locked(c, n)
        unit = await units.by_id(c, one.unit_id)
        if unit is None or not access.may_control(actor, author_id=one.author_id, unit=unit):
            raise errors.NotFound
        doubt = await doubts.get(c, n)
        if doubt is None or doubt.decision is not Decision.OPEN:
            raise errors.Conflict(rt.words.say("notice.unknown_decided", n=n))
        by = release.person_id(actor)
        await doubts.decide(c, n, decision, by=by, at_ms=rt.now_ms())
        if decision is not Decision.AGAIN:
            return doubt.n
        if one.state is not Phase.DONE or one.expires_at_ms <= rt.now_ms():
            raise errors.Conflict(rt.words.say("notice.unknown_over", n=n))
        count = await doubts.reopen(c, doubt)
        if count:
            await _send_again(rt, c, one, actor)
        return count


async def _send_again(rt: Runtime, c: Connection, one: Broadcast, actor: Actor) -> None:
    await broadcasts.move(
        c,
        one,
        Phase.SENDING,
        at_ms=rt.now_ms(),
        actor=release.actor_name(actor),
        reason="",
        also={"done_at_ms": None},
    )
    rt.wake(wake.WORK)
