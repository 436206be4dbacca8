"""Invitation codes: six characters that nobody mistakes for another."""

from __future__ import annotations

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 6


def new() -> str:
    """A fresh code, one of 887 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read(typed: str) -> str | None:
    """The code in upper case without spaces; None when it cannot be one."""
    code = "".join(typed.split()).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
