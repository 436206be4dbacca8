"""What the calls of a batch came to: written into its arrays, and what it means for the rest of the batch."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from bot.actions import fall, finishing, relay
from bot.actions.allowance import Allowance
from bot.actions.calls import Work
from bot.actions.fall import Falls
from bot.channels.base import Outcome
from bot.core import retry, settling
from bot.core.outcome import Kind
from bot.core.packing import Arrays
from bot.core.receipt import State
from bot.core.retry import Stop
from bot.runtime import Runtime
from bot.store import addresses, refusals
from bot.store.batches import Claim
from bot.store.database import Connection
from bot.store.refusals import Refusal

# Codes of customer-service messages (48001: the account has none): reach her another way.
_WINDOW_SHUT: Final = (45015, 45047, 48001)

Landed = tuple[Work, "asyncio.Task[list[Outcome]]"]


class Told:
    """Of one batch in a worker's hands.

    `before`: the states of those who are called, as they were. `ending`, `why`, `wait_s`: whether
    the batch has to stop here, because of what, and for how many seconds.
    """

    def __init__(self, rt: Runtime, claim: Claim, may: Allowance, falls: Falls) -> None:
        self._rt, self._claim, self._may, self._falls = rt, claim, may, falls
        self.before: dict[int, State] = {}
        self.ending = Stop.NOTHING
        self.why = ""
        self.wait_s = 0

    async def settle(self, c: Connection, arrays: Arrays, landed: Sequence[Landed]) -> None:
        """Write the outcomes that have landed into the arrays."""
        reasons: list[Refusal] = []
        known: list[int] = []
        for work, said, concerned in self._each(landed):
            self._may.note(work.channel, said, len(concerned))
            outcome, msgid = await self._learn(c, work, said, concerned)
            for before, positions in self._by_state(concerned).items():
                verdict = self._judge(work, outcome, before)
                settling.write(arrays, positions, verdict.state, msgid)
                if verdict.state in (State.REFUSED, State.UNKNOWN):
                    why = outcome.detail or outcome.kind.value
                    no, code = self._claim.no, outcome.code
                    reasons += [Refusal(no, position, code, why) for position in positions]
                if verdict.state is State.REFUSED:
                    self._falls.refused(outcome, positions)
                robot = work.channel == "robot"  # whose messages have no id
                if verdict.state is work.reached and (robot or msgid is not None):
                    known += positions
        await refusals.note(c, self._claim.broadcast_id, reasons, self._rt.now_ms())
        await finishing.early(self._rt, self._claim, arrays, known)
        if known and self._claim.channel == "robot":
            await relay.posted(self._rt, c, self._claim, known)

    @staticmethod
    def _each(landed: Sequence[Landed]) -> Iterator[tuple[Work, Outcome, Sequence[int]]]:
        """Each call that has ended, what became of it, and for whom."""
        for work, task in landed:
            for outcome, positions in work.told(task.result()):
                yield work, outcome, positions

    async def _learn(
        self, c: Connection, work: Work, outcome: Outcome, positions: Sequence[int]
    ) -> tuple[Outcome, str | None]:
        """Note what an outcome says of her window, her consent or a call for many; how it counts here, and one member's msgid."""
        if work.channel == "custom" and outcome.code in _WINDOW_SHUT:
            await addresses.shut(c, work.follower or 0)
            return Outcome(Kind.AGAIN, outcome.code, None, outcome.detail), None
        if work.channel not in fall.TELLING:
            return outcome, outcome.msgid
        await fall.learn(self._rt, c, self._claim, (work, outcome, positions))
        return outcome, outcome.msgid if work.channel == "subscribe" else None

    def _by_state(self, positions: Sequence[int]) -> dict[State, list[int]]:
        """The members of a call by their states before it."""
        found: dict[State, list[int]] = {}
        for position in positions:
            found.setdefault(self.before[position], []).append(position)
        return found

    def _judge(self, work: Work, outcome: Outcome, before: State) -> retry.Verdict:
        verdict = retry.judge(
            outcome.kind,
            before=before,
            repeatable=work.repeatable,
            reached=work.reached,
            attempts=self._claim.attempts,
        )
        if verdict.stop is Stop.BATCH and work.channel == "robot":
            self.wait_s = max(self.wait_s, verdict.wait_s)  # its robot alone has to wait
        elif verdict.stop is not Stop.NOTHING:
            self.ending = verdict.stop
            self.why = f"{outcome.kind} {outcome.code or ''} {outcome.detail}".strip()
            self.wait_s = max(self.wait_s, verdict.wait_s)
        return verdict
