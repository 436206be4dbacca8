"""Items as an import writes them, and the units each is asked of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.core.item import Item, Kind, State
from bot.store import slices, tables
from bot.store.database import Connection

_item, _part = tables.item.c, tables.item_part.c
_indicator, _campaign = tables.indicator.c, tables.campaign.c


def of(row: Any) -> Item:
    """The item in a row that has the columns of its table."""
    due = date.fromisoformat(row.due_on)
    return Item(row.id, row.key, Kind(row.kind), row.title, row.detail, due, row.indicator_id)


async def get(c: Connection, number: int) -> Item | None:
    """The item with this number, unless it has ended."""
    row = (
        await c.execute(
            sa.select(tables.item).where(_item.id == number, _item.ended_at_ms.is_(None))
        )
    ).first()
    return of(row) if row else None


async def by_keys(c: Connection, keys: Iterable[str]) -> dict[str, tuple[Item, bool]]:
    """Items by their keys in files, and whether they have ended."""
    found: dict[str, tuple[Item, bool]] = {}
    for some in slices.cut(sorted(set(keys)), slices.VALUES):
        for row in await c.execute(sa.select(tables.item).where(_item.key.in_(some))):
            found[row.key] = (of(row), row.ended_at_ms is not None)
    return found


async def add(c: Connection, values: Mapping[str, Any]) -> int:
    """A new item; its number."""
    number: int = (
        await c.execute(sa.insert(tables.item).values(**values).returning(_item.id))
    ).scalar_one()
    return number


async def change(c: Connection, number: int, values: Mapping[str, Any]) -> None:
    """Write what is asked anew; an ended item lives again."""
    await c.execute(
        sa.update(tables.item).where(_item.id == number).values(**values, ended_at_ms=None)
    )


async def end(c: Connection, numbers: Sequence[int], at_ms: int) -> None:
    """These items are not asked for any more; what was done of them stays."""
    for some in slices.cut(numbers, slices.VALUES):
        await c.execute(sa.update(tables.item).where(_item.id.in_(some)).values(ended_at_ms=at_ms))


async def asked(c: Connection, number: int) -> dict[int, bool]:
    """The units an item was ever asked of, and whether that has ended."""
    rows = await c.execute(
        sa.select(_part.unit_id, _part.ended_at_ms.is_not(None)).where(_part.item_id == number)
    )
    return {unit_id: bool(ended) for unit_id, ended in rows}


async def ask(c: Connection, number: int, unit_ids: Sequence[int]) -> None:
    """Ask it of these units, too."""
    rows = [
        {
            "item_id": number,
            "unit_id": unit_id,
            "state": State.OPEN.value,
            "said": "",
            "evidence": [],
            "reason": "",
            "late": False,
        }
        for unit_id in unit_ids
    ]
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(sa.insert(tables.item_part), list(some))


async def drop(c: Connection, number: int, unit_ids: Sequence[int], *, at_ms: int | None) -> None:
    """Ask it of these units no more from `at_ms` on; None: ask again, as far as they had come."""
    for some in slices.cut(unit_ids, slices.VALUES):
        await c.execute(
            sa.update(tables.item_part)
            .where(_part.item_id == number, _part.unit_id.in_(some))
            .values(ended_at_ms=at_ms)
        )


async def of_units(c: Connection, unit_ids: Sequence[int]) -> list[Item]:
    """The items that are asked of any of these units."""
    found: dict[int, Item] = {}
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(tables.item)
            .where(
                _item.ended_at_ms.is_(None),
                sa.exists().where(
                    _part.item_id == _item.id,
                    _part.unit_id.in_(some),
                    _part.ended_at_ms.is_(None),
                ),
            )
            .order_by(_item.id)
        )
        found.update((row.id, of(row)) for row in rows)
    return [found[key] for key in sorted(found)]


async def indicators(c: Connection, codes: Iterable[str]) -> dict[str, int]:
    """The indicators with these codes, of the newest campaign that has one."""
    rows = await c.execute(
        sa.select(_indicator.code, _indicator.id)
        .join(tables.campaign, _campaign.id == _indicator.campaign_id)
        .where(_indicator.code.in_(sorted(set(codes))), _campaign.ended_at_ms.is_(None))
        .order_by(_campaign.id)
    )
    return {row.code: row.id for row in rows}
