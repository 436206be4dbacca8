"""The tokens of a sentence, and the sheet they are taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.model import Indicator
from bot.core.reading import Ratio
from bot.core.report_vocabulary import Kind
from bot.core.unitnames import Place


@dataclass(frozen=True, slots=True)
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


class Sheet:
    """The sentence with what has been recognised blanked out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = text
        self.tokens: list[Token] = []

    def take(self, token: Token) -> None:
        """Note a token whose characters nobody has taken yet."""
        self.tokens.append(token)
        self.left = self.left[: token.start] + _gone(token) + self.left[token.end :]

    def mark(self, kind: Kind, pattern: re.Pattern[str]) -> None:
        """Take everything that fits a pattern."""
        for found in list(pattern.finditer(self.left)):
            if found[0]:
                self.take(Token(kind, found.start(), found.end(), found[0]))


def _gone(token: Token) -> str:
    return "\x00" * (token.end - token.start)
