"""Which way is taken to whom: the first she has, while there is room; nobody is lost, nobody on two."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.core import way
from bot.core.way import Room, Way

ORDER = (Way.WECOM_APP, Way.TEMPLATE, Way.CUSTOM, Way.SUBSCRIBE, Way.MASS)
BITS = st.lists(st.integers(0, 31), max_size=60)
ROOMS = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 40).map(Room))


def chosen(bits: list[int], rooms: dict[Way, Room], order: tuple[Way, ...] = ORDER) -> list[int]:
    found = way.choose(np.array(bits, np.uint8), order, rooms)
    return [int(one) for one in found]


@given(BITS, ROOMS)
def test_everybody_with_a_way_gets_one_of_hers_and_nobody_another(
    bits: list[int], rooms: dict[Way, Room]
) -> None:
    found = chosen(bits, rooms)
    for has, got in zip(bits, found, strict=True):
        assert got == 0 if has == 0 else got & has == got
        assert got == 0 or got.bit_count() == 1


@given(BITS, ROOMS)
def test_more_than_there_is_room_for_take_a_way_only_when_they_have_no_later_one(
    bits: list[int], rooms: dict[Way, Room]
) -> None:
    found = chosen(bits, rooms)
    for at, one in enumerate(ORDER):
        taken = [has for has, got in zip(bits, found, strict=True) if got == one]
        if one in rooms and len(taken) > rooms[one].most:
            full = {
                other
                for other in ORDER
                if other in rooms and found.count(int(other)) >= rooms[other].most
            }
            later = sum(other for other in ORDER[at + 1 :] if other not in full)
            assert not any(has & later for has in taken)


def test_nobody_leaves_for_a_way_that_has_no_room_either() -> None:
    rooms = {Way.TEMPLATE: Room(1), Way.MASS: Room(0, least=2)}
    assert chosen([17, 17, 17], rooms) == [1, 1, 1]


def test_the_first_she_has_is_taken() -> None:
    assert chosen([31, 23, 22, 20, 16, 0], {}) == [8, 1, 2, 4, 16, 0]


def test_those_who_have_no_other_way_keep_the_scarce_one() -> None:
    # Three may still get a template: two have nothing else, of the others the first.
    rooms = {Way.TEMPLATE: Room(3)}
    assert chosen([17, 1, 19, 1, 17], rooms) == [1, 1, 2, 1, 16]


def test_a_mass_message_is_for_two_at_least() -> None:
    rooms = {Way.TEMPLATE: Room(1), Way.MASS: Room(10_000, least=2)}
    assert chosen([17, 17], rooms) == [1, 1], "one left over waits for a template"
    assert chosen([17, 17, 17], rooms) == [1, 16, 16]
    assert chosen([17], rooms, (Way.MASS, Way.TEMPLATE)) == [1]


def test_the_next_way_is_one_that_was_not_tried() -> None:
    assert way.after(int(Way.TEMPLATE | Way.CUSTOM), ORDER, int(Way.TEMPLATE)) is Way.CUSTOM
    assert way.after(int(Way.TEMPLATE), ORDER, int(Way.TEMPLATE)) is None
