"""Send one claimed batch: intents committed before their calls, in an overlapping window, outcomes after."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from dataclasses import dataclass

from bot.actions import fall, letters, quota, release
from bot.actions.allowance import Allowance
from bot.actions.calls import Work, Writer
from bot.actions.told import Told
from bot.channels.base import Outcome
from bot.core import receipt, retry, settling
from bot.core.backoff import Lane
from bot.core.outcome import Kind
from bot.core.packing import Arrays
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.core.retry import Stop
from bot.core.way import GROUPS
from bot.runtime import Runtime
from bot.store import addresses, aiosqlite_short, batches, broadcasts, receipts, refusals
from bot.store.batches import Claim
from bot.store.database import Connection
from bot.store.refusals import Refusal

_TOGETHER_S = 0.002  # how long outcomes wait to be committed with others, and how many are enough:
_PART = 8  # one in so many of those under way; a place in the window stands idle meanwhile
DRAIN_S = 8.0  # how long calls under way are waited for when the program stops
_OTHERS_S = 15  # until a batch whose way is shut looks whether the others have ended
_CALL_S = 10  # the longest a call takes
_LOOK_S = 0.5  # how long nothing is asked of the database while no call may be made
_WAITING = (State.PENDING, State.RETRY)


@dataclass(frozen=True, slots=True)
class Sender:
    """What is the same for every batch of a worker's lane, which bounds the calls that are not settled."""

    install: str
    lane: Lane
    stop: asyncio.Event


async def deliver(rt: Runtime, sender: Sender, claim: Claim) -> None:
    """Send what is left of the batch, or settle it if its broadcast is over. Raises Fenced when it was lost."""
    sending = _Sending(rt, sender, claim)
    try:
        while await sending.step():
            await sending.progress()
    finally:
        sending.drop()
    await sending.halt()
    if sending.last:
        await release.finish(rt, claim.broadcast_id)


class _Sending:
    def __init__(self, rt: Runtime, sender: Sender, claim: Claim) -> None:
        self._sender = sender
        self._rt = rt
        self._claim = claim
        self._may = Allowance(rt, sender.lane, claim)
        self._writer: Writer | None = None
        self._todo: deque[int] | None = None  # positions not tried in this round
        self._flying: dict[tuple[int, ...], asyncio.Task[list[Outcome]]] = {}  # by their members
        self._landed: list[tuple[Work, asyncio.Task[list[Outcome]]]] = []
        self._enough = 1  # outcomes that are worth a commit
        self._news = asyncio.Event()  # there are so many
        self._quiet = False
        self._looked_at = 0.0  # when the last transaction ended (monotonic)
        self._over = False  # it was let go
        self.last = False  # and no other of its broadcast is open
        self._drain_until: float | None = None
        limits = rt.channels.sending[self._may.channel].limits
        self._safe_s = retry.safe_s(limits.repeat_s.value if limits.repeat_s else None)
        self._falls = fall.Falls(rt, claim)
        self._told = Told(rt, claim, self._may, self._falls)
        self._families: dict[int, list[int]] = {}  # of a relay batch: positions that share an owner

    async def step(self) -> bool:
        """One transaction: outcomes that have landed, then the next intents; their calls start after it.

        With the last outcomes it lets go of the batch, and returns False.
        """
        wanted = await self._may.calls(self._todo, self._in_air) if self._todo else 0
        if not wanted and self._nothing_to_do():
            return True
        with aiosqlite_short.swift():
            works = await self._committed(wanted)
        self._looked_at = time.monotonic()
        if works:
            self._may.still()
        for work in works:
            self._flying[work.positions] = asyncio.create_task(self._call(work))
        self._may.under_way(self._in_air, more=bool(self._todo))
        return not self._over

    @property
    def _in_air(self) -> int:
        """How many members are being called."""
        return sum(map(len, self._flying))

    def _nothing_to_do(self) -> bool:
        """Whether some are left who may not be called yet, and the last look at the broadcast was a moment ago."""
        waits = bool(self._todo) and not self._landed and not self._sender.stop.is_set()
        return waits and time.monotonic() - self._looked_at < _LOOK_S

    async def _committed(self, wanted: int) -> list[Work]:
        works: list[Work] = []
        async with self._rt.write() as c:
            arrays = await batches.held(c, self._claim)
            was = arrays.states.tobytes()
            if self._todo is None:
                phase, urgent = await self._begin(c, arrays)
            else:
                phase, urgent = await broadcasts.control(c, self._claim.broadcast_id)
            landed, self._landed = self._landed, []
            await self._told.settle(c, arrays, landed)
            if self._may_call(phase, urgent=urgent):
                works = await self._intend(c, arrays, wanted)
            elif self._todo:
                self._todo.clear()
            if phase in (Phase.SENDING, Phase.PAUSED):
                await self._falls.over(c, arrays)
            self._over = not (works or self._todo or self._flying or self._landed)
            if self._over:
                self.last = await self._end(c, arrays, phase)
            elif self._looked_at or arrays.states.tobytes() != was:  # else it is as claimed
                await batches.save(c, self._claim, arrays)
        return works

    async def _begin(self, c: Connection, arrays: Arrays) -> tuple[Phase, bool]:
        """Settle what an earlier holder left in doubt, and note whom this round is for; as `broadcasts.control`."""
        broadcast = await broadcasts.get(c, self._claim.broadcast_id)
        phase = broadcast.state
        words = await letters.read(self._rt, broadcast)
        self._writer = Writer(words, self._claim, self._sender.install)
        live = phase not in (Phase.STOPPED, Phase.EXPIRED)
        lost = settling.resolve(arrays, now_s=self._rt.real_s(), live=live, safe_s=self._safe_s)
        await self._note(c, lost, "no outcome known")
        todo = settling.to_send(arrays)
        granted = await self._may.begin(c, broadcast, len(todo) if phase is Phase.SENDING else 0)
        self._todo = deque(todo[:granted])
        if self._claim.channel == "relay":
            self._families = await addresses.families(c, self._claim.members, tuple(self._todo))
        return phase, broadcast.urgent

    def _may_call(self, phase: Phase, *, urgent: bool) -> bool:
        self._quiet = not urgent and self._rt.quiet.hold(self._rt.now(), self._rt.settings.zone)
        return (
            phase is Phase.SENDING
            and self._told.ending is Stop.NOTHING
            and not self._quiet
            and not self._may.over
            and not self._sender.stop.is_set()
        )

    async def _intend(self, c: Connection, arrays: Arrays, wanted: int) -> list[Work]:
        positions = self._next(arrays, wanted)
        if not positions:
            return []
        assert self._writer is not None
        found = await self._writer.prepare(c, arrays, positions)
        self._falls.gone(found.gone)
        for position, (state, reason) in (found.left_out | found.gone).items():
            arrays.states[position] = state
            if state not in (State.UNREGISTERED, State.TO_RELAY):
                await self._note(c, [position], reason)
        now_s = self._rt.real_s()
        for repeatable in (True, False):
            called = [at for w in found.works if w.repeatable is repeatable for at in w.positions]
            self._told.before |= settling.intend(arrays, called, repeatable=repeatable, now_s=now_s)
        return found.works

    async def _note(self, c: Connection, positions: list[int], reason: str) -> None:
        found = [Refusal(self._claim.no, position, None, reason) for position in positions]
        await refusals.note(c, self._claim.broadcast_id, found, self._rt.now_ms())

    def _next(self, arrays: Arrays, wanted: int) -> list[int]:
        """The next members of this round, as many as may be called; of a relay batch whole owners."""
        assert self._todo is not None
        chosen: list[int] = []
        states = arrays.states.tolist()
        while self._todo and len(chosen) < wanted:
            position = self._todo.popleft()
            if states[position] not in _WAITING:
                continue
            family = self._families.get(position)
            if family is None:
                chosen.append(position)
                continue
            chosen += [other for other in family if states[other] == states[position]]
            self._todo = deque(other for other in self._todo if other not in family)
        return chosen

    async def _call(self, work: Work) -> list[Outcome]:
        """One call; whoever waits is told when what has ended is worth a commit."""
        try:
            return await self._rt.channels.sending[work.channel].send(work.call)
        finally:
            if task := self._flying.pop(work.positions, None):  # else it was dropped
                self._landed.append((work, task))
                if len(self._landed) >= self._enough or not self._flying:
                    self._news.set()

    async def progress(self) -> None:
        """Wait until something has landed; a little longer if that lets one commit settle more."""
        if not self._flying:
            return
        # At least once a second there is a step: it renews the lease and sees a stop.
        if not self._landed:
            await self._landings(1, 1.0)
        if self._landed:
            await self._landings(max(1, len(self._flying) // _PART), _TOGETHER_S)
        elif self._drained():
            # What is still in the air stays an intent, for the next holder to settle.
            self.drop()

    async def _landings(self, enough: int, seconds: float) -> None:
        """Wait until so many have landed, or all, or the time is over."""
        if len(self._landed) >= enough or not self._flying:
            return
        self._enough = enough
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def _drained(self) -> bool:
        """Whether the program is ending and calls have been waited for long enough."""
        if not self._sender.stop.is_set():
            return False
        now = time.monotonic()
        self._drain_until = self._drain_until or now + DRAIN_S
        return now >= self._drain_until

    async def _end(self, c: Connection, arrays: Arrays, phase: Phase) -> bool:
        """Let go of the batch: closed, or ready for its next round. True when no other is open."""
        await self._may.settle(c)
        now_s = self._rt.real_s()
        if phase in (Phase.STOPPED, Phase.EXPIRED):
            lost = settling.resolve(arrays, now_s=now_s, live=False, safe_s=self._safe_s)
            await self._note(c, lost, "no outcome known")
            await self._believe(c, arrays)
            await batches.close(c, self._claim, arrays)
            return False
        interrupted = phase is not Phase.SENDING or self._quiet or self._sender.stop.is_set()
        left = receipt.holds_open(arrays.states)
        if self._may.short and left and self._told.ending is Stop.NOTHING:
            self._told.ending, self._told.why = Stop.PAUSE, quota.reason(self._may.channel)
            interrupted = True
        shut = self._told.ending is Stop.PAUSE and phase is Phase.SENDING
        if shut:
            left = await self._shut(c, arrays)
        wait_s, attempts = 0, self._claim.attempts
        if shut and self._told.ending is Stop.BATCH:
            wait_s = _OTHERS_S
        elif not interrupted and left:
            # To be too fast says nothing about those who are left: the round is no try of theirs.
            paced = self._told.ending is Stop.BATCH and self._told.why.startswith(Kind.PACE)
            alone_s = 0 if paced else retry.wait_s(attempts)
            wait_s = max(self._told.wait_s, self._may.wait_s, alone_s)
            attempts += not paced
        again_s = now_s + wait_s + _CALL_S
        late = settling.too_late(arrays, at_s=again_s, safe_s=self._safe_s)
        await self._note(c, late, "no clear answer in time")
        await self._believe(c, arrays)
        await batches.give_back(c, self._claim, arrays, wait_ms=wait_s * 1000, attempts=attempts)
        return not await batches.unfinished(c, self._claim.broadcast_id)

    async def _believe(self, c: Connection, arrays: Arrays) -> None:
        if self._claim.channel not in GROUPS:
            await receipts.believe(c, self._claim.broadcast_id, self._claim.no, arrays)

    async def _shut(self, c: Connection, arrays: Arrays) -> bool:
        """Nothing more goes this way for now: whoever has another takes it. Whether anybody is left.

        The broadcast rests for those only once nothing else of it can go on.
        """
        alone = await self._falls.shut(c, arrays, self._told.why)
        left = receipt.holds_open(arrays.states)
        if not left:
            self._told.ending = Stop.NOTHING
        elif alone and await batches.others(c, self._claim.broadcast_id, self._claim.channel):
            self._told.ending = Stop.BATCH
        return left

    async def halt(self) -> None:
        """Stop or pause the broadcast if the platform's answers ask for it."""
        await release.obey(self._rt, self._claim.broadcast_id, self._told.ending, self._told.why)

    def drop(self) -> None:
        """Do not wait for calls that are still in the air."""
        self._may.end(len(self._flying))
        while self._flying:
            self._flying.popitem()[1].cancel()
