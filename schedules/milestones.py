"""Every morning 08:37: which milestones are reached, near or missed, and tells those whose they are."""

from __future__ import annotations

from datetime import datetime

from bot.actions import milestones
from bot.runtime import Runtime

NAME = "milestones"
CRON = {"hour": 8, "minute": 37}


async def run(rt: Runtime, due: datetime) -> str:
    """Look at every active campaign and plan the tellings."""
    return await milestones.check(rt, due)
