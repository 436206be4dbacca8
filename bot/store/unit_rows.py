"""Units as an import writes them: in pages, in slices, with a new epoch when the tree changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.store import dialect, slices, tables, units
from bot.store.database import Connection

_unit = tables.unit.c


class Stored(NamedTuple):
    """One row of the table, its parent by code."""

    id: int
    code: str
    name: str
    display: str
    level: int
    kind: str
    parent: str
    sort: int
    lo: int
    hi: int
    ended: bool


async def page(c: Connection, after_id: int) -> list[Stored]:
    """The next rows by id, ended ones too; none at the end."""
    above = tables.unit.alias("above")
    rows = await c.execute(
        sa.select(
            _unit.id,
            _unit.code,
            _unit.name,
            _unit.display,
            _unit.level,
            _unit.kind,
            sa.func.coalesce(above.c.code, ""),
            _unit.sort,
            _unit.lo,
            _unit.hi,
            _unit.ended_at_ms.is_not(None),
        )
        .select_from(tables.unit.outerjoin(above, above.c.id == _unit.parent_id))
        .where(_unit.id > after_id)
        .order_by(_unit.id)
        .limit(slices.ROWS)
    )
    return [Stored._make((*row[:-1], bool(row[-1]))) for row in rows]


async def ids(c: Connection, codes: Iterable[str]) -> dict[str, int]:
    """The row ids of units that have not ended, by code."""
    found: dict[str, int] = {}
    for some in slices.cut(sorted(set(codes)), slices.VALUES):
        rows = await c.execute(
            sa.select(_unit.code, _unit.id).where(_unit.code.in_(some), _unit.ended_at_ms.is_(None))
        )
        found.update((code, id_) for code, id_ in rows)
    return found


async def insert(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add units; at most a slice at once."""
    await dialect.pour(c, tables.unit, rows)


_CHANGED = ("name", "display", "short", "stem", "level", "kind", "parent_id", "sort")


async def change(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write all attributes of units; each row also has `row_id`. An ended unit lives again."""
    if rows:
        values: dict[str, Any] = {name: sa.bindparam(name) for name in _CHANGED}
        await c.execute(
            sa.update(tables.unit)
            .where(_unit.id == sa.bindparam("row_id"))
            .values(**values, ended_at_ms=None),
            list(rows),
        )


async def rename(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write display, short and stem; each row also has `row_id`."""
    if rows:
        values: dict[str, Any] = {n: sa.bindparam(n) for n in ("display", "short", "stem")}
        await c.execute(
            sa.update(tables.unit).where(_unit.id == sa.bindparam("row_id")).values(values),
            list(rows),
        )


async def place(c: Connection, spans: Sequence[tuple[int, int, int]]) -> None:
    """Write (id, lo, hi)."""
    if spans:
        await c.execute(
            sa.update(tables.unit)
            .where(_unit.id == sa.bindparam("row_id"))
            .values(lo=sa.bindparam("new_lo"), hi=sa.bindparam("new_hi")),
            [{"row_id": id_, "new_lo": lo, "new_hi": hi} for id_, lo, hi in spans],
        )


async def end(c: Connection, unit_ids: Sequence[int], at_ms: int) -> None:
    """End units with the posts and groups in them."""
    lo, hi = units.NOWHERE
    for some in slices.cut(unit_ids, slices.VALUES):
        await c.execute(
            sa.update(tables.unit).where(_unit.id.in_(some)).values(ended_at_ms=at_ms, lo=lo, hi=hi)
        )
        for table in (tables.post, tables.wechat_group):
            await c.execute(
                sa.update(table)
                .where(table.c.unit_id.in_(some), table.c.ended_at_ms.is_(None))
                .values(ended_at_ms=at_ms)
            )


async def new_epoch(c: Connection, at_ms: int) -> int:
    """Keep where every unit stands now under a new epoch."""
    epoch: int = (
        await c.execute(
            sa.insert(tables.org_epoch).values(made_at_ms=at_ms).returning(tables.org_epoch.c.id)
        )
    ).scalar_one()
    standing = sa.select(sa.literal(epoch), _unit.id, _unit.lo, _unit.hi).where(
        _unit.ended_at_ms.is_(None)
    )
    await c.execute(
        sa.insert(tables.unit_span).from_select(["epoch", "unit_id", "lo", "hi"], standing)
    )
    return epoch
