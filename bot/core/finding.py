"""One thing that was looked at: whether it works, what is so, what to do."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Verdict(enum.StrEnum):
    """A warning works, but not as well as it could or not for long."""

    FINE = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """`area` is one or two words; `says` and `mend` are plain English, `mend` empty when nothing is to do."""

    area: str
    verdict: Verdict
    says: str
    mend: str


def fine(area: str, says: str) -> Finding:
    """It works."""
    return Finding(area, Verdict.FINE, says, "")


def warning(area: str, says: str, mend: str) -> Finding:
    """It works, but look at it."""
    return Finding(area, Verdict.WARNING, says, mend)


def broken(area: str, says: str, mend: str) -> Finding:
    """It does not work."""
    return Finding(area, Verdict.BROKEN, says, mend)
