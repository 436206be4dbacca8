"""The simulated federation: on command its people register, sign, forward, report, ask, complain, or do nothing."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.sandbox.behaviour import draw

FASTEST = 500  # actions a second; a bot that is slower than asked slows the crowd down instead
AT_ONCE = 64  # actions under way
TICK_S = 0.02


class Federation(Protocol):
    """The people, as the crowd sees them."""

    def everybody(self) -> list[str]:
        """All openids."""

    def called(self) -> list[str]:
        """Who has a notice before her that she has not answered."""

    def waiting(self, since: int) -> tuple[int, list[str]]:
        """Who got a notice or a question after event `since`, and the number of the last event."""

    def before(self, openid: str) -> draw.Before:
        """What lies before her now."""

    async def do(self, openid: str, deed: draw.Deed) -> int:
        """Let her do it; how many of its pushes the bot did not answer."""


@dataclass(slots=True)
class Crowd:
    """`share` (0..1) of the people react, `speed` actions a second, until stopped or `limit` actions are done (0: no end).

    Everybody comes once in a turn; whoever got a notice or a question meanwhile comes sooner. `done` counts by kind since the start; `problems` counts pushes that the bot did not answer.
    """

    seed: int = 1
    share: float = 0.8
    speed: float = 20.0
    limit: int = 0
    kinds: frozenset[str] = frozenset(draw.KINDS)
    done: Counter[str] = field(default_factory=Counter)
    problems: int = 0
    started: int = 0
    turn: int = 0
    recent: list[tuple[float, int]] = field(default_factory=list)
    _acted: Counter[str] = field(default_factory=Counter)
    _soon: list[tuple[float, str]] = field(default_factory=list)
    _heard: int = 0
    _task: asyncio.Task[None] | None = None
    _acts: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Whether people are acting."""
        return self._task is not None and not self._task.done()

    def start(self, people: Federation) -> None:
        """Start from the first turn of the seed, or go on if it already runs."""
        if self.running:
            return
        self.done, self.problems, self.started, self.turn, self.recent = Counter(), 0, 0, 0, []
        self._acted, self._soon = Counter(), []
        self._heard, _ = people.waiting(0)
        for openid in people.called():
            self._remember(openid)
        self._task = asyncio.create_task(self._run(people))

    def stop(self) -> None:
        """No further action; those under way end by themselves."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def rate(self) -> float:
        """Actions a second over the last few seconds."""
        if len(self.recent) < 2:
            return 0.0
        (first, before), (last, after) = self.recent[0], self.recent[-1]
        return (after - before) / (last - first) if last > first else 0.0

    def show(self) -> dict[str, Any]:
        """As control answers it."""
        return {
            "running": self.running, "seed": self.seed, "share": self.share, "speed": self.speed, "limit": self.limit,
            "kinds": sorted(self.kinds), "done": dict(self.done), "actions": self.started, "problems": self.problems,
            "turn": self.turn, "rate": round(self.rate(), 1),
        }  # fmt: skip

    async def _run(self, people: Federation) -> None:
        owed, last, noted = 1.0, time.monotonic(), 0.0
        plan = self._plan(people)
        while not self.limit or self.started < self.limit:
            now = time.monotonic()
            # What could not be done in time is not made up for: a crowd that was held up does not storm.
            owed = min(owed + (now - last) * self.speed, max(1.0, self.speed * 0.2))
            last = now
            while owed >= 1 and len(self._acts) < AT_ONCE:
                if self.limit and self.started >= self.limit:
                    break
                openid = next(plan)
                if openid is None:
                    break
                # One thing after the other: what she does next depends on what came of this.
                if openid in self._acts:
                    await asyncio.wait({self._acts[openid]})
                deed = self._deed(people, openid)
                if deed is not None:
                    owed -= 1
                    self.started += 1
                    self._acts[openid] = asyncio.create_task(self._act(people, openid, deed))
            if now - noted >= 0.25:
                noted = now
                self.recent = [*self.recent[-12:], (now, self.started - len(self._acts))]
            await asyncio.sleep(TICK_S)
        await asyncio.gather(*self._acts.values())

    def _plan(self, people: Federation) -> Iterator[str | None]:
        """Who comes next, turn after turn, without end; None when a whole turn had nobody who did anything."""
        while True:
            self.turn += 1
            before = self.started
            for openid in draw.order(self.seed, self.turn, people.everybody()):
                yield from self._sooner(people)
                yield openid
            if self.started == before:
                yield None

    def _sooner(self, people: Federation) -> Iterator[str]:
        """At most two of those who have something to answer."""
        self._heard, openids = people.waiting(self._heard)
        for openid in openids:
            self._remember(openid)
        for _ in range(min(2, len(self._soon))):
            yield heapq.heappop(self._soon)[1]

    def _remember(self, openid: str) -> None:
        # Some look at their phone at once and some much later: the same ones for the same seed.
        heapq.heappush(self._soon, (draw.haste(self.seed, openid), openid))

    def _deed(self, people: Federation, openid: str) -> draw.Deed | None:
        """What she does now; None for nothing."""
        if not draw.takes_part(self.seed, openid, self.share):
            self.done[draw.IGNORE] += self.turn == 1
            return None
        self._acted[openid] += 1
        deed = draw.deed(self.seed, self._acted[openid], openid, people.before(openid))
        if deed.kind == draw.IGNORE or deed.kind not in self.kinds:
            self.done[draw.IGNORE] += 1
            return None
        return deed

    async def _act(self, people: Federation, openid: str, deed: draw.Deed) -> None:
        self.done[deed.kind] += 1
        try:
            problems = await people.do(openid, deed)  # read before the sum: others count meanwhile
            self.problems += problems
        finally:
            del self._acts[openid]
