"""The rules for names of units (`units.yaml`), which the office may edit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Naming:
    """`rules` are (level word, '' for any, ending, what stands in its place); `organisation` follows when shown."""

    organisation: str
    rules: tuple[tuple[str, str, str], ...]


def load() -> Naming:
    """The rules; KeyError if a rule lacks ending or short."""
    raw = yaml.safe_load((Path(__file__).parent / "units.yaml").read_text("utf-8"))
    rules = tuple((rule.get("level", ""), rule["ending"], rule["short"]) for rule in raw["rules"])
    return Naming(raw["organisation"], rules)
