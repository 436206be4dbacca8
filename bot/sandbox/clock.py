"""The sandbox's own clock: real time plus an offset that control may move."""

from __future__ import annotations

import time

SHANGHAI_MS = 8 * 3600 * 1000
DAY_MS = 24 * 3600 * 1000


def real_ms() -> int:
    """Real time in epoch milliseconds: signatures and time-outs always use this one."""
    return time.time_ns() // 1_000_000


class Clock:
    """Epoch milliseconds as the simulated platform sees them (windows, quotas, CreateTime, token life)."""

    __slots__ = ("offset_ms",)

    def __init__(self) -> None:
        self.offset_ms = 0

    def now_ms(self) -> int:
        """Now, epoch milliseconds."""
        return real_ms() + self.offset_ms

    def set_ms(self, moment_ms: int) -> None:
        """Make it `moment_ms` now; the clock keeps running from there."""
        self.offset_ms = moment_ms - real_ms()


def day_of(moment_ms: int) -> int:
    """Number of the calendar day in Asia/Shanghai (no daylight saving since 1991), for daily quotas."""
    return (moment_ms + SHANGHAI_MS) // DAY_MS


def month_of(moment_ms: int) -> int:
    """Year * 12 + month in Asia/Shanghai, for monthly quotas."""
    local = time.gmtime((moment_ms + SHANGHAI_MS) / 1000)
    return local.tm_year * 12 + local.tm_mon
