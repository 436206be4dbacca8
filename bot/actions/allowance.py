"""What a batch may call now: its lane's part of the window, the common pace, its ration of the quota, its time."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from typing import Final

from bot import errors
from bot.actions import quota
from bot.actions.quota import Ration
from bot.channels.base import Outcome
from bot.core import pace, priority
from bot.core.backoff import Lane
from bot.core.plan import Broadcast
from bot.core.priority import Priority
from bot.runtime import Runtime
from bot.store.batches import Claim
from bot.store.database import Connection

FRESH_S: Final = 30.0  # the longest between asking for calls and making them
_BESIDE_S: Final = 0.02  # until a call of another lane may have ended
_TURN_S: Final = 0.002  # until the other lane has fewer calls under way
_ASLEEP_S: Final = 1.0  # the longest a lane waits for its pace before it looks again


class Allowance:
    """Of one batch in a worker's hands; nothing is allowed before `begin`."""

    def __init__(self, rt: Runtime, lane: Lane, claim: Claim) -> None:
        self._rt, self._lane, self._claim = rt, lane, claim
        self.channel = quota.carrier(claim.channel)
        self._people = rt.channels.sending[self.channel].limits.people.value
        # Members that one of the quota's calls is for: where people are counted, each is one.
        self._each = 1 if quota.by_people(rt, self.channel) else self._people
        self._priority = Priority.NORMAL
        self._ends_ms = 0
        self._ration = Ration((), 0, 0)
        self._asked_at = 0.0
        self.wait_s = 0  # until the robots of this batch may speak again
        lane.busy = True

    async def begin(self, c: Connection, broadcast: Broadcast, wanted: int) -> int:
        """Reserve what the batch needs of the platform's quota; how many of `wanted` members may be called."""
        self._priority = priority.of(urgent=broadcast.urgent, purpose=broadcast.purpose)
        self._ends_ms = broadcast.expires_at_ms
        calls = -(-wanted // self._each)
        self._ration = await quota.ration(self._rt, c, self.channel, calls, urgent=broadcast.urgent)
        return min(wanted, self._ration.granted * self._each)

    @property
    def short(self) -> bool:
        """Whether the quota ends before the batch."""
        return self._ration.short

    @property
    def over(self) -> bool:
        """Whether the notice may not be sent any more, whoever has noticed it yet."""
        return self._rt.now_ms() >= self._ends_ms

    def note(self, channel: str, outcome: Outcome, people: int) -> None:
        """A call was answered for so many: what it says about the quota and about how many more the platform bears."""
        if channel == self.channel:
            self._ration.note(outcome.kind, -(-people // self._each))
        if channel != "robot":  # each robot has limits of its own
            self._lane.note(channel, outcome.kind, time.monotonic())

    async def calls(self, todo: deque[int], in_air: int) -> int:
        """How many members may be called now, while calls for `in_air` are under way.

        Waits a little when the pace does not allow any. Robots that must wait are taken out of `todo`.
        """
        self._lane.hungry = self._people == 1 and bool(todo)
        self._asked_at = time.time()
        if self._people > 1:
            self._lane.flying = in_air
            return await self._list(len(todo))
        # What has landed is settled by the same commit that makes the next intents. Of a burst a half: whoever
        # takes all of it finds it whole only if she asks at the very moment, and later is lost.
        most = -(-pace.TEMPLATE.burst // 2)
        wanted = min(self._lane.calls(self.channel) - in_air, most, len(todo))
        if wanted <= 0:
            if not in_air:
                await asyncio.sleep(_TURN_S)
            return 0
        return await self._granted(todo, wanted)

    async def _granted(self, todo: deque[int], wanted: int) -> int:
        """As many of `wanted` as the pace allows."""
        if not self._lane.express and self._lane.beside > self._lane.window.most:
            await asyncio.sleep(_BESIDE_S)  # a call for many is in the air
            return 0
        # Whoever asks meanwhile sees them under way, and what has landed until that is settled.
        before = self._lane.flying
        self._lane.flying += wanted
        if self._claim.channel == "robot":
            wanted = await self._robots(todo, wanted)
            self._lane.flying = before + wanted
            return wanted
        name = f"{self._rt.settings.wechat_app_id}:{self.channel}"
        granted, wait = await self._rt.pace.take_ahead(
            name, pace.TEMPLATE, wanted, of=len(todo), wish=self._priority
        )
        self._lane.flying = before + granted
        if not granted:
            await asyncio.sleep(min(wait, _ASLEEP_S))
        return granted

    def under_way(self, flying: int, *, more: bool) -> None:
        """What was written down is committed: so many are under way, and there are more to call or not."""
        self._lane.flying, self._lane.hungry = flying, more and self._people == 1

    def still(self) -> None:
        """Raise Fenced when this process was frozen since it asked: others have the batch, the platform may have forgotten the ids."""
        asked_at, self._asked_at = self._asked_at, 0.0
        if asked_at and time.time() - asked_at > FRESH_S:
            raise errors.Fenced

    async def _list(self, left: int) -> int:
        """All members that are left, in one call for many; nobody else's may be in doubt beside so many."""
        wanted = min(left, self._people)
        if self._lane.flying or self._lane.beside + wanted > max(self._lane.window.most, wanted):
            await asyncio.sleep(_BESIDE_S)
            return 0
        name = f"{self._rt.settings.wechat_app_id}:{self.channel}"
        wait = await self._rt.pace.take(name, pace.rate(self.channel), 1, self._priority)
        if wait:
            await asyncio.sleep(min(wait, _ASLEEP_S))
            return 0
        self._lane.flying += wanted
        return wanted

    async def _robots(self, todo: deque[int], wanted: int) -> int:
        """How many of the next groups may be called; the batch comes back for robots that said too much this minute."""
        ready: list[int] = []
        while todo and len(ready) < wanted:
            position = todo.popleft()
            name = f"robot:{self._claim.members[position]}"
            wait = await self._rt.pace.take(name, pace.ROBOT, 1, self._priority)
            if wait:
                self.wait_s = max(self.wait_s, math.ceil(wait))
            else:
                ready.append(position)
        todo.extendleft(reversed(ready))
        return len(ready)

    async def settle(self, c: Connection) -> None:
        """Give back what of the quota was not used."""
        await self._ration.settle(c)

    def end(self, dropped: int) -> None:
        """Let go of the lane; calls that were dropped are made, whatever becomes of them."""
        self._ration.counted += dropped
        self._lane.flying, self._lane.busy, self._lane.hungry = 0, False, False
