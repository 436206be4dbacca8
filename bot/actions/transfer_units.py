"""Imports units: compares the file with the tree, writes what changed, numbers the tree anew."""

from __future__ import annotations

import bisect
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from bot.actions import sheets, transfer_names
from bot.core import sheet, tree, unitfile
from bot.core.changes import Changes, Progress
from bot.core.model import Level, UnitKind
from bot.runtime import Runtime
from bot.store import expectations, placements, recount, slices, tallies, unit_rows
from bot.store.database import Connection

Rows = dict[str, unitfile.Row]


class Plan:
    """The file as it was read, and what the comparison with the database found."""

    def __init__(self, file: str) -> None:
        self.faults = sheet.Faults(file)
        self.rows: Rows = {}
        self.changes = Changes()
        self.ended: list[int] = []
        self.moved: list[int] = []  # units that were there and have another parent, or are back
        self.releveled = False
        self.ids: dict[str, int] = {}  # of the units that have children
        self.newest_id = 0
        self.names = transfer_names.today()

    async def apply(
        self, rt: Runtime, c: Connection, *, prune: bool, progress: Progress
    ) -> Changes:
        """Bring the tree to what the file says, inside the caller's transaction."""
        await tallies.own_tree(
            c
        )  # before any row is locked: reports hold it while they wait for rows
        named = await _meet(c, self, prune=prune)
        if prune:
            _prune(self, tree.merge(named))
        unitfile.check(self.rows, self.faults)
        self.faults.close()
        if renamed := await self.names.renew(c):
            self.changes.notes.append(
                f"the rules of config/units.yaml have changed: {renamed} units are called by the new ones"
            )
        spans = unitfile.number(self.rows)
        added = await _add(c, self, spans, progress)
        moved = await _rewrite(c, self, spans, progress)
        self.rows.clear()  # nobody needs them any more, and recounting takes room too
        await placements.remember(c, self.ended)
        await unit_rows.end(c, self.ended, rt.now_ms())
        today = rt.calendar.day(rt.now()).toordinal()
        await placements.note(c, [*self.moved, *self.ended], today)
        if added or moved or self.ended:
            await unit_rows.new_epoch(c, rt.now_ms())
            await expectations.prepare_all(c, day=today)
        if self.moved or self.ended or self.releveled:
            await recount.rebuild(c)
        return self.changes

    def values(self, row: unitfile.Row, display: str) -> dict[str, Any]:
        """The columns of a unit that the file decides."""
        called = self.names.of(row.name, row.level)
        return {
            "name": row.name,
            "display": display,
            "short": called.short,
            "stem": called.stem,
            "level": row.level,
            "kind": row.kind or UnitKind.REGIONAL.value,
            "parent_id": self.ids[row.parent] if row.parent else None,
            "sort": row.sort or 0,
        }


def read(path: Path) -> Plan:
    """Read the file; faults of its rows are noted, not yet raised."""
    plan = Plan(path.name)
    texts: dict[str, str] = {}
    for line, cells in sheets.rows(path, unitfile.COLUMNS, plan.faults):
        row = unitfile.read(line, cells, plan.faults)
        if row is None:
            continue
        earlier = plan.rows.get(row.code)
        if earlier is not None:
            plan.faults.add(line, "code", f"{row.code!r} is in line {earlier.line} already")
            continue
        row.parent = texts.setdefault(row.parent, row.parent)  # one text for all its children
        row.name = texts.setdefault(row.name, row.name)  # and for all of the same name
        plan.rows[row.code] = row
    return plan


async def _meet(c: Connection, plan: Plan, *, prune: bool) -> list[tree.Interval]:
    """Find the file's units in the database and take in the others; where the file's stand today, for `prune`."""
    parents = {row.parent for row in plan.rows.values()}
    named: list[tree.Interval] = []
    async for one in _all(c):
        plan.newest_id = one.id
        row = plan.rows.get(one.code)
        if row is not None:
            row.kind = row.kind or UnitKind(one.kind).value  # one text for all
            row.sort = one.sort if row.sort is None else row.sort
            if prune and not one.ended:
                named.append((one.lo, one.hi))
        elif not one.ended:
            row = unitfile.Row(0, one.code, "", one.level, one.parent, one.kind, one.sort, None)
            plan.rows[one.code] = row
        if row is not None:
            row.id, row.lo = one.id, one.lo if prune else -1
            if one.code in parents:
                plan.ids[one.code] = one.id
    return named


def _prune(plan: Plan, named: Sequence[tree.Interval]) -> None:
    """Take out what stands inside the file's units today but is not in the file."""
    starts = [lo for lo, _ in named]
    for row in [row for row in plan.rows.values() if row.line == 0]:
        at = bisect.bisect_right(starts, row.lo) - 1
        if at >= 0 and row.lo < named[at][1]:
            assert row.id is not None
            plan.ended.append(row.id)
            plan.changes.add("ended", row.code)
            del plan.rows[row.code]


async def _add(c: Connection, plan: Plan, spans: tree.Spans, progress: Progress) -> bool:
    """Insert the new units, level by level so that parents are there first; whether there were any."""
    parents = {row.parent for row in plan.rows.values() if row.id is None}
    count = done = 0
    for level in Level:
        new = [row for row in plan.rows.values() if row.id is None and row.level == level]
        count += len(new)
        new.sort(key=lambda row: spans[0][row.at], reverse=True)  # taken from the end
        while new:
            some = new[: -slices.ROWS - 1 : -1]
            del new[-slices.ROWS :]
            await unit_rows.insert(c, [_inserted(plan, row, spans) for row in some])
            plan.ids |= await unit_rows.ids(c, (row.code for row in some if row.code in parents))
            for row in some:
                plan.changes.add("new", f"{row.code} {row.name}")
                del plan.rows[row.code]  # a whole country is large; nobody needs it any more
            done += len(some)
            progress("writing new units", done, done + len(plan.rows))
    return count > 0


def _inserted(plan: Plan, row: unitfile.Row, spans: tree.Spans) -> dict[str, Any]:
    display = row.display or plan.names.shown(row.name, row.level)
    place = {"lo": spans[0][row.at], "hi": spans[1][row.at]}
    return {**plan.values(row, display), "code": row.code, **place}


async def _rewrite(c: Connection, plan: Plan, spans: tree.Spans, progress: Progress) -> bool:
    """Write what differs of the units that were there; whether any of them stands elsewhere now."""
    moved, done = False, 0
    after, newest = 0, plan.newest_id
    while after < newest:
        some = [one for one in await unit_rows.page(c, after) if one.id <= newest]
        after = some[-1].id
        changed, places, known = [], [], len(plan.moved)
        for one in some:
            row = plan.rows.get(one.code)
            if row is None:
                continue
            if row.line and (values := _difference(plan, row, one)):
                changed.append(values)
            elif row.line:
                plan.changes.add("same", row.code)
            lo, hi = spans[0][row.at], spans[1][row.at]
            if (lo, hi) != (one.lo, one.hi):
                places.append((one.id, lo, hi))
        await placements.remember(c, plan.moved[known:])
        await unit_rows.change(c, changed)
        await unit_rows.place(c, places)
        moved = moved or bool(places)
        done += len(some)
        progress("comparing units", done, 0)
    return moved


def _difference(plan: Plan, row: unitfile.Row, one: unit_rows.Stored) -> dict[str, Any] | None:
    """The unit's columns if the file changes any, else None; noted among the changes."""
    same = (row.name, row.level, row.kind, row.parent, row.sort)
    if same == one[2:3] + one[4:8] and row.display in (None, one.display) and not one.ended:
        return None  # most rows of a large file
    by_rule = plan.names.shown(row.name, row.level)
    was_by_rule = one.display == plan.names.shown(one.name, one.level)
    display = row.display or (by_rule if was_by_rule else one.display)
    pairs = (
        ("name", one.name, row.name),
        ("display", one.display, display),
        ("level", one.level, row.level),
        ("kind", one.kind, row.kind),
        ("parent_code", one.parent, row.parent),
        ("sort", one.sort, row.sort),
    )
    names = [name for name, old, new in pairs if old != new]
    if not names and not one.ended:
        return None
    if one.ended or "parent_code" in names:
        plan.moved.append(one.id)
    plan.releveled = plan.releveled or "level" in names
    what = "new" if one.ended else "changed"
    plan.changes.add(what, f"{row.code} {row.name}: {', '.join(names) or 'lives again'}")
    return {**plan.values(row, display), "row_id": one.id}


async def _all(c: Connection) -> AsyncIterator[unit_rows.Stored]:
    after = 0
    while some := await unit_rows.page(c, after):
        for one in some:
            yield one
        after = some[-1].id
