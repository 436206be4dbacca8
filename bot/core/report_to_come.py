"""What may be a plan, a condition or a target rather than what is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core import report_ahead, report_burden, report_once
from bot.core.reading import Claim, Question


def doubts(text: str, claims: Sequence[Claim], today: date | None) -> list[Question]:
    """Questions about what is told as if it were, and may still have to come."""
    return (
        report_ahead.doubts(text, claims, today)
        or report_once.doubts(text, claims)
        or report_burden.doubts(text, claims)
    )
