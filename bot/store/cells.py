"""The newest value of every unit and indicator, and which units still owe one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.core import ledger, period
from bot.core.frozen import frozen
from bot.core.model import Cell, Indicator, Level, Unit
from bot.core.tree import Interval
from bot.store import campaigns, dialect, tables, units
from bot.store.database import Connection
from bot.store.prepared import Into, Statement, binds, several

_cell, _unit, _entry = tables.cell.c, tables.unit.c, tables.entry.c

_HELD = Statement(
    sa.select(tables.cell).where(
        _cell.indicator_id.in_(several("indicators")), _cell.unit_id.in_(several("units"))
    )
)


def _put(into: Into) -> sa.Executable:
    made = into(tables.cell).values(
        binds(
            "indicator_id", "unit_id", "value", "whole", "entry_id", "as_of_ms", "waiting", "awaits"
        )
    )
    names = ("value", "whole", "entry_id", "as_of_ms", "waiting", "awaits")
    now = {name: made.excluded[name] for name in names}
    return made.on_conflict_do_update(index_elements=["indicator_id", "unit_id"], set_=now)


_PUT = Statement(_put)

Key = tuple[int, int]
"""Indicator id and unit id."""


@frozen
class Held:
    """What the ledger holds: None as `value` means that what was reported has been taken back.

    `waiting`: submitted or returned, as long as a level that has to agree has not; `awaits`: which is next.
    """

    value: int | None
    entry_id: int
    as_of: datetime
    whole: int | None = None
    waiting: str | None = None
    awaits: Level | None = None


async def late(c: Connection, indicator_ids: Sequence[int], place: Interval) -> dict[int, int]:
    """By indicator how many units of the interval said what holds now after its day; it looks at each of them."""
    rows = await c.execute(
        sa.select(_cell.indicator_id, sa.func.count())
        .join(tables.unit, _unit.id == _cell.unit_id)
        .join(tables.entry, _entry.id == _cell.entry_id)
        .where(
            _cell.indicator_id.in_(indicator_ids),
            _cell.value.is_not(None),
            _entry.late.is_(True),
            _unit.lo >= place[0],
            _unit.lo < place[1],
        )
        .group_by(_cell.indicator_id)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class Line:
    """A cell as a reader outside sees it, with the entry it came from."""

    unit: Unit
    cell: Cell
    source: bytes
    kind: str
    on_behalf: bool
    late: bool
    waiting: str | None
    awaits: Level | None


async def hold(c: Connection, unit_ids: Iterable[int]) -> None:
    """Let reports of the same units wait for each other until the end of the transaction."""
    if c.dialect.name == "sqlite":
        return  # one writer at a time anyway
    await c.execute(
        sa.select(_unit.id)
        .where(_unit.id.in_(sorted(set(unit_ids))))
        .order_by(_unit.id)
        .with_for_update(key_share=True)
    )


async def held(c: Connection, keys: Iterable[Key]) -> dict[Key, Held]:
    """What the ledger holds under these keys; nothing for what was never reported."""
    wanted = set(keys)
    indicators, places = {key[0] for key in wanted}, {key[1] for key in wanted}
    rows = await _HELD.all(c, {"indicators": sorted(indicators), "units": sorted(places)})
    found = {
        (row.indicator_id, row.unit_id): Held(
            row.value,
            row.entry_id,
            period.at(row.as_of_ms),
            row.whole,
            row.waiting,
            Level(row.awaits) if row.awaits else None,
        )
        for row in rows
    }
    return {key: one for key, one in found.items() if key in wanted}


async def put(c: Connection, key: Key, one: Held) -> None:
    """Let the cell hold this from now on."""
    new = {
        "value": one.value,
        "whole": one.whole,
        "entry_id": one.entry_id,
        "waiting": one.waiting,
        "awaits": one.awaits and int(one.awaits),
    }
    at_ms = period.ms(one.as_of)
    await _PUT.run(c, {"indicator_id": key[0], "unit_id": key[1], **new, "as_of_ms": at_ms})


async def lines(
    c: Connection,
    indicator_ids: Sequence[int],
    scope: Sequence[Interval],
    *,
    after: Key,
    limit: int,
) -> list[Line]:
    """The cells of units in `scope` that hold a value, by place in the tree, then indicator.

    `after`: the place and indicator of the last line seen, (-1, 0) to begin with.
    """
    rows = await c.execute(
        sa.select(
            *units.COLUMNS,
            *_cell,
            _entry.kind.label("entry_kind"),
            _entry.source,
            _entry.on_behalf,
            _entry.late,
        )
        .join(tables.cell, _cell.unit_id == _unit.id)
        .join(tables.entry, _entry.id == _cell.entry_id)
        .where(
            units.within(scope),
            _unit.lo >= max(after[0], 0),  # PostgreSQL begins there only when it is told so
            dialect.Aside(_cell.indicator_id).in_(indicator_ids),
            _cell.value.is_not(None),
            sa.tuple_(_unit.lo, _cell.indicator_id) > sa.tuple_(*map(sa.literal, after)),
        )
        .order_by(_unit.lo, _cell.indicator_id)
        .limit(limit)
    )
    return [
        Line(
            units.of(row),
            Cell(
                row.unit_id,
                row.indicator_id,
                row.value,
                row.entry_id,
                period.at(row.as_of_ms),
                row.whole,
            ),
            row.source,
            row.entry_kind,
            row.on_behalf,
            row.late,
            row.waiting,
            Level(row.awaits) if row.awaits else None,
        )
        for row in rows
    ]


async def silent(c: Connection, indicator: Indicator, place: Interval, *, limit: int) -> list[Unit]:
    """The expected units in `place` of which nothing is reported, in tree order; a zero is reported."""
    said = (
        sa.exists()
        .where(
            _cell.indicator_id == indicator.id,
            _cell.unit_id == _unit.id,
            _cell.value.is_not(None),
        )
        .correlate(tables.unit)
    )
    found: list[Unit] = []
    for clause in await campaigns.expected_clauses(c, indicator, *place):
        if len(found) >= limit:
            break
        rows = await c.execute(
            sa.select(*units.COLUMNS)
            .where(clause, ~said)
            .order_by(_unit.lo)
            .limit(limit - len(found))
        )
        found.extend(units.of(row) for row in rows)
    return found


async def owing(
    c: Connection,
    indicator: Indicator,
    place: Interval,
    *,
    since: datetime,
    until: datetime,
    limit: int | None = None,
) -> list[Unit]:
    """The expected units in `place` that said nothing of the indicator in `[since, until)` and are not through.

    In tree order. Through is what was settled before `until`: a number known is never asked again.
    """
    found: list[Unit] = []
    for clause in await campaigns.expected_clauses(c, indicator, *place):
        statement = (
            sa.select(*units.COLUMNS)
            .where(clause, _owes(indicator, period.ms(since), period.ms(until)))
            .order_by(_unit.lo)
        )
        if limit is not None:
            statement = statement.limit(limit - len(found))
        found.extend(units.of(row) for row in await c.execute(statement))
        if limit is not None and len(found) >= limit:
            break
    return found


def _owes(indicator: Indicator, since_ms: int, until_ms: int) -> sa.ColumnElement[bool]:
    """Clause over units: no value that settles it at `until`, and nothing said since.

    The value at `until` comes from the history, so that a past week can be asked about.
    """
    newest = (
        sa.select(_entry.id)
        .where(
            _entry.indicator_id == indicator.id,
            _entry.unit_id == _unit.id,
            _entry.at_ms < until_ms,
        )
        .order_by(_entry.at_ms.desc(), _entry.id.desc())
        .limit(1)
        .correlate(tables.unit)
        .scalar_subquery()
    )
    enough = _entry.value.is_not(None) & (_entry.at_ms >= since_ms)
    if not ledger.adds(indicator):
        enough |= _entry.value >= ledger.done_from(indicator)
    return ~sa.exists().where(_entry.id == newest, enough).correlate(tables.unit)
