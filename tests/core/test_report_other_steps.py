"""Steps, ratios, works that are built and names by their sound, in a campaign that shares no word with the tables."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from bot.core import text
from bot.core.model import IndicatorKind, Level
from bot.core.reading import Claim, How, Lexicon, Ratio, Step
from bot.core.report import grammar, like
from tests.core import corpora
from tests.core.test_report import claimed, indicator, lexicon

FIGURES = (
    indicator(1, "JJ", Level.VILLAGE, "妇女之家", "妇女之家建设", "建家"),
    replace(
        indicator(2, "HJ", Level.VILLAGE, "换届进度", "换届"),
        kind=IndicatorKind.STAGE,
        steps=("摸底", "推荐", "选举会", "备案", "挂牌"),
    ),
    replace(
        indicator(3, "DH", Level.VILLAGE, "到会率", "到会", unit_word="人"),
        kind=IndicatorKind.RATIO,
    ),
    indicator(4, "ZF", Level.VILLAGE, "走访家庭", "走访", "入户走访", unit_word="户"),
    indicator(5, "ZYZ", Level.VILLAGE, "巾帼志愿者", "志愿者", unit_word="名"),
)


@cache
def words(speaker: str) -> Lexicon:
    return replace(lexicon(speaker), indicators=FIGURES)


def told(claim: Claim, own: str) -> str:
    name, _, value = claimed(claim, own).partition("=")
    if isinstance(claim.value, Step):
        value = claim.value.name
    if isinstance(claim.value, Ratio):
        value = f"{claim.value.part}/{claim.value.whole}"
    return f"{name}={value}"


@pytest.mark.parametrize("row", corpora.rows("other_steps.yaml"), ids=corpora.name)
def test_steps_and_works_of_another_campaign(row: dict[str, Any]) -> None:
    assert as_meant(row)


def test_all_that_was_written_apart_of_another_campaign() -> None:
    rows = corpora.rows("other_apart_*.yaml")
    assert rows
    assert not [row for row in rows if not as_meant(row)]


def as_meant(row: dict[str, Any]) -> bool:
    known = words(row.get("as", "东峰村"))
    got = grammar.read(text.line(row["say"]), known, how=How.TYPED)
    if "read" in row:
        read = " ".join(told(c, known.own.key) for c in got.claims)
        return (sorted(read.split()), got.questions) == (sorted(row["read"].split()), ())
    return bool(got.questions) if "ask" in row else got.nothing


def test_what_is_built_may_be_a_report() -> None:
    assert like.possible(text.line("妇女之加建起来了"), like.words_of(FIGURES))
