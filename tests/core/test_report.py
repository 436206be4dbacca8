"""Reports are read right or asked about: the tables of tests/corpus/report_*.yaml."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import text, unitnames
from bot.core.model import Indicator, IndicatorKind, Level, ValueMode
from bot.core.reading import Claim, How, Lexicon, Mark, Reading
from bot.core.report import grammar
from bot.core.unitnames import Place
from tests.core import corpora, counties

TODAY = date(2026, 11, 30)
"""The day on which all is said, unless a test says otherwise."""
LEVELS = {level.word: level for level in Level}
UNITS = Path(__file__).parents[2] / "config" / "data" / "nanping-units.csv"


def indicator(
    number: int, code: str, level: Level, *aliases: str, unit_word: str = ""
) -> Indicator:
    kind = IndicatorKind.COUNT if unit_word else IndicatorKind.COMPLETION
    return Indicator(
        number, 1, code, aliases[0], aliases, kind, level, unit_word, ValueMode.TOTAL, (), 500
    )


INDICATORS = (
    indicator(1, "QYH", Level.TOWNSHIP, "乡镇区域化", "区域化建设", "区域化"),
    indicator(2, "HGL", Level.VILLAGE, "会改联"),
    indicator(
        3, "ZWX", Level.TOWNSHIP, "新增执委·乡镇", "乡镇执委", "新增执委", "执委", unit_word="名"
    ),
    indicator(4, "ZWC", Level.VILLAGE, "新增执委·村", "村执委", "新增执委", "执委", unit_word="名"),
)


@cache
def tree() -> dict[str, dict[str, str]]:
    with UNITS.open(encoding="utf-8-sig") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@cache
def lexicon(speaker: str) -> Lexicon:
    rows = tree()
    own = next(
        r
        for r in rows.values()
        if speaker in (r["code"], unitnames.short(r["name"], LEVELS[r["level"]]))
    )

    def place(row: dict[str, str], depth: int) -> Place:
        return Place(row["code"], row["name"], LEVELS[row["level"]], depth, row["parent_code"])

    places, above = [place(own, 0)], rows.get(own["parent_code"])
    for depth in (-1, -2):
        if above:
            places.append(place(above, depth))
            above = rows.get(above["parent_code"])
    for depth in (1, 2):
        over = {p.key for p in places if p.depth == depth - 1}
        places += [place(r, depth) for r in rows.values() if r["parent_code"] in over]
    names, around = unitnames.Names(places), counties.around(own["code"])
    return Lexicon(INDICATORS, places[0], names, TODAY, around)


def read(said: str, speaker: str = "东山村", how: str = "typed") -> Reading:
    return grammar.read(text.line(said), lexicon(speaker), how=How(how))


def claimed(claim: Claim, own: str) -> str:
    value = claim.value.value if isinstance(claim.value, Mark) else str(claim.value)
    names = "|".join(
        unitnames.short(tree()[key]["name"], LEVELS[tree()[key]["level"]]) for key in claim.units
    )
    return (
        "" if claim.units == (own,) else f"{names}/"
    ) + f"{'|'.join(claim.indicators) or '*'}={value}"


@pytest.mark.parametrize("table", corpora.tables("report_*.yaml"))
def test_every_report_of_a_table_is_read_as_it_is_meant(table: str) -> None:
    wrong = [(row, got) for row in corpora.rows(table) if (got := misread(row)) is not None]
    assert not wrong


def misread(row: Any) -> Reading | None:
    """The reading of a row's sentence if it is not what the row says."""
    speaker = row.get("as", "东山村")
    got = read(row["say"], speaker, row.get("how", "typed"))
    asked = sorted({q.ask.value for q in got.questions})
    if row.get("none"):
        right = got.nothing
    elif "ask" in row:
        right = not got.clear and bool(set(asked) & set(row["ask"]))
    else:
        own = lexicon(speaker).own.key
        right = (" ".join(claimed(c, own) for c in got.claims), asked) == (row["read"], [])
    if "then" in row:
        right = right and {q.ask.value for q in got.follow_ups} == set(row["then"])
    return None if right else got


SAID = [r["say"] for r in corpora.rows("*.yaml")]
ANYTHING = st.text(max_size=50) | st.lists(
    st.sampled_from(SAID) | st.text(max_size=4), max_size=3
).map("".join)
SPEAKERS = st.sampled_from(["东山村", "星溪乡", "石屯镇", "政和县", "百丈村"])


@settings(max_examples=400, deadline=None)
@given(ANYTHING, SPEAKERS, st.sampled_from(list(How)))
def test_any_text_at_all_gets_some_reading(said: str, speaker: str, how: How) -> None:
    got = grammar.read(text.line(said), lexicon(speaker), how=how)
    assert got.clear <= bool(got.claims)


@settings(max_examples=400, deadline=None)
@given(ANYTHING, SPEAKERS)
def test_a_clear_reading_has_one_unit_and_one_figure_for_every_claim(
    said: str, speaker: str
) -> None:
    got = grammar.read(text.line(said), lexicon(speaker), how=How.TYPED)
    if got.clear:
        assert all(len(c.units) == 1 and len(c.indicators) <= 1 for c in got.claims)


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 99),
    st.sampled_from(["新增执委{}名", "会改联完成，新增执委{}名", "我村选了{}个", "东山村执委：{}"]),
)
def test_a_number_that_was_heard_is_always_asked_back(number: int, sentence: str) -> None:
    said = sentence.format(number)
    assert read(said).clear
    assert not read(said, how="heard").clear


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from(SAID), min_size=2, max_size=3).map("，".join),
    st.integers(100, 999).filter(lambda number: number != 111),  # which is a receipt
)
def test_digits_that_nobody_explained_are_never_passed_over(said: str, number: int) -> None:
    got = read(f"{said}，{number}")
    values = [c.value for c in got.claims]
    assert not got.clear or number in values or re.search("其中", said)


def test_a_figure_without_aliases_is_known_by_the_name_a_village_says():
    bare = tuple(replace(one, aliases=()) for one in INDICATORS)
    known = replace(lexicon("东山村"), indicators=bare)
    got = grammar.read(text.line("新增执委12名"), known, how=How.TYPED)
    assert got.clear
    assert [(claim.indicators, claim.value) for claim in got.claims] == [(("ZWC",), 12)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("我乡乡镇执委新增18名", ["ZWX=18"]),
        ("念山村新增村执委9名", ["念山村/ZWC=9"]),
        ("村执委新增18名", None),
        ("新增的镇执委和村执委是17名", None),
    ],
)
def test_figures_of_two_levels_that_share_their_names_are_told_apart_by_the_level(
    said: str, told: list[str] | None
) -> None:
    shared = [
        replace(one, aliases=("新增执委", "执委")) if one.unit_word == "名" else one
        for one in INDICATORS
    ]
    known = replace(lexicon("星溪乡"), indicators=tuple(shared))
    got = grammar.read(text.line(said), known, how=How.TYPED)
    own = lexicon("星溪乡").own.key
    assert ([claimed(c, own) for c in got.claims] if got.clear else None) == told


def test_a_place_that_is_not_hers_is_never_her_own_whatever_numerals_its_name_holds() -> None:
    numerals = re.compile("[一二三四五六七八九十百千万]")
    own = lexicon("东山村").names
    for row in tree().values():
        level = LEVELS[row["level"]]
        for name in (unitnames.short(row["name"], level), unitnames.bare(row["name"], level)):
            if level is not Level.VILLAGE or not numerals.search(name) or own.named(name):
                continue
            for said in (f"{name} 4个", f"{name}12名", f"{name}会改联完成，新增执委12名"):
                assert not read(said).clear, said
