"""The pace rule: a rate that all share, split by priority as long as more than one of them is kept waiting.

GCRA with cost: a theoretical arrival time moves ahead by each call's part of a second, and calls are
granted while it is no farther ahead than a burst. `bot/shared/pace.py` has the same rule in Lua for
Redis; a test compares the two. Times are microseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from bot.core.pace import Rate
from bot.core.priority import SHARES, Priority

PATIENCE_US = (
    1_500_000  # who asks again at least once a second and was refused so lately still waits
)


@dataclass(slots=True)
class Meter:
    """What is remembered of one pace: `tat` for all, `own` and the last refusal for each priority."""

    tat: float = 0
    own: list[float] = field(default_factory=lambda: [0.0] * len(SHARES))
    refused: list[float] = field(default_factory=lambda: [0.0] * len(SHARES))

    def take(self, rate: Rate, priority: Priority, calls: int, now: float) -> int:
        """0: the calls (at most `rate.burst`) are granted; else the microseconds after which to ask again."""
        step = 1_000_000 / rate.per_s
        most, cost = rate.burst * step, calls * step
        # What is farther ahead than two bursts comes from a clock that jumped: it heals by itself.
        tat = max(min(self.tat, now + 2 * most), now)
        own = max(min(self.own[priority], now + 2 * most), now)
        share = self._share(priority, now)
        wait = tat + cost - most - now
        if share < 1:
            wait = max(wait, min(own + cost / share - most - now, own - now))
        if wait > 0:
            self.refused[priority] = round(now)
            return math.ceil(wait)
        self.tat = round(tat + cost)
        self.own[priority] = round(own + cost / share)
        self.refused[priority] = 0
        return 0

    def _share(self, priority: Priority, now: float) -> float:
        """Its part of the rate: of its own weight and of those who were refused and wait."""
        weights = SHARES[priority]
        for other, weight in enumerate(SHARES):
            at = self.refused[other]
            if other != priority and at > 0 and now - at < PATIENCE_US:
                weights += weight
        return SHARES[priority] / weights
