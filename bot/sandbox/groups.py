"""WeCom groups with a robot: their keys and how often each robot may speak."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.sandbox import codes

PER_MINUTE = 20  # "群机器人" page, read 2026: at most 20 messages a minute per robot
MINUTE_MS = 60_000


@dataclass(slots=True)
class Group:
    """One group: `sent` are ledger numbers of what the robot said, `recent` the moments of the last minute."""

    key: str
    name: str = ""
    unit: str = ""
    sent: list[int] = field(default_factory=list)
    recent: deque[int] = field(default_factory=deque)

    def pace(self, now_ms: int) -> None:
        """Count one message; Refused 45009 for the 21st within a minute."""
        while self.recent and not 0 <= now_ms - self.recent[0] < MINUTE_MS:
            self.recent.popleft()
        if len(self.recent) >= PER_MINUTE:
            raise codes.Refused(45009, "api freq out of limit")
        self.recent.append(now_ms)


@dataclass(slots=True)
class Groups:
    """Groups by robot key. `anykey`: a key never registered makes a new group instead of an error."""

    known: dict[str, Group] = field(default_factory=dict)
    anykey: bool = False

    def get(self, key: str) -> Group:
        """The group of that robot; Refused 93000 for an unknown key."""
        group = self.known.get(key)
        if group is None and self.anykey and key:
            group = self.known[key] = Group(key, name=f"群 {key[:8]}")
        if group is None:
            raise codes.Refused(93000)
        return group
