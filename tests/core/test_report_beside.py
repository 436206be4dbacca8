"""A clause beside a clear report: what could bear on its figures is asked about, everyday life is not."""

from __future__ import annotations

import pytest

from tests.core import corpora
from tests.core.test_report_around import read, told

BASES = ("会改联完成，新增执委12名", "新增执委12名")


def clauses(*names: str) -> list[str]:
    """The clauses of tables of tests/corpus/clauses."""
    folder = corpora.FOLDER / "clauses"
    return [one for name in names for one in (folder / f"{name}.txt").read_text("utf-8").split()]


def same(sentence: str, base: str) -> bool:
    """Whether the sentence is as clear as the base alone, and says the same."""
    got = read(sentence)
    return got.clear and [(c.indicators, c.value) for c in got.claims] == [
        (c.indicators, c.value) for c in read(base).claims
    ]


@pytest.mark.parametrize("base", BASES)
def test_what_could_bear_on_the_figures_is_asked_about(base: str) -> None:
    behind = [
        said
        for one in clauses("bearing", "bearing_behind")
        for said in (f"{base}，{one}", f"{base}。{one}。")
    ]
    front = [f"{one}，{base}" for one in clauses("bearing", "bearing_in_front")]
    assert not [one for one in (*behind, *front) if told(read(one))]


@pytest.mark.parametrize("base", ["会改联完成了新增执委十二名", "新增执委12名"])
def test_what_could_bear_on_them_is_asked_about_without_any_sign_as_well(base: str) -> None:
    behind = [base + one for one in clauses("bearing", "bearing_behind")]
    front = [one + base for one in clauses("bearing", "bearing_in_front")]
    got = {one: read(one) for one in (*behind, *front)}
    assert not [s for s, one in got.items() if one.clear and any(c.value == 12 for c in one.claims)]


@pytest.mark.parametrize("base", BASES)
def test_everyday_life_beside_it_changes_nothing(base: str) -> None:
    front = [f"{one}，{base}" for one in clauses("everyday", "everyday_in_front")]
    behind = [
        said
        for one in clauses("everyday", "everyday_behind")
        for said in (f"{base}，{one}", f"{base}。{one}。")
    ]
    assert not [one for one in (*front, *behind) if not same(one, base)]


def test_another_village_is_not_passed_over_for_the_weather_it_has() -> None:
    assert not read("念山村停电了，新增执委9名").clear
    assert same("我们村停电了，新增执委12名", "新增执委12名")


def test_a_figure_is_not_passed_over_for_what_life_was_around_it() -> None:
    assert told(read("会改联顶着太阳做完了，饭都没吃"))


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("多写了一个", [12, 11]),
        ("漏了一个", [12, 13]),
        ("多报了两名", [12, 10]),
        ("走了一个", [12, 11]),
        ("少了一个", [12, 11, 13]),
    ],
)
def test_a_number_that_is_off_by_some_is_asked_about_and_never_the_difference_alone(
    said: str, values: list[int]
) -> None:
    got = read(f"新增执委12名，{said}")
    assert (got.clear, [c.value for c in got.claims]) == (False, values)


def test_a_part_that_is_more_than_the_whole_is_asked_about() -> None:
    assert not read("新增执委8名，其中党员9名").clear
    assert told(read("新增执委9名，其中党员9名"))
