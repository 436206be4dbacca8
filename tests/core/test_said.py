"""Reports as people say them: recorded right or asked about, never misread in silence."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import numerals, text
from bot.core.reading import Ask, How, Reading
from bot.core.report import grammar
from bot.core.report.tokens import forms, numbers
from tests.core import said

CORPUS = Path(__file__).parents[1] / "corpus" / "said"
LEAST_RIGHT = 0.99


@cache
def judged(path: Path) -> list[tuple[dict[str, Any], str, said.Got]]:
    return [(row, *said.judge(row)) for row in said.rows(path)]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_row_of_a_kind_is_recorded_right_or_asked_about(path: Path) -> None:
    wrong = [said.fault(row, how, got) for row, how, got in judged(path) if how != said.RIGHT]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_misread_in_silence_and_nearly_all_is_right() -> None:
    kinds = [
        (row["kind"], how) for path in sorted(CORPUS.glob("*.yaml")) for row, how, _ in judged(path)
    ]
    verdicts = [how for _, how in kinds]
    assert said.MISREAD not in verdicts, said.table(kinds)
    assert verdicts.count(said.RIGHT) >= LEAST_RIGHT * len(verdicts), said.table(kinds)


# ---- whatever the number, however it is dressed ----------------------------------------------------------

KNOWN = said.lexicon("350725200203", ("hgl", "zw"))
FORMAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SENTENCES = st.sampled_from(
    [
        "新增执委{}名", "执委：{}", "我村新选了{}个", "{}名新增执委", "会改联完成，执委{}名", "东山 {}",
        "今天开选举会，选出执委{}名，谢谢", "新增执委{}名，其中党员0名", "执委{}人，特此报告",
    ]
)  # fmt: skip
TRADITIONAL = str.maketrans("会联执东选举党员个谢开", "會聯執東選舉黨員個謝開")
DRESSES = st.sampled_from(
    [
        lambda s: s + "🌹🌹", lambda s: "/:rose" + s + "[强]", lambda s: s.translate(WIDE), lambda s: s.translate(TRADITIONAL),
        lambda s: s + "！！！", lambda s: " " + s + "\u3000", lambda s: s.replace("，", "\n"), "\u200b".join,
        lambda s: "领导好，" + s, lambda s: s + "，辛苦了",
    ]
)  # fmt: skip
BESIDE = st.sampled_from(
    [
        "7月28日，", "2026年7月21日，", "昨天下午3点，", "周五，", "联系电话13800000000，", "电话：0599-0000000，", "8月1日上午9:30，",
        "收到政妇〔2026〕12号文件，", "第3次报：", "开会2小时，", "在村部3楼，",
    ]
)  # fmt: skip


def read(sentence: str, how: How = How.TYPED) -> Reading:
    return grammar.read(text.line(sentence), KNOWN, how=how)


def values(got: Reading) -> list[Any]:
    assert got.clear, got
    return sorted((claim.indicators, claim.value) for claim in got.claims)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 60), SENTENCES, st.sampled_from(["digits", "wide", "chinese", "formal"]))
def test_a_number_reads_back_the_same_in_every_script(n: int, sentence: str, script: str) -> None:
    spelled = numerals.spell(n)
    shown = {
        "digits": str(n),
        "wide": str(n).translate(WIDE),
        "chinese": spelled,
        "formal": spelled.translate(FORMAL),
    }[script]
    assert (("zw",), n) in values(read(sentence.format(shown)))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 60), SENTENCES, DRESSES)
def test_faces_width_script_and_courtesy_change_nothing(n: int, sentence: str, dress: Any) -> None:
    plain = sentence.format(n)
    assert values(read(dress(plain))) == values(read(plain))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 60), SENTENCES, BESIDE)
def test_a_date_or_a_telephone_never_changes_what_is_recorded(
    n: int, sentence: str, beside: str
) -> None:
    plain = sentence.format(n)
    assert values(read(beside + plain)) == values(read(plain))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 60),
    SENTENCES,
    st.sampled_from(
        [
            "争取",
            "计划",
            "下周",
            "如果顺利，就",
            "大概",
            "去年",
            "林屯",
            "隔壁村",
            "王主席说",
            "上级要求",
        ]
    ),
)
def test_a_plan_a_guess_or_somebody_else_is_never_recorded_as_hers(
    n: int, sentence: str, before: str
) -> None:
    got = read(before + sentence.format(n).replace("我村", ""))
    recorded = [c for c in got.claims if c.value == n and c.units == (KNOWN.own.key,)]
    apart = "，" in before + sentence  # a clause of its own may be another matter
    assert not (got.clear and recorded) or apart


def test_a_number_that_was_heard_is_asked() -> None:
    got = read("新增执委14名", How.HEARD)
    assert [q.ask for q in got.questions] == [Ask.HEARD]


def test_a_pattern_is_only_passed_over_where_it_could_not_have_fitted() -> None:
    """Of every row that names characters, no fit does without all of them."""
    rows = [
        *forms.BEFORE_NAMES.rows,
        *forms.AFTER_NAMES.rows,
        *numbers.BEFORE_NAMES.rows,
        *numbers.EXPLAINED.rows,
    ]
    assert not _without("ab?", frozenset("a"))
    assert _without("a?b", frozenset("a"))
    wrong = [
        (one.pattern, "".join(needs)) for _, one, needs in rows if _without(one.pattern, needs)
    ]
    assert not wrong


def _without(pattern: str, chars: frozenset[str]) -> bool:
    """Whether something may fit the pattern in which none of these characters is."""
    return bool(chars) and all(_does_without(part, chars) for part in re._parser.parse(pattern))  # type: ignore[attr-defined]


def _does_without(part: tuple[Any, Any], chars: frozenset[str]) -> bool:
    match str(part[0]), part[1]:
        case "LITERAL", code:
            return chr(code) not in chars
        case "IN", some:
            return any(_may(one, chars) for one in some)
        case "BRANCH", (_, ways):
            return any(all(_does_without(one, chars) for one in way) for way in ways)
        case "SUBPATTERN", (*_, inner):
            return all(_does_without(one, chars) for one in inner)
        case "ASSERT", (_, inner):  # what must stand beside it stands in the line too
            return all(_does_without(one, chars) for one in inner)
        case "MAX_REPEAT" | "MIN_REPEAT", (least, _, inner):
            return least == 0 or all(_does_without(one, chars) for one in inner)
        case _:
            return True


def _may(one: tuple[Any, Any], chars: frozenset[str]) -> bool:
    match str(one[0]), one[1]:
        case "LITERAL", code:
            return chr(code) not in chars
        case "RANGE", (lo, hi):
            return not {chr(code) for code in range(lo, hi + 1)} <= chars
        case "CATEGORY", name if str(name) == "CATEGORY_DIGIT":
            return not set("0123456789") <= chars
        case _:
            return True


def test_a_list_under_the_name_of_any_figure_of_the_campaign_is_of_that_figure() -> None:
    """妇女之家：富美2，念山1 is of what this campaign counts, and 物资：… of nothing of it."""
    row = {"with": ["jg"], "as": "township", "kind": "lists"}
    got = said.hear(row | {"say": "妇女之家：富美2，念山1"})
    assert (got.record, got.ask) == ({}, "other_unit")
    assert [value for _, value in got.offered] == [2, 1]
    assert said.hear(row | {"say": "物资：富美2，念山1"}).ask == "indicator"
