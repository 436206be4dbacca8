"""Which of a unit's campaigns is meant where none is named."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Campaign, Unit
from bot.runtime import Runtime
from bot.store import campaigns, expectations


async def one(rt: Runtime, unit: Unit, at: datetime, *, code: str | None = None) -> Campaign | None:
    """The campaign of this code, or the first of `of` where none is named; None if there is none."""
    if code is None:
        return next(iter(await of(rt, unit, at)), None)
    async with rt.read() as c:
        return await campaigns.by_code(c, code)


async def asks(rt: Runtime, campaign: Campaign, unit: Unit) -> bool:
    """Whether it asks something of the unit or below it."""
    async with rt.read() as c:
        return await expectations.asks(c, campaign.id, unit)


async def of(rt: Runtime, unit: Unit, at: datetime) -> list[Campaign]:
    """The campaigns of the unit: those that run before those that are over, the newest of each first.

    Of both, those that ask something of the unit or below it come first.
    """
    day = rt.calendar.day(at)
    async with rt.read() as c:
        some = await campaigns.of_unit(c, unit, day)
        if len(some) < 2:
            return some
        asking = {each.id for each in some if await expectations.asks(c, each.id, unit)}
    return sorted(some, key=lambda each: (each.over(day), each.id not in asking))
