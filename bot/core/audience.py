"""An audience cut into batches: who is in which, in what state, and in what turn they are sent."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core import packing
from bot.core.plan import BATCH
from bot.core.receipt import State


@dataclass(frozen=True, slots=True)
class Members:
    """People or groups in tree order: ids, places (lo of the unit each was chosen by), states."""

    ids: NDArray[np.int64]
    places: NDArray[np.int32]
    states: NDArray[np.uint8]
    owners: NDArray[np.int64] | None = None  # of relay groups

    def __len__(self) -> int:
        return len(self.ids)


def members(rows: Sequence[tuple[int, int, int]]) -> Members:
    """From (id, place, state) in tree order."""
    table = np.array(rows, np.int64).reshape(-1, 3)
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


def cut(channels: Sequence[tuple[str, Members]], *, seed: int) -> Iterator[Cut]:
    """All batches of an audience, numbered through; turns are shuffled so that a stopped broadcast is a fair sample."""
    parts = [(name, part) for name, all_ in channels for part in _parts(all_)]
    turns = list(range(len(parts)))
    random.Random(seed).shuffle(turns)
    for no, (name, part) in enumerate(parts):
        yield Cut(no, name, turns[no], part)


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
