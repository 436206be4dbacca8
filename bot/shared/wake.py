"""Wake-ups between processes: a hint that there is work; losing one only costs a second."""

from __future__ import annotations

import asyncio
import contextlib

from redis.asyncio import Redis
from redis.exceptions import RedisError

WORK = "yihu:{wake}:work"  # batches or outbox messages are ready
_TOGETHER = 0.02  # seconds; hints to other processes within them are one


class Waker:
    """Tells other processes over Redis, and waiters of this process directly."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._here: dict[str, asyncio.Event] = {}
        self._waiting: set[str] = set()
        self._telling: dict[str, asyncio.Task[None]] = {}

    def wake(self, channel: str) -> None:
        """Hint that there is work on `channel`; never waits, never fails."""
        self._event(channel).set()
        self._waiting.add(channel)
        if channel not in self._telling:
            loop = asyncio.get_running_loop()
            self._telling[channel] = loop.create_task(self._publish(channel))

    async def wait(self, channel: str, seconds: float) -> None:
        """Return at a hint on `channel` given in this process, or after `seconds`."""
        event = self._event(channel)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)
        event.clear()

    async def listen(self, *channels: str) -> None:
        """Pass hints from other processes on to the waiters here, until cancelled; outlives Redis."""
        while True:
            try:
                async with self._client.pubsub() as pubsub:
                    await pubsub.subscribe(*channels)
                    while True:
                        message = await pubsub.get_message(
                            ignore_subscribe_messages=True, timeout=2
                        )
                        if message is not None:
                            self._event(message["channel"]).set()
            except (RedisError, OSError):
                await asyncio.sleep(1)

    async def close(self) -> None:
        """Tell nobody any more; before the client is closed."""
        telling = list(self._telling.values())
        for task in telling:
            task.cancel()
        await asyncio.gather(*telling, return_exceptions=True)

    def _event(self, channel: str) -> asyncio.Event:
        return self._here.setdefault(channel, asyncio.Event())

    async def _publish(self, channel: str) -> None:
        # One hint at a time: while Redis hangs those that follow are told with the next.
        try:
            while channel in self._waiting:
                await asyncio.sleep(_TOGETHER)
                self._waiting.discard(channel)
                with contextlib.suppress(RedisError, OSError):
                    await self._client.publish(channel, "1")
        finally:
            del self._telling[channel]
