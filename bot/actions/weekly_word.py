"""简报: a weekly analysis as one page of Word, in the fonts that offices use."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from bot.core import weekly_chat, weekly_table, wording
from bot.core.weekly import Figures, Sentence

Rows = Sequence[tuple[weekly_table.Cell, ...]]

_COLUMNS: Final = 4
_MOST_ROWS: Final = 20
# One page of A4 in points, without what stands above the text and below the table; a line of text with its
# Chinese characters, a row of the table, another line in it. A row more, for a name that needs a second line.
_ROOM, _LINE, _PER_LINE, _ROW, _MORE, _SPARE = 620, 20, 36, 15, 14, 1
_NARROW: Final = 0.6  # of a Chinese character: a digit, a letter
_LEAST_LINES: Final = 10  # of text, whatever the table would take
_PARTS: Final = 2  # lines: of its three paragraphs each leaves some part of its last one empty
_NAMES, _WIDE = Cm(2.6), Cm(16)  # the first column, and all


def build(words: wording.Words, figures: Figures, sentences: tuple[Sentence, ...]) -> bytes:
    """The file: heading, a paragraph for each part, one table. CPU for some 50 ms: call it in a thread."""
    paper = docx.Document()
    _page(paper)
    headline, plain = words.say("weekly.font_head"), words.say("weekly.font_body")
    title = words.say("weekly.title", unit=figures.place.short, campaign=figures.campaign_name)
    head = paper.add_heading(level=1)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(head, title, headline, 20)
    head.runs[0].font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    line = paper.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(line, _about(words, figures), plain, 12)
    table = weekly_table.of_paper(words, figures, indicators=_COLUMNS)
    rows = _fitting(table)
    for name, text in weekly_chat.parts(_chosen(sentences, (*rows, table.total))):
        body = paper.add_paragraph()
        body.paragraph_format.first_line_indent = Pt(24)  # two characters, as is the custom
        body.paragraph_format.line_spacing = Pt(20)
        body.paragraph_format.space_after = Pt(0)
        _run(body, words.say(f"weekly.part_{name}"), headline, 12)
        _run(body, text, plain, 12)
    body.paragraph_format.space_after = Pt(6)
    left_out = max(0, len(figures.rows) - _COLUMNS)
    _table(paper, words, table, rows, fonts=(headline, plain), left_out=left_out)
    paper.core_properties.title = title
    paper.core_properties.author = ""
    paper.core_properties.created = figures.as_of.replace(tzinfo=None)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _about(words: wording.Words, figures: Figures) -> str:
    day, monday = figures.as_of, figures.monday
    return words.say(
        "weekly.paper_about",
        n=int(figures.week[-2:]),
        from_month=monday.month,
        from_day=monday.day,
        month=day.month,
        day=day.day,
        hour=day.hour,
        minute=day.minute,
    )


def _page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)


def _fitting(table: weekly_table.Table) -> Rows:
    """The first rows, as many as leave some lines of text on the page."""
    left = _ROOM - _LEAST_LINES * _LINE - (1 + _SPARE) * _ROW - _height(table.total)
    found: list[tuple[weekly_table.Cell, ...]] = []
    for row in table.rows[:_MOST_ROWS]:
        left -= _height(row)
        if left < 0:
            break
        found.append(row)
    return found


def _height(row: Sequence[weekly_table.Cell]) -> int:
    """Points of a row of the table."""
    return _ROW + _MORE * max(str(cell).count("\n") for cell in row)


def _chosen(sentences: Sequence[Sentence], rows: Rows) -> tuple[Sentence, ...]:
    """The sentences that leave these rows of the table their place on the page."""
    taken = sum(_height(row) for row in rows) + (1 + _SPARE) * _ROW
    room = ((_ROOM - taken) // _LINE - _PARTS) * _PER_LINE
    return weekly_chat.chosen(sentences, room, _width)


def _width(text: str) -> float:
    """Of a text in Chinese characters."""
    return sum(_NARROW if sign.isascii() else 1 for sign in text)


def _table(
    paper: Document,
    words: wording.Words,
    table: weekly_table.Table,
    rows: Rows,
    *,
    fonts: tuple[str, str],
    left_out: int,
) -> None:
    if not rows:
        return
    made = paper.add_table(rows=0, cols=len(table.head))
    made.style = "Table Grid"
    made.autofit = False
    each = (_WIDE - _NAMES) // max(1, len(table.head) - 1)
    for at, cells in enumerate((tuple(column.name for column in table.head), *rows, table.total)):
        row = made.add_row()
        for place, (cell, value) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = each if place else _NAMES
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            one = cell.paragraphs[0]
            one.paragraph_format.space_after = Pt(0)
            if place:
                one.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(one, str(value), fonts[0 < at <= len(rows)], 10.5)
    note = paper.add_paragraph()
    note.paragraph_format.space_before = Pt(4)
    _run(note, _note(words, table, rows, left_out), fonts[1], 10.5)


def _note(words: wording.Words, table: weekly_table.Table, rows: Rows, left_out: int) -> str:
    """How the table is read, and what it leaves out."""
    said = words.say("weekly.table_how")
    if len(table.rows) > len(rows):
        said += words.say("weekly.table_rest", n=len(rows))
    return said + (words.say("weekly.table_less", n=left_out) if left_out else "")


def _run(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    """Text in a Chinese font: Word takes the one for Chinese characters from an attribute of its own."""
    run = paragraph.add_run(text)
    run.font.name = font
    run.font.size = Pt(size)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  # python-docx has no name for it
    fonts.set(qn("w:eastAsia"), font)
