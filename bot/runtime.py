"""What every action needs, opened once and closed once: settings, database, Redis, channels, clock, words."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

from bot import errors
from bot.channels import registry
from bot.core import period, seal, wording
from bot.shared import connection, pace, wake
from bot.store import database, metas, schema
from config import calendar, words
from config.settings import Settings


class Runtime:
    """The open program. Actions take it first and call it `rt`."""

    def __init__(self, settings: Settings, redis_url: str) -> None:
        self.settings = settings
        self.redis = connection.connect(redis_url)
        self.db = database.Database(settings.sql_url)
        self.seal = seal.Sealer(settings.secret_keys)
        self.calendar = period.Calendar(settings.zone, calendar.load())
        self.quiet = period.QuietHours.read(settings.quiet_hours)
        self.words = wording.Words(words.load())
        self.waker = wake.Waker(self.redis)
        self.pace = pace.Pace(self.redis)
        self.channels = registry.Channels(settings, self.redis, self.seal)
        # An account that may not send templates (订阅号): people get what waits with their next answer.
        self.passive = settings.wechat_account == "subscription"
        self._offset = timedelta()
        self._pinned: datetime | None = None

    def now(self) -> datetime:
        """The program's time: real time, moved by the test clock's offset when that is on."""
        return self._pinned or datetime.now(UTC) + self._offset

    @contextlib.contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Let `now` be `moment` for the length of a block: a job run by hand for another time."""
        self._pinned = moment
        try:
            yield
        finally:
            self._pinned = None

    def now_ms(self) -> int:
        """`now` in epoch milliseconds."""
        return period.ms(self.now())

    async def refresh_clock(self) -> None:
        """Read the test clock's offset again; does nothing when the test clock is off."""
        if self.settings.test_clock:
            async with self.read() as c:
                self._offset = timedelta(
                    milliseconds=int(await metas.get(c, "clock_offset_ms") or 0)
                )

    def read(self) -> AbstractAsyncContextManager[database.Connection]:
        """A connection for reading; inside `write` the same transaction."""
        return self.db.read()

    def write(self) -> AbstractAsyncContextManager[database.Connection]:
        """One transaction; inside another `write` it joins that one."""
        return self.db.write()

    def wake(self, channel: str) -> None:
        """Hint at work once the transaction under way is committed."""
        self.db.after_commit(lambda: self.waker.wake(channel))

    async def close(self) -> None:
        """Give everything back."""
        await self.channels.close()
        await self.db.close()
        await self.waker.close()
        await self.redis.aclose()


@contextlib.asynccontextmanager
async def opened(settings: Settings, redis_url: str) -> AsyncIterator[Runtime]:
    """A runtime for the length of a block, on a database with our schema; its clock is read once.

    Raises SetupError, in one sentence, when the database does not answer or is stale.
    """
    rt = Runtime(settings, redis_url)
    try:
        try:
            await schema.check(rt.db)
        except database.Unavailable as error:
            why = str(error).splitlines()[0]
            raise errors.SetupError(
                f"the database does not answer ({why}); check YIHU_DATABASE_URL"
            ) from error
        await rt.refresh_clock()
        yield rt
    finally:
        await rt.close()
