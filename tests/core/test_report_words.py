"""A campaign that counts households: its own word of counting is read like 名 and 个."""

from __future__ import annotations

import pytest

from bot.core import text
from bot.core.model import Indicator, IndicatorKind, Level, ValueMode
from bot.core.reading import How, Lexicon
from bot.core.report import grammar
from bot.core.unitnames import Names, Place

OWN = Place("v", "东山村委会", Level.VILLAGE, 0)
WORDS = Lexicon(
    (
        Indicator(
            1, 1, "visits", "走访户数", ("走访",), IndicatorKind.COUNT, Level.VILLAGE, "户",
            ValueMode.INCREMENT, (), None,
        ),
        Indicator(
            2, 1, "home", "妇女之家", (), IndicatorKind.COMPLETION, Level.VILLAGE, "个",
            ValueMode.TOTAL, (), None,
        ),
    ),
    OWN,
    Names([OWN]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("走访户数42户", 42),
        ("走访了30户", 30),
        ("又走访12户", 12),
        ("走访户数：12户。", 12),
        ("走访三十二户", 32),
        ("走访户数零户", 0),
        ("户数：300，走访12户", 12),
        ("全村200户，走访12户", 12),
        ("走访12户，慰问5户", 12),
        ("走访12户人家", 12),
    ],
)
def test_what_is_counted_in_households_is_clear(said: str, value: int) -> None:
    found = grammar.read(text.line(said), WORDS, how=How.TYPED)
    assert [(claim.indicators, claim.value) for claim in found.claims] == [(("visits",), value)]
    assert not found.questions


@pytest.mark.parametrize(
    "said",
    [
        "12户",
        "走访12名",
        "走访12户贫困户",
        "计划走访12户",
        "走访12户左右",
        "走访留守儿童12户",
        "妇女之家12户",
    ],
)
def test_what_may_be_other_households_is_asked_about(said: str) -> None:
    assert grammar.read(text.line(said), WORDS, how=How.TYPED).questions
