"""Every hour of the day: owners whose groups still wait for a notice, and the levels above the silent ones."""

from __future__ import annotations

from datetime import datetime

from bot.actions import urge
from bot.runtime import Runtime

NAME = "relay-reminders"
CRON = {"hour": "9-19", "minute": 23}


async def run(rt: Runtime, due: datetime) -> str:
    """Plan the reminders; the worker sends them."""
    return await urge.along(rt, due)
