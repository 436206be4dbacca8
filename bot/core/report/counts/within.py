"""Numbers of a figure of new ones that are not all new, not all there are, or of those who merely act."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.reading import Claim, Lexicon, Question
from bot.core.report.counts import acting, old, share


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about such numbers; how many 妇女之家 there are may well grow."""
    new = {one.code for one in lexicon.indicators if "新" in one.name}
    fresh = [c for c in claims if not new.isdisjoint(c.indicators)]
    return old.doubts(told, fresh) or share.doubts(told, fresh) or acting.doubts(told, fresh)
