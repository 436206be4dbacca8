"""What became of each member of an audience: states, how facts merge, and the sum."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

States = NDArray[np.uint8]


class State(enum.IntEnum):
    """One byte per member.

    INTENT: a call that may be repeated under its id is about to be made or was made; CALLED: the
    same for a call the platform cannot recognise again. RETRY: perhaps taken, to be repeated. MOVED:
    surely not reached here, she stands in a batch of another channel; counts in no class.
    """

    PENDING = 0
    INTENT = 1
    ACCEPTED = 2
    DELIVERED = 3
    CALLED = 5
    RETRY = 10
    UNKNOWN = 11
    UNREGISTERED = 12
    TO_RELAY = 13
    SUPPRESSED = 20
    REFUSED = 21
    MOVED = 22


class Mark(enum.IntFlag):
    """What a person did with a notice that reached her; bits are only ever added, in any order."""

    OPENED = 1
    SIGNED = 2
    ANSWERED = 4


SIGNS = Mark.SIGNED | Mark.ANSWERED  # an answer signs too

# The class of the sum that each state belongs to; MOVED is counted where she is now.
_CLASS = {
    State.PENDING: "unsent",
    State.INTENT: "unsent",
    State.CALLED: "unsent",
    State.RETRY: "unsent",
    State.ACCEPTED: "accepted",
    State.DELIVERED: "delivered",
    State.SUPPRESSED: "refused",
    State.REFUSED: "refused",
    State.UNKNOWN: "unknown",
    State.UNREGISTERED: "unregistered",
    State.TO_RELAY: "to_relay",
}

OPEN = (State.PENDING, State.INTENT, State.CALLED, State.RETRY)
IN_DOUBT = (State.INTENT, State.CALLED, State.RETRY)
REACHED = (State.ACCEPTED, State.DELIVERED)

# What we know about a member only grows: a later fact counts if it says more.
_RANK = {
    State.PENDING: 0,
    State.RETRY: 1,
    State.INTENT: 2,
    State.CALLED: 2,
    State.UNKNOWN: 3,
    State.ACCEPTED: 4,
    State.TO_RELAY: 4,
    State.REFUSED: 5,
    State.DELIVERED: 6,
    State.UNREGISTERED: 7,  # never called: no fact can speak of her
    State.SUPPRESSED: 7,
    State.MOVED: 7,
}


def merged(state: int, fact: int) -> int:
    """The state after learning `fact`; the order of facts does not matter and repeats change nothing."""
    return fact if _RANK[State(fact)] > _RANK[State(state)] else state


@dataclass(frozen=True, slots=True)
class Sums:
    """The seven classes of the sum; they are disjoint and make up `n`."""

    n: int
    accepted: int
    delivered: int
    refused: int
    unknown: int
    unregistered: int
    to_relay: int
    unsent: int

    @property
    def whole(self) -> bool:
        """Whether the classes make up the audience."""
        return self.n == (
            self.accepted
            + self.delivered
            + self.refused
            + self.unknown
            + self.unregistered
            + self.to_relay
            + self.unsent
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of a broadcast: people, and groups as a second line."""

    people: Sums
    groups: Sums


def count(states: States, n: int) -> Sums:
    """The sum over one byte per member; `n` is the frozen audience, members not cut yet are unsent."""
    found = np.bincount(states, minlength=256)
    classes = dict.fromkeys(_CLASS.values(), 0)
    for state, name in _CLASS.items():
        classes[name] += int(found[state])
    if not len(states):
        classes["unsent"] = n
    return Sums(n=n, **classes)


def holds_open(states: States) -> bool:
    """Whether any member is still to be sent to or in doubt."""
    return bool(np.isin(states, OPEN).any())
