"""An audience cut into batches: who is in which, in what state, and in what turn they are sent."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core import packing
from bot.core.plan import BATCH
from bot.core.receipt import State


@dataclass(frozen=True, slots=True)
class Members:
    """People or groups in tree order: ids, places (lo of the unit each was chosen by), states.

    `owners` are of relay groups, `ways` (bits of `core/way`) of people.
    """

    ids: NDArray[np.int64]
    places: NDArray[np.int32]
    states: NDArray[np.uint8]
    owners: NDArray[np.int64] | None = None
    ways: NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, chosen: NDArray[np.bool_] | slice) -> Members:
        """Those chosen, in the same order; what each of them is or has goes along."""
        return Members(
            self.ids[chosen],
            self.places[chosen],
            self.states[chosen],
            None if self.owners is None else self.owners[chosen],
            None if self.ways is None else self.ways[chosen],
        )


def members(rows: Sequence[tuple[int, int, int]]) -> Members:
    """From (id, place, state) in tree order."""
    return _members(np.array(rows, np.int64).reshape(-1, 3))


def people(rows: Sequence[tuple[int, int, int, int]]) -> Members:
    """From (id, place, state, ways) in tree order."""
    table = np.array(rows, np.int64).reshape(-1, 4)
    found = _members(table[:, :3])
    return Members(found.ids, found.places, found.states, ways=table[:, 3].astype(np.uint8))


def _members(table: NDArray[np.int64]) -> Members:
    return Members(
        table[:, 0].astype(packing.MEMBERS),
        table[:, 1].astype(packing.PLACES),
        table[:, 2].astype(packing.STATES),
    )


def relays(rows: Sequence[tuple[int, int, int, int]]) -> Members:
    """From (id, place, state, owner) in tree order: the groups of one owner come together, at her first group's place."""
    first: dict[int, int] = {}
    for _, place, _, owner in rows:
        first.setdefault(owner, place)
    ordered = sorted(rows, key=lambda row: (first[row[3]], row[3], row[1], row[0]))
    found = members([row[:3] for row in ordered])
    return Members(
        found.ids, found.places, found.states, np.array([row[3] for row in ordered], np.int64)
    )


@dataclass(frozen=True, slots=True)
class Cut:
    """One batch to be: its channel, number, turn, and the slice of members."""

    no: int
    channel: str
    turn: int
    part: Members

    @property
    def open(self) -> bool:
        """Whether anybody in it is to be sent to."""
        return bool((self.part.states == State.PENDING).any())


def cut(
    channels: Sequence[tuple[str, Members]], *, sizes: Mapping[str, int], seed: int
) -> Iterator[Cut]:
    """All batches of an audience, numbered through; turns are shuffled so that a stopped broadcast is a fair sample.

    `sizes`: members of one batch at most, for channels with others than `plan.BATCH`.
    """
    parts = [
        (name, part)
        for name, all_ in channels
        for part in (_even(all_, sizes[name]) if name in sizes else _parts(all_))
    ]
    turns = list(range(len(parts)))
    random.Random(seed).shuffle(turns)
    for no, (name, part) in enumerate(parts):
        yield Cut(no, name, turns[no], part)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a channel are to be sent to, in how many batches, and how many owners they have (groups to forward to)."""

    channel: str
    members: int
    owners: int
    batches: int


def tally(channels: Sequence[tuple[str, Members]], sizes: Mapping[str, int]) -> list[Share]:
    """What `cut` would make of an audience, of the channels that have somebody to send to."""
    found: list[Share] = []
    for name, all_ in channels:
        wanted = all_.states == State.PENDING
        if not wanted.any():
            continue
        owners = 0 if all_.owners is None else len(np.unique(all_.owners[wanted]))
        size = sizes.get(name, BATCH)
        found.append(Share(name, int(wanted.sum()), owners, -(-len(all_) // size)))
    return found


def _even(all_: Members, size: int) -> Iterator[Members]:
    """In parts that differ by one at most: no call is left with a single member."""
    edges = np.linspace(0, len(all_), -(-len(all_) // size) + 1).astype(int).tolist()
    for start, end in itertools.pairwise(edges):
        yield all_.where(slice(start, end))


def _parts(all_: Members) -> Iterator[Members]:
    start = 0
    while start < len(all_):
        end = min(start + BATCH, len(all_))
        if all_.owners is not None:
            # An owner gets one message for all her groups: they stay in one batch.
            while end < len(all_) and all_.owners[end] == all_.owners[end - 1]:
                end += 1
        span = slice(start, end)
        yield Members(
            all_.ids[span],
            all_.places[span],
            all_.states[span],
            None if all_.owners is None else all_.owners[span],
        )
        start = end
