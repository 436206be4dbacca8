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
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.core.model import Level, Unit

_BITS: Final = 4  # of Mark
BLOCK: Final = 1024  # places of one row
_LATEST: Final = np.iinfo(np.uint16).max  # minutes: 45 days
SHARES: Final = (50, 90, 100)
_AT_ONCE: Final = (
    1 << 15
)  # places counted at once: what numpy makes of them stays in the processor's cache


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


def _count(row: NDArray[np.int64]) -> Count:
    """From how many places have each combination of marks."""
    numbers = row.tolist()
    here, signed, relayed = int(HERE), int(Mark.SIGNED), int(Mark.RELAYED)
    return Count(
        asked=sum(numbers),
        reached=sum(n for marks, n in enumerate(numbers) if marks & here),
        signed=sum(n for marks, n in enumerate(numbers) if marks & signed),
        relayed=sum(n for marks, n in enumerate(numbers) if marks & relayed),
        cannot=numbers[Mark.CANNOT],
    )


def counted(
    part: Part, spans: Sequence[tuple[int, int]] = ()
) -> tuple[dict[Level, Count], list[Count]]:
    """By level (of those that are asked), and for each of the stretches [lo, hi) all levels together.

    Each place is looked at once: stretches are differences of what stands before their ends.
    """
    # Level and marks in one byte, so that one count over them tells everything.
    codes: NDArray[np.uint8] = (part.asked << np.uint8(_BITS)) | part.marks
    edges = sorted({0, len(codes), *(at - part.lo for span in spans for at in span)})
    wide = 1 << _BITS
    size = (len(Level) + 1) * wide
    before = {0: np.zeros(size, np.int64)}
    for lo, hi in pairwise(edges):
        before[hi] = before[lo] + np.bincount(codes[lo:hi], minlength=size)
    whole = before[len(codes)].reshape(-1, wide)
    each = [
        _count((before[hi - part.lo] - before[lo - part.lo])[wide:].reshape(-1, wide).sum(axis=0))
        for lo, hi in spans
    ]
    return {level: _count(whole[level]) for level in Level if whole[level].any()}, each


def together(some: Mapping[Level, Count]) -> Count:
    """All levels in one."""
    each = list(some.values())
    names = ("asked", "reached", "signed", "relayed", "cannot")
    return Count(**{name: sum(getattr(one, name) for one in each) for name in names})


def took(part: Part, level: Level, asked: int) -> dict[int, int | None]:
    """Minutes until 50, 90 and 100 of a hundred of the `asked` units of this level were reached; None: not yet.

    A minute is over when it is begun. A place has a minute as soon as it is reached.
    """
    since = part.since * (part.asked == level)  # 0: not reached, or another level
    came = np.zeros(int(since.max(initial=0)) + 1, np.int64)
    for first in range(0, len(since), _AT_ONCE):
        came += np.bincount(since[first : first + _AT_ONCE], minlength=len(came))
    came[0] = 0
    so_far = np.cumsum(came)
    found: dict[int, int | None] = {}
    for share in SHARES:
        enough = math.ceil(asked * share / 100)
        there = 0 < enough <= so_far[-1]
        found[share] = int(np.searchsorted(so_far, enough)) if there else None
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
