"""Rows of imported tables: which columns they have, what is wrong with them and where."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot import errors

SHOWN: Final = 20  # faults named; the others are only counted
UNREADABLE: Final = "is no .xlsx, or is damaged or locked; save it as .xlsx once more and try again"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: at most `most` characters; it may be absent, or its cells may be empty."""

    name: str
    most: int
    absent: bool = False
    empty: bool = False


class Faults:
    """What is wrong with one file, each as `people.csv:17:unit_code: …`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.unread: set[str] = set()  # first columns of rows that could not be read
        self.absent: frozenset[str] = frozenset()  # columns that the file does not have
        self._shown: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, line: int, column: str, message: str) -> None:
        """Note a fault; line 0: the file has no lines to speak of, or `column` empty: the whole row."""
        self.count += 1
        if self.count <= SHOWN:
            where = ":".join(part for part in (self.file, str(line or ""), column) if part)
            self._shown.append((line, f"{where}: {message}"))

    def close(self) -> None:
        """Raise BadInput with the first faults, one a line, and their number if there are more than one."""
        if not self.count:
            return
        lines = [text for _, text in sorted(self._shown, key=lambda fault: fault[0])]
        if self.count > 1:
            more = f", the first {SHOWN} are shown" if self.count > SHOWN else ""
            lines.append(f"{self.file}: {self.count} faults{more}; nothing was imported")
        raise errors.BadInput("\n".join(lines))


class Layout:
    """Where the columns of a file stand in its rows."""

    def __init__(self, header: Sequence[str], columns: Sequence[Column], faults: Faults) -> None:
        self._columns = columns
        self._faults = faults
        names = [name.strip().lower() for name in header]
        while names and not names[-1]:
            names.pop()
        known = {column.name for column in columns}
        for name in dict.fromkeys(names):
            if name not in known:
                what = f"unknown column; the columns are {', '.join(c.name for c in columns)}"
                faults.add(1, name or "(empty)", what)
            elif names.count(name) > 1:
                faults.add(1, name, "the column is there twice")
        for column in columns:
            if column.name not in names and not column.absent:
                faults.add(1, column.name, "the column is missing")
        self.width = len(names)
        faults.absent = frozenset(known.difference(names))
        self._places = [
            names.index(column.name) if column.name in names else None for column in columns
        ]

    def cells(self, line: int, raw: Sequence[str]) -> tuple[str, ...] | None:
        """The cells in the order of the columns, '' where absent; None for a row with a fault."""
        before = self._faults.count
        if any(cell.strip() for cell in raw[self.width :]):
            self._faults.add(line, "", "the row has more cells than the header")
        cells = []
        for column, place in zip(self._columns, self._places, strict=True):
            cell = raw[place].strip() if place is not None and place < len(raw) else ""
            if fault := _fault(column, cell):
                self._faults.add(line, column.name, fault)
            cells.append(cell)
        if self._faults.count == before:
            return tuple(cells)
        self._faults.unread.add(cells[0])
        return None


def _fault(column: Column, cell: str) -> str:
    if not cell:
        return "" if column.empty or column.absent else "is empty"
    if len(cell) > column.most:
        return f"is longer than {column.most} characters"
    if not cell.isprintable() and any(unicodedata.category(ch) in ("Cc", "Cs") for ch in cell):
        return "holds a line break or a control character"
    return ""
