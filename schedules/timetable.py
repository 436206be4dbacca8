"""The timetable: which jobs there are, and running one exactly once for the time it is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol, cast

from bot.core import period
from bot.runtime import Runtime
from bot.shared import meters, wake
from bot.store import jobs
from schedules import broadcasts_due, milestones, weekly_analysis, weekly_reminder

GRACE: Final = timedelta(hours=24)  # a due that was missed for longer is left alone


class Job(Protocol):
    """What a module of this folder offers. CRON is local time, weekday names only, never :00 or :30."""

    NAME: str
    CRON: Mapping[str, int | str]

    async def run(self, rt: Runtime, due: datetime) -> str:
        """Plan what is due and say in one English line what was planned."""
        ...


JOBS: Final = tuple(
    cast(Job, job) for job in (weekly_reminder, broadcasts_due, weekly_analysis, milestones)
)


async def run_once(rt: Runtime, job: Job, due: datetime) -> str | None:
    """Claim the run and plan it in one transaction; None if it was claimed before."""
    due_ms = period.ms(due)
    async with rt.write() as c:
        if not await jobs.claim(c, job.NAME, due_ms, now_ms=rt.now_ms()):
            return None
        result = await job.run(rt, due)
        await jobs.note(c, job.NAME, due_ms, result)
    rt.wake(wake.WORK)
    meters.JOBS.labels(job.NAME, "done").inc()
    return result
