"""Friday 16:07: the week's analysis to the leaders of each county and above; nothing new, nothing sent."""

from __future__ import annotations

from datetime import datetime

from bot.actions import publish
from bot.runtime import Runtime

NAME = "weekly-analysis"
CRON = {"day_of_week": "fri", "hour": 16, "minute": 7}


async def prepare(rt: Runtime, due: datetime) -> None:
    """Publish some offices at a time: a whole country in one transaction would keep everybody else waiting."""
    await publish.every(rt, due)


async def run(rt: Runtime, due: datetime) -> str:
    """Say what was published; the worker sends it."""
    return await publish.summary(rt, due)
