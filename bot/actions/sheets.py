"""Reads tables from files: CSV in UTF-8, or the first sheet of an .xlsx."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import python_calamine

from bot import errors
from bot.core import sheet

Row = tuple[int, tuple[str, ...]]
"""A line number of the file and the cells in the order of the columns."""


def rows(path: Path, columns: Sequence[sheet.Column], faults: sheet.Faults) -> Iterator[Row]:
    """The sound rows of a table; faults go to `faults`, a bad header ends it at once.

    Empty rows are passed over. Raises BadInput when the file cannot be read as a table at all.
    """
    lines = _lines(path)
    first = next(lines, None)
    if first is None or not any(first[1]):
        raise errors.BadInput(
            f"{path.name}: the file is empty; its first row must name the columns"
        )
    layout = sheet.Layout(first[1], columns, faults)
    faults.close()
    for line, raw in lines:
        if any(raw):
            cells = layout.cells(line, raw)
            if cells is not None:
                yield line, cells


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    kind = path.suffix.lower()
    if kind not in {".csv", ".xlsx"}:
        raise errors.BadInput(f"{path.name}: write a .csv (UTF-8) or an .xlsx file")
    if not path.is_file():
        raise errors.BadInput(f"{path}: there is no such file")
    return _csv(path) if kind == ".csv" else _xlsx(path)


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    line = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                yield line + 1, cells
                line = reader.line_num
    except UnicodeDecodeError as error:
        raise errors.BadInput(f"{path.name}: the file is not UTF-8{_looks(path)}") from error
    except csv.Error as error:
        raise errors.BadInput(f"{path.name}:{line + 1}: not a row of CSV ({error})") from error
    except OSError as error:
        raise errors.BadInput(f"{path.name}: cannot be read: {error.strerror}") from error


def _looks(path: Path) -> str:
    """What to do about another encoding; offices of China mostly have GB18030."""
    advice = "; save it as “CSV UTF-8” or as .xlsx and try again"
    try:
        path.read_bytes().decode("gb18030")
    except UnicodeDecodeError:
        return advice
    return f" but looks like GB18030{advice}"


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        first = book.get_sheet_by_index(0)
        table = first.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError) as error:
        raise errors.BadInput(f"{path.name}: {sheet.UNREADABLE}") from error
    for number, cells in enumerate(table, start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """What the cell shows: numbers of codes and telephones without `.0`."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == datetime.min.time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
