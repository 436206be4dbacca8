"""Every hour of the day: owners whose groups still wait for a notice, and the levels above the silent ones."""

from __future__ import annotations

from datetime import datetime

from bot.actions import urge
from bot.runtime import Runtime

NAME = "relay-reminders"
CRON = {"hour": "9-19", "minute": 23}


async def prepare(rt: Runtime, due: datetime) -> None:
    """Plan the reminders, a thousand owners in a transaction; the worker sends them."""
    await urge.along(rt, due)


async def run(rt: Runtime, due: datetime) -> str:
    """Say what was planned."""
    return await urge.told(rt, due)
