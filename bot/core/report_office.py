"""What an office says of units below it, put into plain order before it is read, and judged when it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import report_alike, report_shared, report_sums, report_together
from bot.core.model import Level
from bot.core.reading import Lexicon
from bot.core.report_said import Collected
from bot.core.report_sheet import Token


@dataclass(frozen=True, slots=True)
class Plain:
    """Text and tokens without the sums of lists, `told` in plain order, and the sums."""

    text: str
    tokens: list[Token]
    told: list[Token]
    sums: Sequence[report_sums.Sum] = ()


def plain(text: str, tokens: list[Token], lexicon: Lexicon) -> Plain:
    """Lists, sums and what is said of several told of each; a village speaks of none but its own."""
    if lexicon.own.level is Level.VILLAGE:
        return Plain(text, tokens, tokens)
    told, sums, gone = report_sums.take(report_shared.told_of_each(tokens))
    for start, end in gone:
        text = text[:start] + " " * (end - start) + text[end:]
        tokens = [t for t in tokens if not start <= t.start < end]
    return Plain(text, tokens, report_together.told_of_all(told), sums)


def settle(said: Collected, plainly: Plain) -> None:
    """Weigh what is said of one unit beside others, and the sums."""
    report_alike.settle(said, plainly.tokens, plainly.text)
    report_sums.weigh(said, plainly.sums)
