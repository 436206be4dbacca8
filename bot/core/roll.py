"""The roll of a broadcast: what its people did, as one bit for each of them in the order of the batches.

A million people are a few bitmaps of 125 kB and the places of their units, so that the numbers of a thousand
units are one pass over those. Bits are only ever written from the states and marks of whole batches, never
counted up: written twice, or from a newer state, they say what the batches say.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.core import receipt
from bot.core.receipt import SIGNS, Mark, State, States

Bits = NDArray[np.uint8]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

_REACHED: Final = np.isin(np.arange(256), receipt.REACHED)


def _marked(marks: NDArray[np.uint8], which: int) -> Flags:
    return (marks & which) > 0


# What is kept of each person, from the bytes of her state and of her marks.
KINDS: Final[Mapping[str, Callable[[States, NDArray[np.uint8]], Flags]]] = {
    "moved": lambda states, _: states == State.MOVED,  # she is counted in another batch
    "reached": lambda states, _: _REACHED[states],
    "delivered": lambda states, _: states == State.DELIVERED,
    "opened": lambda _, marks: _marked(marks, Mark.OPENED),
    "signed": lambda _, marks: _marked(marks, SIGNS),
}

_WORD: Final = np.dtype("<u8")  # bits are counted so many at a time
_SIZE: Final = np.dtype("<u4")
_PLACE: Final = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive batches from number `first` on.

    `sizes`: members of each. `places` and `edges`: where members stand in the tree, as runs of one place;
    run k goes from slot `edges[k]` to `edges[k + 1]`. `bits`: for each of `KINDS`, a bit for every slot.
    """

    first: int
    starts: Counts  # of each batch, and the end of the last
    places: NDArray[np.int32]
    edges: Counts
    bits: dict[str, Bits]

    @classmethod
    def of(cls, first: int, batches: Sequence[NDArray[np.int32]]) -> Part:
        """Of batches, given the places of their members, nobody of whom was reached yet."""
        where = np.concatenate(batches) if batches else np.zeros(0, _PLACE)
        begins = np.flatnonzero(np.concatenate(([True], where[1:] != where[:-1]))[: len(where)])
        return cls(
            first,
            _summed([len(batch) for batch in batches]),
            where[begins],
            np.append(begins, len(where)),
            {kind: np.zeros(-(-len(where) // 8), np.uint8) for kind in KINDS},
        )

    @classmethod
    def read(cls, first: int, columns: Mapping[str, bytes]) -> Part:
        """From what `columns` gives."""
        starts = _summed(np.frombuffer(columns["sizes"], _SIZE))
        length = -(-int(starts[-1]) // 8)
        kept = {kind: columns[kind] or bytes(length) for kind in KINDS}
        return cls(
            first,
            starts,
            np.frombuffer(columns["places"], _PLACE),
            _summed(np.frombuffer(columns["counts"], _SIZE)),
            {kind: np.frombuffer(some, np.uint8) for kind, some in kept.items()},
        )

    def columns(self) -> dict[str, bytes]:
        """Packed; nothing where no bit is set."""
        return {
            "sizes": np.diff(self.starts).astype(_SIZE).tobytes(),
            "places": self.places.astype(_PLACE).tobytes(),
            "counts": np.diff(self.edges).astype(_SIZE).tobytes(),
        } | self.marks()

    def marks(self) -> dict[str, bytes]:
        """Of `columns` those that change."""
        return {kind: some.tobytes() if some.any() else b"" for kind, some in self.bits.items()}

    def holds(self, no: int) -> bool:
        """Whether it has the batch."""
        return self.first <= no < self.first + len(self.starts) - 1

    def put(self, no: int, states: States, marks: NDArray[np.uint8]) -> None:
        """Write what is known of a batch's members."""
        start, end = self.starts[no - self.first : no - self.first + 2].tolist()
        for kind, told in KINDS.items():
            if not self.bits[kind].flags.writeable:
                self.bits[kind] = self.bits[kind].copy()
            _write(self.bits[kind], start, told(states, marks)[: end - start])

    def counted(self, runs: slice) -> dict[str, Counts]:
        """How many there are of each of `KINDS`, and `people` in all, by run."""
        edges = self.edges[runs.start : runs.stop + 1]
        first = int(edges[0]) // 8
        within = slice(first, -(-int(edges[-1]) // 8))
        found = {
            kind: np.diff(_before(some[within], edges - first * 8))
            for kind, some in self.bits.items()
        }
        return {"people": np.diff(edges) - found["moved"]} | found

    def missing(self) -> Bits:
        """Those who were reached and have not signed."""
        found: Bits = self.bits["reached"] & ~self.bits["signed"]
        return found

    def batch(self, slot: int) -> tuple[int, int]:
        """The number of the batch a slot lies in, and where in it."""
        at = bisect.bisect_right(self.starts, slot) - 1
        return self.first + at, slot - int(self.starts[at])


def totals(parts: Iterable[Part], spans: Sequence[tuple[int, int]]) -> dict[str, list[int]]:
    """For each of `KINDS`, and `people` in all, how many there are in each span [lo, hi) of places."""
    found = {kind: np.zeros(len(spans), np.int64) for kind in ("people", *KINDS)}
    wanted = np.array(spans, np.int64).reshape(-1, 2)
    for part in parts:
        order = _order(part.places)
        ends = np.searchsorted(part.places if order is None else part.places[order], wanted)
        runs = slice(0, len(part.places))
        if order is None and len(ends):
            # Those between the first and the last span: one unit is not the whole country.
            runs = slice(int(ends.min()), int(ends.max()))
            ends -= runs.start
        for kind, counts in part.counted(runs).items():
            so_far = _summed(counts if order is None else counts[order])
            found[kind] += so_far[ends[:, 1]] - so_far[ends[:, 0]]
    return {kind: counts.tolist() for kind, counts in found.items()}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a member stands: in the tree, and in which batch."""

    place: int
    no: int
    position: int


def missing(
    parts: Sequence[Part], inside: Callable[[NDArray[np.int32]], Flags], limit: int
) -> tuple[int, list[Slot]]:
    """How many of those reached have not signed where `inside` says so of their places; the first of them in tree order."""
    total = 0
    first: list[Slot] = []
    for part in parts:
        bits = part.missing()
        counts = np.diff(_before(bits, part.edges))
        counts[~inside(part.places)] = 0
        total += int(counts.sum())
        order = _order(part.places)
        runs = np.arange(len(counts)) if order is None else order
        runs = runs[counts[runs] > 0]
        # No more runs than hold so many; each has at least one.
        for run in runs[: int(np.searchsorted(np.cumsum(counts[runs]), limit)) + 1].tolist():
            slots = _set(bits, int(part.edges[run]), int(part.edges[run + 1]))
            first += [Slot(int(part.places[run]), *part.batch(slot)) for slot in slots]
    first.sort(key=lambda slot: (slot.place, slot.no, slot.position))
    return total, first[:limit]


def _order(places: NDArray[np.int32]) -> NDArray[np.intp] | None:
    """What brings the places into the order of the tree; None when they are."""
    return None if (places[1:] >= places[:-1]).all() else np.argsort(places, kind="stable")


def _summed(counts: Any) -> Counts:
    """0, and the sums of the first 1, 2, … counts."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, dtype=np.int64, out=found[1:])
    return found


def _before(bits: Bits, slots: Counts) -> Counts:
    """How many bits are set before each slot."""
    # At least one word behind the last bit: a slot may be the end.
    words = np.zeros(len(bits) // _WORD.itemsize + 1, _WORD)
    words.view(np.uint8)[: len(bits)] = bits
    at, rest = slots >> 6, (slots & 63).astype(np.uint64)
    within = words[at] & ((np.uint64(1) << rest) - np.uint64(1))
    found: Counts = _summed(np.bitwise_count(words))[at] + np.bitwise_count(within)
    return found


def _write(bits: Bits, start: int, flags: Flags) -> None:
    first, last = start // 8, -(-(start + len(flags)) // 8)
    some = np.unpackbits(bits[first:last], bitorder="little")
    some[start - first * 8 : start - first * 8 + len(flags)] = flags
    bits[first:last] = np.packbits(some, bitorder="little")


def _set(bits: Bits, start: int, end: int) -> list[int]:
    first = start // 8
    some = np.unpackbits(bits[first : -(-end // 8)], bitorder="little")
    found: list[int] = (np.flatnonzero(some[start - first * 8 : end - first * 8]) + start).tolist()
    return found
