"""Figures that wait for the level that has to agree: which they are, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core import ledger
from bot.core.model import Level, Unit
from bot.core.tree import Interval
from bot.store import tables, units
from bot.store.database import Connection

_cell, _unit, _indicator = tables.cell.c, tables.unit.c, tables.indicator.c


@dataclass(frozen=True, slots=True)
class Waiting:
    """A figure of the ledger that still waits; `returned`: sent back, no better number yet.

    `awaits`: the level whose turn it is to agree.
    """

    unit: Unit
    indicator_id: int
    campaign_id: int
    entry_id: int
    value: int
    whole: int | None
    returned: bool
    awaits: Level


async def waiting(
    c: Connection, places: Sequence[tuple[Interval, int]], *, limit: int
) -> list[Waiting]:
    """What waits in these intervals for the level of the number beside it, or for one below that.

    In tree order, the campaign's order inside a unit.
    """
    mine = [
        sa.and_(_unit.lo >= lo, _unit.lo < hi, _cell.awaits >= level) for (lo, hi), level in places
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
            _cell.awaits,
        )
        .join(tables.cell, _cell.unit_id == _unit.id)
        .join(tables.indicator, _indicator.id == _cell.indicator_id)
        .where(
            _cell.awaits >= min(level for _, level in places),
            _cell.waiting.is_not(None),
            _cell.value.is_not(None),
            sa.or_(*mine),
        )
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
            row.waiting == ledger.RETURNED,
            Level(row.awaits),
        )
        for row in rows
    ]


async def count_due(c: Connection, unit: Unit, indicator_ids: Sequence[int]) -> tuple[int, int]:
    """How many figures of these indicators below `unit` it is this unit's turn to agree to, and of how many units.

    Its turn: they wait for its level, or stand directly below it and would wait for a level between that is not there.
    """
    turn = sa.or_(
        _cell.awaits == int(unit.level),
        sa.and_(_cell.awaits > int(unit.level), _unit.parent_id == unit.id),
    )
    row = (
        await c.execute(
            sa.select(sa.func.count(), sa.func.count(sa.distinct(_unit.id)))
            .select_from(tables.cell)
            .join(tables.unit, _unit.id == _cell.unit_id)
            .where(
                _cell.awaits >= int(unit.level),
                _cell.indicator_id.in_(indicator_ids),
                _cell.waiting == ledger.SUBMITTED,
                _cell.value.is_not(None),
                _unit.lo > unit.lo,
                _unit.lo < unit.hi,
                turn,
            )
        )
    ).one()
    return row[0], row[1]


async def agreed_by(c: Connection, entry_id: int) -> list[int]:
    """Who has agreed to the entry (persons' ids), the first one first."""
    it = tables.agreement.c
    found = await c.scalars(
        sa.select(it.person_id)
        .where(it.entry_id == entry_id, it.deed == "agreed", it.person_id.is_not(None))
        .order_by(it.id)
    )
    return list(dict.fromkeys(found))


async def settle(c: Connection, one: Waiting, state: str | None, awaits: Level | None) -> bool:
    """Let the cell wait no more, for the next level, or for a better number; False if it has changed by now."""
    done = await c.execute(
        sa.update(tables.cell)
        .where(
            _cell.indicator_id == one.indicator_id,
            _cell.unit_id == one.unit.id,
            _cell.entry_id == one.entry_id,
            _cell.waiting.is_not(None),
            _cell.awaits == int(one.awaits),
        )
        .values(waiting=state, awaits=awaits and int(awaits))
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
