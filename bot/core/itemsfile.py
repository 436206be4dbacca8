"""The rules a table of items must keep: rows of one item agree, every unit is named once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.item import Kind
from bot.core.model import Level
from bot.core.sheet import Column, Faults

COLUMNS: Final = (
    Column("item_id", 64),
    Column("kind", 16),
    Column("title", 64),
    Column("unit_code", 32, absent=True),
    Column("owner", 32, absent=True),  # another name for the same
    Column("level", 16, absent=True),
    Column("due", 10),
    Column("detail", 300, absent=True),
    Column("indicator", 64, absent=True),
)
_KINDS: Final = tuple(kind.value for kind in Kind)
_LEVELS: Final = tuple(level.word for level in Level)


@dataclass(frozen=True, slots=True)
class Row:
    """One item for one unit, or with `level` for all units of that level inside it."""

    line: int
    key: str
    kind: Kind
    title: str
    unit: str
    level: Level | None
    due: date
    detail: str
    indicator: str

    @property
    def about(self) -> tuple[object, ...]:
        """What all rows of one item must agree on."""
        return (self.kind, self.title, self.due, self.detail, self.indicator)


def read(line: int, cells: Sequence[str], faults: Faults) -> Row | None:
    """One row; None when a cell does not say what it may."""
    key, kind, title, code, owner, level, due, detail, indicator = cells
    before = faults.count
    unit = code or owner
    if kind.lower() not in _KINDS:
        faults.add(line, "kind", f"{kind!r} is no kind; write {', '.join(_KINDS)}")
    if not unit:
        faults.add(line, "unit_code", "is empty; name the unit that has to do it")
    elif code and owner and code != owner:
        faults.add(line, "owner", f"{owner!r} is not {code!r}; write only one of them")
    if level and level.lower() not in _LEVELS:
        faults.add(line, "level", f"{level!r} is no level; write {', '.join(_LEVELS)}")
    if indicator and kind.lower() != Kind.STATISTIC:
        faults.add(line, "indicator", "is only for statistics; leave it empty")
    on = _day(due)
    if on is None:
        faults.add(line, "due", f"{due!r} is no day; write one like 2026-12-01")
    if faults.count > before or on is None:
        return None
    at = Level[level.upper()] if level else None
    return Row(line, key, Kind(kind.lower()), title, unit, at, on, detail, indicator)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if len(said) == 10 else None
    except ValueError:
        return None


def check(
    rows: Iterable[Row], units: Collection[str], indicators: Collection[str], faults: Faults
) -> None:
    """Note what the rows contradict: each other, or the units and indicators there are."""
    first: dict[str, Row] = {}
    taken: dict[tuple[str, str, Level | None], int] = {}
    for row in rows:
        same = first.setdefault(row.key, row)
        if same.about != row.about:
            what = f"{row.key!r} is something else in line {same.line}; give one item one meaning"
            faults.add(row.line, "item_id", what)
        where = (row.key, row.unit, row.level)
        if taken.setdefault(where, row.line) != row.line:
            faults.add(row.line, "unit_code", f"{row.unit!r} is in line {taken[where]} already")
        if row.unit not in units:
            faults.add(row.line, "unit_code", f"there is no unit {row.unit!r}; import units first")
        if row.indicator and row.indicator not in indicators:
            what = f"there is no indicator {row.indicator!r}; import its campaign first"
            faults.add(row.line, "indicator", what)
