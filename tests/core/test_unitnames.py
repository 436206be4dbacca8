"""Units are called as people call them, and found again by those names."""

from __future__ import annotations

import pytest

from bot.core import unitfinding, unitnames
from bot.core.model import Level
from bot.core.unitnames import Names, Place, Rule


@pytest.mark.parametrize(
    ("name", "level", "short", "display", "bare"),
    [
        ("东山村委会", Level.VILLAGE, "东山村", "东山村妇联", "东山"),
        ("麻沙社区居委会", Level.VILLAGE, "麻沙社区", "麻沙社区妇联", "麻沙"),
        ("行春社区居民委员会", Level.VILLAGE, "行春社区", "行春社区妇联", "行春"),
        ("东平居委会", Level.VILLAGE, "东平社区", "东平社区妇联", "东平"),
        ("前村村委会", Level.VILLAGE, "前村村", "前村村妇联", "前村"),
        ("三峡民族村委会", Level.VILLAGE, "三峡民族村", "三峡民族村妇联", "三峡民族"),
        ("林场生活区", Level.VILLAGE, "林场生活区", "林场生活区妇联", "林场生活区"),
        ("星溪乡", Level.TOWNSHIP, "星溪乡", "星溪乡妇联", "星溪"),
        ("熊山街道", Level.TOWNSHIP, "熊山街道", "熊山街道妇联", "熊山"),
        ("政和县", Level.COUNTY, "政和县", "政和县妇联", "政和"),
        ("东山村妇联", Level.VILLAGE, "东山村", "东山村妇联", "东山"),
        ("政和县妇联", Level.COUNTY, "政和县", "政和县妇联", "政和"),
        ("南平市妇女联合会", Level.CITY, "南平市", "南平市妇联", "南平"),
        ("妇联", Level.NATIONAL, "妇联", "妇联", "妇联"),
        ("全国", Level.NATIONAL, "全国", "全国妇联", "全国"),
    ],
)
def test_a_unit_has_a_short_name_a_display_and_a_bare_name(
    name: str, level: Level, short: str, display: str, bare: str
) -> None:
    assert unitnames.short(name, level) == short
    assert unitnames.display(name, level) == display
    assert unitnames.bare(name, level) == bare


def test_the_rules_are_data() -> None:
    assert (
        unitnames.display("一营一连", Level.VILLAGE, (Rule(Level.VILLAGE, "一连", "连"),), "工会")
        == "一营连工会"
    )


PLACES = [
    Place("t", "石屯镇", Level.TOWNSHIP, 0),
    Place("s", "石屯村委会", Level.VILLAGE, 1, "t"),
    Place("b", "百丈村委会", Level.VILLAGE, 1, "t"),
    Place("w", "五一九社区居委会", Level.VILLAGE, 1, "t"),
    Place("l", "五里村委会", Level.VILLAGE, 1, "t"),
    Place("m", "麻沙社区居委会", Level.VILLAGE, 1, "t"),
    Place("n", "麻沙村委会", Level.VILLAGE, 1, "t"),
]
NAMES = Names(PLACES)


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("石屯", "t"), ("石屯村", "s"), ("石屯镇妇联", "t"), ("百丈", "b"), ("五一九社区", "w"), ("麻沙", "mn"), ("麻沙社区", "m"),
        ("麻沙村委会", "n"), ("石 屯 镇", "t"), ("十屯镇", "t"), ("白丈", "b"), ("东山", ""), ("", ""),
    ],
)  # fmt: skip
def test_words_mean_the_nearest_units_of_that_name_or_sound(words: str, keys: str) -> None:
    assert "".join(p.key for p in unitfinding.find(NAMES, words).places) == keys


def test_names_are_found_in_text_longest_first() -> None:
    found = [
        (m.start, m.end, "".join(p.key for p in m.places))
        for m in NAMES.find("百丈12,五一九社区7,石屯3")
    ]
    assert found == [(0, 2, "b"), (5, 10, "w"), (12, 14, "ts")]


def test_a_name_that_begins_with_a_numeral_is_not_found_inside_a_number() -> None:
    assert NAMES.find("走了十五里") == []
    assert len(NAMES.find("五里12")) == 1
