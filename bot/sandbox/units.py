"""The federation as the page draws it: units and who belongs above whom. The platform itself has no use for it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; `level` is the name that whoever gave it uses for its level, `parent` the code of the one above."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(slots=True)
class Units:
    """Units by code, in the order they were given: parents first."""

    known: dict[str, Unit] = field(default_factory=dict)

    def level_of(self, code: str) -> str:
        """The level of a unit; empty for one that was never given."""
        unit = self.known.get(code)
        return unit.level if unit else ""
