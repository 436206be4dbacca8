"""Every morning 08:52: difficulties that nobody has answered in time are asked after, on workdays."""

from __future__ import annotations

from datetime import datetime

from bot.actions import overdue
from bot.runtime import Runtime

NAME = "difficulties-overdue"
CRON = {"hour": 8, "minute": 52}


async def run(rt: Runtime, due: datetime) -> str:
    """Plan the reminders and the lines to the levels above."""
    return await overdue.check(rt, due)
