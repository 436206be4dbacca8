"""One Redis connection pool per process, with limits that suit a chat answer."""

from __future__ import annotations

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import RedisError

from bot import errors


def connect(url: str) -> Redis:
    """A client for `url` (redis://, rediss:// or unix://); opens nothing yet, answers text as str.

    One call waits at most 5 s, so a blocking read may ask for 4 s at most. Three quick tries cover
    an embedded server that is being started again; a write may thus arrive twice: use names and
    values for which that does no harm.
    """
    try:
        client = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=5,
            socket_connect_timeout=2,
            health_check_interval=30,
            retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), 3),
        )
    except ValueError as error:
        raise errors.SetupError(f"YIHU_REDIS_URL cannot be read: {error}") from error
    return client


async def check(client: Redis) -> None:
    """Ask the server once; raises SetupError, in one sentence, when it does not answer."""
    try:
        await client.ping()
    except (OSError, RedisError) as error:
        raise errors.SetupError(
            f"Redis does not answer ({error}); start it, or unset YIHU_REDIS_URL to use our own"
        ) from error
