"""The packed arrays of a batch: how members, places, states and ids lie in its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Little-endian, so that a database moved to another machine reads the same. Members and places of a batch are
# packed as narrow as they go (`pack_…`); how wide they are follows from their length.
MEMBERS = np.dtype("<i8")
PLACES = np.dtype("<i4")
STATES = np.dtype("u1")
MSGIDS = np.dtype("<i8")
CALLED = np.dtype("<u4")

_NARROW_MEMBERS = np.dtype("<u4")
_NARROW_PLACES = np.dtype("<u2")  # from the least place of the batch

SECOND = -1  # a msgid that says: the first copy failed at the platform, the next is the second


def pack_members(ids: NDArray[np.int64]) -> bytes:
    """4 bytes for each id, 8 where one needs them."""
    narrow = len(ids) and ids.min() >= 0 and ids.max() <= np.iinfo(_NARROW_MEMBERS).max
    return ids.astype(_NARROW_MEMBERS if narrow else MEMBERS).tobytes()


def members(packed: bytes, n: int) -> NDArray[np.int64]:
    """The ids of a batch of `n`."""
    kind = MEMBERS if len(packed) == n * MEMBERS.itemsize else _NARROW_MEMBERS
    return np.frombuffer(packed, kind).astype(MEMBERS, copy=False)


def pack_places(places: NDArray[np.int32], lo: int) -> bytes:
    """2 bytes for each place from `lo`, the least of them; 4 where they lie far apart."""
    if len(places) and places.max() - lo <= np.iinfo(_NARROW_PLACES).max:
        return (places - lo).astype(_NARROW_PLACES).tobytes()
    return places.astype(PLACES).tobytes()


def places(packed: bytes, n: int, lo: int) -> NDArray[np.int32]:
    """The places of a batch of `n` whose least is `lo`."""
    if len(packed) == n * PLACES.itemsize:
        return np.frombuffer(packed, PLACES)
    return np.frombuffer(packed, _NARROW_PLACES).astype(PLACES) + PLACES.type(lo)


def _kept(values: NDArray[Any]) -> bytes:
    """Nothing where all are 0: most batches have no call in doubt, and new ones no msgids."""
    return values.tobytes() if values.any() else b""


def _read(kept: bytes, kind: np.dtype[Any], n: int) -> NDArray[Any]:
    return np.frombuffer(kept, kind).copy() if kept else np.zeros(n, kind)


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
        n = len(states)
        return cls(
            np.frombuffer(states, STATES).copy(),
            _read(msgids, MSGIDS, n),
            _read(called, CALLED, n),
        )

    def columns(self) -> dict[str, bytes]:
        """What `read` takes."""
        return {
            "states": self.states.tobytes(),
            "msgids": _kept(self.msgids),
            "called": _kept(self.called),
        }

    @classmethod
    def fresh(cls, states: NDArray[np.uint8]) -> Arrays:
        """Arrays of a batch nobody was called for."""
        return cls(states, np.zeros(len(states), MSGIDS), np.zeros(len(states), CALLED))

    def msgid_range(self) -> tuple[int | None, int | None]:
        """The least and the greatest known msgid."""
        known = self.msgids[self.msgids > 0]
        return (int(known.min()), int(known.max())) if len(known) else (None, None)
