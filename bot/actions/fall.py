"""Falling over: whoever was surely not reached by one channel goes to a batch of her next one, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from bot.actions import recall, ways
from bot.actions.calls import Work
from bot.channels.base import Outcome
from bot.channels.subscribe import NO_CONSENT
from bot.core import way
from bot.core.outcome import Kind
from bot.core.packing import Arrays
from bot.core.receipt import State
from bot.core.way import GROUPS, OF_FOLLOWERS, Way
from bot.runtime import Runtime
from bot.store import broadcasts, consents, members, moves, recalls, takens
from bot.store.batches import Claim
from bot.store.database import Connection

TELLING: Final = (
    "subscribe",
    "mass",
    "wecom_app",
)  # channels whose outcomes say more than one state
_TAKEN: Final = (Kind.OK, Kind.DUPLICATE)


async def learn(
    rt: Runtime, c: Connection, claim: Claim, said: tuple[Work, Outcome, Sequence[int]]
) -> None:
    """Note what the outcome of a call says about the members it is about, and the platform's name for what it took."""
    work, outcome, positions = said
    if work.channel == "subscribe":
        await _consent(rt, c, work, outcome)
    elif outcome.kind in _TAKEN and outcome.msgid is not None:
        new = takens.Taken(
            claim.broadcast_id, claim.no, work.channel, outcome.msgid, len(positions)
        )
        await takens.add(c, new, at_ms=rt.now_ms())
        if await recalls.wished(c, claim.broadcast_id):  # it was in the air when that was said
            await recall.ask(rt, c, claim.broadcast_id)
    elif outcome.kind is Kind.REFUSED and work.channel == "wecom_app":
        await members.lost(c, claim.members[list(positions)].tolist(), rt.now_ms())


async def _consent(rt: Runtime, c: Connection, work: Work, outcome: Outcome) -> None:
    template, follower = rt.settings.wechat_subscribe_template_id, [work.follower or 0]
    if outcome.code == NO_CONSENT:
        await consents.end(c, template, follower)
    elif outcome.kind in (*_TAKEN, Kind.UNCLEAR) and rt.settings.wechat_subscribe_kind == "once":
        await consents.spend(c, template, follower)


class Falls:
    """Of one batch in a worker's hands: who was surely not reached since the last commit."""

    def __init__(self, rt: Runtime, claim: Claim) -> None:
        self._rt, self._claim = rt, claim
        self._fallen: dict[int, int] = {}  # position: ways tried

    def gone(self, found: Mapping[int, object]) -> None:
        """Her window, consent or userid was gone before a call was made."""
        if self._claim.channel not in GROUPS:
            self._note(found, way.of(self._claim.channel))

    def refused(self, outcome: Outcome, positions: Sequence[int]) -> None:
        """The platform surely did not take it for these."""
        if self._claim.channel in GROUPS or outcome.kind is not Kind.REFUSED:
            return
        mine = way.of(self._claim.channel)
        # Whom a template does not reach follows no more, or refuses the account: a mass message would
        # leave her out without a word.
        self._note(positions, mine | OF_FOLLOWERS if mine is Way.TEMPLATE else mine)

    def _note(self, positions: Mapping[int, object] | Sequence[int], tried: Way) -> None:
        for position in positions:
            self._fallen[position] = self._claim.tried | int(tried)

    async def over(self, c: Connection, arrays: Arrays) -> None:
        """Move those who have another way; the others are what their last one made them."""
        fallen, self._fallen = self._fallen, {}
        for tried in sorted(set(fallen.values())):
            positions = [at for at, ways_tried in fallen.items() if ways_tried == tried]
            await self._move(c, arrays, positions, skipped=tried, kept=tried)

    async def shut(self, c: Connection, arrays: Arrays, why: str) -> bool:
        """The quota is used up, or the channel's set-up is wrong: move those who were not called. Whether that is so.

        Tomorrow there is a new quota, so it does not count as tried. What is wrong with templates is
        wrong with the whole account.
        """
        channel = self._claim.channel
        by_quota = why.startswith(Kind.QUOTA)
        if not (by_quota or (why.startswith(Kind.SETUP) and channel != Way.TEMPLATE.channel)):
            return False
        if channel not in GROUPS:
            mine = self._claim.tried | int(way.of(channel))
            positions = np.flatnonzero(arrays.states == State.PENDING).tolist()
            kept = self._claim.tried if by_quota else mine
            await self._move(c, arrays, positions, skipped=mine, kept=kept)
        return True

    async def _move(
        self, c: Connection, arrays: Arrays, positions: Sequence[int], *, skipped: int, kept: int
    ) -> None:
        """`skipped`: ways that are not looked at; `kept`: those that the new batches count as tried."""
        if not positions:
            return
        persons = self._claim.members[list(positions)].tolist()
        order = ways.falling(self._rt)
        next_ways = await ways.next_ways(self._rt, c, order, persons, skipped)
        by_way: dict[Way, list[int]] = {}
        for position, person in zip(positions, persons, strict=True):
            if person in next_ways:
                by_way.setdefault(next_ways[person], []).append(position)
        if not by_way:
            return
        await broadcasts.locked(c, self._claim.broadcast_id)  # batches get their numbers one by one
        for next_way, some in by_way.items():
            await moves.add(c, self._claim, sorted(some), channel=next_way.channel, tried=kept)
            arrays.states[some] = State.MOVED
            arrays.called[some] = 0
