"""Imports groups; robot keys are sealed at once and never shown again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.actions import sheets
from bot.core import groupsfile, sheet
from bot.core.changes import Changes, Progress
from bot.core.model import GroupKind
from bot.runtime import Runtime
from bot.store import groups, person_rows, unit_rows
from bot.store.database import Connection

_NOTES = 40  # said at most


class Plan:
    """The file as it was read, and the row ids of what it names."""

    def __init__(self, file: str) -> None:
        self.faults = sheet.Faults(file)
        self.rows: list[groupsfile.Row] = []
        self.changes = Changes()
        self.units: dict[str, int] = {}
        self.owners: dict[str, int] = {}
        self.robots: list[tuple[int, str]] = []  # lines and keys that were not known before

    async def apply(
        self, rt: Runtime, c: Connection, *, prune: bool, progress: Progress
    ) -> Changes:
        """Write what differs, inside the caller's transaction."""
        self.units = await unit_rows.ids(c, (row.unit for row in self.rows))
        owners = await person_rows.persons(c, (row.owner for row in self.rows if row.owner))
        self.owners = {key: person.id for key, person in owners.items() if not person.ended}
        groupsfile.check(self.rows, self.units, self.owners, self.faults)
        known = await groups.by_keys(c, (row.key for row in self.rows))
        await _check_robots(rt, c, self, known)
        _check_owners(self, known)
        self.faults.close()
        await _note_alike(c, self)
        await _write(rt, c, self, known)
        if prune:
            await _prune(rt, c, self)
        progress("writing groups", len(self.rows), len(self.rows))
        return self.changes


def read(path: Path) -> Plan:
    """Read the file; faults of its rows are noted, not yet raised."""
    plan = Plan(path.name)
    for line, cells in sheets.rows(path, groupsfile.COLUMNS, plan.faults):
        row = groupsfile.read(line, cells, plan.faults)
        if row is not None:
            plan.rows.append(row)
    return plan


async def _check_robots(
    rt: Runtime, c: Connection, plan: Plan, known: dict[str, groups.Group]
) -> None:
    """A robot group needs a key, here or kept; one robot speaks in one group."""
    digests = {row.key: _digest(rt, row) for row in plan.rows if row.robot_key}
    taken = await groups.with_robots(c, digests.values())
    for row in plan.rows:
        kept = known[row.key].robot_key_digest if row.key in known else None
        if row.kind is GroupKind.ROBOT and not row.robot_key and kept is None:
            plan.faults.add(
                row.line, "webhook_key", "is empty; a robot group needs its robot's key"
            )
        other = taken.get(digests[row.key]) if row.robot_key else None
        if other is not None and other != row.key and other not in digests:
            plan.faults.add(row.line, "webhook_key", f"is the key of group {other!r} already")


def _check_owners(plan: Plan, known: dict[str, groups.Group]) -> None:
    """A relay group needs an owner: here, or kept where the file does not have that column."""
    for row in plan.rows:
        owner = row.owner or _owner(plan, row, known.get(row.key))
        if row.kind is GroupKind.RELAY and not owner:
            plan.faults.add(
                row.line,
                "owner_person_id",
                "is empty; a relay group needs the person who forwards",
            )


def _owner(plan: Plan, row: groupsfile.Row, stored: groups.Group | None) -> int | None:
    """The owner's id; None for nobody, or for one who is not there, which is a fault already."""
    if stored and "owner_person_id" in plan.faults.absent:
        return stored.owner_person_id
    return plan.owners.get(row.owner)


async def _note_alike(c: Connection, plan: Plan) -> None:
    """Groups that are perhaps there twice, in the file or beside it; they are imported all the same."""
    for first, row in groupsfile.alike(plan.rows):
        plan.changes.notes.append(
            f"line {row.line} looks like line {first.line}: the same name in the same unit"
        )
    keys = {row.key for row in plan.rows}
    codes = {unit_id: code for code, unit_id in plan.units.items()}
    there = [g for g in await groups.of_units(c, plan.units.values()) if g.key not in keys]
    kept = {groupsfile.looks(codes[group.unit_id], group.name): group.key for group in there}
    for row in plan.rows:
        other = kept.get(groupsfile.looks(row.unit, row.name))
        if other is not None:
            plan.changes.notes.append(
                f"line {row.line} looks like group {other!r}: the same name in the same unit"
            )
    del plan.changes.notes[_NOTES:]


def _digest(rt: Runtime, row: groupsfile.Row) -> bytes:
    return rt.seal.digest("robot", row.robot_key)


async def _write(rt: Runtime, c: Connection, plan: Plan, known: dict[str, groups.Group]) -> None:
    sealed = await groups.sealed_keys(c, (group.id for group in known.values()))
    new, changed = [], []
    for row in plan.rows:
        stored = known.get(row.key)
        what = f"{row.key} {row.name}"
        values = _values(rt, plan, row, stored)
        if row.robot_key and (
            stored is None or values["robot_key_digest"] != stored.robot_key_digest
        ):
            plan.robots.append((row.line, row.robot_key))
        if stored is None:
            new.append({"key": row.key, "made_at_ms": rt.now_ms(), **values})
            plan.changes.add("new", what)
            continue
        if row.kind is GroupKind.ROBOT and values["robot_key_digest"] in (
            None,
            stored.robot_key_digest,
        ):
            values["robot_key_digest"] = stored.robot_key_digest
            values["robot_key_sealed"] = sealed[stored.id]
        if stored.ended or _differs(stored, values):
            changed.append({**values, "row_id": stored.id})
            plan.changes.add("new" if stored.ended else "changed", what)
        else:
            plan.changes.add("same", what)
    await groups.add(c, new)
    await groups.change(c, changed)


def _values(
    rt: Runtime, plan: Plan, row: groupsfile.Row, stored: groups.Group | None
) -> dict[str, Any]:
    return {
        "purpose": row.purpose or (stored.purpose if stored else ""),
        "opened_on": row.opened or (stored.opened_on if stored else None),
        "closes_on": row.ends or (stored.closes_on if stored else None),
        "name": row.name,
        "unit_id": plan.units[row.unit],
        "kind": row.kind.value,
        "owner_person_id": _owner(plan, row, stored),
        "member_count": stored.member_count
        if stored and "member_count" in plan.faults.absent
        else row.members,
        "robot_key_sealed": rt.seal.seal(row.robot_key) if row.robot_key else None,
        "robot_key_digest": _digest(rt, row) if row.robot_key else None,
    }


_COMPARED = (
    "name", "unit_id", "kind", "owner_person_id", "member_count", "robot_key_digest", "purpose", "opened_on",
    "closes_on",
)  # fmt: skip


def _differs(stored: groups.Group, values: dict[str, Any]) -> bool:
    return any(getattr(stored, name) != values[name] for name in _COMPARED)


async def _prune(rt: Runtime, c: Connection, plan: Plan) -> None:
    """End the groups of the file's units that the file does not have."""
    kept = {row.key for row in plan.rows}
    there = await groups.of_units(c, plan.units.values())
    lacking = [group for group in there if group.key not in kept]
    for group in lacking:
        plan.changes.add("ended", f"{group.key} {group.name}")
    await groups.end(c, [group.id for group in lacking], rt.now_ms())
