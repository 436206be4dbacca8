"""Two campaigns that the grammar was not learned from, each with several counts: nothing that is named is lost in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from bot.core import text
from bot.core.model import Indicator, IndicatorKind, Level
from bot.core.reading import How
from bot.core.report import grammar, wording
from tests.core import corpora
from tests.core.test_report import claimed, indicator, lexicon


def _count(number: int, code: str, word: str, *names: str) -> Indicator:
    return indicator(number, code, Level.VILLAGE, *names, unit_word=word)


CAMPAIGNS: Final = {
    "visits": (
        indicator(1, "JJ", Level.VILLAGE, "妇女之家", "妇女之家建设", "建家"),
        _count(4, "ZF", "户", "走访家庭", "走访", "入户走访"),
        _count(5, "ZYZ", "名", "巾帼志愿者", "志愿者"),
    ),
    "lectures": (
        _count(1, "WW", "人", "慰问老人", "慰问"),
        _count(2, "ET", "所", "建成儿童之家", "儿童之家"),
        replace(_count(3, "CX", "人", "参训率", "参训"), kind=IndicatorKind.RATIO),
        _count(4, "XJ", "场", "宣讲活动", "宣讲"),
    ),
}


@pytest.mark.parametrize("row", corpora.rows("other_counts.yaml"), ids=corpora.name)
def test_several_counts_of_one_campaign(row: dict[str, Any]) -> None:
    words = replace(lexicon(row["as"]), indicators=CAMPAIGNS[row["of"]])
    got = grammar.read(text.line(row["say"]), words, how=How.TYPED)
    told = sorted(claimed(c, words.own.key) for c in got.claims) if got.clear else None
    assert told == (sorted(row["read"].split()) if "read" in row else None)
    assert not got.nothing


def test_the_words_of_a_campaign_keep_their_places() -> None:
    said = "这周家庭走访完成11户，志愿者十来名"
    words = replace(lexicon("东山村"), indicators=CAMPAIGNS["visits"])
    got = grammar.read(text.line(said), words, how=How.TYPED)
    assert any("十来名" in said[slice(*q.span)] for q in got.questions)


def test_a_name_that_is_another_turned_round_is_left_alone() -> None:
    both = (_count(1, "ZF", "户", "走访家庭", "家庭走访"),)
    assert wording.plain("家庭走访11户", both) is None
