"""What leaves a clear report in doubt, in this order: sums and slips, clauses beside it, what was passed over, what stands over it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.reading import Claim, Lexicon, Question
from bot.core.report.aside import official, traits
from bot.core.report.corrections import corrected, of_another
from bot.core.report.counts import by_ones, comes_to, on_top, parts, pieces, reckoned, within
from bot.core.report.doubts import (
    bare,
    behind,
    beside,
    bidden,
    carried,
    chosen,
    disputed,
    dropped,
    errand,
    headed,
    heads,
    held_back,
    in_front,
    left_open,
    listed,
    misspelt,
    nothing,
    one_breath,
    own_doubts,
    papers,
    remarked,
    shaken,
    short_of,
    steps,
    times,
    to_come,
    unnamed,
    wavering,
    whole,
)
from bot.core.report.plain import breaths, claimed, reworded
from bot.core.report.tokens.sheet import Token
from bot.core.report.units import named, neighbours, of_several, office


def found(
    texts: tuple[str, str],
    read: tuple[Sequence[Token], Sequence[Token]],
    claims: list[Claim],
    lexicon: Lexicon,
) -> list[Question]:
    """The first questions there are; `texts`: as told, and as read; `read`: its tokens, and those nothing took."""
    told, text = texts
    tokens, lost = read
    run = told[:-1].replace("。", ",") + told[-1:]
    return (
        times.of_years(told, claims, lexicon.today)
        or bidden.doubts(told, claims, lexicon.today)
        or reckoned.doubts(told, claims)
        or corrected.doubts(told, claims)
        or of_another.doubts(told, claims, lexicon)
        or reworded.doubts(told, claims)
        or claimed.doubts(told, claims)
        or office.whose(told, claims, lexicon)
        or official.doubts(told, claims)
        or traits.doubts(told, claims)
        or nothing.doubts(told, text, tokens, claims)
        or by_ones.doubts(text, claims)
        or misspelt.doubts(text, tokens, claims)
        or beside.doubts(text, tokens, claims)
        or disputed.doubts(told, claims)
        or wavering.doubts(told, text, claims, lexicon)
        or own_doubts.doubts(told, claims)
        or chosen.doubts(told, claims)
        or breaths.doubts(text, claims)
        or to_come.doubts(told, claims, lexicon.today)
        or whole.passed_over(tokens, lost, claims)
        or on_top.doubts(run, claims)
        or pieces.doubts(told, claims)
        or parts.doubts(told, claims)
        or comes_to.doubts(told, claims, lexicon)
        or heads.doubts(told, claims, lexicon)
        or carried.doubts(text, tokens, claims, lexicon)
        or listed.doubts(told, claims, lexicon)
        or named.doubts(told, claims, lexicon)
        or neighbours.doubts(told, claims, lexicon)
        or of_several.doubts(told, claims, lexicon)
        or headed.doubts(told, claims, lexicon)
        or held_back.doubts(told, claims)
        or shaken.doubts(told, claims, lexicon)
        or remarked.doubts(told, claims, lexicon)
        or unnamed.doubts(told, tokens, claims, lexicon)
        or steps.doubts(told, tokens, claims, lexicon)
        or steps.unreached(text, tokens, claims)
        or papers.doubts(told, claims, lexicon)
        or bare.doubts(told, tokens, claims, lexicon)
        or one_breath.doubts(told, claims)
        or within.doubts(run, claims, lexicon)
        or left_open.doubts(told, claims)
        or short_of.doubts(told, claims)
        or behind.doubts(told, claims)
        or in_front.doubts(told, claims, lexicon)
        or dropped.doubts(told, claims)
        or errand.doubts(told, claims, lexicon)
    )
