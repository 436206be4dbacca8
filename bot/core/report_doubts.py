"""What leaves a clear report in doubt, in this order: sums and slips, clauses beside it, what was passed over, what stands over it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import (
    report_beside,
    report_breaths,
    report_by_ones,
    report_corrected,
    report_heads,
    report_misspelt,
    report_named,
    report_nothing,
    report_of_several,
    report_office,
    report_official,
    report_on_top,
    report_reckoned,
    report_reworded,
    report_times,
    report_to_come,
    report_traits,
    report_whole,
    report_within,
)
from bot.core.reading import Claim, Lexicon, Question
from bot.core.report_sheet import Token


def found(
    texts: tuple[str, str],
    read: tuple[Sequence[Token], Sequence[Token]],
    claims: list[Claim],
    lexicon: Lexicon,
) -> list[Question]:
    """The first questions there are; `texts`: as told, and as read; `read`: its tokens, and those nothing took."""
    told, text = texts
    tokens, lost = read
    return (
        report_times.of_years(told, claims, lexicon.today)
        or report_reckoned.doubts(told, claims)
        or report_corrected.doubts(told, claims)
        or report_reworded.doubts(told, claims)
        or report_office.whose(told, claims, lexicon)
        or report_official.doubts(told, claims)
        or report_traits.doubts(told, claims)
        or report_nothing.doubts(told, text, tokens, claims)
        or report_by_ones.doubts(text, claims)
        or report_misspelt.doubts(text, tokens, claims)
        or report_beside.doubts(text, tokens, claims)
        or report_breaths.doubts(text, claims)
        or report_to_come.doubts(told, claims, lexicon.today)
        or report_whole.passed_over(tokens, lost, claims)
        or report_on_top.doubts(told, claims)
        or report_heads.doubts(told, claims, lexicon)
        or report_named.doubts(told, claims, lexicon)
        or report_of_several.doubts(told, claims, lexicon)
        or report_within.doubts(told, claims, lexicon)
    )
