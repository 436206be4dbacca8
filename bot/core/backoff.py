"""How many calls may be under way at once: halved when the platform is in trouble, growing back while it answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.outcome import Kind

# The platform is overloaded, asks for less, or did not answer; a person who is refused says nothing about it.
_TROUBLE = (Kind.AGAIN, Kind.UNCLEAR, Kind.PACE, Kind.QUOTA)
_FINE = (Kind.OK, Kind.DUPLICATE, Kind.REFUSED)
HALVED_AT_MOST_EACH_S = 1.0  # answers of one bad moment come together and count once
LEAST = 1


@dataclass(slots=True)
class Width:
    """AIMD over the calls of one process on one channel; `most` is the window it may have."""

    most: int
    width: float = 0.0
    _halved_at: float = float("-inf")

    def __post_init__(self) -> None:
        self.width = float(self.most)

    @property
    def calls(self) -> int:
        """How many calls may be under way now: at least one, at most `most`."""
        return max(LEAST, int(self.width))

    def note(self, kind: Kind, now_s: float) -> None:
        """What one call's answer teaches; `now_s` is a monotonic clock in seconds."""
        if kind in _TROUBLE:
            if now_s - self._halved_at >= HALVED_AT_MOST_EACH_S:
                self.width = max(float(LEAST), self.width / 2)
                self._halved_at = now_s
        elif kind in _FINE:
            # One more for each full window of good answers.
            self.width = min(float(self.most), self.width + 1 / self.width)
