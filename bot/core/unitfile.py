"""The rules a table of units must keep: one root, parents that exist, children deeper, no loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core import tree
from bot.core.model import Level, UnitKind
from bot.core.sheet import Column, Faults

COLUMNS = (
    Column("code", 32),
    Column("name", 100),
    Column("level", 16),
    Column("parent_code", 32, empty=True),
    Column("kind", 16, absent=True),
    Column("sort", 9, absent=True),
    Column("display", 128, absent=True),
)
_LEVELS = {level.word: level for level in Level}
_KINDS = [kind.value for kind in UnitKind]


@dataclass(slots=True)
class Row:
    """A unit as the tree will be: from `line` of the file, or (line 0) as it stands in the database.

    None leaves what is there; `id` and `lo` are its row and its place in the database, if it has one, and
    `at` its number among all rows (see `number`).
    """

    line: int
    code: str
    name: str
    level: int
    parent: str
    kind: str | None
    sort: int | None
    display: str | None
    id: int | None = None
    lo: int = -1
    at: int = -1


def read(line: int, cells: tuple[str, ...], faults: Faults) -> Row | None:
    """One row; None when a cell does not say what it may."""
    code, name, level, parent, kind, sort, display = cells
    before = faults.count
    if level.lower() not in _LEVELS:
        faults.add(line, "level", f"{level!r} is no level; write one of {', '.join(_LEVELS)}")
    if kind and kind not in _KINDS:
        faults.add(line, "kind", f"{kind!r} is no kind; write one of {', '.join(_KINDS)}")
    if sort and not (sort.isascii() and sort.removeprefix("-").isdigit()):
        faults.add(line, "sort", f"{sort!r} is no whole number")
    if faults.count > before:
        faults.unread.add(code)
        return None
    number = int(sort) if sort else None
    return Row(
        line, code, name, _LEVELS[level.lower()], parent, kind or None, number, display or None
    )


def check(rows: Mapping[str, Row], faults: Faults) -> None:
    """Note every fault of the tree that `rows` make together; a row that could not be read may be a parent."""
    _check_roots(rows, faults)
    for row in rows.values():
        above = rows.get(row.parent)
        if above is None:
            if row.parent and row.parent not in faults.unread:
                faults.add(
                    row.line, "parent_code", f"there is no unit {row.parent!r}, here or in the file"
                )
        elif above.level >= row.level:
            _note_depth(row, above, faults)
    for loop in _loops(rows):
        first = min((row for row in loop if row.line), key=lambda row: row.line, default=loop[0])
        names = " → ".join([row.code for row in loop[:5]] + [loop[0].code])
        faults.add(
            first.line, "parent_code", f"the units stand below one another in a loop: {names}"
        )


def _check_roots(rows: Mapping[str, Row], faults: Faults) -> None:
    roots = sorted((row for row in rows.values() if not row.parent), key=lambda row: row.line)
    for row in roots[1:]:
        faults.add(
            row.line,
            "parent_code",
            f"is empty, but {roots[0].code!r} is the root already; only one unit stands on top",
        )


def _note_depth(row: Row, above: Row, faults: Faults) -> None:
    word, higher = Level(row.level).word, Level(above.level).word
    if row.line:
        faults.add(
            row.line, "level", f"{word} must be deeper than its parent {above.code!r} ({higher})"
        )
    else:
        faults.add(above.line, "level", f"{higher} is not above its child {row.code!r} ({word})")


def _loops(rows: Mapping[str, Row]) -> Iterator[list[Row]]:
    """Every loop once, from any of its members upwards."""
    seen: dict[str, str] = {}  # code → the code its walk started from
    for start in rows:
        at = start
        while at in rows and at not in seen:
            seen[at] = start
            at = rows[at].parent
        if at in rows and seen[at] == start:
            loop, member = [rows[at]], rows[rows[at].parent]
            while member.code != at:
                loop.append(member)
                member = rows[member.parent]
            yield loop


def number(rows: Mapping[str, Row]) -> tree.Spans:
    """Give every row its number `at`, brothers and sisters by `sort`, then by code; all `lo` and `hi` by it.

    To be called when `check` has found no fault.
    """
    some = sorted(rows.values(), key=lambda row: row.code)
    some.sort(key=lambda row: row.sort or 0)
    for at, row in enumerate(some):
        row.at = at
    return tree.spread([rows[row.parent].at if row.parent else -1 for row in some])
