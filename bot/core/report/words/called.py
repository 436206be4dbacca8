"""What finds the names of all figures of a campaign, as they are spoken and often misspelt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core import ledger
from bot.core.model import Indicator
from bot.core.report.words import sounds


@dataclass(frozen=True, slots=True)
class Names:
    """The pattern, and the figures that each of its groups may mean."""

    pattern: re.Pattern[str]
    meant: dict[str, tuple[Indicator, ...]]


@lru_cache(maxsize=64)
def names(indicators: tuple[Indicator, ...]) -> Names:
    """The names of all of these, the longest first."""
    said: dict[str, list[Indicator]] = {}
    for one in indicators:
        for name in dict.fromkeys((ledger.spoken(one), one.name, *one.aliases)):
            said.setdefault(name, []).append(one)
    longest = sorted(said, key=lambda name: (-len(name), name))
    groups = {f"n{n}": name for n, name in enumerate(longest)}
    parts = [f"(?P<{group}>{sounds.pattern_of(name)})" for group, name in groups.items()]
    meant = {group: tuple(said[name]) for group, name in groups.items()}
    return Names(re.compile("|".join(parts) or "(?!)"), meant)
