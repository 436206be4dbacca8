"""Imports items: what is asked of which units until when; what they have done already stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.actions import sheets
from bot.core import itemsfile, sheet
from bot.core.changes import Changes, Progress
from bot.core.item import Item
from bot.core.itemsfile import Row
from bot.core.model import Unit
from bot.runtime import Runtime
from bot.store import items, units
from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class _Asked:
    """One item of the file, the units it is asked of, and the item as it stands with whether it has ended."""

    key: str
    values: dict[str, Any]
    unit_ids: set[int]
    stored: tuple[Item, bool] | None


class Plan:
    """The file as it was read."""

    def __init__(self, file: str) -> None:
        self.faults = sheet.Faults(file)
        self.rows: list[Row] = []
        self.changes = Changes()

    async def apply(
        self, rt: Runtime, c: Connection, *, prune: bool, progress: Progress
    ) -> Changes:
        """Write what differs, inside the caller's transaction."""
        places = await _places(c, self.rows)
        known = await items.indicators(c, (row.indicator for row in self.rows if row.indicator))
        itemsfile.check(self.rows, places, known, self.faults)
        wanted = await _wanted(c, self.rows, places, self.faults)
        self.faults.close()
        stored = await items.by_keys(c, wanted)
        named: set[int] = set()
        for done, (key, unit_ids) in enumerate(wanted.items(), start=1):
            row = next(row for row in self.rows if row.key == key)
            asks = _Asked(key, _values(row, known), unit_ids, stored.get(key))
            await self._put(rt, c, asks, prune=prune)
            named |= unit_ids
            progress("writing items", done, len(wanted))
        if prune:
            await self._prune(rt, c, sorted(named), set(wanted))
        return self.changes

    async def _put(self, rt: Runtime, c: Connection, asks: _Asked, *, prune: bool) -> None:
        values, unit_ids = asks.values, asks.unit_ids
        what = f"{asks.key} {values['title']}"
        if asks.stored is None:
            number = await items.add(c, {"key": asks.key, "made_at_ms": rt.now_ms(), **values})
            await items.ask(c, number, sorted(unit_ids))
            self.changes.add("new", what)
            return
        item, ended = asks.stored
        asked = await items.asked(c, item.id)
        more = unit_ids - set(asked)
        again = {unit_id for unit_id in unit_ids & set(asked) if asked[unit_id]}
        less = {one for one, over in asked.items() if not over} - unit_ids if prune else set()
        differs = ended or _differs(item, values)
        if differs:
            await items.change(c, item.id, values)
        await items.ask(c, item.id, sorted(more))
        await items.drop(c, item.id, sorted(again), at_ms=None)
        await items.drop(c, item.id, sorted(less), at_ms=rt.now_ms())
        if ended:
            self.changes.add("new", what)
        else:
            self.changes.add("changed" if differs or more or again or less else "same", what)

    async def _prune(
        self, rt: Runtime, c: Connection, unit_ids: Sequence[int], kept: set[str]
    ) -> None:
        """End the items of the file's units that the file does not have."""
        lacking = [item for item in await items.of_units(c, unit_ids) if item.key not in kept]
        for item in lacking:
            self.changes.add("ended", f"{item.key} {item.title}")
        await items.end(c, [item.id for item in lacking], rt.now_ms())


def read(path: Path) -> Plan:
    """Read the file; faults of its rows are noted, not yet raised."""
    plan = Plan(path.name)
    for line, cells in sheets.rows(path, itemsfile.COLUMNS, plan.faults):
        row = itemsfile.read(line, cells, plan.faults)
        if row is not None:
            plan.rows.append(row)
    return plan


async def _places(c: Connection, rows: Sequence[Row]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for code in sorted({row.unit for row in rows}):
        unit = await units.by_code(c, code)
        if unit is not None:
            found[code] = unit
    return found


async def _wanted(
    c: Connection, rows: Sequence[Row], places: dict[str, Unit], faults: sheet.Faults
) -> dict[str, set[int]]:
    """Of which units each item is asked, by its key."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        place = places.get(row.unit)
        if place is None:
            continue
        own = wanted.setdefault(row.key, set())
        if row.level is None:
            own.add(place.id)
            continue
        some = await units.at_level(c, place.lo, place.hi, row.level)
        if not some:
            what = f"there is no {row.level.word} inside {row.unit!r}"
            faults.add(row.line, "level", what)
        own |= {one.id for one in some}
    return wanted


def _values(row: Row, known: dict[str, int]) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "title": row.title,
        "detail": row.detail,
        "due_on": row.due.isoformat(),
        "indicator_id": known.get(row.indicator),
    }


def _differs(item: Item, values: dict[str, Any]) -> bool:
    held = {
        "kind": item.kind.value,
        "title": item.title,
        "detail": item.detail,
        "due_on": item.due_on.isoformat(),
        "indicator_id": item.indicator_id,
    }
    return held != values
