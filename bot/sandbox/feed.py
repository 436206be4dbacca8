"""What just happened, in order: the page's live picture is drawn from it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

KEPT = 20_000  # events; whoever comes later starts from the state as a whole

SENT = "sent"  # a notice reached her: template, mass or subscription
LETTER = "letter"  # a customer-service message reached her
REFUSED = "refused"  # the platform refused a message to her; text is the code
SAID = "said"  # she wrote or spoke
TAPPED = "tapped"  # she tapped, scanned, followed or left
ANSWERED = "answered"  # the account answered in the same breath
ROBOT = "robot"  # a robot spoke in its group; who is the group's key
FORWARD = "forward"  # she forwarded something to her group
OPENED = "opened"  # she opened a link
TEXT = 160  # characters kept of what was said

Event = tuple[int, int, str, str, str]


@dataclass(slots=True)
class Feed:
    """The newest events: (number, epoch ms, kind, who, text)."""

    last: int = 0
    _events: deque[Event] = field(default_factory=lambda: deque(maxlen=KEPT))

    def add(self, at: int, kind: str, who: str, text: str = "") -> None:
        """Append one event."""
        self.last += 1
        self._events.append((self.last, at, kind, who, text[:TEXT]))

    def after(self, number: int, limit: int) -> list[Event]:
        """At most `limit` events after `number`, oldest first; those no longer kept are left out."""
        if number >= self.last or not self._events:
            return []
        skip = max(0, number + 1 - self._events[0][0])
        # From the right end, as the caller is usually close behind it.
        back = len(self._events) - skip
        return [self._events[at - back] for at in range(min(limit, back))]
