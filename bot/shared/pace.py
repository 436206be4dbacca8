"""The common pace of all processes: GCRA in Redis on Redis's own clock, in this process alone when Redis is away."""

from __future__ import annotations

import asyncio
import time

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from bot.core.pace import Rate

_log = structlog.get_logger()

# KEYS[1]: theoretical arrival time in µs. ARGV: µs per call, burst, calls wanted. Returns µs to wait, 0 for go.
# A stored time further ahead than two bursts comes from a clock that jumped: it is cut, and heals by itself.
_SCRIPT = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local step = tonumber(ARGV[1])
local burst = tonumber(ARGV[2]) * step
local cost = tonumber(ARGV[3]) * step
local tat = tonumber(redis.call('GET', KEYS[1]) or now)
if tat > now + 2 * burst then tat = now + 2 * burst end
if tat < now then tat = now end
local wait = tat + cost - burst - now
if wait > 0 then return math.ceil(wait) end
redis.call('SET', KEYS[1], string.format('%.0f', tat + cost), 'PX', math.ceil((2 * burst + cost) / 1000) + 1000)
return 0
"""


class Pace:
    """Asks before calling; `take` says how long to wait, or 0 and the calls are ours."""

    def __init__(self, client: redis.asyncio.Redis) -> None:
        self._script = client.register_script(_SCRIPT)
        self._here: dict[str, float] = {}
        self._alone_until = 0.0

    async def take(self, name: str, rate: Rate, calls: int) -> float:
        """Seconds to wait before `calls` (at most `rate.burst`) may be made under `name`; 0.0: go."""
        if time.monotonic() >= self._alone_until:
            try:
                step = 1_000_000 / rate.per_s
                async with asyncio.timeout(1.0):
                    wait = await self._script(
                        keys=[f"yihu:{{pace}}:{name}"], args=[step, rate.burst, calls]
                    )
                return int(wait) / 1_000_000
            except (RedisError, OSError) as error:
                _log.warning("pace.alone", error=type(error).__name__)
                self._alone_until = time.monotonic() + 5
        return self._take_here(name, rate, calls)

    def _take_here(self, name: str, rate: Rate, calls: int) -> float:
        now = time.monotonic()
        step = 1 / rate.per_s
        earliest = max(self._here.get(name, now), now)
        wait = earliest + (calls - rate.burst) * step - now
        if wait > 0:
            return wait
        self._here[name] = earliest + calls * step
        return 0.0
