"""What one cell of an office's table means: a value, nothing said, or not asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from bot.core import ledger, numerals, text
from bot.core.model import Indicator, IndicatorKind
from config.headers import Headers


class Empty(Enum):
    """A cell without a value; zero is one."""

    MISSING = "missing"
    NOT_EXPECTED = "not expected"


@dataclass(frozen=True, slots=True)
class Value:
    """What a unit says; of a ratio `whole` is the denominator."""

    value: int
    whole: int | None = None


_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WHOLE: Final = re.compile(r"\d{1,12}")


class Cells:
    """Reads cells as the office writes them."""

    def __init__(self, words: Headers) -> None:
        self._missing = _plain(words.missing)
        self._not_expected = _plain(words.not_expected)
        self._done = _plain(words.done)
        self._not_done = _plain(words.not_done)
        self._words = words

    def read(self, indicator: Indicator, cell: str) -> Value | Empty | None:
        """The value of the indicator, or why there is none; None for what cannot be read."""
        said = plain(cell.removeprefix("'"))
        if not said or said in self._missing:
            return Empty.MISSING
        if said in self._not_expected:
            return Empty.NOT_EXPECTED
        whole = None
        if indicator.kind is IndicatorKind.RATIO:
            said, _, below = said.partition("/")
            whole = number(below)
            if whole is None:
                return None
        value = self._value(indicator, said)
        if value is None or not ledger.possible(indicator, value, whole):
            return None
        return Value(value, whole)

    def _value(self, indicator: Indicator, said: str) -> int | None:
        match indicator.kind:
            case IndicatorKind.COMPLETION:
                if said in self._done:
                    return 1
                return 0 if said in self._not_done else number(said)
            case IndicatorKind.STAGE:
                steps = [plain(step) for step in indicator.steps]
                return steps.index(said) + 1 if said in steps else number(said)
            case IndicatorKind.COUNT | IndicatorKind.RATIO:
                return number(said.removesuffix(text.fold(indicator.unit_word) or "\0"))

    def write(
        self, indicator: Indicator, value: int | None, whole: int | None, *, expected: bool
    ) -> str | int:
        """The cell we write, which `read` reads back: a ratio as 3/5."""
        if not expected:
            return self._words.not_expected[0]
        if value is None:
            return ""
        if indicator.kind is IndicatorKind.COMPLETION:
            return self._words.done[0] if value else self._words.not_done[0]
        if indicator.kind is IndicatorKind.STAGE and value:
            return indicator.steps[value - 1]
        return value if whole is None else f"{value}/{whole}"


def number(said: str) -> int | None:
    """A whole number in digits, with or without commas, or in Chinese."""
    digits = _THOUSANDS.sub("", said).removesuffix(".0")
    if _WHOLE.fullmatch(digits):
        return int(digits)
    return numerals.value(digits)


@lru_cache(maxsize=16_384)
def plain(cell: str) -> str:
    """The cell folded and without spaces; a table says few different things, many times."""
    return cell if cell.isascii() and cell.isdigit() else text.fold(cell).replace(" ", "")


def _plain(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(word) for word in words)
