"""What may be a plan, a condition or a target rather than what is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.reading import Claim, Question
from bot.core.report.doubts import ahead, awaited, burden, once, undone


def doubts(text: str, claims: Sequence[Claim], today: date | None) -> list[Question]:
    """Questions about what is told as if it were, and may still have to come."""
    return (
        ahead.doubts(text, claims, today)
        or once.doubts(text, claims)
        or burden.doubts(text, claims)
        or awaited.doubts(text, claims, today)
        or undone.doubts(text, claims, today)
    )
