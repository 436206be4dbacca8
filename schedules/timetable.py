"""The timetable: which jobs there are, and running one exactly once for the time it is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core import period
from bot.runtime import Runtime
from bot.shared import meters, wake
from bot.store import jobs
from schedules import (
    broadcasts_due,
    difficulties_overdue,
    groups_register,
    milestones,
    relay_reminders,
    retention,
    weekly_analysis,
    weekly_reminder,
)

GRACE: Final = timedelta(hours=24)  # a due that was missed for longer is left alone


@dataclass(frozen=True, slots=True)
class Job:
    """What a module of this folder offers.

    `cron` is local time in the words of APScheduler's cron trigger: weekday names only, never :00
    or :30. `run` plans what is due and says in one English line what was planned. `prepare`, for what is too
    much for one transaction, comes before in transactions of its own; it may be repeated without effect, so
    that a run that was killed in it is simply done again.
    """

    name: str
    cron: Mapping[str, int | str]
    run: Callable[[Runtime, datetime], Awaitable[str]]
    prepare: Callable[[Runtime, datetime], Awaitable[None]] | None = None


JOBS: Final = tuple(
    Job(module.NAME, module.CRON, module.run, getattr(module, "prepare", None))
    for module in (
        weekly_reminder,
        broadcasts_due,
        weekly_analysis,
        milestones,
        difficulties_overdue,
        groups_register,
        relay_reminders,
        retention,
    )
)


async def run_once(rt: Runtime, job: Job, due: datetime) -> str | None:
    """Claim the run and plan it in one transaction; None if it was claimed before."""
    due_ms = period.ms(due)
    if job.prepare is not None:
        async with rt.read() as c:
            if await jobs.claimed(c, job.name, due_ms):
                return None
        await job.prepare(rt, due)
    async with rt.write() as c:
        if not await jobs.claim(c, job.name, due_ms, now_ms=rt.now_ms()):
            return None
        result = await job.run(rt, due)
        await jobs.note(c, job.name, due_ms, result)
    rt.wake(wake.WORK)
    meters.JOBS.labels(job.name, "done").inc()
    return result
