"""Invitation codes: six characters that nobody mistakes for another."""

from __future__ import annotations

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 6
OPEN_LENGTH: Final = 8  # of a code that many may use: there are as many of them as villages


def new() -> str:
    """A fresh code, one of 887 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_open() -> str:
    """A fresh code that many may use, one of 850 billion."""
    return "".join(secrets.choice(ALPHABET) for _ in range(OPEN_LENGTH))


def read(typed: str) -> str | None:
    """The code in upper case without spaces; None when it cannot be one."""
    return _read(typed, LENGTH)


def read_open(typed: str) -> str | None:
    """As `read`, of a code that many may use."""
    return _read(typed, OPEN_LENGTH)


def _read(typed: str, length: int) -> str | None:
    code = "".join(typed.split()).upper()
    return code if len(code) == length and set(code) <= set(ALPHABET) else None
