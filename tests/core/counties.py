"""The units of a county, which a village of it may speak of."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from bot.core.model import Level
from bot.core.unitnames import Names, Place

_UNITS = Path(__file__).parents[2] / "config" / "data" / "nanping-units.csv"
_LEVELS = {level.word: level for level in (Level.TOWNSHIP, Level.VILLAGE)}
_COUNTY = 6  # digits of its code


@cache
def of(start: str) -> Names:
    """All townships and villages of the county whose code begins so."""
    with _UNITS.open(encoding="utf-8-sig") as file:
        rows = [r for r in csv.DictReader(file) if r["code"].startswith(start)]
    return Names(
        Place(r["code"], r["name"], _LEVELS[r["level"]], 1) for r in rows if r["level"] in _LEVELS
    )


def around(code: str) -> Names:
    """All townships and villages of the county that a unit is in."""
    return of(code[:_COUNTY])
