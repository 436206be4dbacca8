"""Units as readers want them: by code, by place in the tree, by what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from bot.core.model import Level, Unit, UnitKind
from bot.core.tree import Interval
from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Statement, bind

_unit = tables.unit.c

# What `of` reads; a statement of another module that joins units selects these first.
COLUMNS = (
    _unit.id,
    _unit.code,
    _unit.name,
    _unit.display,
    _unit.short,
    _unit.level,
    _unit.kind,
    _unit.parent_id,
    _unit.lo,
    _unit.hi,
)

# An ended unit keeps its row for the past, outside every interval of the present.
NOWHERE: Interval = (-1, -1)

_CHILDREN = Statement(
    sa.select(*COLUMNS)
    .where(_unit.parent_id == bind("parent"), _unit.ended_at_ms.is_(None))
    .order_by(_unit.lo)
)
_BY_ID = Statement(sa.select(*COLUMNS).where(_unit.id == bind("id")))
_BY_CODE = Statement(
    sa.select(*COLUMNS).where(_unit.code == bind("code"), _unit.ended_at_ms.is_(None))
)
_EPOCH = Statement(sa.select(sa.func.max(tables.org_epoch.c.id)))


def _ancestors() -> sa.Select[Any]:
    first = sa.select(_unit.id, _unit.parent_id).where(_unit.id == bind("parent"))
    above = first.cte("above", recursive=True)
    above = above.union_all(
        sa.select(_unit.id, _unit.parent_id).join(above, _unit.id == above.c.parent_id)
    )
    return sa.select(*COLUMNS).join(above, above.c.id == _unit.id).order_by(_unit.lo)


_ANCESTORS = Statement(_ancestors())


def of(row: Sequence[Any]) -> Unit:
    """The unit in the first columns of a row that begins with `COLUMNS`."""
    (id_, code, name, display, short, level, kind, parent_id, lo, hi) = row[: len(COLUMNS)]
    return Unit(id_, code, name, display, short, Level(level), UnitKind(kind), parent_id, lo, hi)


async def by_id(c: Connection, unit_id: int) -> Unit | None:
    """The unit, ended ones too (then its interval is empty)."""
    row = await _BY_ID.first(c, {"id": unit_id})
    return of(row) if row else None


async def locked(c: Connection, unit_id: int) -> None:
    """Until the end of the transaction others who ask for this wait; the unit may be read and referred to."""
    await c.execute(sa.select(_unit.id).where(_unit.id == unit_id).with_for_update(key_share=True))


async def by_code(c: Connection, code: str) -> Unit | None:
    """The unit of today with this code."""
    row = await _BY_CODE.first(c, {"code": code})
    return of(row) if row else None


async def seen(c: Connection, code: str, scope: Sequence[Interval]) -> Unit | None:
    """The unit of today with this code if it lies in `scope`."""
    row = (await c.execute(sa.select(*COLUMNS).where(_unit.code == code, within(scope)))).first()
    return of(row) if row else None


async def root(c: Connection) -> Unit | None:
    """The highest unit; None before the first import."""
    row = (
        await c.execute(
            sa.select(*COLUMNS).where(_unit.lo == 0, _unit.parent_id.is_(None)).limit(1)
        )
    ).first()
    return of(row) if row else None


async def around(c: Connection, places: Sequence[Interval], *, above: Level) -> Unit | None:
    """The lowest unit of a level above this one that holds all these places; None where there is none."""
    lo, hi = min(lo for lo, _ in places), max(hi for _, hi in places)
    row = (
        await c.execute(
            sa.select(*COLUMNS)
            .where(_unit.lo >= 0, _unit.lo <= lo, _unit.hi >= hi, _unit.level < int(above))
            .order_by(_unit.level.desc())
            .limit(1)
        )
    ).first()
    return of(row) if row else None


async def many(c: Connection, ids: Iterable[int]) -> dict[int, Unit]:
    """The units under their ids, as many as there are."""
    found: dict[int, Unit] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 1000):
        rows = await c.execute(
            sa.select(*COLUMNS).where(_unit.id.in_(wanted[start : start + 1000]))
        )
        found.update((row[0], of(row)) for row in rows)
    return found


async def parent(c: Connection, unit: Unit) -> Unit | None:
    """The unit directly above; None at the root."""
    return await by_id(c, unit.parent_id) if unit.parent_id is not None else None


async def ancestors(c: Connection, unit: Unit) -> list[Unit]:
    """The units above, root first, without the unit itself."""
    return [of(row) for row in await _ANCESTORS.all(c, {"parent": unit.parent_id})]


async def children(c: Connection, unit_id: int) -> list[Unit]:
    """The units directly below in the official order."""
    return [of(row) for row in await _CHILDREN.all(c, {"parent": unit_id})]


async def at_level(c: Connection, lo: int, hi: int, level: Level) -> list[Unit]:
    """The units of one level with their place in `[lo, hi)`, in tree order."""
    rows = await c.execute(
        sa.select(*COLUMNS)
        .where(_unit.lo >= max(lo, 0), _unit.lo < hi, _unit.level == int(level))
        .order_by(_unit.lo)
    )
    return [of(row) for row in rows]


async def inside(c: Connection, lo: int, hi: int) -> list[Unit]:
    """All units with their place in `[lo, hi)`, in tree order; for small sub-trees."""
    rows = await c.execute(
        sa.select(*COLUMNS).where(_unit.lo >= max(lo, 0), _unit.lo < hi).order_by(_unit.lo)
    )
    return [of(row) for row in rows]


async def count_by_level(c: Connection, lo: int, hi: int) -> dict[Level, int]:
    """How many units of each level have their place in `[lo, hi)`."""
    rows = await c.execute(
        sa.select(_unit.level, sa.func.count())
        .where(_unit.lo >= max(lo, 0), _unit.lo < hi)
        .group_by(_unit.level)
        .order_by(_unit.level)
    )
    return {Level(level): count for level, count in rows}


async def named(c: Connection, words: str, scope: Sequence[Interval]) -> list[Unit]:
    """The units in `scope` that are called so: by code, name, display name, short name or stem.

    The highest first, then in tree order; at most 50, because nobody chooses from more.
    """
    if not words or not scope:
        return []
    called = sa.or_(
        _unit.code == words,
        _unit.short == words,
        _unit.stem == words,
        _unit.name == words,
        _unit.display == words,
    )
    rows = await c.execute(
        sa.select(*COLUMNS).where(called, within(scope)).order_by(_unit.level, _unit.lo).limit(50)
    )
    return [of(row) for row in rows]


def within(scope: Sequence[Interval]) -> sa.ColumnElement[bool]:
    """The clause that a unit of the present lies in `scope`."""
    return sa.or_(sa.false(), *(sa.and_(_unit.lo >= max(lo, 0), _unit.lo < hi) for lo, hi in scope))


async def epoch(c: Connection) -> int:
    """The epoch the intervals of today belong to; 0 before the first import."""
    return await _EPOCH.scalar(c) or 0
