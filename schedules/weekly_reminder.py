"""Thursday evening: one reminder to each person and each group that still owes this week's report."""

from __future__ import annotations

from datetime import datetime

from bot.actions import remind
from bot.runtime import Runtime

NAME = "weekly-reminder"
CRON = {"day_of_week": "thu", "hour": 19, "minute": 7}


async def run(rt: Runtime, due: datetime) -> str:
    """Plan the reminders; the worker sends them."""
    return await remind.weekly(rt, due)
