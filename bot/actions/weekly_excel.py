"""A weekly analysis as a spreadsheet: the units with all figures, and every sentence with what it rests on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import xlsxwriter

from bot.core import weekly_table, wording
from bot.core.weekly import Figures, Sentence

_ACROSS: Final = 14  # columns that can be read on one page
_SMALLER: Final = 68  # percent
_PER_LINE, _LINE = 28, 15  # characters in the column of sentences; points of a line
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def build(words: wording.Words, figures: Figures, sentences: tuple[Sentence, ...]) -> bytes:
    """The file. CPU for some 20 ms: call it in a thread."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": figures.as_of.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    _figures(book, words, figures, bold)
    _proof(book, words, sentences, bold)
    book.close()
    return file.getvalue()


def _figures(book: Any, words: wording.Words, figures: Figures, bold: Any) -> None:
    sheet = book.add_worksheet(words.say("weekly.excel_figures"))
    percent = book.add_format({"num_format": "0.0%"})
    table = weekly_table.whole(words, figures)
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 48)  # three lines
    _on_paper(sheet)
    if len(table.head) > _ACROSS:
        sheet.set_print_scale(_SMALLER)  # in place of one page across
        sheet.repeat_columns(0, 1)
        sheet.set_v_pagebreaks(list(_breaks(figures)))
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, len(table.head) - 1, 9.5)
    for place, column in enumerate(table.head):
        sheet.write_string(0, place, safe(column.name), bold)
    strong = {"bold": True, "top": 1}
    last = book.add_format(strong), book.add_format({**strong, "num_format": "0.0%"})
    for at, row in enumerate((*table.rows, table.total), start=1):
        plain, part = last if at > len(table.rows) else (None, percent)
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, place, safe(value), plain)
            else:
                sheet.write_number(at, place, value, part if table.head[place].percent else plain)


def _breaks(figures: Figures) -> Iterator[int]:
    """Columns before which a new page begins: an indicator is never torn."""
    at = begin = 2
    for one in figures.rows:
        width = weekly_table.width(one)
        if at > begin and at + width - begin > _ACROSS - 2:
            yield at
            begin = at
        at += width


def _on_paper(sheet: Any) -> None:
    """Printed across, all columns on one page, the head on each."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _proof(book: Any, words: wording.Words, sentences: tuple[Sentence, ...], bold: Any) -> None:
    sheet = book.add_worksheet(words.say("weekly.excel_proof"))
    sheet.freeze_panes(1, 0)
    _on_paper(sheet)
    for place, width in enumerate((60, 14, 14, 16, 14, 20, 60)):
        sheet.set_column(place, place, width)
    names = ("excel_sentence", "table_unit", "excel_indicator", "excel_what", "excel_value", "excel_at", "page_path")  # fmt: skip
    for place, name in enumerate(names):
        sheet.write_string(0, place, words.say(f"weekly.{name}"), bold)
    wrapped, top = (book.add_format({"text_wrap": wrap, "valign": "top"}) for wrap in (True, False))
    at = 0
    for sentence in sentences:
        for number, one in enumerate(sentence.evidence):
            at += 1
            told = sentence.text if number == 0 else ""
            if len(told) > _PER_LINE:
                sheet.set_row(at, _LINE * -(-len(told) // _PER_LINE))
            when = f"{one.as_of:%Y-%m-%d %H:%M}"
            cells = (told, one.unit_name, one.indicator_name, one.what, "", when, one.path)
            for place, value in enumerate(cells):
                sheet.write_string(at, place, safe(value), top if place else wrapped)
            if one.value.lstrip("+-").isdigit():
                sheet.write_number(at, 4, int(one.value), top)
            else:
                sheet.write_string(at, 4, safe(one.value), top)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, even after it was saved as CSV and opened again."""
    return f"'{text}" if text.startswith(_FORMULA) else text
