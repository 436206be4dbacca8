"""The common pace of all processes: GCRA in Redis on Redis's own clock, in this process alone when Redis is away."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from bot.core import gcra, priority
from bot.core.gcra import Meter
from bot.core.pace import Rate
from bot.core.priority import Priority

_log = structlog.get_logger()

# `core/gcra.py` explains the rule. KEYS[1]: its meter. ARGV: µs per call, burst, calls, priority (0…), patience,
# the time in µs or '' for Redis's own, then the priorities' shares. Returns µs to wait, 0 for go.
_SCRIPT: Final = """
local step, burst, calls = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local mine, patience, now = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000000 + t[2]
end
local function of(name) return tonumber(redis.call('HGET', KEYS[1], name) or '0') end
local function text(number) return string.format('%.0f', number) end
local most, cost = burst * step, calls * step
local tat = math.max(math.min(of('tat'), now + 2 * most), now)
local own = math.max(math.min(of('own' .. mine), now + 2 * most), now)
local weights = tonumber(ARGV[7 + mine])
for other = 0, #ARGV - 7 do
  local at = other ~= mine and of('refused' .. other) or 0
  if at > 0 and now - at < patience then weights = weights + tonumber(ARGV[7 + other]) end
end
local share = tonumber(ARGV[7 + mine]) / weights
local wait = tat + cost - most - now
if share < 1 then wait = math.max(wait, math.min(own + cost / share - most - now, own - now)) end
if wait > 0 then
  redis.call('HSET', KEYS[1], 'refused' .. mine, text(now))
  redis.call('PEXPIRE', KEYS[1], math.ceil((3 * most + patience) / 1000) + 1000)
  return math.ceil(wait)
end
redis.call('HSET', KEYS[1], 'tat', text(tat + cost), 'own' .. mine, text(own + cost / share), 'refused' .. mine, 0)
redis.call('PEXPIRE', KEYS[1], math.ceil((3 * most + cost / share + patience) / 1000) + 1000)
return 0
"""

_ALONE_S: Final = 1  # how long Redis is not asked after it did not answer
_ALL_BACK_S: Final = 6  # until then other processes may not have noticed that it is back, and still keep to their parts
_MOST_HERE: Final = 10_000  # meters kept in this process; each robot has one
_AHEAD_S: Final = 0.1


@dataclass(slots=True)
class _Handful:
    """Calls that were granted and not made yet, good until then (monotonic seconds)."""

    calls: int = 0
    until: float = 0.0


class Pace:
    """Asks before calling; `take` says how long to wait, or 0 and the calls are ours.

    `peers` is how many processes send: without Redis each keeps to its part of the pace, and to Redis's word and its
    part both for some seconds after Redis is back, as not all notice at once.
    """

    def __init__(self, client: redis.asyncio.Redis) -> None:
        self._script = client.register_script(_SCRIPT)
        self._here: dict[str, Meter] = {}
        self._alone_until = self._parted_until = 0.0
        self._ahead: dict[tuple[str, Priority], _Handful] = {}
        self.peers = 1

    async def take(
        self, name: str, rate: Rate, calls: int, wish: Priority = Priority.NORMAL
    ) -> float:
        """Seconds to wait before `calls` (at most `rate.burst`) may be made under `name`; 0.0: go.

        Who is refused asks again within a second, or her priority no longer counts as waiting.
        """
        now = time.monotonic()
        if now < self._parted_until:
            wait = self._take_here(name, rate, calls, wish)
            if wait or now < self._alone_until:
                return wait
        try:
            async with asyncio.timeout(1.0):
                return await self.ask(name, rate, calls, wish, at_us=None) / 1_000_000
        except (RedisError, OSError) as error:
            parted = now < self._parted_until
            self._alone_until = time.monotonic() + _ALONE_S
            self._parted_until = self._alone_until + _ALL_BACK_S
            if parted:
                return 0.0  # granted here already
            _log.warning("pace.alone", error=type(error).__name__)
            return self._take_here(name, rate, calls, wish)

    async def take_ahead(
        self, name: str, rate: Rate, calls: int, *, of: int, wish: Priority
    ) -> tuple[int, float]:
        """How many of `calls` may be made now, perhaps fewer; if none, the seconds to wait.

        They are the next of `of` in a row: a tenth of a second of the pace is asked for at once, at most half a
        burst. What of it is not used within that time is lost to everybody, so all of it goes before more is asked.
        """
        kept = self._ahead.setdefault((name, wish), _Handful())
        now = time.monotonic()
        if now >= kept.until:
            kept.calls = 0
        if not kept.calls:
            more = max(calls, min(of, int(rate.per_s * _AHEAD_S), rate.burst // 2))
            wait = await self.take(name, rate, more, wish)
            if wait:
                return 0, wait
            # Another task may have asked meanwhile: what it has left is added.
            kept.calls, kept.until = kept.calls + more, now + _AHEAD_S
        granted = min(calls, kept.calls)
        kept.calls -= granted
        return granted, 0.0

    async def ask(
        self, name: str, rate: Rate, calls: int, wish: Priority, *, at_us: int | None
    ) -> int:
        """Redis's own answer in microseconds, at its own time when `at_us` is None. Raises RedisError, OSError."""
        wait = await self._script(
            keys=[f"yihu:{{pace}}:{name}"],
            args=[
                repr(1_000_000 / rate.per_s),
                rate.burst,
                calls,
                int(wish),
                gcra.PATIENCE_US,
                "" if at_us is None else at_us,
                *priority.SHARES,
            ],
        )
        return int(wait)

    def _take_here(self, name: str, rate: Rate, calls: int, wish: Priority) -> float:
        if len(self._here) >= _MOST_HERE:
            self._here.clear()
        # The burst stays, or a whole slice could never be granted; only how fast it comes back is divided.
        part = Rate(per_s=rate.per_s / max(1, self.peers), burst=rate.burst)
        meter = self._here.setdefault(name, Meter())
        return meter.take(part, wish, calls, time.monotonic_ns() / 1000) / 1_000_000
