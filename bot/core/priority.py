"""Three priorities of broadcasts, what each gets when it is tight, and whose turn a claim is."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class Priority(enum.IntEnum):
    """URGENT: 紧急; NORMAL: what a person sends or asks for; LOW: what the program sends by itself."""

    URGENT = 0
    NORMAL = 1
    LOW = 2


# Parts of the pace when more than one of them has something to send; alone, each has all of it.
SHARES = (30, 50, 20)
_BY_ITSELF = ("weekly", "milestone")


def of(*, urgent: bool, purpose: str) -> Priority:
    """The priority of a broadcast; `purpose` as in `plan.Draft`."""
    if urgent:
        return Priority.URGENT
    return Priority.LOW if purpose in _BY_ITSELF else Priority.NORMAL


@dataclass(slots=True)
class _Served:
    """How much each of several has had, by its weight: start-time fair queueing.

    Who comes later starts where the last one served stood before she was served: ahead of what
    others already hold, by one turn, and no farther, so that nobody saves up while she has nothing to send.
    """

    had: dict[int, float] = field(default_factory=dict)
    stood: float = 0.0

    def least(self, present: Sequence[int]) -> int:
        """Whose turn it is."""
        chosen = min(present, key=lambda one: (self._at(one), one))
        self.stood = self._at(chosen)
        self.had = {one: had for one, had in self.had.items() if had > self.stood}
        return chosen

    def charge(self, one: int, amount: float) -> None:
        self.had[one] = self._at(one) + amount

    def _at(self, one: int) -> float:
        return max(self.had.get(one, self.stood), self.stood)


@dataclass(slots=True)
class Turns:
    """Whose batch is claimed next: priorities by their shares, inside one each broadcast as many members as the others.

    A broadcast with nothing to claim takes no turn. What a process has served it alone remembers: after a
    start all are equal again.
    """

    _priorities: _Served = field(default_factory=_Served)
    _inside: dict[Priority, _Served] = field(default_factory=dict)

    def next(self, waiting: Mapping[int, Priority]) -> int:
        """Which of the broadcasts that have something to claim (at least one) is served now."""
        present = sorted(set(waiting.values()))
        # What is urgent does not wait for its share: it is claimed first and shares the calls.
        urgent = present[0] is Priority.URGENT
        chosen = Priority.URGENT if urgent else Priority(self._priorities.least(present))
        inside = self._inside.setdefault(chosen, _Served())
        return inside.least([n for n, priority in waiting.items() if priority is chosen])

    def charge(self, n: int, priority: Priority, members: int) -> None:
        """A batch of so many members of broadcast `n` was claimed."""
        self._priorities.charge(priority, members / SHARES[priority])
        self._inside.setdefault(priority, _Served()).charge(n, members)
