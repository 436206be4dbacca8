"""What units have done of items: one unit's own, sums over a place, who is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from bot.core.item import Item, Part, State
from bot.core.tree import Interval
from bot.store import items, tables, units
from bot.store.database import Connection
from bot.store.prepared import Statement, several

_item, _part, _unit, _cell = tables.item.c, tables.item_part.c, tables.unit.c, tables.cell.c
_FINISHED: Final = (State.DONE.value, State.CLOSED.value)
# A number that the ledger knows is never asked again, unless it was sent back.
_DONE: Final = sa.or_(
    _part.state.in_(_FINISHED),
    sa.and_(_cell.value.is_not(None), _part.state != State.RETURNED.value),
)
_LIVES: Final = sa.and_(
    _item.ended_at_ms.is_(None), _part.ended_at_ms.is_(None), _unit.ended_at_ms.is_(None)
)
_JOINED: Final = (
    tables.item_part.join(tables.item, _item.id == _part.item_id)
    .join(tables.unit, _unit.id == _part.unit_id)
    .outerjoin(
        tables.cell,
        sa.and_(_cell.indicator_id == _item.indicator_id, _cell.unit_id == _part.unit_id),
    )
)
_WHOLE: Final = (
    sa.select(
        *tables.item.c,
        _part.unit_id,
        _part.state,
        _part.value,
        _part.said,
        _part.evidence,
        _part.reason,
        _part.late,
        _part.person_id,
        _cell.value.label("known"),
    )
    .select_from(_JOINED)
    .where(_LIVES)
)
_NEAREST: Final = (_item.due_on, _item.id, _unit.lo)
_OF_UNITS: Final = Statement(_WHOLE.where(_part.unit_id.in_(several("units"))).order_by(*_NEAREST))


@dataclass(frozen=True, slots=True)
class Sum:
    """An item in a place: done by `done` of `asked` units, `late` of them after its day; `value` of a statistic."""

    item: Item
    asked: int
    done: int
    late: int
    value: int


@dataclass(frozen=True, slots=True)
class Row:
    """How far the unit at `lo` is."""

    lo: int
    done: bool
    value: int


async def hold(c: Connection, number: int, unit_id: int) -> Part | None:
    """One unit's part, locked until the transaction ends."""
    await c.execute(
        sa.select(_part.item_id)
        .where(_part.item_id == number, _part.unit_id == unit_id)
        .with_for_update()
    )
    found = await _some(c, _part.item_id == number, _part.unit_id == unit_id)
    return found[0] if found else None


async def write(c: Connection, part: Part, values: Mapping[str, Any]) -> None:
    """What the unit has done now."""
    await c.execute(
        sa.update(tables.item_part)
        .where(_part.item_id == part.item.id, _part.unit_id == part.unit.id)
        .values(**values)
    )


async def of_units(c: Connection, unit_ids: Sequence[int], number: int | None = None) -> list[Part]:
    """What is asked of these units, the nearest day first; with `number` that item alone."""
    if number is None:
        return await _gathered(c, await _OF_UNITS.all(c, {"units": unit_ids}))
    return await _some(c, _part.unit_id.in_(unit_ids), _part.item_id == number)


async def inside(
    c: Connection, number: int, place: Interval, *, after: int = -1, limit: int = 1000
) -> list[Part]:
    """One item's parts in `place` in tree order, from the unit behind `after` on."""
    clauses = [_part.item_id == number, _unit.lo >= place[0], _unit.lo < place[1]]
    return await _some(c, *clauses, _unit.lo > after, order=(_unit.lo,), limit=limit)


async def sums(c: Connection, place: Interval, number: int | None = None) -> list[Sum]:
    """Every item that is asked in `place`, the nearest day first; with `number` that one alone."""
    clauses = [_LIVES, _unit.lo >= place[0], _unit.lo < place[1]]
    if number is not None:
        clauses.append(_part.item_id == number)
    rows = await c.execute(
        sa.select(
            *tables.item.c,
            sa.func.count().label("asked"),
            sa.func.sum(sa.case((_DONE, 1), else_=0)).label("done"),
            sa.func.sum(sa.case((_part.late, 1), else_=0)).label("overdue"),
            sa.func.sum(_value()).label("sum"),
        )
        .select_from(_JOINED)
        .where(*clauses)
        .group_by(*tables.item.c)
        .order_by(_item.due_on, _item.id)
    )
    return [
        Sum(items.of(row), row.asked, int(row.done), int(row.overdue), int(row.sum or 0))
        for row in rows
    ]


async def rows(c: Connection, number: int, place: Interval) -> list[Row]:
    """How far each unit in `place` is, in tree order."""
    found = await c.execute(
        sa.select(_unit.lo, sa.case((_DONE, 1), else_=0), sa.func.coalesce(_value(), 0))
        .select_from(_JOINED)
        .where(_LIVES, _part.item_id == number, _unit.lo >= place[0], _unit.lo < place[1])
        .order_by(_unit.lo)
    )
    return [Row(lo, bool(done), int(value)) for lo, done, value in found]


async def undone(c: Connection, until: date) -> list[Part]:
    """Everything that is still wanted by the end of `until`, in tree order: for the weekly reminder."""
    return await _some(
        c, sa.not_(_DONE), _item.due_on <= until.isoformat(), order=(_unit.lo, _item.id)
    )


def _value() -> sa.ColumnElement[int]:
    return sa.func.coalesce(_part.value, _cell.value)


async def _some(
    c: Connection,
    *clauses: sa.ColumnElement[bool],
    order: Sequence[sa.ColumnElement[Any]] = _NEAREST,
    limit: int | None = None,
) -> list[Part]:
    statement = _WHOLE.where(*clauses).order_by(*order).limit(limit)
    return await _gathered(c, (await c.execute(statement)).all())


async def _gathered(c: Connection, found: Sequence[Any]) -> list[Part]:
    places = await units.many(c, {row.unit_id for row in found})
    return [
        Part(
            items.of(row),
            places[row.unit_id],
            State(row.state),
            row.value,
            row.said,
            tuple(row.evidence),
            row.reason,
            row.late,
            row.person_id,
            row.known,
        )
        for row in found
    ]
