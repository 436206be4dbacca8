"""The rules a table of groups must keep: robots have keys, personal groups have somebody who forwards."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.model import GroupKind
from bot.core.sheet import Column, Faults

COLUMNS: Final = (
    Column("group_id", 64),
    Column("name", 128),
    Column("unit_code", 32),
    Column("kind", 8),
    Column("owner_person_id", 64, absent=True),
    Column("member_count", 9, absent=True),
    Column("webhook_key", 300, absent=True),
    Column("purpose", 64, absent=True),
    Column("opened", 10, absent=True),
    Column("ends", 10, absent=True),
    Column("last_use", 32, absent=True),
    Column("state", 64, absent=True),
)
"""The last two are what an export says beside; nobody reads them."""

WRITTEN: Final = tuple(column.name for column in COLUMNS)
_KINDS: Final = tuple(kind.value for kind in GroupKind)
_KEY: Final = re.compile(r"(?:https://\S+/webhook/send\?key=)?([0-9A-Za-z_-]{4,100})")


@dataclass(frozen=True, slots=True)
class Row:
    """One group; what is empty at its end is not in the file and stays as it is kept. Days are ISO text."""

    line: int
    key: str
    name: str
    unit: str
    kind: GroupKind
    owner: str
    members: int
    robot_key: str
    purpose: str
    opened: str
    ends: str


def read(line: int, cells: tuple[str, ...], faults: Faults) -> Row | None:
    """One row; None when a cell does not say what it may. A key is never repeated in a fault."""
    key, name, unit, kind, owner, members, robot, purpose, opened, ends = cells[:10]
    before = faults.count
    if kind.lower() not in _KINDS:
        faults.add(line, "kind", f"{kind!r} is no kind; write {' or '.join(_KINDS)}")
    if members and not (members.isascii() and members.isdigit()):
        faults.add(line, "member_count", f"{members!r} is no whole number")
    match = _KEY.fullmatch(robot)
    if robot and kind.lower() == GroupKind.RELAY:
        faults.add(line, "webhook_key", "is only for groups of kind robot; leave it empty")
    elif robot and match is None:
        faults.add(line, "webhook_key", "is no key; copy the robot's webhook address or its key")
    for column, day in (("opened", opened), ("ends", ends)):
        if day and not _is_day(day):
            faults.add(line, column, f"{day!r} is no day; write it like 2026-12-31")
    if faults.count > before:
        return None
    found = match[1] if match else ""
    of = GroupKind(kind.lower())
    return Row(line, key, name, unit, of, owner, int(members or 0), found, purpose, opened, ends)


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def alike(rows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Rows that may well be one group written twice: the same name in the same unit; each with the first of them."""
    first: dict[tuple[str, str], Row] = {}
    found = []
    for row in rows:
        before = first.setdefault(looks(row.unit, row.name), row)
        if before is not row:
            found.append((before, row))
    return found


def looks(unit: str, name: str) -> tuple[str, str]:
    """What two groups have in common that may well be one: their unit, and their name without signs."""
    return unit, "".join(ch for ch in name.casefold() if ch.isalnum())


def check(
    rows: Iterable[Row], units: Collection[str], persons: Collection[str], faults: Faults
) -> None:
    """Note what the rows contradict: each other, or the units and persons there are."""
    lines: dict[str, int] = {}
    robots: dict[str, int] = {}
    for row in rows:
        if lines.setdefault(row.key, row.line) != row.line:
            faults.add(row.line, "group_id", f"{row.key!r} is in line {lines[row.key]} already")
        if row.unit not in units:
            faults.add(row.line, "unit_code", f"there is no unit {row.unit!r}; import units first")
        if row.owner and row.owner not in persons:
            faults.add(
                row.line,
                "owner_person_id",
                f"there is no person {row.owner!r}; import people first",
            )
        if row.robot_key and robots.setdefault(row.robot_key, row.line) != row.line:
            faults.add(
                row.line, "webhook_key", f"is the key of line {robots[row.robot_key]} already"
            )
