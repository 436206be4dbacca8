"""Numbers of a figure of new ones that are not all new, not all there are, or of those who merely act."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import report_acting, report_old, report_share
from bot.core.reading import Claim, Lexicon, Question


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about such numbers; how many 妇女之家 there are may well grow."""
    new = {one.code for one in lexicon.indicators if "新" in one.name}
    fresh = [c for c in claims if not new.isdisjoint(c.indicators)]
    return (
        report_old.doubts(told, fresh)
        or report_share.doubts(told, fresh)
        or report_acting.doubts(told, fresh)
    )
