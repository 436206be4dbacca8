"""How long a notice takes on each channel: by the pace we keep, and by what the platform lets us call in a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core import pace

DAY_S: Final = 86_400
# WeCom's general limit of a corp, which may count for robots too (developer.work.weixin.qq.com/document/path/90454,
# a copy read in November 2026): without it the estimate for many groups would be too good.
ROBOTS_PER_S: Final = 10_000 / 60


@dataclass(frozen=True, slots=True)
class Part:
    """What one channel has to do: `members` reached by `calls`, cut into `batches`.

    `left`: calls that may still be made today, None when nobody knows. `daily`: calls of a whole day.
    """

    channel: str
    members: int
    calls: int
    batches: int
    left: int | None
    daily: int | None

    @property
    def seconds(self) -> int:
        """How long it takes at best; what today's calls do not cover waits for the next days'."""
        if not self.calls:
            return 0
        today = self.calls if self.left is None else min(self.calls, self.left)
        later = self.calls - today
        if later and self.daily:
            days, rest = divmod(later, self.daily)
            if not rest:
                days, rest = days - 1, self.daily
            return (days + 1) * DAY_S + _at_pace(self.channel, rest)
        if later:
            return DAY_S + _at_pace(self.channel, later)
        return _at_pace(self.channel, today)


def _at_pace(channel: str, calls: int) -> int:
    """Seconds of calls at the pace we keep; robots have one each, so only what a corp may call counts."""
    if channel == "robot":
        return max(1, round(calls / ROBOTS_PER_S))
    rate = pace.rate(channel)
    return max(1, round(max(0, calls - rate.burst) / rate.per_s))


def seconds(parts: list[Part] | tuple[Part, ...]) -> int:
    """How long all take: channels work side by side, but relay cards are templates."""
    return max([1, *(part.seconds for part in parts)])
