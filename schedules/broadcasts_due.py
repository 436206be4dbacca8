"""Every minute: lets broadcasts go whose time has come, and ends those whose time is over."""

from __future__ import annotations

from datetime import datetime

from bot.actions import release
from bot.runtime import Runtime

NAME = "broadcasts-due"
CRON = {"minute": "*"}


async def run(rt: Runtime, due: datetime) -> str:
    """Release what is due; the worker sends it."""
    return await release.due(rt, due)
