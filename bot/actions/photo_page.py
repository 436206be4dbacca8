"""The page of a unit's photos: one reader's own address, and what it shows on the day it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import errors
from bot.core import period, weekly_link
from bot.core.model import Indicator, Unit
from bot.runtime import Runtime
from bot.store import campaigns, entries, evidences, people, units
from bot.store.entries import Entry

_DAYS = 7  # for which an address opens
_MOST = 60  # entries whose photos are shown


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo (its file name) and what it shows."""

    name: str
    entry: Entry
    indicator: Indicator


def address(rt: Runtime, unit: Unit, person_id: int, at: datetime) -> str:
    """The page of this unit's photos for one reader."""
    until = period.ms(at + timedelta(days=_DAYS)) // 1000
    token = weekly_link.token(rt.seal, unit.id, person_id, until, purpose=weekly_link.PHOTOS)
    home = rt.settings.public_url or f"http://{rt.settings.host}:{rt.settings.port}"
    return f"{home.rstrip('/')}/h5/photos/{token}"


async def opened(rt: Runtime, token: str) -> tuple[Unit, list[Photo]]:
    """What is behind a link, the newest first; NotFound unless it is hers to see now."""
    known = weekly_link.read(rt.seal, token, purpose=weekly_link.PHOTOS)
    if known is None or known.until_s * 1000 <= rt.now_ms():
        raise errors.NotFound
    async with rt.read() as c:
        person = await people.by_id(c, known.person_id)
        unit = await units.by_id(c, known.thing_id)
        if person is None or unit is None or not person.posts:
            raise errors.NotFound
        actor = await people.actor(c, person)
    if not actor.sees(unit):
        raise errors.NotFound
    return unit, await of(rt, unit, rt.now())


async def of(rt: Runtime, unit: Unit, at: datetime) -> list[Photo]:
    """The photos of what the unit itself reported, the newest first."""
    async with rt.read() as c:
        campaign = await campaigns.asked(c, unit, rt.calendar.day(at))
        known = campaign.indicators if campaign else ()
        indicators = {one.id: one for one in known if one.level is unit.level}
        said = await entries.of_unit(c, unit.id, list(indicators), limit=_MOST)
        names = await evidences.of_entries(c, [one.id for one in said])
    return [
        Photo(name, one, indicators[one.indicator_id])
        for one in said
        for name in names.get(one.id, ())
    ]


def counted(photos: Sequence[Photo]) -> dict[int, int]:
    """How many there are by entry."""
    found: dict[int, int] = {}
    for one in photos:
        found[one.entry.id] = found.get(one.entry.id, 0) + 1
    return found
