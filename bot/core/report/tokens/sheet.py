"""The tokens of a sentence, and the sheet they are taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from bot.core.frozen import frozen
from bot.core.model import Indicator
from bot.core.reading import Ratio
from bot.core.report.words.vocabulary import Kind
from bot.core.unitnames import Place


@frozen
class Token:
    """`text[start:end]` and what it is; only the field that belongs to its kind is set.

    `counted`: the word of counting behind a number (12名: 名).
    """

    kind: Kind
    start: int
    end: int
    text: str
    places: tuple[Place, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    number: int = 0
    counted: str = ""
    ratio: Ratio | None = None
    step: str = ""


Row: TypeAlias = tuple[Kind, re.Pattern[str], frozenset[str]]
"""A pattern, what fits it, and characters of which any fit holds at least one (none: not known)."""


class Rows:
    """Rows in the order in which they are tried, found by the characters that a fit of them holds."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._by_char: dict[str, int] = {}
        self._always = 0
        for n, (_, _, needs) in enumerate(self.rows):
            self._always |= (not needs) << n
            for char in needs:
                self._by_char[char] = self._by_char.get(char, 0) | 1 << n
        self._signs = frozenset(self._by_char)

    def of(self, chars: frozenset[str]) -> Iterator[Row]:
        """The rows that may fit something in a text of these characters."""
        mask = self._always
        for char in self._signs & chars:
            mask |= self._by_char[char]
        while mask:
            last = mask & -mask
            yield self.rows[last.bit_length() - 1]
            mask ^= last


class Sheet:
    """The sentence with what has been recognised blanked out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = text
        self.chars = frozenset(text)
        self.tokens: list[Token] = []

    def take(self, token: Token) -> None:
        """Note a token whose characters nobody has taken yet."""
        self.tokens.append(token)
        self.left = self.left[: token.start] + _gone(token) + self.left[token.end :]

    def mark_all(self, rows: Rows) -> None:
        """Take what fits each pattern, in their order; a row whose characters are all missing is not tried."""
        for kind, pattern, _ in rows.of(self.chars):
            self.mark(kind, pattern)

    def mark(self, kind: Kind, pattern: re.Pattern[str]) -> None:
        """Take everything that fits a pattern."""
        for found in list(pattern.finditer(self.left)):
            if found[0]:
                self.take(Token(kind, found.start(), found.end(), found[0]))


def _gone(token: Token) -> str:
    return "\x00" * (token.end - token.start)
