"""The weekly analysis by itself: outliers, milestones, what has room, and the files made of it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import docx
import numpy as np
import pytest
import python_calamine

from bot.actions import weekly_excel, weekly_word
from bot.core import weekly_chat, weekly_prose, weekly_rules, weekly_table, wording
from bot.core.forecast import Days, Outlook, Standing
from bot.core.ledger import Share
from bot.core.model import Campaign, Indicator, IndicatorKind, Level, Milestone, ValueMode
from bot.core.progress import Light
from bot.core.weekly import Child, Evidence, Figures, Measure, Odd, Place, Row, Sentence, Stone
from bot.core.weekly_rules import Limits
from config import words as sentences

WORDS = wording.Words(sentences.load())
LIMITS = Limits(0.05, 0.05, 2, 3.5, 0.1, 5)
AT = datetime(2026, 11, 20, 16, 7, tzinfo=UTC)
MEASURE = Measure("reform", "会改联", "completion", "个", int(Level.VILLAGE), leads=False)


def child(
    code: str, done: int, expected: int = 100, *, value: int = 0, name: str | None = None
) -> Child:
    place = Place(code, name or f"{code}乡", code, int(Level.TOWNSHIP))
    return Child(place, expected, Share(done, done, value), Share(1, 1, 3), Light.NEAR, 0, 2)


def row(*children: Child, leads: bool = False) -> Row:
    measure = replace(MEASURE, leads=leads, kind="count" if leads else "completion")
    total = sum((one.total for one in children), Share())
    outlook = Outlook(Standing.OPEN, None, date(2026, 12, 1), date(2026, 12, 9), None)
    return Row(
        measure,
        sum(one.expected for one in children),
        total,
        Share(5, 5, 9),
        Share(),
        0.5,
        Light.NEAR,
        7,
        date(2026, 12, 31),
        None if leads else outlook,
        (Stone(date(2026, 11, 15), 1 / 3, 43, None, 5),),
        Odd(),
        ((date(2026, 11, 2), 0), (date(2026, 11, 20), total.done)),
        ((date(2026, 11, 2), 0.0), (date(2026, 12, 31), 1.0)),
        children,
    )


def figures(*rows: Row) -> Figures:
    place = Place("c0", "政和县", "政和县妇联", int(Level.COUNTY))
    first, last = date(2026, 11, 2), date(2026, 12, 31)
    return Figures(
        place, "hundred", "百日攻坚", first, last, "2026-W47", date(2026, 11, 16), AT, None, rows, 2, 1, 1
    )  # fmt: skip


def told(one: Figures) -> tuple[Sentence, ...]:
    return weekly_prose.Teller(WORDS, one, LIMITS, 5).sentences()


def odd(*done: int) -> Odd:
    some = [child(str(at), one) for at, one in enumerate(done)]
    return weekly_rules.odd(some, leads=False, reporting=int(Level.VILLAGE), limits=LIMITS)


def test_outliers_lie_far_from_the_median_in_robust_deviations():
    assert odd(50, 52, 48, 51, 49, 50, 5) == Odd(("6",), (), 0.5, 0)
    assert odd(50, 52, 48, 51, 49, 50, 95) == Odd((), ("6",), 0.5, 0)
    assert odd(10, 30, 50, 70, 90) == Odd(middle=0.5)
    # Less than the stated gap is no outlier, however alike the others are.
    assert odd(50, 50, 50, 51, 50, 50, 56) == Odd(middle=0.5)
    # One that differs where all others are equal, whose median deviation is zero.
    assert odd(100, 100, 100, 100, 100, 100, 100, 40).low == ("7",)


def test_too_few_to_compare_have_no_outlier():
    assert odd(50, 50, 50, 1) == Odd()


def test_a_series_of_mostly_zeros_is_told_apart():
    assert odd(0, 0, 0, 0, 0, 0, 30, 40) == Odd(zeros=6)
    heavy = odd(0, 0, 0, 0, 0, 0, 0, 40, 41, 42, 40, 41, 90)
    assert (heavy.zeros, heavy.low, heavy.high) == (7, (), ("12",))
    # What has not begun is no outlier among those that have.
    assert odd(40, 41, 42, 40, 41, 0).low == ("5",)


def test_counts_are_compared_by_the_mean_of_those_that_reported():
    some = [child(str(at), 10, value=value) for at, value in enumerate((90, 95, 100, 92, 97, 900))]
    found = weekly_rules.odd(some, leads=True, reporting=int(Level.VILLAGE), limits=LIMITS)
    assert (found.high, found.middle) == (("5",), 9.6)


def test_who_reports_by_herself_is_done_or_not_and_no_outlier():
    some = [child(str(at), int(at > 0), 1) for at in range(8)]
    assert (
        weekly_rules.odd(some, leads=False, reporting=int(Level.TOWNSHIP), limits=LIMITS) == Odd()
    )


def test_a_milestone_is_missed_by_days_until_it_is_reached_for_good():
    start = date(2026, 11, 2)
    stones = (
        Milestone(1, start + timedelta(5), 1 / 3, ()),
        Milestone(2, start + timedelta(30), 1.0, ()),
    )
    one = Indicator(1, 1, "x", "x", (), IndicatorKind.COMPLETION, Level.VILLAGE, "", ValueMode.TOTAL, (), None)  # fmt: skip
    campaign = Campaign(1, "x", "x", "", start, start + timedelta(40), (one,), stones)

    def after(*done: int) -> list[tuple[date | None, int]]:
        days = Days(start, start + timedelta(len(done) - 1), lambda _: True)
        found = weekly_rules.stones(campaign, one, np.array(done), 9, days)
        return [(stone.reached_on, stone.days) for stone in found]

    assert after(0, 0, 1, 1, 1, 2) == []
    assert after(0, 0, 1, 1, 1, 2, 2) == [(None, 1)]
    assert after(0, 0, 1, 1, 1, 2, 2, 3) == [(start + timedelta(7), 2)]
    assert after(0, 3, 2, 3) == [(start + timedelta(3), -2)]


def test_every_sentence_carries_its_figures_and_the_first_the_answer():
    said = told(
        figures(row(child("a", 60), child("b", 40)), row(child("a", 9, value=41), leads=True))
    )
    assert said[0].text.startswith(
        "政和县周报（11月16日至11月20日16时）：会改联 100/200（50.0%）接近计划"
    )
    assert all(
        one.evidence and all(it.path.startswith("/api/v1/") for it in one.evidence) for one in said
    )
    kinds = [one.kind for one in said]
    assert kinds[:2] == ["head", "missed"]
    assert "会改联照现在的进度，大约12月9日全部完成，比计划早22天；最早12月1日，最晚说不准。" in [
        one.text for one in said
    ]


@pytest.mark.parametrize("limit", [120, 200, 340, 600])
def test_chat_keeps_whole_sentences_and_says_how_many_are_left_out(limit: int):
    said = told(
        figures(row(*(child(str(at), at * 9) for at in range(10))), row(child("a", 9), leads=True))
    )
    text = weekly_chat.text(WORDS, said, limit=limit)
    assert len(text) <= limit
    whole = [one.text for one in said]
    lines = text.splitlines()
    assert lines[0] == whole[0]
    kept = [line for line in lines if line in whole]
    assert len(kept) == len(said) or lines[-1] == f"还有{len(said) - len(kept)}句，看网页。"


def test_the_large_table_has_every_unit_once_in_the_official_order():
    one = figures(
        row(child("a", 1), child("c", 3)), row(child("b", 2), child("c", 3), child("d", 4))
    )
    assert [place.code for place in weekly_table.places(one)] == ["b", "a", "c", "d"]
    table = weekly_table.whole(WORDS, one)
    assert {len(cells) for cells in table.rows} == {len(table.head)}


def test_the_word_file_is_one_page_in_chinese_fonts():
    children = [child(str(at), at, 30) for at in range(25)]
    one = figures(row(*children), *(row(*children) for _ in range(5)))
    content = weekly_word.build(WORDS, one, told(one))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        xml = file.read("word/document.xml").decode()
    assert xml.count('w:eastAsia="黑体"') == 1 + 5  # the heading and the head of the table
    assert xml.count("<w:tr>") == 1 + 20
    assert xml.count("<w:tbl>") == 1
    assert "表里只列前20个单位" in xml
    runs = xml.count("<w:r>")
    assert xml.count("w:eastAsia=") == runs
    body = max((part.text for part in docx.Document(io.BytesIO(content)).paragraphs), key=len)
    assert body.startswith("政和县周报")
    assert 20 * (len(body) / 36) + 17 * 21 < 620  # points, of the 717 between the margins


def test_rows_of_two_lines_leave_the_word_file_its_one_page():
    children = [replace(child(str(at), 200, 300), total=Share(200, 200, 98765)) for at in range(25)]
    one = figures(*(row(*children, leads=True) for _ in range(4)))
    paper = docx.Document(io.BytesIO(weekly_word.build(WORDS, one, told(one))))
    (table,) = paper.tables
    assert table.cell(1, 1).text == "98765 +3\n（200/300）"
    body = max((part.text for part in paper.paragraphs), key=len)
    assert 20 * (len(body) / 36) + 31 * (len(table.rows) - 1) + 17 < 620
    assert f"表里只列前{len(table.rows) - 1}个单位" in paper.paragraphs[-1].text


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


def test_the_spreadsheet_has_numbers_as_numbers_and_no_formula():
    one = figures(row(child("a", 3, 12, name="=HYPERLINK(1)"), child("b", 4, name="@x")))
    proof = Evidence("a", "-乡", "reform", "会改联", "已完成", "+3", AT, "/api/v1/x")
    content = weekly_excel.build(WORDS, one, (Sentence("head", "=1+1", (proof,)),))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    table, lines = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert table[1][:5] == ["a", "'=HYPERLINK(1)", 3, 12, 0.25]
    assert table[2][1] == "'@x"
    assert lines[1][:5] == ["'=1+1", "'-乡", "会改联", "已完成", 3]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml") + file.read(
            "xl/worksheets/sheet2.xml"
        )


def test_a_ratio_is_told_as_a_part_of_its_whole_and_never_averaged():
    def part(code: str, value: int, whole: int) -> Child:
        one = child(code, 1, 1)
        return replace(one, total=Share(1, 1, value, whole), week=Share(1, 1, 1, 10))

    some = [part(str(at), value, 100) for at, value in enumerate((60, 61, 62, 59, 60, 5))]
    plain = row(*some, part("large", 900, 1000), leads=True)
    odd = weekly_rules.odd(plain.children, leads=True, reporting=6, limits=LIMITS)
    measure = replace(plain.measure, kind="ratio", name="覆盖率")
    one = figures(replace(plain, measure=measure, odd=odd, week=Share(1, 1, 300, 400)))
    said = [sentence.text for sentence in told(one)]
    assert said[0].endswith("覆盖率 75.4%（1207/1600，已报 7/7）。")
    assert "覆盖率上周末75.6%，现在75.4%。" in said
    assert "覆盖率明显低于其他：5乡（中间的是60.0%）。" in said
    assert weekly_table.of_row(WORDS, one.rows[0]).rows[0] == ("0乡", "60/100", "")
    assert weekly_table.whole(WORDS, one).rows[0][2:5] == (60, 100, 0.6)


@pytest.mark.parametrize(
    ("reported", "value", "shown"),
    [(0, 0, ""), (2, 0, "0（2/3）"), (3, 0, "0"), (2, 7, "7（2/3）")],
)
def test_a_sum_nobody_reported_to_is_empty_and_never_zero(reported: int, value: int, shown: str):
    one = replace(child("t", reported, 3), total=Share(reported, reported, value))
    assert weekly_table.brief(one, row(one, leads=True)) == shown
