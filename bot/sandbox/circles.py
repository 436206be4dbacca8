"""Groups on personal WeChat: no platform interface reaches them, only their owner can forward something there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Circle:
    """One such group: `owner` is her openid, `lines` what she forwarded (at, text)."""

    key: str
    name: str = ""
    unit: str = ""
    owner: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Circles:
    """The groups by key, and by owner."""

    known: dict[str, Circle] = field(default_factory=dict)
    owned: dict[str, list[str]] = field(default_factory=dict)

    def put(self, circle: Circle) -> None:
        """Add one, or give a known one its names anew."""
        known = self.known.setdefault(circle.key, circle)
        known.name, known.unit = circle.name, circle.unit
        if known.owner != circle.owner:
            self.owned[known.owner].remove(known.key)
            known.owner = circle.owner
        keys = self.owned.setdefault(known.owner, [])
        if known.key not in keys:
            keys.append(known.key)

    def of(self, owner: str) -> list[Circle]:
        """The groups she owns."""
        return [self.known[key] for key in self.owned.get(owner, ())]
