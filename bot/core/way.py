"""By which channel a person gets a notice: the ways there are to her, and which is taken."""

from __future__ import annotations

import enum
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

    Where a way has less room than people, those stay who have no later way: they wait for it. The
    others, from the last on, take their next way. A way that fewer than its least would take is left
    to nobody who has another.
    """
    order = _worth(ways, order, rooms)
    taken = np.zeros(len(ways), np.uint8)
    for at, way in enumerate(order):
        mine = np.flatnonzero((taken == 0) & (ways & way > 0))
        later = np.uint8(sum(order[at + 1 :]))
        free = ways[mine] & later > 0
        room = rooms[way].most if way in rooms else len(mine)
        leave = max(0, len(mine) - room)
        gone = np.flatnonzero(free)[max(0, int(free.sum()) - leave) :]
        taken[np.delete(mine, gone)] = way
    return taken


def _worth(ways: Ways, order: Sequence[Way], rooms: Mapping[Way, Room]) -> tuple[Way, ...]:
    """The order without ways that would be taken for fewer people than one call needs."""
    found = tuple(order)
    for way in order:
        least = rooms[way].least if way in rooms else 1
        if least > 1 and int(np.count_nonzero(_first(ways, found, rooms) == way)) < least:
            found = tuple(one for one in found if one is not way)
    return found


def _first(ways: Ways, order: Sequence[Way], rooms: Mapping[Way, Room]) -> Ways:
    """As `choose`, without looking at how few a call is made for."""
    some = {way: Room(room.most) for way, room in rooms.items()}
    return choose(ways, order, some)


def after(ways: int, order: Sequence[Way], tried: int) -> Way | None:
    """The next way to somebody whom those of `tried` surely did not reach; None if there is none."""
    return next((way for way in order if ways & way & ~tried), None)
