"""Many units at once: by codes, by names, or all of some levels page by page."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from bot.core.model import Level, Unit
from bot.core.tree import Interval
from bot.store import slices, tables, units
from bot.store.database import Connection

_unit = tables.unit.c


async def by_codes(
    c: Connection, codes: Collection[str], scope: Sequence[Interval]
) -> dict[str, Unit]:
    """The units in `scope` with these codes."""
    found: dict[str, Unit] = {}
    for some in slices.cut(sorted(codes), slices.VALUES):
        rows = await c.execute(
            sa.select(*units.COLUMNS).where(_unit.code.in_(some), units.within(scope))
        )
        found.update((unit.code, unit) for unit in map(units.of, rows))
    return found


async def called(c: Connection, words: Collection[str], scope: Sequence[Interval]) -> list[Unit]:
    """The units in `scope` whose short name, stem or whole name is one of these, in tree order."""
    found: dict[int, Unit] = {}
    for some in slices.cut(sorted(words), slices.VALUES):
        for column in (_unit.short, _unit.stem):
            rows = await c.execute(
                sa.select(*units.COLUMNS).where(column.in_(some), units.within(scope))
            )
            found.update((unit.id, unit) for unit in map(units.of, rows))
    return sorted(found.values(), key=lambda unit: unit.lo)


async def inside(c: Connection, places: Sequence[Interval]) -> list[Unit]:
    """All units in these intervals, in tree order."""
    rows = await c.execute(sa.select(*units.COLUMNS).where(units.within(places)).order_by(_unit.lo))
    return [units.of(row) for row in rows]


async def page(
    c: Connection, levels: Collection[Level], place: Interval, *, after: int, limit: int
) -> list[Unit]:
    """The next units of these levels in `place`, those with a place in the tree behind `after`."""
    rows = await c.execute(
        sa.select(*units.COLUMNS)
        .where(
            _unit.lo > after,
            _unit.lo >= max(place[0], 0),
            _unit.lo < place[1],
            _unit.level.in_(sorted(int(level) for level in levels)),
        )
        .order_by(_unit.lo)
        .limit(limit)
    )
    return [units.of(row) for row in rows]
