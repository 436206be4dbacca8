"""Reads by which channels notices go (`ways.yaml`)."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

_CHANNELS: Final = {"wecom_app", "template", "custom", "subscribe", "mass"}


@dataclass(frozen=True, slots=True)
class Ways:
    """`order`: names of channels, the first is taken. Notices of `mass_kinds` go by mass first to `mass_from` people and more."""

    order: tuple[str, ...]
    mass_kinds: frozenset[str]
    mass_from: int


@functools.cache
def load() -> Ways:
    """What the file says; ValueError names what is wrong in it."""
    raw: Any = yaml.safe_load((Path(__file__).parent / "ways.yaml").read_text("utf-8"))
    order = tuple(raw["order"])
    if sorted(order) != sorted(_CHANNELS):
        raise ValueError(f"ways.yaml: order: name each of {', '.join(sorted(_CHANNELS))} once")
    mass = raw["mass"]
    return Ways(order, frozenset(mass["kinds"]), int(mass["from"]))
