"""The tree as intervals: a unit at `lo` owns everything in `[lo, hi)`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Interval = tuple[int, int]


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
    families: dict[str | None, list[Node]] = {}
    for node in nodes:
        families.setdefault(node.parent, []).append(node)
    children: dict[str | None, list[str]] = {}
    while families:  # a whole country is large: what is not needed any more goes at once
        parent, family = families.popitem()
        family.sort(key=lambda node: node.order, reverse=True)
        children[parent] = [node.key for node in family]
    spans: dict[str, Interval] = {}
    count = 0
    # A unit waits on the stack twice: first to be entered (-1), then, with its number, to be left.
    stack = [(key, -1) for key in children.pop(None, [])]
    while stack:
        key, lo = stack.pop()
        if lo >= 0:
            spans[key] = (lo, count)
            continue
        stack.append((key, count))
        count += 1
        stack.extend((child, -1) for child in children.pop(key, ()))
    return spans


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
