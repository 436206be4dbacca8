"""The tree as intervals: a unit at `lo` owns everything in `[lo, hi)`."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Interval = tuple[int, int]
Spans = tuple[Sequence[int], Sequence[int]]
"""All `lo` and all `hi`, by number."""


@dataclass(frozen=True, slots=True)
class Node:
    """What numbering needs to know of a unit; `order` sorts brothers and sisters."""

    key: str
    parent: str | None
    order: tuple[int, str]


def number(nodes: Iterable[Node]) -> dict[str, Interval]:
    """Give every unit its interval, children in the official order; parents must be present.

    Units that cannot be reached from a root are left out, so the caller can name them.
    """
    some = sorted(nodes, key=lambda node: node.order)
    at = {node.key: place for place, node in enumerate(some)}
    lo, hi = spread([-1 if node.parent is None else at[node.parent] for node in some])
    return {node.key: (lo[n], hi[n]) for n, node in enumerate(some) if lo[n] >= 0}


def spread(parents: Sequence[int]) -> Spans:
    """The intervals of units 0, 1, … as two arrays, from the number of each one's parent (-1: none).

    Brothers and sisters stand in the order of their numbers. What cannot be reached from a root gets -1.
    A whole country in a few megabytes: the walk needs no stack and no objects.
    """
    count = len(parents)
    lo, hi, eldest, next_one = (array("i", [-1]) * (count + 1) for _ in range(4))
    for at in range(count - 1, -1, -1):  # from the last: each is the eldest until an elder comes
        above = parents[at]  # -1 is the place behind the last unit: the roots' parent
        next_one[at], eldest[above] = eldest[above], at
    place, at = 0, eldest[-1]
    while at >= 0:
        lo[at], place = place, place + 1
        if eldest[at] >= 0:
            at = eldest[at]
            continue
        hi[at] = place
        while at >= 0 and next_one[at] < 0:
            at = parents[at]
            hi[at] = place  # of the roots' parent too, whom nobody asks
        at = next_one[at] if at >= 0 else -1
    return lo[:count], hi[:count]


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same places as few disjoint intervals in order."""
    merged: list[Interval] = []
    for lo, hi in sorted(intervals):
        if merged and lo <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(hi, merged[-1][1]))
        elif lo < hi:
            merged.append((lo, hi))
    return tuple(merged)


def clip(intervals: Sequence[Interval], scope: Sequence[Interval]) -> tuple[Interval, ...]:
    """The part of `intervals` that lies inside `scope`."""
    return merge(
        (max(lo, scope_lo), min(hi, scope_hi))
        for lo, hi in intervals
        for scope_lo, scope_hi in scope
        if max(lo, scope_lo) < min(hi, scope_hi)
    )


def holds(scope: Sequence[Interval], place: int) -> bool:
    """Whether the unit at `place` lies inside `scope`."""
    return any(lo <= place < hi for lo, hi in scope)
