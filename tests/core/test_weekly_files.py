"""The files made of a weekly analysis: one page of Word, a spreadsheet."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import replace

import docx
import python_calamine

from bot.actions import weekly_excel, weekly_word
from bot.core.ledger import Share
from bot.core.weekly import Evidence, Sentence
from tests.core.weekly_rows import (
    AT,
    WORDS,
    child,
    figures,
    row,
    slow,
    told,
)


def lines(parts: list[str]) -> int:
    """Lines of 12 points on 16 cm, a digit half as wide as a Chinese character."""
    widths = [2 + sum(0.5 if sign.isascii() else 1 for sign in part) for part in parts]
    return sum(math.ceil(width / 37) for width in widths)


def test_the_word_file_is_one_page_in_chinese_fonts():
    children = [child(str(at), at, 30) for at in range(25)]
    one = figures(row(*children), *(row(*children) for _ in range(5)))
    content = weekly_word.build(WORDS, one, told(one))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        xml = file.read("word/document.xml").decode()
    assert xml.count("<w:tr>") == 1 + 20 + 1
    assert xml.count("<w:tbl>") == 1
    assert "表里只列前20个单位，其余见 Excel 表。其余2项见 Excel 表。" in xml
    runs = xml.count("<w:r>")
    assert xml.count("w:eastAsia=") == runs
    paper = docx.Document(io.BytesIO(content))
    title, about, *parts, _rest = [part.text for part in paper.paragraphs]
    assert title == "政和县百日攻坚周报"
    assert about == "第47周（11月16日至11月20日），数字截至11月20日16时07分"
    assert [part.partition("：")[0] for part in parts] == ["总体进展", "需要关注"]
    # The heading, what the parts are called, the head of the table and its sums.
    assert xml.count('w:eastAsia="黑体"') == 1 + len(parts) + 5 + 5
    assert parts[0].startswith("总体进展：会改联 300/750（40.0%）接近计划"), (
        "the title is not said twice"
    )
    assert [cell.text for cell in paper.tables[0].rows[-1].cells] == ["合计", *["300/750 +5"] * 4]
    assert lines(parts) * 20 + 17 * 22 < 640  # points, of the 717 between the margins


def test_the_word_file_has_a_part_for_what_was_what_hurts_and_what_comes():
    one = figures(row(child("a", 60), slow("b", 3, idle=5)))
    paper = docx.Document(io.BytesIO(weekly_word.build(WORDS, one, told(one))))
    *parts, note = [part.text for part in paper.paragraphs[2:]]
    assert note == "表里是完成数/应报数，＋后面是本周新增；空着的还没有报数。"
    assert [part.partition("：")[0] for part in parts] == ["总体进展", "需要关注", "完成预计"]
    assert "".join(part.partition("：")[2] for part in parts).count("。") == len(told(one))


def test_rows_of_two_lines_leave_the_word_file_its_one_page():
    children = [replace(child(str(at), 200, 300), total=Share(200, 200, 98765)) for at in range(25)]
    one = figures(*(row(*children, leads=True) for _ in range(4)))
    paper = docx.Document(io.BytesIO(weekly_word.build(WORDS, one, told(one))))
    (table,) = paper.tables
    assert table.cell(1, 1).text == "98765 +3\n（200/300）"
    parts = [part.text for part in paper.paragraphs[2:-1]]
    assert lines(parts) * 20 + 29 * (len(table.rows) - 1) + 17 < 640
    assert f"表里只列前{len(table.rows) - 2}个单位" in paper.paragraphs[-1].text
    assert table.rows[-1].cells[1].text == "2469125 +9\n（5000/7500）"


def test_the_spreadsheet_is_printed_with_every_indicator_whole():
    children = [child(str(at), at, 30) for at in range(3)]
    one = figures(*(row(*children) for _ in range(6)))
    content = weekly_excel.build(WORDS, one, told(one))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheet, proof = (file.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
    breaks = [int(at) for at in re.findall(r'<brk id="(\d+)"', sheet)]
    assert breaks == [2 + 12, 2 + 24], "two indicators of six columns beside the unit"
    assert "fitToWidth" not in sheet
    first = next(float(height) for height in re.findall(r'<row r="2"[^>]* ht="([\d.]+)"', proof))
    assert first == 15 * -(-len(told(one)[0].text) // 28), "the first sentence needs many lines"


def test_a_ratio_nobody_has_told_is_no_zero_in_the_spreadsheet():
    some = row(replace(child("a", 3, 12), total=Share(3, 3, 40, 50)), child("b", 0), leads=True)
    one = figures(replace(some, measure=replace(some.measure, kind="ratio")))
    content = weekly_excel.build(WORDS, one, told(one))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    table = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert table[1][2:6] == [40, 50, 0.8, 3]
    assert table[2][2:6] == ["", "", "", 0]


def test_the_spreadsheet_has_numbers_as_numbers_and_no_formula():
    one = figures(row(child("a", 3, 12, name="=HYPERLINK(1)"), child("b", 4, name="@x")))
    proof = Evidence("a", "-乡", "reform", "会改联", "已完成", "+3", AT, "/api/v1/x")
    content = weekly_excel.build(WORDS, one, (Sentence("head", "=1+1", (proof,)),))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    table, lines = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert table[1][:5] == ["a", "'=HYPERLINK(1)", 3, 12, 0.25]
    assert table[2][1] == "'@x"
    assert table[3][:5] == ["c0", "合计", 7, 112, 0.0625]
    assert lines[1][:5] == ["'=1+1", "'-乡", "会改联", "已完成", 3]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml") + file.read(
            "xl/worksheets/sheet2.xml"
        )
