"""What units are called: short and displayed names, the names people use, and names found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core import text as texts
from bot.core.model import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """A unit of `level` (None: of any) whose name ends in `ending` is called with `short` in its place."""

    level: Level | None
    ending: str
    short: str


# The first that fits is taken. An office may replace the table; it is passed as a parameter.
RULES: Final = (
    Rule(Level.VILLAGE, "村民委员会", "村"),
    Rule(Level.VILLAGE, "村委会", "村"),
    Rule(Level.VILLAGE, "社区居民委员会", "社区"),
    Rule(Level.VILLAGE, "社区居委会", "社区"),
    Rule(Level.VILLAGE, "居民委员会", "社区"),
    Rule(Level.VILLAGE, "居委会", "社区"),
    Rule(Level.TOWNSHIP, "街道办事处", "街道"),
    Rule(None, "妇女联合会", ""),
    Rule(None, "妇联", ""),
)
ORGANISATION: Final = "妇联"
"""What follows the short name when the unit is shown as its organisation."""

_KINDS: Final = {
    Level.VILLAGE: ("社区", "村", "嘎查"),
    Level.TOWNSHIP: ("民族乡", "街道", "苏木", "乡", "镇"),
    Level.COUNTY: ("县", "区", "市", "旗"),
    Level.CITY: ("市", "地区", "州", "盟"),
    Level.PROVINCE: ("省", "市", "自治区"),
}


def short(name: str, level: Level, rules: Sequence[Rule] = RULES) -> str:
    """东山村委会 → 东山村, 麻沙社区居委会 → 麻沙社区, 星溪乡 → 星溪乡."""
    for rule in rules:
        if rule.level not in (None, level):
            continue
        if name.endswith(rule.ending) and len(name) > len(rule.ending):
            return name.removesuffix(rule.ending) + rule.short
    return name


def display(
    name: str, level: Level, rules: Sequence[Rule] = RULES, organisation: str = ORGANISATION
) -> str:
    """东山村妇联, 星溪乡妇联, 政和县妇联; a unit that is called so already keeps its name."""
    return short(name, level, rules).removesuffix(organisation) + organisation


def bare(name: str, level: Level, rules: Sequence[Rule] = RULES) -> str:
    """东山, 政和: the short name without its kind, or the short name where less than two characters are left."""
    said = short(name, level, rules)
    for kind in _KINDS.get(level, ()):
        if said.endswith(kind) and len(said) - len(kind) >= 2:
            return said.removesuffix(kind)
    return said


@lru_cache(maxsize=16_384)  # a message reads the names of her township and county anew
def aliases(
    name: str, level: Level, rules: tuple[Rule, ...] = RULES, organisation: str = ORGANISATION
) -> tuple[str, ...]:
    """Every way people write the unit, folded, longest first."""
    name, organisation = texts.fold(name), texts.fold(organisation)
    plain, less = short(name, level, rules), bare(name, level, rules)
    said = {name, plain, less, plain + organisation, less + organisation}
    if level is Level.VILLAGE and plain.endswith("村"):
        said |= {plain + "委会", plain + "委", plain + "民委员会"}
    if level is Level.VILLAGE and plain.endswith("社区"):
        said |= {plain + "居委会", less + "居委会", plain + "居民委员会"}
    return tuple(sorted(said, key=lambda one: (-len(one), one)))


@dataclass(frozen=True, slots=True)
class Place:
    """A unit somebody may name: `key` is ours to give back; `depth` is 0 for her own unit, 1 for its children, negative above.

    `parent` is the key of the unit above, for 铁山镇半源村 where two townships have a 半源村.
    """

    key: str
    name: str
    level: Level
    depth: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names one of `places`, nearest first."""

    start: int
    end: int
    places: tuple[Place, ...]


class Names:
    """All names of a set of units; built once per scope, then only read."""

    def __init__(self, places: Iterable[Place], rules: tuple[Rule, ...] = RULES) -> None:
        self.places: tuple[Place, ...] = tuple(sorted(places, key=_near))
        index: dict[str, list[Place]] = {}
        for place in self.places:
            for alias in aliases(place.name, place.level, rules):
                index.setdefault(alias, []).append(place)
        self._index: Mapping[str, tuple[Place, ...]] = {a: tuple(p) for a, p in index.items()}
        self._longest = max(map(len, index), default=0)
        self._firsts = frozenset(alias[0] for alias in index)

    def named(self, words: str) -> tuple[Place, ...]:
        """Units of exactly this name, nearest first; spaces and script do not matter."""
        return self._index.get(texts.fold(words).replace(" ", ""), ())

    def find(self, folded: str) -> list[Mention]:
        """Names in a folded text, left to right, the longest at each place."""
        return list(self._walk(folded))

    def without(self, folded: str) -> str:
        """A folded text with the names taken out of it."""
        for mention in reversed(self.find(folded)):
            folded = folded[: mention.start] + folded[mention.end :]
        return folded

    def _walk(self, folded: str) -> Iterator[Mention]:
        i = 0
        while i < len(folded):
            mention = self._at(folded, i) if folded[i] in self._firsts else None
            if mention:
                yield mention
            i = mention.end if mention else i + 1

    def _at(self, folded: str, start: int) -> Mention | None:
        for end in range(min(len(folded), start + self._longest), start + 1, -1):
            places = self._index.get(folded[start:end])
            if places and not _inside_number(folded, start):
                return Mention(start, end, places)
        return None


def nearest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Those of the smallest depth; units above her only where nothing of her own has the name."""
    scope = [p for p in places if p.depth >= 0] or places
    return tuple(p for p in scope if p.depth == min(q.depth for q in scope))


def _near(place: Place) -> tuple[bool, int, str]:
    return place.depth < 0, place.depth, place.key


_NUMERAL: Final = re.compile("[零〇一二三四五六七八九十百千万两]")


def _inside_number(folded: str, start: int) -> bool:
    """Whether a name that begins with a numeral would begin inside one (五里 in 十五里)."""
    return start > 0 and bool(_NUMERAL.match(folded[start]) and _NUMERAL.match(folded[start - 1]))
