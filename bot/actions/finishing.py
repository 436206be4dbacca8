"""TEMPLATESENDJOBFINISH: matched to the members it speaks of, whichever came first, it or the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core import packing, receipt
from bot.core.packing import Arrays
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, finishes, refusals
from bot.store.batches import Claim
from bot.store.database import Connection
from bot.store.finishes import Finish
from bot.store.refusals import Refusal

AT_ONCE = 1000
_AGAIN = "failed:system failed"  # WeChat's own fault: one more copy


@dataclass(frozen=True, slots=True)
class _Where:
    broadcast_id: int
    no: int
    channel: str


async def early(rt: Runtime, claim: Claim, arrays: Arrays, positions: Sequence[int]) -> None:
    """Apply what arrived before the outcomes of these members were written, in the caller's transaction."""
    msgids = {msgid for msgid in arrays.msgids[list(positions)].tolist() if msgid > 0}
    if not msgids:
        return
    async with rt.write() as c:
        found = await finishes.of_msgids(c, list(msgids))
        if not found:
            return
        await finishes.take(c, [finish.id for finish in found])
        where = _Where(claim.broadcast_id, claim.no, claim.channel)
        await _apply(c, where, arrays, {finish.msgid: finish for finish in found}, rt.now_ms())


async def match(rt: Runtime, after: int) -> int:
    """Apply kept outcomes with ids above `after`; the greatest id looked at, 0 when there were no more."""
    async with rt.read() as c:
        found = await finishes.after(c, after, AT_ONCE)
        if not found:
            return 0
        near = await batch_states.with_msgids(c, [finish.msgid for finish in found])
    left = {finish.msgid: finish for finish in found}
    for broadcast_id, no in near:
        if not left:
            break
        async with rt.write() as c:
            await _match_batch(c, broadcast_id, no, left, rt.now_ms())
    return found[-1].id


async def _match_batch(
    c: Connection, broadcast_id: int, no: int, left: dict[int, Finish], at_ms: int
) -> None:
    batch = await batch_states.one(c, broadcast_id, no)
    if batch is None:
        return
    here = np.isin(batch.arrays.msgids, np.array(list(left), packing.MSGIDS))
    mine = {int(msgid): left.pop(int(msgid)) for msgid in set(batch.arrays.msgids[here].tolist())}
    if not mine:
        return
    # Somebody else may have applied them since they were read: only those still there count.
    taken = await finishes.take(c, [finish.id for finish in mine.values()])
    mine = {msgid: finish for msgid, finish in mine.items() if finish.id in taken}
    where = _Where(broadcast_id, no, batch.channel)
    reopen = await _apply(c, where, batch.arrays, mine, at_ms)
    await batch_states.put(c, batch, reopen=reopen)


async def _apply(
    c: Connection, where: _Where, arrays: Arrays, mine: Mapping[int, Finish], at_ms: int
) -> bool:
    """Change the arrays; True when somebody is to be sent a second copy."""
    reopen = False
    wanted = np.isin(arrays.msgids, np.array(list(mine), packing.MSGIDS))
    for position in np.flatnonzero(wanted).tolist():
        status = mine[int(arrays.msgids[position])].status
        before = State(arrays.states[position])
        if status == "success":
            # That the owner has the text does not mean that her group has.
            if where.channel != "relay":
                arrays.states[position] = receipt.merged(before, State.DELIVERED)
            continue
        reason = status
        if before is State.ACCEPTED and await _may_repeat(c, where, position, status):
            arrays.states[position] = State.PENDING
            arrays.msgids[position] = packing.SECOND
            arrays.called[position] = 0
            reason, reopen = refusals.SENT_AGAIN, True
        else:
            arrays.states[position] = receipt.merged(before, State.REFUSED)
        news = Refusal(where.no, position, None, reason)
        await refusals.note(c, where.broadcast_id, [news], at_ms)
    return reopen


async def _may_repeat(c: Connection, where: _Where, position: int, status: str) -> bool:
    """Whether she gets a second copy: WeChat itself failed, for the first time, and sending goes on."""
    if where.channel != "template" or status != _AGAIN:
        return False
    # Locked, or it could be marked done between this look and her being put back.
    broadcast = await broadcasts.locked(c, where.broadcast_id)
    if broadcast.state not in (Phase.SENDING, Phase.PAUSED, Phase.READY):
        return False
    return await refusals.one(c, where.broadcast_id, where.no, position) is None
