"""Reads an office's own tables (.xlsx, .xls, .csv), row by row, after a look at what they would become in memory."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Final

import python_calamine

from bot import errors
from bot.core import sheet

Line = tuple[int, list[str]]
"""The number of a row in the file and its cells as text."""

KINDS: Final = (".xlsx", ".xls", ".csv")
MOST_BYTES: Final = 50_000_000  # of the file; 50,000 rows of an office are 3 MB
MOST_UNPACKED: Final = 400_000_000
_MOST_PARTS: Final = 2000
MOST_ROWS: Final = 200_000
_PIECE: Final = 1 << 20
_OVERLAP: Final = 256
# The reader keeps a whole rectangle in memory, so one cell in a far corner would be gigabytes.
_FAR_ROW: Final = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{0,3}(?:[2-9]\d{5}|\d{7,})["']""")
_FAR_COLUMN: Final = re.compile(rb"""\br\s*=\s*["'](?:[A-Za-z]{3}|[G-Zg-z][A-Za-z])\d+["']""")
# A formula whose value the program that wrote it has not kept; we never compute any.
_UNCOMPUTED: Final = re.compile(
    rb"<c\b[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<>]*</f>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>"
)


def rows(path: Path) -> Iterator[Line]:
    """The rows of the first sheet, empty ones too. Of formulas the value that was kept with them.

    Raises BadInput, in one sentence, for what is no such file, is too large, or would be when unpacked.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise errors.BadInput(f"{path.name}: give an {', '.join(KINDS)} file")
    if not path.is_file():
        raise errors.BadInput(f"{path}: there is no such file")
    if path.stat().st_size > MOST_BYTES:
        raise errors.BadInput(
            f"{path.name}: the file has more than {MOST_BYTES // 1_000_000} MB; divide it"
        )
    if kind == ".csv":
        return _csv(path)
    if kind == ".xlsx":
        _look_into(path)
    return _book(path)


def _look_into(path: Path) -> None:
    """Unpack everything once without keeping it: sizes that are declared may lie."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise errors.BadInput(f"{path.name}: unpacked the file would be too large")
            left = MOST_UNPACKED
            for part in parts:
                cells = part.filename.lower().startswith("xl/worksheets/")
                with packed.open(part) as file:
                    left -= _pieces(path, file, left, look=cells)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, OSError, EOFError) as error:
        raise errors.BadInput(f"{path.name}: {sheet.UNREADABLE}") from error
    except ValueError as error:
        raise errors.BadInput(f"{path.name}: {sheet.UNREADABLE}") from error


def _pieces(path: Path, file: IO[bytes], left: int, *, look: bool) -> int:
    """Go through one part; how many bytes it has."""
    size, tail = 0, b""
    while piece := file.read(_PIECE):
        size += len(piece)
        if size > left:
            raise errors.BadInput(f"{path.name}: unpacked the file would be too large")
        if look:
            seen = tail + piece
            if _FAR_ROW.search(seen) or _FAR_COLUMN.search(seen):
                raise errors.BadInput(
                    f"{path.name}: a cell lies beyond row {MOST_ROWS} or column 182;"
                    " delete what stands there and save again"
                )
            if _UNCOMPUTED.search(seen):
                raise errors.BadInput(
                    f"{path.name}: it holds formulas whose values were never computed;"
                    " open it in Excel or WPS and save it again"
                )
            tail = seen[-_OVERLAP:]
    return size


def _book(path: Path) -> Iterator[Line]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        lines = book.get_sheet_by_index(0).iter_rows()
        for number, cells in enumerate(lines, start=1):
            if number > MOST_ROWS:
                raise errors.BadInput(f"{path.name}: more than {MOST_ROWS} rows; divide it")
            yield number, [_text(cell) for cell in cells]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise errors.BadInput(f"{path.name}: {sheet.UNREADABLE}") from error


def _csv(path: Path) -> Iterator[Line]:
    line = 0
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                if line >= MOST_ROWS:
                    raise errors.BadInput(f"{path.name}: more than {MOST_ROWS} rows; divide it")
                yield line + 1, cells
                line = reader.line_num
    except csv.Error as error:
        raise errors.BadInput(f"{path.name}:{line + 1}: not a row of CSV ({error})") from error


def _encoding(path: Path) -> str:
    """UTF-8 where that fits, else GB18030, which holds GBK: what offices of China save."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise errors.BadInput(f"{path.name}: neither UTF-8 nor GBK; save it again as .xlsx")


def _text(cell: object) -> str:
    """What the cell shows: numbers of codes without `.0`."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == datetime.min.time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).lower()
