"""What an import changed, or would change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

SHOWN: Final = 20

Progress = Callable[[str, int, int], None]
"""Told what is under way, how many rows are done and how many there are."""


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Changes:
    """Counts of rows by what became of them, and the first of them in words."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    same: int = 0
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what somebody should look at, though it may be

    def add(self, what: str, thing: str) -> None:
        """Count one row: `what` is new, changed, ended or same."""
        if what == "new":
            self.new += 1
        elif what == "changed":
            self.changed += 1
        elif what == "ended":
            self.ended += 1
        else:
            self.same += 1
            return
        if len(self.lines) < SHOWN:
            self.lines.append(f"{what} {thing}")

    def sentence(self) -> str:
        """`3 new, 1 changed, 0 ended, 2093 the same`."""
        return f"{self.new} new, {self.changed} changed, {self.ended} ended, {self.same} the same"
