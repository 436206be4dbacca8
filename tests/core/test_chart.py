"""Charts: sound SVG inside a phone's width, readable sizes, words of people escaped, in the font we ship."""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from bot import picture
from bot.core import chart, svg, wording
from bot.core import progress as rules
from bot.core.ledger import Share
from bot.core.model import IndicatorKind, Level, Unit, UnitKind
from bot.core.progress import Light, Progress
from config import fonts, words
from tests.core.test_course import CAMPAIGN, COUNTY, REFORM, START

WORDS = wording.Words(words.load())
NOW = datetime(2026, 12, 4, 16, 7)  # noqa: DTZ001  # local, as charts take it
PLAN = rules.plan_points(CAMPAIGN, REFORM)
ONE = Progress(COUNTY, REFORM, NOW, 141, Share(90, 57, 57), Share(9, 12, 12), 0.3, Light.AHEAD)


def course(*values: int, finish: chart.Finish | None = None) -> chart.Course:
    history = [(START + timedelta(days=7 * at), value) for at, value in enumerate(values)]
    return chart.Course(CAMPAIGN.starts, CAMPAIGN.ends, history, PLAN, finish)


def rows(level: Level, names: list[str], expected: int = 9) -> list[Progress]:
    units = [
        Unit(at, name, name, name, name, level, UnitKind.REGIONAL, 1, at, at + 1)
        for at, name in enumerate(names)
    ]
    return [
        replace(ONE, unit=unit, expected=expected, total=Share(at % 2, at % 2, at % 2))
        for at, unit in enumerate(units)
    ]


FAR = chart.Finish(date(2027, 2, 5), date(2027, 2, 24), date(2029, 4, 30))
NAMES = ["熊山街道", "石屯镇", "<东平&镇>", "黄熙民族团结进步示范区管理委员会办事处"]
PICTURES = {
    "course": chart.progress_svg(WORDS, ONE, course(0, 9, 21, 45, 57), local=NOW),
    "far": chart.progress_svg(WORDS, ONE, course(0, 9, 57, finish=FAR), local=NOW),
    "nothing": chart.progress_svg(WORDS, replace(ONE, light=None), course(), local=NOW),
    "bars": chart.children_svg(WORDS, ONE, rows(Level.TOWNSHIP, NAMES), local=NOW),
    "marks": chart.children_svg(WORDS, ONE, rows(Level.VILLAGE, NAMES * 9, 1), local=NOW),
    "whole": chart.whole_svg(WORDS, ONE, course(0, 57), rows(Level.TOWNSHIP, NAMES), local=NOW),
}


def test_a_mark_says_the_step_and_of_nobody_invited_both_numbers():
    step = replace(REFORM, kind=IndicatorKind.STAGE, steps=("摸底", "推荐", "挂牌"))
    ratio = replace(REFORM, kind=IndicatorKind.RATIO)
    for indicator, total, shown in (
        (step, Share(1, 0, 2), ">推荐<"),
        (replace(step, steps=()), Share(1, 0, 2), ">第2步<"),  # as a weekly analysis keeps it
        (ratio, Share(1, 1, 72, 80), ">90.0%<"),
        (ratio, Share(1, 1, 0, 0), ">0/0<"),
    ):
        (one,) = rows(Level.VILLAGE, ["东山村"])
        mark = replace(one, indicator=indicator, total=total)
        assert shown in chart.children_svg(WORDS, one, [mark], local=NOW)
    nobody = replace(ONE, indicator=ratio, total=Share(1, 1, 0, 0))
    head = chart.progress_svg(WORDS, nobody, course(), local=NOW)
    assert ">0/0<" in head
    assert ">已报 1/141<" in head
    assert "—" not in head
    assert ">—<" in chart.progress_svg(WORDS, replace(nobody, total=Share()), course(), local=NOW)


@pytest.mark.parametrize("name", PICTURES)
def test_everything_lies_inside_a_phone_and_can_be_read(name: str):
    root = ET.fromstring(PICTURES[name])
    height = float(root.get("height", "0"))
    for node in root.iter():
        for x in _numbers(node, ("x", "cx", "x1", "x2")):
            assert 0 <= x <= svg.WIDTH
        for y in _numbers(node, ("y", "cy")):
            assert -1 <= y <= height
        if node.tag.endswith("text"):
            assert float(node.get("font-size", "0")) >= 12
            _inside(node)
        for pair in (node.get("points") or "").split():
            assert 0 <= float(pair.split(",")[0]) <= svg.WIDTH


def _numbers(node: ET.Element, names: tuple[str, ...]) -> Iterator[float]:
    yield from (float(node.get(name, "")) for name in names if node.get(name) is not None)


def _inside(node: ET.Element) -> None:
    """The words themselves end before the edge, by their estimated width."""
    wide = svg.width(node.text or "", float(node.get("font-size", "0")))
    x = float(node.get("x", "0"))
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[node.get("text-anchor", "start")]
    assert left >= -2, node.text
    assert left + wide <= svg.WIDTH + 2, node.text


def test_what_people_are_called_is_escaped_and_too_long_names_are_cut():
    said = PICTURES["bars"]
    assert "&lt;东平&amp;镇&gt;" in said
    assert "办事处" not in said
    assert svg.text((0, 0), "东\x00山\x1b村").count("东山村") == 1


def test_more_units_than_can_be_drawn_are_counted():
    many = rows(Level.TOWNSHIP, [f"第{at}乡" for at in range(45)])
    assert "另有5个没有画出来" in chart.children_svg(WORDS, ONE, many, local=NOW)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_png_made_in_a_third_of_a_second(name: str):
    begun = time.process_time()
    made = picture.png(PICTURES[name])
    assert time.process_time() - begun < 0.3
    wide, high = struct.unpack(">II", made[16:24])
    assert made.startswith(b"\x89PNG")
    assert 540 <= wide <= 900
    assert high > 300


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="viewBox"):
        picture.png("<svg/>")


def test_the_font_has_every_character_of_our_sentences_and_units():
    known = _characters(fonts.path().read_bytes())
    said = "".join(words.load().values())
    units = (fonts.path().parents[1] / "data" / "nanping-units.csv").read_text("utf-8")
    missing = {one for one in said + units if ord(one) >= 0x20} - known
    assert {one for one in missing if one not in "🙏👌\ufeff"} == set()


def _characters(font: bytes) -> set[str]:
    """What the font's table `cmap` maps, from its subtables of format 4 and 12 (OpenType 1.9, cmap)."""
    tables = {
        font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16])
        for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)
    }
    offset, _ = tables[b"cmap"]
    (count,) = struct.unpack(">H", font[offset + 2 : offset + 4])
    found: set[str] = set()
    for at in range(offset + 4, offset + 4 + 8 * count, 8):
        begin = offset + struct.unpack(">I", font[at + 4 : at + 8])[0]
        if struct.unpack(">H", font[begin : begin + 2])[0] == 12:
            (groups,) = struct.unpack(">I", font[begin + 12 : begin + 16])
            for group in range(begin + 16, begin + 16 + 12 * groups, 12):
                first, last, _ = struct.unpack(">III", font[group : group + 12])
                found.update(map(chr, range(first, last + 1)))
        elif struct.unpack(">H", font[begin : begin + 2])[0] == 4:
            (twice,) = struct.unpack(">H", font[begin + 6 : begin + 8])
            ends = struct.unpack(f">{twice // 2}H", font[begin + 14 : begin + 14 + twice])
            starts = struct.unpack(
                f">{twice // 2}H", font[begin + 16 + twice : begin + 16 + 2 * twice]
            )
            for first, last in zip(starts, ends, strict=True):
                found.update(map(chr, range(first, last + 1)))
    return found


def test_a_sum_that_nobody_has_told_is_no_zero_and_a_ratio_says_of_how_many():
    count = replace(REFORM, kind=IndicatorKind.COUNT, unit_word="名")
    two = [replace(one, indicator=count) for one in rows(Level.TOWNSHIP, ["石屯镇", "星溪乡"])]
    drawn = chart.children_svg(WORDS, replace(ONE, indicator=count), two, local=NOW)
    assert "没报" in drawn
    assert "0名" not in drawn
    assert "1名" in drawn
    ratio = replace(count, kind=IndicatorKind.RATIO)
    part = [replace(one, indicator=ratio, total=Share(3, 3, 40, 50)) for one in two]
    assert "40/50 已报 3/9" in chart.children_svg(
        WORDS, replace(ONE, indicator=ratio), part, local=NOW
    )
