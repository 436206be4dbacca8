"""Friday 16:07: the week's analysis to the leaders of each county and above; nothing new, nothing sent."""

from __future__ import annotations

from datetime import datetime

from bot.actions import analyse
from bot.runtime import Runtime

NAME = "weekly-analysis"
CRON = {"day_of_week": "fri", "hour": 16, "minute": 7}


async def run(rt: Runtime, due: datetime) -> str:
    """Write the texts and plan their sending."""
    return await analyse.weekly(rt, due)
