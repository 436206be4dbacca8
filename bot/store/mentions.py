"""Units whose name occurs in a text: found through the indexes on names, however large the scope is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import sqlalchemy as sa

from bot.core.model import Unit
from bot.core.tree import Interval
from bot.store import tables, units
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, several

_unit = tables.unit.c
_SHORTEST: Final = 2
_LONGEST: Final = 12  # characters of a name as people write it
_TEXT: Final = 80  # characters of a text that are looked at
_AT_ONCE: Final = 400  # values of one IN
_MOST: Final = 200  # units; more are not told apart by asking anyway


@cache
def _named(intervals: int) -> Statement:
    """The units called by one of `parts` in a scope of so many intervals, `lo0` to `hi0` and so on."""
    called = sa.or_(*(name.in_(several("parts")) for name in (_unit.stem, _unit.short, _unit.code)))
    within = [
        sa.and_(_unit.lo >= bind(f"lo{at}"), _unit.lo < bind(f"hi{at}")) for at in range(intervals)
    ]
    return Statement(
        sa.select(*units.COLUMNS)
        .where(called, sa.or_(sa.false(), *within))
        .order_by(_unit.lo)
        .limit(_MOST)
    )


async def of(c: Connection, texts: Iterable[str], scope: Sequence[Interval]) -> list[Unit]:
    """The units in `scope` whose code, short name or stem is a part of one of the texts, in tree order."""
    parts = sorted({part for text in texts for part in _parts(text[:_TEXT])})
    places = {f"lo{at}": max(lo, 0) for at, (lo, _) in enumerate(scope)}
    places |= {f"hi{at}": hi for at, (_, hi) in enumerate(scope)}
    found: dict[int, Unit] = {}
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start : start + _AT_ONCE]
        rows = await _named(len(scope)).all(c, {"parts": some, **places})
        found.update((row[0], units.of(row)) for row in rows)
    return sorted(found.values(), key=lambda unit: unit.lo)


def _parts(text: str) -> Iterable[str]:
    """Everything in the text that may be a name."""
    for start in range(len(text)):
        for end in range(start + _SHORTEST, min(len(text), start + _LONGEST) + 1):
            yield text[start:end]
