"""Who sits at a unit's desk: whoever answers for it, or the nearest level above that has anybody at all."""

from __future__ import annotations

from typing import Final

from bot.actions import tell
from bot.core import access
from bot.core.access import Actor
from bot.core.model import Person, Role, Unit
from bot.runtime import Runtime
from bot.store import people, units
from bot.store.database import Connection

_LEADERS: Final = (Role.CHAIR, Role.DEPUTY, Role.STAFF)


async def _at(c: Connection, unit: Unit) -> tuple[Unit, list[Person]]:
    """The registered leaders of `unit`, else those of the nearest unit above that has some; nobody at all: []."""
    place: Unit | None = unit
    while place is not None:
        some = [
            one
            for one in await people.holders(c, place.id, _LEADERS)
            if await people.registered(c, one.id)
        ]
        if some:
            return place, some
        place = await units.parent(c, place)
    return unit, []


async def at(rt: Runtime, unit: Unit) -> tuple[Unit, list[Person]]:
    """The nearest unit from `unit` upward that has registered leaders, and these; nobody at all: []."""
    async with rt.read() as c:
        return await _at(c, unit)


async def may_act(rt: Runtime, actor: Actor, unit: Unit) -> bool:
    """Whether she may do what is the business of `unit`: its leaders and admins, or who stands in where nobody is registered."""
    if access.may_answer(actor, owner=unit):
        return True
    async with rt.read() as c:
        place, some = await _at(c, unit)
    return place.id != unit.id and any(one.id == actor.person.id for one in some)


async def hearers(rt: Runtime, unit: Unit, *, besides: int | None = None) -> list[Person]:
    """Who is told what comes to this desk; `besides`: a person who knows already.

    Who has said 暂停接收 is left out as long as somebody else there gets it.
    """
    async with rt.read() as c:
        _, some = await _at(c, unit)
    wanted = [one for one in some if one.id != besides]
    return [one for one in wanted if not one.paused] or wanted


async def inform(rt: Runtime, unit: Unit, text: str, *, besides: int | None = None) -> None:
    """Tell whoever sits there, after their quiet hours."""
    for one in await hearers(rt, unit, besides=besides):
        await tell.politely(rt, one, text)
