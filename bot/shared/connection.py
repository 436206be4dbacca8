"""One Redis connection pool per process, with limits that suit a chat answer."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import RedisError

from bot import errors

_ANSWERS_S: Final = 0.7  # a Redis that takes longer is as good as away
_AWAY_S: Final = 2.0  # how long nobody asks it then, but for one who finds out whether it is back


class Client(Redis):
    """One Redis for a process: who asks while it is away is told so at once, as it was found a moment ago."""

    away_until = float("-inf")

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        """One command and its answer; raises RedisError or OSError when Redis is away."""
        now = time.monotonic()
        if now < self.away_until:
            raise exceptions.ConnectionError("it did not answer a moment ago")
        if self.away_until > 0:
            self.away_until = now + _AWAY_S  # others do not wait with whoever asks first
        try:
            async with asyncio.timeout(_ANSWERS_S):
                answer = await super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        except (exceptions.ConnectionError, exceptions.TimeoutError, OSError):
            self.away_until = time.monotonic() + _AWAY_S
            raise
        self.away_until = float("-inf")
        return answer


def connect(url: str) -> Client:
    """A client for `url` (redis://, rediss:// or unix://); opens nothing yet, answers text as str.

    One command waits at most 0.7 s, what a subscription reads 5 s. Quick tries within that time cover
    an embedded server that is being started again; a write may thus arrive twice: use names and
    values for which that does no harm.
    """
    try:
        client = Client.from_url(
            url,
            decode_responses=True,
            socket_timeout=5,
            socket_connect_timeout=2,
            health_check_interval=30,
            retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), 3),
        )
    except ValueError as error:
        raise errors.SetupError(f"YIHU_REDIS_URL cannot be read: {error}") from error
    assert isinstance(client, Client)
    return client


async def check(client: Redis) -> None:
    """Ask the server once; raises SetupError, in one sentence, when it does not answer."""
    try:
        await client.ping()
    except (OSError, RedisError) as error:
        raise errors.SetupError(
            f"Redis does not answer ({error}); start it, or unset YIHU_REDIS_URL to use our own"
        ) from error
