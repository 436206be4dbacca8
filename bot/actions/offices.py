"""Which offices a campaign concerns, and who in them is told how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.actions import tell
from bot.core import tree
from bot.core.model import Campaign, Level, Role, Unit
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import campaigns, leaders, outbox, people, units
from config import analysis

_LEADERS: Final = (Role.CHAIR, Role.DEPUTY, Role.STAFF)


async def concerned(rt: Runtime, campaign: Campaign) -> list[Unit]:
    """The units from the top down to the level of `tell_down_to` that hold a part of the campaign."""
    lowest = Level[analysis.load().tell_down_to.upper()]
    found: list[Unit] = []
    async with rt.read() as c:
        places = await campaigns.intervals(c, campaign.id)
        for level in Level:
            if level <= lowest:
                some = await units.at_level(c, 0, 2**31 - 1, level)
                found.extend(one for one in some if tree.clip([(one.lo, one.hi)], places))
    return found


async def tell_all(rt: Runtime, texts: Mapping[int, str]) -> int:
    """Say to the leaders of each unit (by id) its text: a few statements, however many offices; how many they are."""
    async with rt.write() as c:
        found = await leaders.of(c, list(texts), _LEADERS)
        if found:
            said = [(person_id, texts[unit_id]) for unit_id, person_id in found]
            await outbox.add_all(c, said, at_ms=rt.now_ms())
            rt.wake(wake.WORK)
    return len(found)


async def tell_leaders(rt: Runtime, unit: Unit, text: str) -> int:
    """Say it to every registered leader of the unit who receives; how many they are."""
    async with rt.write() as c:
        told = 0
        for holder in await people.holders(c, unit.id, _LEADERS):
            if not holder.paused and await people.registered(c, holder.id):
                await tell.person(rt, holder.id, text)
                told += 1
        return told
