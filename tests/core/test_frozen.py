"""Values of a push compare, hash and hold their fields like any frozen dataclass."""

from __future__ import annotations

import dataclasses

import pytest

from bot.core.frozen import frozen


@frozen
class Place:
    """A place."""

    lo: int
    name: str = ""


@frozen
class Village(Place):
    """A place with people."""

    people: tuple[int, ...] = ()


def test_equal_values_are_one_and_have_nothing_but_their_fields():
    assert (
        len(
            {
                Village(1, "东山", (7,)),
                Village(1, "东山", (7,)),
                Village(1, "东山"),
                Place(1, "东山"),
            }
        )
        == 3
    )
    assert dataclasses.replace(Village(1), people=(2,)) == Village(1, "", (2,))
    assert repr(Place(1)) == "Place(lo=1, name='')"
    with pytest.raises(AttributeError):
        Place(1).high = 2  # type: ignore[attr-defined]


def test_a_hash_of_its_own_stays():
    @frozen
    class Known:
        id: int
        words: list[str]

        def __hash__(self) -> int:
            return self.id

    assert {Known(1, ["东山"]), Known(1, ["东山"])} == {Known(1, ["东山"])}
