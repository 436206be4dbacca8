"""撤回: what is unsent stays so, what a channel can take back is taken back, and the rest can be corrected.

A template, an answer in a window, a subscription notice, words to many and a robot's message stay where they are;
WeCom takes back what its app sent for a day. Taking back is work of its own with outcomes of its own: the sum of
the notice keeps saying what was accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import structlog

from bot import errors
from bot.actions import settle, tell
from bot.actions.settle import Stopped
from bot.channels.base import Outcome, Recalling
from bot.core import access, retry
from bot.core.access import Actor
from bot.core.outcome import Kind
from bot.core.plan import Broadcast, Phase
from bot.core.way import Way
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import broadcasts, recalls, units
from bot.store.database import Connection
from bot.store.recalls import Claim, Result, Sums

EVERY_S: Final = 1.0
_TRIES: Final = 5
_STOPPABLE: Final = (Phase.WAITING, Phase.READY, Phase.SENDING, Phase.PAUSED)
_TAKES_BACK: Final = (Way.WECOM_APP.channel,)
_AGAIN: Final = (Kind.AGAIN, Kind.PACE, Kind.QUOTA, Kind.TOKEN, Kind.UNCLEAR)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Recalled:
    """What taking a notice back came to so far.

    `stopped`: its numbers when it was still under way. `sums`: people whose copies a channel takes
    back. `beyond`: people and groups that have it and from whom nothing can be taken back.
    """

    stopped: Stopped | None
    sums: Sums
    beyond: int


async def recall(rt: Runtime, actor: Actor, n: int) -> Recalled:
    """撤回. Raises NotFound as `broadcast.stop` does, Conflict for what was never sent."""
    async with rt.write() as c:
        await broadcasts.shut(c, n)
        one = await broadcasts.locked(c, n)
        unit = await units.by_id(c, one.unit_id)
        if unit is None or not access.may_control(actor, author_id=one.author_id, unit=unit):
            raise access.refusal(actor, unit)
        if one.state is Phase.REFUSED:
            state = rt.words.say(f"broadcast.state_{one.state}")
            raise errors.Conflict(rt.words.say("broadcast.cannot", n=n, state=state))
        stopped = await settle.stop(rt, actor, n) if one.state in _STOPPABLE else None
        await recalls.wish(c, n, rt.now_ms())
        await ask(rt, c, n)
        rt.wake(wake.WORK)
        return Recalled(stopped, await recalls.sums(c, n), await _beyond(c, n))


async def ask(rt: Runtime, c: Connection, n: int) -> None:
    """Have what was taken, and is young enough, taken back."""
    for name in _TAKES_BACK:
        channel = rt.channels.sending.get(name)
        if channel is None or not isinstance(channel, Recalling):
            continue
        lasts = channel.limits.recall_s
        since_ms = rt.now_ms() - lasts.value * 1000 if lasts else 0
        await recalls.ask(c, n, [name], since_ms=since_ms, at_ms=rt.now_ms())


async def _beyond(c: Connection, n: int) -> int:
    """Whom it reached and from whom nobody takes it back."""
    tally = await broadcasts.tally(c, await broadcasts.get(c, n))
    asked = await recalls.sums(c, n)
    both = (tally.people, tally.groups)
    reached = sum(one.accepted + one.delivered + one.to_relay for one in both)
    return max(0, reached - asked.waiting - asked.done)


async def work(rt: Runtime) -> None:
    """Take back what is due, one call after the other."""
    while True:
        async with rt.read() as c:
            if not await recalls.due(c):
                return
        async with rt.write() as c:
            claim = await recalls.claim(c)
        if claim is None:
            return
        channel: object = rt.channels.sending.get(claim.channel)
        if isinstance(channel, Recalling):
            outcome = await channel.recall(claim.msgid)
        else:
            outcome = Outcome(Kind.SETUP, None, None, "the channel is not set up any more")
        await _note(rt, claim, outcome)


async def _note(rt: Runtime, claim: Claim, outcome: Outcome) -> None:
    result = {Kind.OK: Result.DONE, Kind.DUPLICATE: Result.DONE}.get(outcome.kind, Result.REFUSED)
    if outcome.kind in _AGAIN:
        if claim.attempts < _TRIES:
            async with rt.write() as c:
                await recalls.again(c, claim, wait_ms=retry.wait_s(claim.attempts - 1) * 1000)
            return
        result = Result.UNKNOWN
    elif result is Result.REFUSED and claim.attempts > 1:
        result = Result.UNKNOWN  # perhaps because an earlier call, whose answer nobody read, did it
    _log.info("recall.ended", n=claim.broadcast_id, result=result, code=outcome.code)
    async with rt.write() as c:
        one = await broadcasts.locked(c, claim.broadcast_id)
        mine = await recalls.end(c, claim, result, code=outcome.code, at_ms=rt.now_ms())
        sums = await recalls.sums(c, claim.broadcast_id)
        if mine and not sums.waiting:
            await _tell(rt, one, sums)


async def _tell(rt: Runtime, one: Broadcast, sums: Sums) -> None:
    """How it ended, to the author."""
    if one.author_id is None:
        return
    text = rt.words.say(
        "notice.recall_done",
        n=one.id,
        done=sums.done,
        refused=sums.refused,
        unknown=sums.unknown,
    )
    await tell.person(rt, one.author_id, text)
