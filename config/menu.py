"""Reads the account's menu from `menu.yaml`: what it shows, and what a tap says for her."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Button:
    """One button; a tap arrives as CLICK with `key` and does what the words `says` do."""

    name: str
    key: str
    says: str


@cache
def load() -> tuple[Button, ...]:
    """The buttons, left to right, read once."""
    raw = yaml.safe_load((Path(__file__).parent / "menu.yaml").read_text("utf-8"))
    return tuple(Button(**button) for button in raw["buttons"])


def words_of(key: str) -> str | None:
    """What a tap on the button with this key says, None for a key that is not ours."""
    return next((button.says for button in load() if button.key == key), None)
