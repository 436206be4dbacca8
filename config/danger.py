"""Reads the words of danger and who is told from `danger.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Danger:
    """Which words mean danger, for how long a human takes over, who is told (person ids of files)."""

    words: tuple[str, ...]
    human_minutes: int
    persons: tuple[str, ...]


@cache
def load() -> Danger:
    """The office's list, read once."""
    raw = yaml.safe_load((Path(__file__).parent / "danger.yaml").read_text("utf-8"))
    return Danger(
        words=tuple(raw["words"]),
        human_minutes=int(raw["human_minutes"]),
        persons=tuple(str(key) for key in raw["persons"] or ()),
    )
