"""Which of a unit's campaigns is meant where none is named."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Campaign, Unit
from bot.runtime import Runtime
from bot.store import campaigns, expectations


async def of(rt: Runtime, unit: Unit, at: datetime) -> list[Campaign]:
    """The campaigns of the unit: those that run before those that are over, the newest of each first.

    Of both, those that ask something of the unit or below it come first.
    """
    day = rt.calendar.day(at)
    async with rt.read() as c:
        some = await campaigns.of_unit(c, unit, day)
        if len(some) < 2:
            return some
        asking = {
            one.id
            for one in some
            if any((await expectations.table(c, one.indicators, [unit])).values())
        }
    return sorted(some, key=lambda one: (one.over(day), one.id not in asking))
