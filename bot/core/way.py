"""By which channel a person gets a notice: the ways there are to her, and which is taken."""

from __future__ import annotations

import enum
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


class Way(enum.IntFlag):
    """A channel that reaches persons, one bit each, so that a byte tells all ways to somebody.

    TEMPLATE: she is registered with the account. CUSTOM: her window for answers is open. SUBSCRIBE:
    she agreed to a notice. WECOM_APP: she is a member of the corp. MASS: fewer mass messages this
    month than anybody may get.
    """

    TEMPLATE = 1
    CUSTOM = 2
    SUBSCRIBE = 4
    WECOM_APP = 8
    MASS = 16

    @property
    def channel(self) -> str:
        """Its name among the channels and in the tables."""
        return str(self.name).lower()


Ways = NDArray[np.uint8]

GROUPS: Final = ("robot", "relay")  # channels whose members are groups; all others reach persons
# An account that no longer follows us, or refuses us, is out of reach by all of these.
OF_FOLLOWERS: Final = Way.TEMPLATE | Way.CUSTOM | Way.MASS


def of(channel: str) -> Way:
    """The way that a channel is."""
    return Way[channel.upper()]


@dataclass(frozen=True, slots=True)
class Room:
    """How many people a way has room for now, and how few one call is made for."""

    most: int
    least: int = 1


def choose(ways: Ways, order: Sequence[Way], rooms: Mapping[Way, Room]) -> Ways:
    """One way for each person, the first of `order` that she has; 0 for somebody who has none of them.

    Where a way has less room than people, the last of those who have another one with room take that;
    who has none waits for room. A way that fewer than its least would take is left to nobody who has
    another.
    """
    taken = np.zeros(len(ways), np.uint8)
    for one in reversed(order):
        taken[ways & one > 0] = one
    count = {one: int(np.count_nonzero(taken == one)) for one in order}
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            over = _over(count[one], rooms.get(one))
            free = -_over(count[other], rooms.get(other), signed=True)
            may = np.flatnonzero((taken == one) & (ways & other > 0))
            moving = max(0, min(over, len(may), free))
            if other in rooms and count[other] + moving < rooms[other].least:
                continue
            taken[may[len(may) - moving :]] = other
            count[one], count[other] = count[one] - moving, count[other] + moving
    return _not_too_few(taken, ways, order, rooms)


def _over(people: int, room: Room | None, *, signed: bool = False) -> int:
    """How many more than there is room for; with `signed` below 0 where there is room left."""
    over = people - (sys.maxsize if room is None else room.most)
    return over if signed else max(0, over)


def _not_too_few(taken: Ways, ways: Ways, order: Sequence[Way], rooms: Mapping[Way, Room]) -> Ways:
    """Give another way to those whose way too few take for one call."""
    for one in order:
        mine = taken == one
        if one in rooms and 0 < np.count_nonzero(mine) < rooms[one].least:
            for other in reversed(order):
                if other is not one:
                    taken[mine & (ways & other > 0)] = other
    return taken


def after(ways: int, order: Sequence[Way], tried: int) -> Way | None:
    """The next way to somebody whom those of `tried` surely did not reach; None if there is none."""
    return next((way for way in order if ways & way & ~tried), None)
