"""A question's day is a day of the past; a level below is no unit's name."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core import asof

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("said", "rest", "day"),
    [
        ("进度 政和县 7月21日", "进度 政和县", date(2026, 7, 21)),
        ("7月21日政和县进度", "政和县进度", date(2026, 7, 21)),
        ("进度 12月1日", "进度", date(2025, 12, 1)),
        ("进度 2025年12月1日", "进度", date(2025, 12, 1)),
        ("进度 2026-11-20", "进度", date(2026, 11, 20)),
        ("进度 11.20 会改联", "进度  会改联", date(2026, 11, 20)),
        ("进度 20号", "进度", date(2026, 11, 20)),
        ("进度 31号", "进度", date(2026, 10, 31)),
        ("政和县上周五进度", "政和县 进度", date(2026, 11, 20)),
        ("政和县上周进度", "政和县 进度", date(2026, 11, 22)),
        ("进度 上上周日", "进度", date(2026, 11, 15)),
        ("进度 上个月底", "进度", date(2026, 10, 31)),
        ("进度 3月", "进度", date(2026, 3, 31)),
        ("进度 十二月底", "进度", date(2025, 12, 31)),
        ("进度 11月", "进度", TODAY),
        ("昨天的进度", "的进度", date(2026, 11, 22)),
        ("截至11月20日的进度", "的进度", date(2026, 11, 20)),
        ("进度 2月30日", "进度", None),
    ],
)
def test_a_day_is_taken_out_and_is_never_to_come(said: str, rest: str, day: date | None):
    left, words = asof.cut(said)
    assert left.strip() == rest
    assert asof.read(words, TODAY) == day


@pytest.mark.parametrize("said", ["比上周快还是慢", "进度 五一九社区", "进度 12", "12号困难进度"])
def test_what_names_no_day_stays_as_it_is(said: str):
    assert asof.cut(said) == (said, "")


@pytest.mark.parametrize(
    ("words", "rest", "level"),
    [
        ("政和县各乡镇", "政和县", "township"),
        ("全市各县市区", "全市", "county"),
        ("各县市", "", "county"),
        ("每个村", "", "village"),
        ("下面各单位", "", asof.ANY_BELOW),
        ("政和县", "政和县", ""),
    ],
)
def test_a_level_below_is_taken_out_of_the_units_name(words: str, rest: str, level: str):
    assert asof.below(words) == (rest, level)
