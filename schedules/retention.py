"""Every night 03:17: forgets what must not be kept any longer; who waited long enough waits no more."""

from __future__ import annotations

from datetime import datetime

from bot.actions import admit, photos
from bot.core import period
from bot.runtime import Runtime
from bot.store import retention

NAME = "retention"
CRON = {"hour": 3, "minute": 17}


async def run(rt: Runtime, due: datetime) -> str:
    """Delete rows past their time; nothing of the ledger is among them."""
    await admit.settle(rt, due)
    async with rt.write() as c:
        gone = await retention.sweep(c, now_ms=period.ms(due))
    if files := await photos.tidy(rt):
        gone["photos"] = files
    return ", ".join(f"{count} of {name}" for name, count in gone.items()) or "nothing to forget"
