"""The clock says when; the claim in SQL says that it happens once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import runtime
from bot.core import period
from bot.roles import clock
from bot.store import jobs, metas
from config.settings import Settings
from schedules import timetable

ZONE = ZoneInfo("Asia/Shanghai")
JOB = {job.name: job for job in timetable.JOBS}


class Bell:
    """Counts how often its job is run; fails the first `failures` times."""

    def __init__(self, *, failures: int = 0) -> None:
        self.runs: list[datetime] = []
        self.failures = failures
        self.job = timetable.Job("bell", {"day_of_week": "fri", "hour": 16, "minute": 7}, self.run)

    async def run(self, rt: runtime.Runtime, due: datetime) -> str:
        async with rt.write() as c:
            await metas.put(c, "bell", due.isoformat())
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the roof fell in")
        self.runs.append(due)
        return "rang"


@pytest.fixture
async def rt(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[runtime.Runtime]:
    settings = Settings(
        database_url=database_url, data_dir=tmp_path, secret_key="k", test_clock=True
    )
    async with runtime.opened(settings, redis_url) as opened:
        yield opened


async def test_a_due_is_run_once_however_many_clocks_ask(rt: runtime.Runtime):
    bell, due = Bell(), datetime(2026, 11, 27, 16, 7, tzinfo=ZONE)
    told = await asyncio.gather(*(timetable.run_once(rt, bell.job, due) for _ in range(5)))
    assert sorted(map(str, told)) == ["None"] * 4 + ["rang"]
    assert bell.runs == [due]


async def test_a_run_that_dies_half_way_leaves_nothing_and_is_run_again(rt: runtime.Runtime):
    bell, due = Bell(failures=1), datetime(2026, 11, 27, 16, 7, tzinfo=ZONE)
    with pytest.raises(RuntimeError):
        await timetable.run_once(rt, bell.job, due)
    async with rt.read() as c:
        assert await metas.get(c, "bell") is None
        assert not await jobs.claimed(c, "bell", period.ms(due))
    assert await timetable.run_once(rt, bell.job, due) == "rang"


async def test_a_due_missed_while_nobody_was_there_is_run_at_start_but_not_after_a_day(
    rt: runtime.Runtime,
):
    bell = Bell()
    friday = datetime(2026, 11, 27, 16, 7, tzinfo=ZONE)
    with rt.at(friday + timedelta(hours=30)):
        await clock.catch_up(rt, bell.job)
    assert bell.runs == []
    with rt.at(friday + timedelta(hours=23)):
        await clock.catch_up(rt, bell.job)
        await clock.catch_up(rt, bell.job)
    assert bell.runs == [friday]


async def test_a_failing_job_is_logged_and_the_clock_goes_on(rt: runtime.Runtime):
    bell = Bell(failures=1)
    with rt.at(datetime(2026, 11, 27, 16, 8, tzinfo=ZONE)):
        await clock.catch_up(rt, bell.job)
        assert bell.runs == []
        await clock.catch_up(rt, bell.job)
    assert len(bell.runs) == 1


async def test_what_failed_at_its_time_is_run_again_without_a_new_start(
    rt: runtime.Runtime, monkeypatch: pytest.MonkeyPatch
):
    bell = Bell(failures=2)
    monkeypatch.setattr(timetable, "JOBS", (bell.job,))
    monkeypatch.setattr(clock, "_AGAIN_EVERY", 0.1)
    monkeypatch.setattr(clock, "_LOOK_EVERY", 0.05)
    friday = datetime(2026, 11, 27, 16, 7, tzinfo=ZONE)
    await _move(rt, friday + timedelta(hours=1))
    await rt.refresh_clock()
    assert await _rung(rt, bell) == [friday]


async def test_the_clock_role_outlives_a_database_that_is_away(
    rt: runtime.Runtime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(timetable, "JOBS", ())
    monkeypatch.setattr(clock, "_LOOK_EVERY", 0.05)
    looked: list[None] = []

    async def away() -> None:
        looked.append(None)
        raise ConnectionRefusedError

    stop = asyncio.Event()
    running = asyncio.create_task(clock.run(rt, stop))
    monkeypatch.setattr(rt, "refresh_clock", away)
    async with asyncio.timeout(20):
        while len(looked) < 3:
            assert not running.done()
            await asyncio.sleep(0.02)
    stop.set()
    await running


@pytest.mark.parametrize("first", ["the clock", "another role of the process"])
async def test_the_clock_role_follows_a_test_clock_that_is_moved(
    rt: runtime.Runtime, monkeypatch: pytest.MonkeyPatch, first: str
):
    bell = Bell()
    monkeypatch.setattr(timetable, "JOBS", (bell.job,))
    monkeypatch.setattr(clock, "_LOOK_EVERY", 0.05)
    friday = datetime(2026, 11, 27, 16, 7, tzinfo=ZONE)
    await _move(rt, friday - timedelta(days=2))
    await rt.refresh_clock()

    async def moved() -> None:
        await asyncio.sleep(0.3)
        assert bell.runs == []
        await _move(rt, friday + timedelta(hours=1))
        if first != "the clock":
            await rt.refresh_clock()

    assert await _rung(rt, bell, moved) == [friday]


async def test_the_clock_strikes_at_its_time_without_being_moved(
    rt: runtime.Runtime, monkeypatch: pytest.MonkeyPatch
):
    bell = Bell()
    monkeypatch.setattr(timetable, "JOBS", (bell.job,))
    friday = datetime(2026, 11, 27, 16, 7, tzinfo=ZONE)
    await _move(rt, friday - timedelta(seconds=1))
    await rt.refresh_clock()
    assert await _rung(rt, bell) == [friday]


async def _rung(
    rt: runtime.Runtime, bell: Bell, meanwhile: Callable[[], Awaitable[None]] | None = None
) -> list[datetime]:
    """When the bell was run by a clock that goes on for a while after the first time."""
    stop = asyncio.Event()
    running = asyncio.create_task(clock.run(rt, stop))
    if meanwhile:
        await meanwhile()
    async with asyncio.timeout(20):
        while not bell.runs:
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.4)
    stop.set()
    await running
    return bell.runs


async def _move(rt: runtime.Runtime, to: datetime) -> None:
    async with rt.write() as c:
        offset = to - datetime.now(ZONE)
        await metas.put(c, "clock_offset_ms", str(offset // timedelta(milliseconds=1)))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))  # noqa: DTZ001
def test_the_newest_due_is_never_in_the_future_and_never_older_than_the_grace(moment: datetime):
    now = moment.replace(tzinfo=ZONE)
    for job in timetable.JOBS:
        due = clock.last_due(job, now, ZONE)
        assert due is None or now - timetable.GRACE <= due <= now


def test_friday_is_friday_and_no_job_strikes_with_the_crowd():
    now = datetime(2026, 11, 27, 20, 0, tzinfo=ZONE)
    found = clock.last_due(JOB["weekly-analysis"], now, ZONE)
    assert found == datetime(2026, 11, 27, 16, 7, tzinfo=ZONE)
    assert found.strftime("%A") == "Friday"
    found = clock.last_due(JOB["weekly-reminder"], now, ZONE)
    assert found is None or found.strftime("%A") == "Thursday"
    assert not any(job.cron["minute"] in (0, 30) for job in timetable.JOBS)
