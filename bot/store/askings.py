"""What the campaigns of a day ask of units of one level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core import tree
from bot.core.model import Campaign, Indicator, Level
from bot.store import campaigns, memory
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Asks:
    """What a campaign asks of units of one level in `places`; of those `by_list` only of units that its file names."""

    campaign: Campaign
    places: tuple[tree.Interval, ...]
    indicators: tuple[Indicator, ...]
    by_list: frozenset[int]


@memory.kept
async def asking(c: Connection, level: Level, day: date) -> tuple[Asks, ...]:
    """What the campaigns of this day ask of units of a level, the newest campaign first."""
    found = []
    for campaign in await campaigns.active(c, day):
        some = tuple(one for one in campaign.indicators if one.level == level)
        by_list = [one.id for one in some if await campaigns.by_list(c, one.id)]
        places = await campaigns.intervals(c, campaign.id)
        found.append(Asks(campaign, places, some, frozenset(by_list)))
    return tuple(found)
