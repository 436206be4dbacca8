"""How mass messages ended: what the platform tells by itself, or when asked, is written to the people they were for."""

from __future__ import annotations

from typing import Final

import numpy as np
import structlog

from bot import errors
from bot.channels import codes
from bot.channels.base import Job, Traceable
from bot.core.outcome import Kind
from bot.core.receipt import State
from bot.core.way import Way
from bot.runtime import Runtime
from bot.store import batch_states, masses, refusals, takens
from bot.store.database import Connection
from bot.store.masses import End
from bot.store.refusals import Refusal
from bot.store.takens import Kept

EVERY_S: Final = 5.0
ASK_MS: Final = 10 * 60 * 1000  # when nothing was told for so long, the platform is asked
_AT_ONCE: Final = 100

_log = structlog.get_logger()


async def look(rt: Runtime) -> None:
    """Write down what has ended; ask about what should have ended long ago."""
    channel: object = rt.channels.sending.get(Way.MASS.channel)
    if not isinstance(channel, Traceable):
        return
    async with rt.read() as c:
        waiting = await takens.unended(c, Way.MASS.channel, limit=_AT_ONCE)
        ends = await masses.ends(c, [int(one.msgid) for one in waiting])
    by_msgid = {str(end.msgid): end for end in ends}
    for one in waiting:
        end = by_msgid.get(one.msgid)
        if end is not None:
            await _write(rt, one, _meaning(one, end), end.status)
        elif one.at_ms + ASK_MS <= rt.now_ms():
            await _ask(rt, channel, one)


def _meaning(one: Kept, end: End) -> State:
    """What became of everybody on the list, as far as four totals tell it of anybody."""
    if codes.mass(end.status) is Kind.OK and end.sent == end.total == one.n:
        return State.DELIVERED
    return State.REFUSED if end.sent == 0 else State.ACCEPTED


async def _ask(rt: Runtime, channel: Traceable, one: Kept) -> None:
    try:
        job = await channel.status(one.msgid)
    except errors.YihuError as error:
        _log.warning("mass.not_told", n=one.broadcast_id, why=str(error))
        return
    if job is not Job.SENDING:
        state = State.REFUSED if job is Job.FAILED else State.ACCEPTED
        await _write(rt, one, state, f"mass message {job}")


async def _write(rt: Runtime, one: Kept, state: State, why: str) -> None:
    async with rt.write() as c:
        if state is not State.ACCEPTED:
            await _put(c, one, state, why, rt.now_ms())
        await takens.end(c, [one.id], rt.now_ms())
    _log.info("mass.written", n=one.broadcast_id, no=one.no, state=state.name)


async def _put(c: Connection, one: Kept, state: State, why: str, at_ms: int) -> None:
    held = await batch_states.one(c, one.broadcast_id, one.no)
    assert held is not None  # batches are not deleted
    wanted = np.flatnonzero(held.arrays.states == State.ACCEPTED).tolist()
    held.arrays.states[wanted] = state
    await batch_states.put(c, held, reopen=False)
    if state is State.REFUSED:
        found = [Refusal(one.no, position, None, why) for position in wanted]
        await refusals.note(c, one.broadcast_id, found, at_ms)
