"""The chain of a notice through the tree: in which units it is known to have arrived, since when, and whom it reaches.

A unit is asked when one of its groups is in the audience, or one of its people and the notice asks for a receipt.
It has arrived where one of its people has signed, answered or opened it, a group of it was forwarded to, or two
readers opened the link of a group (one of them may be the owner, who tries it).
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.core.model import Level, Unit

_BITS: Final = 4  # of Mark
BLOCK: Final = 1024  # places of one row
_LATEST: Final = np.iinfo(np.uint16).max  # minutes: 45 days
SHARES: Final = (50, 90, 100)


class Mark(enum.IntFlag):
    """What is known of a unit; bits are only ever added, in any order."""

    SIGNED = 1
    RELAYED = 2
    OPENED = 4
    CANNOT = 8


HERE: Final = Mark.SIGNED | Mark.RELAYED | Mark.OPENED


@dataclass(frozen=True, slots=True)
class News:
    """Something about the unit at a place: marks, and how many more people and readers there are."""

    place: int
    mark: Mark
    people: int = 0
    readers: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring places from `lo` on: levels (0: not asked), marks, minutes from approval to arrival (0: none)."""

    lo: int
    asked: NDArray[np.uint8]
    marks: NDArray[np.uint8]
    since: NDArray[np.uint16]
    people: int
    readers: int

    def inside(self, lo: int, hi: int, *, people: int, readers: int) -> Part:
        """The same of a shorter stretch; its people and readers are given, as they are summed elsewhere."""
        cut = slice(lo - self.lo, hi - self.lo)
        return Part(lo, self.asked[cut], self.marks[cut], self.since[cut], people, readers)

    @property
    def arrived(self) -> NDArray[np.bool_]:
        """Where the notice has come."""
        return (self.asked > 0) & ((self.marks & HERE) > 0)


@dataclass(frozen=True, slots=True)
class Count:
    """Units of one level (of all: level None): asked, and of them reached, signed, relayed. The rest is not yet."""

    asked: int = 0
    reached: int = 0
    signed: int = 0
    relayed: int = 0
    cannot: int = 0

    @property
    def not_yet(self) -> int:
        """Where nobody knows that it has arrived."""
        return self.asked - self.reached


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice in a unit and below: by level; `took` of the lowest level asked (`timed`); by unit directly below."""

    unit: Unit
    levels: Mapping[Level, Count]
    people: int
    readers: int
    timed: Level
    took: Mapping[int, int | None]
    below: tuple[tuple[Unit, Count], ...]
    as_of: datetime

    @property
    def all(self) -> Count:
        """All levels together."""
        return together(self.levels)


def _codes(part: Part) -> NDArray[np.uint8]:
    """Level and marks of each place in one byte, so that one count over them tells everything."""
    codes: NDArray[np.uint8] = (part.asked << np.uint8(_BITS)) | part.marks
    return codes


def _count(row: NDArray[np.int64]) -> Count:
    """From how many places have each combination of marks."""
    numbers = row.tolist()

    def having(some: int) -> int:
        return sum(n for marks, n in enumerate(numbers) if marks & some)

    return Count(
        asked=sum(numbers),
        reached=having(HERE),
        signed=having(Mark.SIGNED),
        relayed=having(Mark.RELAYED),
        cannot=numbers[Mark.CANNOT],
    )


def _table(codes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """By level and combination of marks: how many places."""
    wide = 1 << _BITS
    return np.bincount(codes, minlength=(len(Level) + 1) * wide).reshape(-1, wide)


def counts(part: Part) -> dict[Level, Count]:
    """By level, the levels that are asked only."""
    table = _table(_codes(part))
    return {level: _count(table[level]) for level in Level if table[level].any()}


def together(some: Mapping[Level, Count]) -> Count:
    """All levels in one."""
    each = list(some.values())
    names = ("asked", "reached", "signed", "relayed", "cannot")
    return Count(**{name: sum(getattr(one, name) for one in each) for name in names})


def by_span(part: Part, spans: Sequence[tuple[int, int]]) -> list[Count]:
    """For each stretch [lo, hi) of places the count of all levels together."""
    codes = _codes(part)
    return [_count(_table(codes[lo - part.lo : hi - part.lo])[1:].sum(axis=0)) for lo, hi in spans]


def took(part: Part, level: Level) -> dict[int, int | None]:
    """Minutes until 50, 90 and 100 of a hundred units of this level were reached; None: not yet. A minute is over when it is begun."""
    here = part.asked == level
    n = int(here.sum())
    came = np.cumsum(np.bincount(part.since[here & ((part.marks & HERE) > 0)]))
    found: dict[int, int | None] = {}
    for share in SHARES:
        enough = math.ceil(n * share / 100)
        there = bool(n and len(came) and came[-1] >= enough)
        found[share] = int(np.searchsorted(came, enough)) if there else None
    return found


def minutes(at_ms: int, approved_ms: int) -> int:
    """The number of the minute since approval in which something happened: 1 and more."""
    return max(1, min(_LATEST, (at_ms - approved_ms) // 60_000 + 1))


def shares(said: int | None, members: Sequence[int]) -> list[int]:
    """Whom each group reaches: what its owner said of all of them together, shared out as large as they are; else their size."""
    if said is None:
        return list(members)
    weights = list(members) if sum(members) else [1] * len(members)
    so_far, given, found = 0, 0, []
    for weight in weights:
        so_far += weight
        upto = said * so_far // sum(weights)
        found.append(upto - given)
        given = upto
    return found
