"""Which unit she means: names are looked for inside her scope only, so that unknown and not hers are one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot import errors
from bot.core import intent_names, placewords, text, unitfinding, unitnames
from bot.core.model import Level, Unit
from bot.core.report.plain import heard
from bot.core.unitfinding import Found
from bot.runtime import Runtime
from bot.store import mentions, units
from handlers.chat.message import Member

MOST: Final = 9  # units offered for a choice
_DISTRICT: Final = 3000  # units whose names are all looked at when none is called so


@dataclass(frozen=True, slots=True)
class Places:
    """Her own units, their children and what else of her scope the text names."""

    names: unitnames.Names
    units: dict[str, Unit]

    def unit(self, place: unitnames.Place) -> Unit:
        """The unit of a place."""
        return self.units[place.key]

    def meant(self, found: Found) -> Meant:
        """The units of what was found."""
        return Meant(
            tuple(self.units[place.key] for place in found.places),
            tuple(self.units[place.key] for place in found.farther),
            found.exact,
        )


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom her words mean: see `unitfinding.Found`; `units` is never empty."""

    units: tuple[Unit, ...]
    farther: tuple[Unit, ...] = ()
    exact: bool = True


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


async def mentioned(rt: Runtime, message: Member) -> list[str]:
    """The names of hers, and of the units above, as they stand in the folded line."""
    said = intent_names.searchable(message.line.text)
    known = await around(rt, message, said)
    async with rt.read() as c:
        above = await units.ancestors(c, message.home)
    wide = _places([*known.units.values(), *above], {post.unit.id for post in message.person.posts})
    return [said[mention.start : mention.end] for mention in wide.names.find(said)]


async def trimmed(
    rt: Runtime, message: Member, folded: str, above: Sequence[Unit]
) -> tuple[str, Places]:
    """The text with 星溪乡东山村 written as 东山村, and the names left to it: only those inside what stood before.

    What is `above` her own unit may stand before a name although it is not in her scope.
    """
    known = await around(rt, message, folded)
    ranks = [
        unitnames.Place(one.code, one.name, one.level, -(message.home.level - one.level))
        for one in above
    ]
    known_here = known.names.find(folded)
    folded = heard.above(folded, [*known.names.places, *ranks], known_here)
    before = [unit for unit in above if any(name in folded for name in _names(unit))]
    own = {post.unit.id for post in message.person.posts}
    wide = _places([*known.units.values(), *before], own) if before else known
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
    return folded, _places(left_over, own)


async def elsewhere(
    rt: Runtime, message: Member, folded: str, above: Sequence[Unit]
) -> unitnames.Names | None:
    """What a village may speak of, though not report: the units of its county that the text names; None for an office."""
    if message.home.level is not Level.VILLAGE:
        return None
    county = [(unit.lo, unit.hi) for unit in above if unit.level is Level.COUNTY]
    async with rt.read() as c:
        found = await mentions.of(c, [folded], county)
    hers = {unitnames.bare(unit.name, unit.level) for unit in (*above, message.home)}
    return unitnames.Names(
        unitnames.Place(unit.code, unit.name, unit.level, 1)
        for unit in found
        if unitnames.bare(unit.name, unit.level) not in hers
    )


def _names(unit: Unit) -> tuple[str, ...]:
    return unitnames.aliases(unit.name, unit.level)


def _places(some: Iterable[Unit], own: set[int]) -> Places:
    found = {unit.code: unit for unit in some}
    top = _top(found.values(), own)
    codes = {unit.id: unit.code for unit in found.values()}
    names = unitnames.Names(_place(unit, own, top, codes) for unit in found.values())
    return Places(names, found)


def _top(some: Iterable[Unit], own: set[int]) -> Level:
    return min((unit.level for unit in some if unit.id in own), default=Level.NATIONAL)


def _place(unit: Unit, own: set[int], top: Level, codes: Mapping[int, str]) -> unitnames.Place:
    depth = 0 if unit.id in own else max(1, unit.level - top)
    parent = codes.get(unit.parent_id or 0, "")
    return unitnames.Place(unit.code, unit.name, unit.level, depth, parent)


async def find(rt: Runtime, message: Member, words: str) -> Meant:
    """Whom she may mean by `words`, nearest first; her own unit for no words at all.

    Raises NotFound for a name that is not in her scope, whether it exists elsewhere or not.
    """
    said = placewords.plain(text.fold(words))
    if not said:
        return Meant((message.home,))
    level = placewords.own(said)
    if level is not None:
        return Meant((_own(message, level),))
    async with rt.read() as c:
        coded = await units.seen(c, said, message.actor.scope) if said.isascii() else None
    if coded is not None:
        return Meant((coded,))
    known = await around(rt, message, f"{said}\n{words.strip()}")
    found = unitfinding.named(known.names, said)
    if found.places:
        return known.meant(found)
    async with rt.read() as c:
        above = await units.ancestors(c, message.home)
    homes = {post.unit.id for post in message.person.posts}
    chain = _chain(_places([*above, *known.units.values()], homes), said)
    mine = tuple(unit for unit in chain if message.actor.sees(unit))
    if mine:
        return Meant(mine)
    return await guessed(rt, message, said)


async def guessed(rt: Runtime, message: Member, said: str) -> Meant:
    """Whom she may have meant by a name that nobody in her scope has; NotFound for nobody."""
    homes = {post.unit.id for post in message.person.posts}
    some = {unit.code: unit for unit in await _district(rt, message)}
    top = _top(some.values(), homes)
    found = unitfinding.guessed((_place(unit, homes, top, {}) for unit in some.values()), said)
    if not found.places:
        raise errors.NotFound
    return Meant(tuple(some[place.key] for place in found.places), exact=False)


async def _district(rt: Runtime, message: Member) -> list[Unit]:
    """All units of her scope, of a large one her own units and the two levels below."""
    homes = [post.unit for post in message.person.posts]
    scope = message.actor.scope
    some = list(homes)
    async with rt.read() as c:
        if sum(hi - lo for lo, hi in scope) <= _DISTRICT:
            for lo, hi in scope:
                some += await units.inside(c, lo, hi)
            return some
        for home in homes:
            for level in Level:
                if home.level < level <= home.level + 2:
                    some += await units.at_level(c, home.lo, home.hi, level)
    return some


def _own(message: Member, level: Level) -> Unit:
    """全县: her unit of that level; one above her is not in her scope."""
    mine = [post.unit for post in message.person.posts if post.unit.level is level]
    if not mine:
        raise errors.NotFound
    return mine[0]


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
