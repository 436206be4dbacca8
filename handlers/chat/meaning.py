"""What a line asks for; the words of a button are always the same, so they are read once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from bot.core import intent, text
from bot.core.intents import Intent, Open
from config import danger


def of(
    line: text.Line,
    open_kind: Open | None,
    indicators: tuple[str, ...],
    steps: tuple[str, ...],
    names: tuple[str, ...],
) -> Intent:
    """What somebody who wrote this means; see `intent.read`."""
    return intent.read(
        line,
        danger_words=danger.load().words,
        open_kind=open_kind,
        indicators=indicators,
        steps=steps,
        names=names,
    )


button: Final = cache(text.line)
fixed: Final = cache(intent.fixed)
of_button: Final = lru_cache(200)(of)
