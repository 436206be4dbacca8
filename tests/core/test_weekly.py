"""The weekly analysis by itself: outliers, milestones, sentences, what has room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from bot.core import weekly_chat, weekly_rules, weekly_table
from bot.core.forecast import Days, Outlook, Standing
from bot.core.ledger import Share
from bot.core.model import Campaign, Indicator, IndicatorKind, Level, Milestone, ValueMode
from bot.core.progress import Light
from bot.core.weekly import Child, Odd, Row
from tests.core.weekly_rows import (
    LIMITS,
    MEASURE,
    WORDS,
    child,
    figures,
    row,
    slow,
    texts,
    told,
)


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
        "政和县百日攻坚周报（11月16日至11月20日16时）：会改联 100/200（50.0%）接近计划"
    )
    assert all(
        one.evidence and all(it.path.startswith("/api/v1/") for it in one.evidence) for one in said
    )
    kinds = [one.kind for one in said]
    assert kinds[:2] == ["head", "missed"]
    assert "会改联照现在的进度，大约12月9日全部完成，比计划早22天；最早12月1日，最晚说不准。" in [
        one.text for one in said
    ]


def test_what_never_began_is_zero_and_no_standstill():
    some = slow("a", 0, idle=5), slow("b", 3, idle=5), slow("c", 9), child("d", 60)
    said = texts(figures(row(*some)))
    assert "会改联2周以上没有变化的有1个乡镇（街道）：b乡。" in said
    assert "会改联完成数还是零的有1个乡镇（街道）：a乡。" in said
    assert "会改联滞后计划的有3个乡镇（街道）：a乡、b乡、c乡。" in said, (
        "all of them, also those named before"
    )


def test_who_said_that_nothing_has_begun_does_not_stand_still():
    def village(code: str, steps: int) -> Child:
        one = slow(code, 0, idle=5, expected=1, value=steps)
        return replace(one, total=replace(one.total, reported=1))

    stage = replace(MEASURE, kind="stage", level=int(Level.TOWNSHIP))
    said = texts(figures(replace(row(village("a", 0), village("b", 2)), measure=stage)))
    assert "会改联2周以上没有变化的有1个乡镇（街道）：b乡。" in said


def test_where_it_is_all_of_them_nobody_is_named_and_nothing_is_said_twice():
    said = texts(figures(row(*(slow(str(at), 0, idle=5) for at in range(8)))))
    assert "会改联8个乡镇（街道）的完成数都还是零。" in said
    assert not any("滞后计划的" in one or "没有变化的" in one for one in said)
    said = texts(figures(row(*(slow(str(at), 1) for at in range(8)))))
    assert "会改联8个乡镇（街道）都滞后计划。" in said


def test_more_than_five_are_counted_first_and_then_named():
    said = texts(figures(row(*(slow(str(at), 1) for at in range(7)), child("x", 60))))
    assert "会改联滞后计划的有7个乡镇（街道）：0乡、1乡、2乡、3乡、4乡等。" in said


def test_who_reports_by_herself_is_undone_where_the_whole_is_behind_and_neither_slow_nor_still():
    some = (slow("a", 0, idle=5, expected=1), child("b", 1, 1))
    measure = replace(MEASURE, level=int(Level.TOWNSHIP))
    one = replace(row(*some), measure=measure)
    assert not any("a乡" in text for text in texts(figures(one)) if "没报" not in text)
    late = texts(figures(replace(one, light=Light.BEHIND)))
    assert "会改联没有完成的有1个乡镇（街道）：a乡。" in late
    assert not any("零" in text or "滞后计划的" in text or "没有变化的" in text for text in late)


def test_the_week_stands_beside_all_so_far_and_the_plan():
    one = row(child("a", 60), child("b", 30))
    assert "会改联本周新增5个，累计90个，按计划应有100个，差10个。" in texts(figures(one))
    assert "会改联本周新增5个，累计90个，按计划应有90个。" in texts(
        figures(replace(one, planned=0.45))
    )
    assert "会改联本周新增5个，累计90个，按计划应有80个，多10个。" in texts(
        figures(replace(one, planned=0.4))
    )


def test_steps_are_movement_though_nobody_is_through():
    measure = replace(MEASURE, kind="stage", name="换届")
    one = replace(row(child("a", 0)), measure=measure, week=Share(3, 0, 7))
    said = texts(figures(one))
    assert "换届本周一共往前走了7步。" in said
    assert not any("本周没有变化" in text for text in said)


def test_a_day_soon_is_told_without_its_year():
    at = datetime(2026, 12, 25, 16, 7, tzinfo=UTC)
    outlook = Outlook(Standing.OPEN, None, date(2027, 1, 5), date(2027, 1, 21), date(2027, 12, 1))
    one = replace(row(child("a", 60)), outlook=outlook, due=date(2027, 1, 29))
    assert (
        "会改联照现在的进度，大约1月21日全部完成，比计划早8天；八成把握在1月5日到2027年12月1日之间。"
        in texts(replace(figures(one), as_of=at))
    )


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
    assert len(kept) == len(said) or lines[-1] == f"还有{len(said) - len(kept)}句放不下。"


def test_the_large_table_has_every_unit_once_in_the_official_order():
    one = figures(
        row(child("a", 1), child("c", 3)), row(child("b", 2), child("c", 3), child("d", 4))
    )
    assert [place.code for place in weekly_table.places(one)] == ["b", "a", "c", "d"]
    table = weekly_table.whole(WORDS, one)
    assert {len(cells) for cells in table.rows} == {len(table.head)}


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
    assert said[0].endswith("覆盖率 1207/1600（75.4%），已报 7/7。")
    assert "覆盖率上周末75.6%，现在75.4%。" in said
    whole = replace(one.rows[0], week=Share(0, 0, 0, 7), expected=8)
    said = texts(figures(whole))
    assert "覆盖率上周末75.8%，现在75.4%。" in said
    assert not any("本周没有变化" in text for text in said)
    first = replace(one.rows[0], week=one.rows[0].total)
    assert "覆盖率本周开始有数，现在75.4%。" in texts(figures(first))
    assert "覆盖率明显低于其他：5乡（中间的是60.0%）。" in said
    assert weekly_table.of_row(WORDS, one.rows[0]).rows[0] == ("0乡", "60/100", "")
    assert weekly_table.whole(WORDS, one).rows[0][2:5] == (60, 100, 0.6)


@pytest.mark.parametrize(
    ("reported", "value", "shown"),
    [(0, 0, ""), (2, 0, "0（2/3）"), (3, 0, "0"), (2, 7, "7（2/3）")],
)
def test_a_sum_nobody_reported_to_is_empty_and_never_zero(reported: int, value: int, shown: str):
    one = replace(child("t", reported, 3), total=Share(reported, reported, value))
    assert weekly_table.brief(WORDS, one, row(one, leads=True)) == shown


def test_who_reports_herself_is_told_in_words_in_the_tables():
    def village(code: str, total: Share) -> Child:
        one = child(code, 0, 1)
        return replace(one, place=replace(one.place, level=int(Level.VILLAGE)), total=total)

    some = [village(str(at), Share(at > 0, at == 3, at and at - 1)) for at in range(4)]
    completion = row(*some)
    stage = replace(completion, measure=replace(MEASURE, kind="stage"))
    for one, shown in ((completion, "没完成 没完成 已完成"), (stage, "还没开始 第1步 第2步")):
        assert [cells[1] for cells in weekly_table.of_row(WORDS, one).rows] == ["", *shown.split()]
    paper = weekly_table.of_paper(WORDS, figures(completion), indicators=1)
    assert [cells[1] for cells in paper.rows] == ["+1", "没完成 +1", "没完成 +1", "已完成 +1"]


def test_what_it_is_too_early_to_foretell_is_one_sentence_with_all_its_figures():
    early = Outlook(Standing.TOO_EARLY)
    some = [replace(row(child("a", n)), outlook=early) for n in (60, 50, 0)]
    named = [
        replace(one, measure=replace(one.measure, name=name))
        for one, name in zip(some, "甲乙丙", strict=True)
    ]
    (found,) = [one for one in told(figures(*named)) if one.kind == "early"]
    assert found.text == "甲、乙报数还少，先不推算哪天完成。"
    assert {one.indicator_name for one in found.evidence} == {"甲", "乙"}


def test_who_said_nothing_is_told_of_each_figure_and_once_where_they_are_the_same():
    def lacking(name: str, level: Level, *silent: int) -> Row:
        some = [replace(child(str(at), 50), silent=n) for at, n in enumerate(silent)]
        measure = replace(MEASURE, name=name, level=int(level))
        return replace(row(*some), measure=measure, silent=sum(silent))

    own = lacking("区域化", Level.TOWNSHIP, 1, 0, 0)
    some = [lacking(name, Level.VILLAGE, *n) for name, n in (("会改联", (2, 1, 0)), ("走访", (0, 3, 0)), ("帮扶", (2, 1, 0)), ("慰问", (100, 100, 100)))]  # fmt: skip
    one = figures(own, *some, lacking("到会", Level.VILLAGE, 0, 0, 0))
    found = [it for it in told(one) if it.kind.startswith("missing")]
    assert [it.text for it in found] == [
        "区域化本周没报1个：0乡。",
        "会改联、帮扶本周没报3个：0乡 2个、1乡 1个。",
        "走访本周没报3个：1乡 3个。",
        "慰问本周300个村（社区）都没报。",
    ]
    assert {it.indicator_name for it in found[1].evidence} == {"会改联", "帮扶"}
    page = dict(weekly_chat.parts(told(one)))
    assert all(it.text in page["attention"] for it in found)
    last = next(n for n in range(2000) if found[-1] in weekly_chat.chosen(told(one), n))
    kept = {it.kind for it in weekly_chat.chosen(told(one), last)}
    assert "difficulties" in kept, "what waits is not crowded out"


def test_a_sum_that_nobody_has_told_is_no_zero_in_the_first_sentence():
    silent, told_zero = (
        replace(row(child("a", n, value=0), leads=True), total=Share(n, n, 0)) for n in (0, 3)
    )
    assert texts(figures(silent))[0].endswith("都还没报（0/100）。")
    assert "0个（已报 3/100）" in texts(figures(told_zero))[0]
