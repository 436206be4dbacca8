"""Units whose name occurs in a text: found through the indexes on names, however large the scope is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import sqlalchemy as sa

from bot.core.model import Unit
from bot.core.tree import Interval
from bot.store import tables, units
from bot.store.database import Connection

_unit = tables.unit.c
_SHORTEST: Final = 2
_LONGEST: Final = 12  # characters of a name as people write it
_TEXT: Final = 80  # characters of a text that are looked at
_AT_ONCE: Final = 400  # values of one IN
_MOST: Final = 200  # units; more are not told apart by asking anyway


async def of(c: Connection, texts: Iterable[str], scope: Sequence[Interval]) -> list[Unit]:
    """The units in `scope` whose code, short name or stem is a part of one of the texts, in tree order."""
    parts = sorted({part for text in texts for part in _parts(text[:_TEXT])})
    found: dict[int, Unit] = {}
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start : start + _AT_ONCE]
        called = sa.or_(_unit.stem.in_(some), _unit.short.in_(some), _unit.code.in_(some))
        rows = await c.execute(
            sa.select(*units.COLUMNS)
            .where(called, units.within(scope))
            .order_by(_unit.lo)
            .limit(_MOST)
        )
        found.update((row[0], units.of(row)) for row in rows)
    return sorted(found.values(), key=lambda unit: unit.lo)


def _parts(text: str) -> Iterable[str]:
    """Everything in the text that may be a name."""
    for start in range(len(text)):
        for end in range(start + _SHORTEST, min(len(text), start + _LONGEST) + 1):
            yield text[start:end]
