"""Rolls: bitmaps of a broadcast's people say exactly what the states and marks of its batches say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.core import roll
from bot.core.receipt import REACHED, SIGNS, Mark, State
from bot.core.roll import Part, Slot


@dataclass
class Batch:
    """What a batch says of its members."""

    no: int
    places: NDArray[np.int32]
    states: NDArray[np.uint8]
    marks: NDArray[np.uint8]


@st.composite
def audiences(draw: st.DrawFn) -> list[list[Batch]]:
    """Parts of batches; places go up inside a part, except sometimes."""
    found: list[list[Batch]] = []
    no = draw(st.integers(0, 5))
    for _ in range(draw(st.integers(1, 3))):
        sizes = draw(st.lists(st.integers(1, 30), min_size=1, max_size=5))
        places = draw(st.lists(st.integers(0, 12), min_size=sum(sizes), max_size=sum(sizes)))
        if draw(st.booleans()):
            places.sort()
        part, at = [], 0
        for size in sizes:
            states = draw(st.lists(st.sampled_from(list(State)), min_size=size, max_size=size))
            marks = draw(st.lists(st.integers(0, 7), min_size=size, max_size=size))
            where = np.array(places[at : at + size], np.int32)
            part.append(Batch(no, where, np.array(states, np.uint8), np.array(marks, np.uint8)))
            no, at = no + 1, at + size
        found.append(part)
        no += draw(st.integers(0, 2))
    return found


def _parts(audience: list[list[Batch]]) -> list[Part]:
    parts = [Part.of(part[0].no, [batch.places for batch in part]) for part in audience]
    for part, batches in zip(parts, audience, strict=True):
        for batch in batches:
            part.put(batch.no, batch.states, batch.marks)
    return parts


def _people(audience: list[list[Batch]]) -> list[tuple[Slot, int, int]]:
    """Every member with her state and marks, one by one."""
    return [
        (Slot(int(batch.places[at]), batch.no, at), int(batch.states[at]), int(batch.marks[at]))
        for part in audience
        for batch in part
        for at in range(len(batch.places))
    ]


def _counted(audience: list[list[Batch]], span: tuple[int, int]) -> dict[str, int]:
    here = [(s, m) for slot, s, m in _people(audience) if span[0] <= slot.place < span[1]]
    return {
        "people": sum(state != State.MOVED for state, _ in here),
        "moved": sum(state == State.MOVED for state, _ in here),
        "reached": sum(state in REACHED for state, _ in here),
        "delivered": sum(state == State.DELIVERED for state, _ in here),
        "opened": sum(bool(mark & Mark.OPENED) for _, mark in here),
        "signed": sum(bool(mark & SIGNS) for _, mark in here),
    }


@given(audiences(), st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=6))
def test_the_numbers_of_any_units_are_those_of_their_people_counted_one_by_one(
    audience: list[list[Batch]], some: list[tuple[int, int]]
) -> None:
    spans = [(min(one), max(one)) for one in some]
    found = roll.totals(_parts(audience), spans)
    for at, span in enumerate(spans):
        assert {kind: counts[at] for kind, counts in found.items()} == _counted(audience, span)


@given(audiences(), st.sets(st.integers(0, 12)), st.integers(0, 20))
def test_who_has_not_signed_comes_in_the_order_of_the_tree_as_many_as_were_asked_for(
    audience: list[list[Batch]], allowed: set[int], limit: int
) -> None:
    total, first = roll.missing(
        _parts(audience), lambda places: np.isin(places, list(allowed)), limit
    )
    owed = [
        slot
        for slot, state, mark in _people(audience)
        if state in REACHED and not mark & SIGNS and slot.place in allowed
    ]
    owed.sort(key=lambda slot: (slot.place, slot.no, slot.position))
    assert (total, first) == (len(owed), owed[:limit])


@given(audiences(), st.randoms(use_true_random=False))
def test_batches_written_late_early_or_twice_leave_the_same_roll(
    audience: list[list[Batch]], chance: object
) -> None:
    parts = _parts(audience)
    again = [Part.of(part[0].no, [batch.places for batch in part]) for part in audience]
    todo = [batch for part in audience for batch in part] * 2
    chance.shuffle(todo)  # type: ignore[attr-defined]  # hypothesis' own random.Random
    for batch in todo:
        part = next(one for one in again if one.holds(batch.no))
        part.put(batch.no, batch.states, batch.marks)
    assert [part.columns() for part in again] == [part.columns() for part in parts]
    # And it comes back from the database as it went there.
    assert [Part.read(part.first, part.columns()).columns() for part in again] == [
        part.columns() for part in parts
    ]


@given(audiences())
def test_what_is_known_of_her_never_becomes_less(audience: list[list[Batch]]) -> None:
    """Marks are only added and a delivered message stays so: no number of any unit goes back."""
    parts = _parts(audience)
    before = roll.totals(parts, [(0, 13)])
    for part, batches in zip(parts, audience, strict=True):
        for batch in batches:
            batch.marks |= np.uint8(Mark.SIGNED)
            batch.states[batch.states == State.ACCEPTED] = State.DELIVERED
            part.put(batch.no, batch.states, batch.marks)
    after = roll.totals(parts, [(0, 13)])
    assert all(after[kind][0] >= before[kind][0] for kind in before)
