"""Which of a unit's campaigns is meant where none is named."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Campaign, Unit
from bot.runtime import Runtime
from bot.store import campaigns, expectations


async def of(rt: Runtime, unit: Unit, at: datetime) -> list[Campaign]:
    """The campaigns of the unit: those that ask something of it or below it first, of these the newest first."""
    async with rt.read() as c:
        some = await campaigns.of_unit(c, unit, rt.calendar.day(at))
        if len(some) < 2:
            return some
        asking = [
            one
            for one in some
            if any((await expectations.table(c, one.indicators, [unit])).values())
        ]
    return [*asking, *(one for one in some if one not in asking)]
