"""How many calls may be under way at once: halved when the platform is in trouble, growing back while it answers."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Window:
    """The calls of one process that may be in doubt at once, divided between its lanes.

    Lanes that are no express share `most`, but for a few calls that are always left for the express
    lane. While that one has something urgent to send it may have up to a quarter.
    """

    most: int
    lanes: list[Lane] = field(default_factory=list)
    widths: dict[str, Width] = field(default_factory=dict)

    @classmethod
    def of(cls, most: int, lanes: int) -> Window:
        """A window with so many lanes, and an express lane if there is room for one."""
        made = cls(most)
        made.lanes += [Lane(made, express=False) for _ in range(min(lanes, most))]
        if most >= _LEAST_WITH_EXPRESS:
            made.lanes.append(Lane(made, express=True))
        return made

    @property
    def kept(self) -> int:
        """Calls that only the express lane may make."""
        busy = any(lane.express and lane.busy for lane in self.lanes)
        least = max(1, self.most // 32) if any(lane.express for lane in self.lanes) else 0
        return max(least, self.most // 4) if busy else least


@dataclass(slots=True)
class Lane:
    """One batch at a time.

    `flying` are its members in doubt, `busy` says whether it has a batch, `hungry` whether somebody in it
    waits for a call.
    """

    window: Window = field(repr=False)
    express: bool
    flying: int = 0
    busy: bool = False
    hungry: bool = False

    @property
    def beside(self) -> int:
        """Members in doubt of the other lanes."""
        return sum(lane.flying for lane in self.window.lanes if lane is not self)

    def calls(self, channel: str) -> int:
        """How many calls of this lane may be under way now; 0 or less while others still have its part."""
        width = self.window.widths.setdefault(channel, Width(self.window.most)).calls
        if not self.express:
            plain = [lane for lane in self.window.lanes if not lane.express]
            all_ = max(1, min(width, self.window.most - self.window.kept))
            room = all_ - sum(lane.flying for lane in plain if lane is not self)
            # What another lane has no use for, at the end of its batch, is not left idle.
            if any(lane.hungry for lane in plain if lane is not self):
                return min(max(1, all_ // len(plain)), room)
            return room
        least = max(1, self.window.most // 32)
        return max(least, min(width, self.window.kept, self.window.most - self.beside))

    def note(self, channel: str, kind: Kind, now_s: float) -> None:
        """What an answer teaches about this channel."""
        self.window.widths.setdefault(channel, Width(self.window.most)).note(kind, now_s)


_LEAST_WITH_EXPRESS = 8
