"""Four times a day: groups without owner, unused groups, groups past their end; so none waits until tomorrow."""

from __future__ import annotations

from datetime import datetime

from bot.actions import register
from bot.runtime import Runtime

NAME = "groups-register"
CRON = {"hour": "8,12,17,23", "minute": 43}


async def run(rt: Runtime, due: datetime) -> str:
    """Plan what is to be said; the worker says it."""
    return await register.tend(rt, due)
