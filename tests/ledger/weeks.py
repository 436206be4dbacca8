"""Fridays of the made-up federation: publishing, and what came of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.actions import publish
from bot.actions.publish import Shown
from bot.store import tables
from schedules import timetable
from tests.ledger.land import Land

JOB = next(job for job in timetable.JOBS if job.name == "weekly-analysis")


def friday(land: Land, week: int) -> datetime:
    """16:07 on Friday of the first (0), second … week of the campaign."""
    return land.at(4 + 7 * week, 16, 7)


async def today(land: Land, code: str, at: datetime) -> Shown:
    assert land.campaign
    return await publish.today(land.rt, land.units[code], land.campaign, at)


async def kept(land: Land, code: str, week: str | None = None) -> Shown | None:
    assert land.campaign
    return await publish.newest(land.rt, land.units[code], land.campaign, week=week)


async def run(land: Land, week: int) -> str | None:
    due = friday(land, week)
    with land.rt.at(due):
        return await timetable.run_once(land.rt, JOB, due)


async def letters(land: Land) -> list[tuple[str, str]]:
    """What was written, and to whom."""
    by_id = {person.id: code for code, person in land.people.items()}
    async with land.rt.read() as c:
        rows = await c.execute(
            sa.select(tables.outbox.c.person_id, tables.outbox.c.text).order_by(tables.outbox.c.id)
        )
        return [(by_id[row.person_id], row.text) for row in rows]
