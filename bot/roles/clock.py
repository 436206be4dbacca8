"""The clock role: APScheduler says when; the claim in SQL says who, and that it happens once."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.core import period
from bot.runtime import Runtime
from bot.shared import meters
from bot.store import database, jobs
from config import logs
from schedules import timetable

_LOOK_EVERY = 1.0  # seconds between looks at the clock itself
_AGAIN_EVERY = 60.0  # seconds between looks for runs that failed, the database being away

_log = logs.get()


class _Shifted(CronTrigger):  # type: ignore[misc]  # APScheduler 3 has no types
    """A cron trigger that lives in the program's time, which a test may have moved."""

    def __init__(self, rt: Runtime, job: timetable.Job) -> None:
        super().__init__(timezone=rt.settings.zone, **job.cron)
        self._rt = rt

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """The real moment at which the program's time reaches the next due."""
        shift = _shift(self._rt)
        before = previous + shift if previous else None
        due: datetime | None = super().get_next_fire_time(before, now + shift)
        return due - shift if due else None


async def run(rt: Runtime, stop: asyncio.Event) -> None:
    """Run what is due until `stop`: at start what was missed, then each thing at its time."""
    known = _shift(rt)
    scheduler = AsyncIOScheduler(timezone=rt.settings.zone)
    for job in timetable.JOBS:
        scheduler.add_job(
            catch_up,
            _Shifted(rt, job),
            args=[rt, job],
            id=job.name,
            coalesce=True,
            misfire_grace_time=None,
        )
        await catch_up(rt, job)
    scheduler.start()
    time = asyncio.get_running_loop().time
    again = time() + _AGAIN_EVERY
    try:
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _LOOK_EVERY)
            known = await _follow(rt, scheduler, known)
            if time() >= again:
                again = time() + _AGAIN_EVERY
                for job in timetable.JOBS:
                    await catch_up(rt, job)
    finally:
        scheduler.shutdown(wait=False)


async def catch_up(rt: Runtime, job: timetable.Job) -> None:
    """Run the newest due of the job that lies within the grace and that nobody has claimed."""
    due = last_due(job, rt.now(), rt.settings.zone)
    if due is None:
        return
    try:
        async with rt.read() as c:
            if await jobs.claimed(c, job.name, period.ms(due)):
                return
        result = await timetable.run_once(rt, job, due)
    except Exception:
        meters.JOBS.labels(job.name, "failed").inc()
        _log.exception("job.failed", job=job.name, due=due.isoformat())
        return
    if result is not None:
        _log.info("job.done", job=job.name, due=due.isoformat(), result=result)


def last_due(job: timetable.Job, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The newest moment at or before `now`, and within the grace, for which the job is due."""
    trigger = CronTrigger(timezone=zone, **job.cron)
    # Look close by first: a job of every minute has 1,440 dues in a day, and only the newest counts.
    for back in (timedelta(minutes=2), timedelta(hours=2), timetable.GRACE):
        found: datetime | None = None
        due: datetime | None = trigger.get_next_fire_time(None, now - back)
        while due is not None and due <= now:
            found = due
            due = trigger.get_next_fire_time(due, due + timedelta(microseconds=1))
        if found is not None:
            return found
    return None


def _shift(rt: Runtime) -> timedelta:
    """How far the program's time is ahead of the machine's."""
    return rt.now() - datetime.now(rt.settings.zone)


async def _follow(rt: Runtime, scheduler: AsyncIOScheduler, known: timedelta) -> timedelta:
    """Look at the clock again: a test may have moved it, or it has turned out to be wrong; how far it is ahead now.

    `known` is what the jobs are scheduled by: other roles of this process look at the clock too, and may be first.
    """
    with contextlib.suppress(*database.Unavailable):  # it is looked at again in a second
        await rt.refresh_clock()
    now = _shift(rt)
    if abs(now - known) <= timedelta(seconds=1):
        return known
    for job in timetable.JOBS:
        await catch_up(rt, job)
        scheduler.reschedule_job(job.name, trigger=_Shifted(rt, job))
    return now
