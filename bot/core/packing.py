"""The packed arrays of a batch: how members, places, states and ids lie in its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Little-endian, so that a database moved to another machine reads the same.
MEMBERS = np.dtype("<i8")
PLACES = np.dtype("<i4")
STATES = np.dtype("u1")
MSGIDS = np.dtype("<i8")
CALLED = np.dtype("<u4")

SECOND = -1  # a msgid that says: the first copy failed at the platform, the next is the second


@dataclass(slots=True)
class Arrays:
    """What changes while a batch is sent, one item per member.

    `called`: epoch seconds of the first call of an attempt that is in doubt, 0 for none.
    """

    states: NDArray[np.uint8]
    msgids: NDArray[np.int64]
    called: NDArray[np.uint32]

    @classmethod
    def read(cls, states: bytes, msgids: bytes, called: bytes) -> Arrays:
        """Writable arrays from their columns."""
        return cls(
            np.frombuffer(states, STATES).copy(),
            np.frombuffer(msgids, MSGIDS).copy(),
            np.frombuffer(called, CALLED).copy(),
        )

    @classmethod
    def fresh(cls, states: NDArray[np.uint8]) -> Arrays:
        """Arrays of a batch nobody was called for."""
        return cls(states, np.zeros(len(states), MSGIDS), np.zeros(len(states), CALLED))

    def msgid_range(self) -> tuple[int | None, int | None]:
        """The least and the greatest known msgid."""
        known = self.msgids[self.msgids > 0]
        return (int(known.min()), int(known.max())) if len(known) else (None, None)
