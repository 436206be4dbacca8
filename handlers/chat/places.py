"""Which unit she means: names are looked for inside her scope only, so that unknown and not hers are one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot import errors
from bot.core import text, unitnames
from bot.core.model import Unit
from bot.runtime import Runtime
from bot.store import mentions, units
from handlers.chat.message import Member

_FILLER: Final = re.compile("[的、,，。\\s]|妇联|全部|各")
MOST: Final = 9  # units offered for a choice


@dataclass(frozen=True, slots=True)
class Places:
    """Her own units, their children and what else of her scope the text names."""

    names: unitnames.Names
    units: dict[str, Unit]

    def unit(self, place: unitnames.Place) -> Unit:
        """The unit of a place."""
        return self.units[place.key]


async def around(rt: Runtime, message: Member, words: str) -> Places:
    """The names that a text of hers may hold, cheaply: by index, not by walking the tree."""
    homes = [post.unit for post in message.person.posts]
    top = min(home.level for home in homes)
    near = {home.id: home for home in homes}
    async with rt.read() as c:
        for home in homes[:3]:
            near.update((child.id, child) for child in await units.children(c, home.id))
        for unit in await mentions.of(c, [text.fold(words)], message.actor.scope):
            near.setdefault(unit.id, unit)
    own = {home.id for home in homes}
    places = [
        unitnames.Place(
            unit.code, unit.name, unit.level, 0 if unit.id in own else max(1, unit.level - top)
        )
        for unit in near.values()
    ]
    return Places(unitnames.Names(places), {unit.code: unit for unit in near.values()})


async def find(rt: Runtime, message: Member, words: str) -> list[Unit]:
    """The units she may mean by `words`, nearest first; her own for no words at all.

    Raises NotFound for a name that is not in her scope, whether it exists elsewhere or not.
    """
    said = _FILLER.sub("", text.fold(words))
    if not said:
        return [message.home]
    known = await around(rt, message, said)
    by_code = known.units.get(said)
    if by_code is not None:
        return [by_code]
    whole = known.names.resolve(said)
    if whole:
        return [known.unit(place) for place in whole]
    chain = _chain(known, said)
    if not chain:
        raise errors.NotFound
    return chain


def _chain(known: Places, said: str) -> list[Unit]:
    """星溪乡东山村: each name inside the one before it, and nothing left over."""
    found = known.names.find(said)
    if "".join(said[mention.start : mention.end] for mention in found) != said:
        return []
    above: list[Unit] = []
    for mention in found:
        here = [known.unit(place) for place in mention.places]
        above = [unit for unit in here if not above or any(up.lo < unit.lo < up.hi for up in above)]
        if not above:
            return []
    return above


async def one(rt: Runtime, message: Member, words: str) -> Unit:
    """The unit she means; of several the first in the official order."""
    return (await find(rt, message, words))[0]
