"""`yihu job run NAME`: one run of a timed job by hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click


@click.group("job")
def command() -> None:
    """Timed jobs."""


@command.command("run")
@click.argument("name")
@click.option(
    "--at", "moment", default=None, help="ISO 8601; is both due and now of this run (default: now)"
)
def run(name: str, moment: str | None) -> None:
    """Run the job NAME once for the time it is due."""
    click.echo(asyncio.run(_run(name, moment)))


async def _run(name: str, moment: str | None) -> str:
    from bot import errors, runtime
    from bot.shared import embedded
    from config import logs, settings
    from schedules import timetable

    loaded = settings.load()
    logs.setup(loaded, "job")
    job = next((job for job in timetable.JOBS if name == job.name), None)
    if job is None:
        names = ", ".join(job.name for job in timetable.JOBS)
        raise errors.BadInput(f"there is no job {name!r}; the jobs are {names}")
    server = None if loaded.redis_url else await asyncio.to_thread(embedded.open, loaded.data_dir)
    try:
        async with runtime.opened(loaded, server.url if server else loaded.redis_url) as rt:
            due = _due(moment, rt.now(), loaded.zone)
            with rt.at(due):
                result = await timetable.run_once(rt, job, due)
    finally:
        if server is not None:
            await asyncio.to_thread(embedded.close, server)
    return "already done" if result is None else result


def _due(moment: str | None, now: datetime, zone: ZoneInfo) -> datetime:
    from bot import errors

    if moment is None:
        return now.replace(second=0, microsecond=0)
    try:
        due = datetime.fromisoformat(moment)
    except ValueError as error:
        raise errors.BadInput(
            f"--at {moment!r} is not a time; write one like 2026-11-26T19:07"
        ) from error
    return due.astimezone(UTC) if due.tzinfo else due.replace(tzinfo=zone).astimezone(UTC)
