"""What every action needs, opened once and closed once: settings, database, Redis, channels, clock, words."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot import errors
from bot.channels import registry
from bot.core import period, seal, wording
from bot.shared import connection, pace, wake
from bot.store import database, dialect, metas, schema
from config import calendar, words
from config.settings import Settings

_COMPARE_S: Final = 5.0
_WRONG: Final = timedelta(seconds=2)  # less is the way to the database and back

_log = structlog.get_logger()


class Runtime:
    """The open program. Actions take it first and call it `rt`."""

    def __init__(
        self, settings: Settings, redis_url: str, *, frozen_s: int = database.FROZEN_S
    ) -> None:
        self.settings = settings
        self.redis = connection.connect(redis_url)
        self.db = database.Database(settings.sql_url, frozen_s=frozen_s)
        self.seal = seal.Sealer(settings.secret_keys)
        self.calendar = period.Calendar(settings.zone, calendar.load())
        self.quiet = period.QuietHours.read(settings.quiet_hours)
        self.words = wording.Words(words.load())
        self.waker = wake.Waker(self.redis)
        self.pace = pace.Pace(self.redis)
        self.channels = registry.Channels(settings, self.redis, self.seal)
        # An account that may not send templates (订阅号): people get what waits with their next answer.
        self.passive = settings.wechat_account == "subscription"
        self._offset = timedelta()  # of the test clock
        self._wrong = timedelta()  # what this machine's clock lacks to the database's
        self._compare_at = 0.0
        self._pinned: datetime | None = None

    def now(self) -> datetime:
        """The program's time: real time, moved by the test clock's offset when that is on."""
        return self._pinned or datetime.now(UTC) + self._wrong + self._offset

    def real_s(self) -> int:
        """Real time in epoch seconds, whatever a test clock says."""
        return int((datetime.now(UTC) + self._wrong).timestamp())

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
        """Compare this machine's clock with the database's, and read the test clock's offset when that is on."""
        if not self.db.on_sqlite and time.monotonic() >= self._compare_at:
            with contextlib.suppress(*database.Unavailable):  # then what was found last still holds
                await self._compare()
        if self.settings.test_clock:
            async with self.read() as c:
                self._offset = timedelta(
                    milliseconds=int(await metas.get(c, "clock_offset_ms") or 0)
                )

    async def _compare(self) -> None:
        """One clock for all machines: one that is a day ahead would end every notice and start what is to come."""
        async with self.read() as c:
            before = datetime.now(UTC)
            there = period.at(await dialect.clock_ms(c))
            here = before + (datetime.now(UTC) - before) / 2
        wrong = there - here if abs(there - here) > _WRONG else timedelta()
        if (wrong != timedelta()) != (self._wrong != timedelta()):
            _log.warning("clock.compared", wrong_s=round(wrong.total_seconds()))
        self._wrong, self._compare_at = wrong, time.monotonic() + _COMPARE_S

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
async def opened(
    settings: Settings, redis_url: str, *, frozen_s: int = database.FROZEN_S
) -> AsyncIterator[Runtime]:
    """A runtime for the length of a block, on a database with our schema; its clock is read once.

    Raises SetupError, in one sentence, when the database does not answer or is stale.
    """
    rt = Runtime(settings, redis_url, frozen_s=frozen_s)
    try:
        try:
            await schema.check(rt.db)
        except database.Unavailable as error:
            raise errors.SetupError(database.trouble(error)) from error
        await rt.refresh_clock()
        yield rt
    finally:
        await rt.close()
