"""Which unit she means: names are looked for inside her scope only, so that unknown and not hers are one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot import errors
from bot.core import placewords, text, unitnames
from bot.core.model import Level, Unit
from bot.runtime import Runtime
from bot.store import mentions, units
from handlers.chat.message import Member

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
    near = {home.id: home for home in homes}
    async with rt.read() as c:
        for home in homes[:3]:
            near.update((child.id, child) for child in await units.children(c, home.id))
        for unit in await mentions.of(c, [text.fold(words)], message.actor.scope):
            near.setdefault(unit.id, unit)
    return _places(near.values(), {home.id for home in homes})


async def trimmed(rt: Runtime, message: Member, folded: str) -> tuple[str, Places]:
    """The text with 星溪乡东山村 written as 东山村, and the names left to it: only those inside what stood before.

    Her own units' ancestors may stand before a name although they are not in her scope.
    """
    known = await around(rt, message, folded)
    async with rt.read() as c:
        above = await units.ancestors(c, message.home)
    wide = _places([*known.units.values(), *above], {post.unit.id for post in message.person.posts})
    gone: list[tuple[int, int]] = []
    other: set[str] = set()
    for left, right in itertools.pairwise(wide.names.find(folded)):
        if folded[left.end : right.start].strip():
            continue
        ups = [wide.unit(place) for place in left.places]
        inside = {
            place.key
            for place in right.places
            if any(up.lo < wide.unit(place).lo < up.hi for up in ups)
        }
        if inside:
            gone.append((left.start, right.start))
            other |= {place.key for place in right.places} - inside
    for start, end in reversed(gone):
        folded = folded[:start] + folded[end:]
    if not other:
        return folded, known
    left_over = [unit for code, unit in known.units.items() if code not in other]
    return folded, _places(left_over, {post.unit.id for post in message.person.posts})


def _places(some: Iterable[Unit], own: set[int]) -> Places:
    found = {unit.code: unit for unit in some}
    top = min((unit.level for unit in found.values() if unit.id in own), default=Level.NATIONAL)
    names = unitnames.Names(
        unitnames.Place(
            unit.code, unit.name, unit.level, 0 if unit.id in own else max(1, unit.level - top)
        )
        for unit in found.values()
    )
    return Places(names, found)


async def find(rt: Runtime, message: Member, words: str) -> list[Unit]:
    """The units she may mean by `words`, nearest first; her own for no words at all.

    Raises NotFound for a name that is not in her scope, whether it exists elsewhere or not.
    """
    said = placewords.plain(text.fold(words))
    if not said:
        return [message.home]
    level = placewords.own(said)
    if level is not None:
        return _own(message, level)
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


def _own(message: Member, level: Level) -> list[Unit]:
    """全县: her unit of that level; one above her is not in her scope."""
    mine = [post.unit for post in message.person.posts if post.unit.level is level]
    if not mine:
        raise errors.NotFound
    return mine[:1]


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
