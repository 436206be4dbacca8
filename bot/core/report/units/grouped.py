"""Names of units that stand together, and the clauses of tokens they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.report.clauses.said import VALUES
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

JOINING: Final = ("", "、", ",", " ", "+", "/", "\n", "|", "和", "及", "以及", "与", "跟", "还有")
VILLAGES: Final = re.compile(
    "(?:[0-9一二两三四五六七八九十]+个?|[俩仨])(?:行政)?(?:村|社区|乡镇|乡|镇)"
)
_NUMBER: Final = re.compile("[^0-9零一二两三四五六七八九十百]")


def group_before(tokens: Sequence[Token], until: int) -> tuple[int, list[Token]]:
    """The last names of units before a place that are joined to one list, and where it begins."""
    found: list[Token] = []
    start = until
    for n in range(until - 1, -1, -1):
        token = tokens[n]
        if token.kind is Kind.UNIT:
            found.insert(0, token)
            start = n
        elif found and token.text.strip(" ") not in JOINING:
            break
    return start, found


def told_in(tokens: Sequence[Token]) -> bool:
    """Whether a value is among them."""
    return any(t.kind in VALUES for t in tokens)


def many(token: Token) -> int | None:
    """How many 三个村, 俩村 are."""
    text = token.text.replace("俩", "两").replace("仨", "三")
    return numerals.value(_NUMBER.sub("", text))


def opens(token: Token) -> bool:
    """Whether a clause begins behind it."""
    return token.kind is Kind.BREAK and token.text in ",;。!\n:"


def has(tokens: Sequence[Token], *kinds: Kind) -> bool:
    """Whether any of them is of these kinds."""
    return any(t.kind in kinds for t in tokens)


def named_below(found: Sequence[Token]) -> list[Token]:
    """The units below hers that they name, each once."""
    return list(
        {t.places: t for t in found if t.kind is Kind.UNIT and t.places[0].depth > 0}.values()
    )
