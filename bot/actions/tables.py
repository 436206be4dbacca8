"""Writes tables row by row (.xlsx, .csv); what looks like a formula stays the text it is."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from bot import errors

if TYPE_CHECKING:
    import xlsxwriter

KINDS: Final = (".xlsx", ".csv")
Cell = str | int
_EVERYBODY: Final = 0o666  # as far as the umask lets them
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Table(Protocol):
    """An open file that takes one row after the other."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        ...


@contextlib.contextmanager
def writing(
    path: Path, *, title: str, widths: Sequence[int], mode: int = _EVERYBODY
) -> Iterator[Table]:
    """A table for the length of a block, whole or not there at all; `title` names the sheet.

    `mode`: who may read it, 0o600 where it holds what belongs to persons.

    Raises BadInput for a kind of file that we do not write.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise errors.BadInput(f"{path.name}: give a {' or '.join(KINDS)} file")
    part = path.with_name(f".{path.name}.part")
    try:
        if mode != _EVERYBODY:
            part.touch(mode)
        with _xlsx(part, title, widths) if kind == ".xlsx" else _csv(part) as table:
            yield table
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def _xlsx(path: Path, title: str, widths: Sequence[int]) -> Iterator[Table]:
    import xlsxwriter  # noqa: PLC0415  # a worker that writes no table keeps its 3 MB

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "_", title)[:31])
    sheet.freeze_panes(1, 0)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    # The apostrophe of a spreadsheet: the cell stays text when somebody edits it.
    quoted = book.add_format({"quote_prefix": True})
    try:
        yield _Sheet(sheet, head, quoted)
    finally:
        book.close()


class _Sheet:
    def __init__(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        head: xlsxwriter.format.Format,
        quoted: xlsxwriter.format.Format,
    ) -> None:
        self._sheet, self._head, self._quoted = sheet, head, quoted
        self._next = 0

    def row(self, cells: Sequence[Cell]) -> None:
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(self._next, at, cell)
            elif cell:
                form = self._head if self._next == 0 else None
                if cell.startswith(_FORMULA):
                    form = self._quoted
                self._sheet.write_string(self._next, at, cell, form)
        self._next += 1


@contextlib.contextmanager
def _csv(path: Path) -> Iterator[Table]:
    # With a mark at its begin, without which Excel takes it for GBK.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield _Lines(file)


class _Lines:
    def __init__(self, file: io.TextIOBase) -> None:
        self._rows = csv.writer(file, lineterminator="\r\n")

    def row(self, cells: Sequence[Cell]) -> None:
        self._rows.writerow([_harmless(cell) for cell in cells])


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would compute gets an apostrophe in front; a dash alone is no formula."""
    if isinstance(cell, str) and len(cell) > 1 and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
