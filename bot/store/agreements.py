"""Figures that wait for the level that has to agree: which they are, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core.model import Unit
from bot.core.tree import Interval
from bot.store import tables, units
from bot.store.database import Connection

_cell, _unit, _indicator = tables.cell.c, tables.unit.c, tables.indicator.c


@dataclass(frozen=True, slots=True)
class Waiting:
    """A figure of the ledger that nobody above has agreed to; `returned`: sent back, no better number yet."""

    unit: Unit
    indicator_id: int
    campaign_id: int
    entry_id: int
    value: int
    whole: int | None
    returned: bool


async def waiting(
    c: Connection, places: Sequence[tuple[Interval, int]], *, limit: int
) -> list[Waiting]:
    """What waits in these intervals for a level that the number beside it covers (a unit's level or one below).

    In tree order, the campaign's order inside a unit.
    """
    mine = [
        sa.and_(_unit.lo >= lo, _unit.lo < hi, _indicator.approval >= level)
        for (lo, hi), level in places
    ]
    if not mine:
        return []
    rows = await c.execute(
        sa.select(
            *units.COLUMNS,
            _cell.indicator_id,
            _indicator.campaign_id,
            _cell.entry_id,
            _cell.value,
            _cell.whole,
            _cell.waiting,
        )
        .join(tables.cell, _cell.unit_id == _unit.id)
        .join(tables.indicator, _indicator.id == _cell.indicator_id)
        .where(_cell.waiting.is_not(None), _cell.value.is_not(None), sa.or_(*mine))
        .order_by(_unit.lo, _indicator.sort)
        .limit(limit)
    )
    return [
        Waiting(
            units.of(row),
            row.indicator_id,
            row.campaign_id,
            row.entry_id,
            row.value,
            row.whole,
            row.waiting == "returned",
        )
        for row in rows
    ]


async def settle(c: Connection, one: Waiting, state: str | None) -> bool:
    """Let the cell wait no more, or for a better number; False if it has another value by now."""
    done = await c.execute(
        sa.update(tables.cell)
        .where(
            _cell.indicator_id == one.indicator_id,
            _cell.unit_id == one.unit.id,
            _cell.entry_id == one.entry_id,
            _cell.waiting.is_not(None),
        )
        .values(waiting=state)
    )
    return done.rowcount == 1


async def note(
    c: Connection, entry_id: int, deed: str, *, reason: str, person_id: int, at_ms: int
) -> None:
    """Keep who agreed to an entry or sent it back."""
    await c.execute(
        sa.insert(tables.agreement).values(
            entry_id=entry_id, deed=deed, reason=reason[:256], person_id=person_id, at_ms=at_ms
        )
    )
