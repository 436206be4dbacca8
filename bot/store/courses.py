"""Totals of several indicators at once, and how they went day by day: look-ups of kept totals, never recounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from bot.core.ledger import Share
from bot.store import slices, tables
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, several
from bot.store.tallies import SUMS, Sums

_tally = tables.tally.c
_SUMS: Final = tuple(_tally[name] for name in SUMS)

_TOTALS = Statement(
    sa.select(
        _tally.indicator_id,
        _tally.unit_id,
        *map(sa.func.sum, _SUMS),
        *(sa.func.sum(sa.case((_tally.day >= bind("since"), column), else_=0)) for column in _SUMS),
    )
    .where(
        _tally.indicator_id.in_(several("indicators")),
        _tally.unit_id.in_(several("units")),
        _tally.day <= bind("upto"),
    )
    .group_by(_tally.indicator_id, _tally.unit_id)
)


async def sums(
    c: Connection,
    indicator_ids: Sequence[int],
    unit_ids: Sequence[int],
    *,
    since: int,
    upto: int,
) -> dict[tuple[int, int], Sums]:
    """Under (indicator id, unit id) the total at the end of day `upto`, and its change from day `since` on.

    Days are ordinals. What was never reported is left out.
    """
    found: dict[tuple[int, int], Sums] = {}
    for some in slices.cut(unit_ids, slices.VALUES):
        given = {"indicators": list(indicator_ids), "units": list(some)}
        for row in await _TOTALS.all(c, given | {"since": since, "upto": upto}):
            total, change = (Share(*map(int, part)) for part in (row[2:6], row[6:10]))
            found[row[0], row[1]] = Sums(total, change)
    return found


async def on_day(
    c: Connection, indicator_ids: Sequence[int], unit_ids: Sequence[int], day: int
) -> dict[tuple[int, int], Share]:
    """Under (indicator id, unit id) what changed on that day; nothing where nothing was said."""
    found: dict[tuple[int, int], Share] = {}
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_tally.indicator_id, _tally.unit_id, *map(sa.func.sum, _SUMS))
            .where(
                _tally.indicator_id.in_(indicator_ids),
                _tally.unit_id.in_(some),
                _tally.day == day,
            )
            .group_by(_tally.indicator_id, _tally.unit_id)
        )
        found.update(((row[0], row[1]), Share(*map(int, row[2:6]))) for row in rows)
    return found


async def by_day(
    c: Connection, indicator_ids: Sequence[int], unit_id: int, *, upto: int
) -> dict[int, list[tuple[int, Share]]]:
    """Under each indicator id the changes of the unit's totals as (day, change), ascending, up to day `upto`."""
    rows = await c.execute(
        sa.select(_tally.indicator_id, _tally.day, *map(sa.func.sum, _SUMS))
        .where(
            _tally.indicator_id.in_(indicator_ids), _tally.unit_id == unit_id, _tally.day <= upto
        )
        .group_by(_tally.indicator_id, _tally.day)
        .order_by(_tally.indicator_id, _tally.day)
    )
    found: dict[int, list[tuple[int, Share]]] = {one: [] for one in indicator_ids}
    for row in rows:
        found[row[0]].append((row[1], Share(*map(int, row[2:6]))))
    return found


async def steps(
    c: Connection, indicator_ids: Sequence[int], unit_ids: Sequence[int], *, upto: int
) -> dict[tuple[int, int], dict[int, int]]:
    """Under (indicator id, unit id) how many units stand at each step of the stage at the end of day `upto`."""
    step = tables.tally_step.c
    found: dict[tuple[int, int], dict[int, int]] = {}
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(step.indicator_id, step.unit_id, step.step, sa.func.sum(step.n))
            .where(step.indicator_id.in_(indicator_ids), step.unit_id.in_(some), step.day <= upto)
            .group_by(step.indicator_id, step.unit_id, step.step)
        )
        for indicator_id, unit_id, at, n in rows:
            found.setdefault((indicator_id, unit_id), {})[at] = int(n)
    return found
