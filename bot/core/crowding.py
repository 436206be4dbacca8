"""How often an address has come lately, in a table of fixed size that knows no address: salted hashes, counters."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

_PLACES: Final = 1 << 16
_WINDOW_S: Final = 60


class Crowding:
    """Counts of the running minute. Two addresses may share a counter; then both are counted a little too high."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._counts = bytearray(2 * _PLACES)
        self._minute = -1

    def over(self, address: str, most: int, now_s: float) -> bool:
        """Count one more of the address; whether there were more than `most` (at most 65,535) in this minute."""
        minute = int(now_s) // _WINDOW_S
        if minute != self._minute:
            self._minute = minute
            self._counts = bytearray(2 * _PLACES)
            self._salt = secrets.token_bytes(16)
        digest = hashlib.blake2b(address.encode(), digest_size=2, key=self._salt).digest()
        at = 2 * int.from_bytes(digest, "big")
        count = min(0xFFFF, int.from_bytes(self._counts[at : at + 2], "big") + 1)
        self._counts[at : at + 2] = count.to_bytes(2, "big")
        return count > most
