"""材料: finished sentences, n of m, nothing cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core import material, wording
from bot.core.ledger import Share
from bot.core.model import Indicator, IndicatorKind, Level, Unit, UnitKind, ValueMode
from bot.core.progress import Light, Progress
from config import words

WORDS = wording.Words(words.load())
AT = datetime(2026, 7, 31, 18, tzinfo=UTC)


def shown(
    name: str,
    kind: IndicatorKind,
    level: Level,
    expected: int,
    total: Share,
    *,
    at: Level = Level.CITY,
    short: str = "南平市",
) -> Progress:
    indicator = Indicator(1, 1, "x", name, (), kind, level, "名", ValueMode.TOTAL, (), None)
    unit = Unit(1, "u", short, short, short, at, UnitKind.REGIONAL, None, 0, 9)
    week = Share(2, 2, 2)
    return Progress(unit, indicator, AT, expected, total, week, 0.5, Light.BEHIND)


DONE, COUNT = IndicatorKind.COMPLETION, IndicatorKind.COUNT
ALL = [
    shown("乡镇区域化", DONE, Level.TOWNSHIP, 129, Share(129, 129, 129)),
    shown("会改联", DONE, Level.VILLAGE, 1841, Share(1841, 1841, 1841)),
    shown("新增执委·乡镇", COUNT, Level.TOWNSHIP, 129, Share(129, 129, 1949)),
    shown("新增执委·村", COUNT, Level.VILLAGE, 1841, Share(1841, 1841, 19382)),
]


def test_all_finished_reads_like_the_federations_own_paragraph():
    assert material.paragraph(WORDS, ALL, AT, limit=600) == (
        "截至7月31日18时，南平市129个乡镇（街道）区域化、1841个村（社区）会改联全部完成。"
        "乡镇新增执委1949名，村新增执委19382名。"
    )


def test_what_is_not_finished_has_a_sentence_of_its_own_with_n_of_m():
    some = [ALL[0], shown("会改联", DONE, Level.VILLAGE, 141, Share(81, 81, 81))]
    some.append(shown("新增执委·村", COUNT, Level.VILLAGE, 141, Share(80, 80, 900)))
    assert material.paragraph(WORDS, some, AT, limit=600) == (
        "截至7月31日18时，南平市129个乡镇（街道）区域化全部完成。"
        "会改联已完成81个村（社区），占141个的57.4%，本周新增2个，滞后计划。"
        "村新增执委900名（141个村（社区）中80个已报）。"
    )


def test_a_village_speaks_of_itself():
    some = [
        shown("会改联", DONE, Level.VILLAGE, 1, Share(1, 1, 1), at=Level.VILLAGE, short="东山村"),
        shown("新增执委·村", COUNT, Level.VILLAGE, 1, Share(), at=Level.VILLAGE, short="东山村"),
    ]
    said = material.paragraph(WORDS, some, AT, limit=120)
    assert said == "截至7月31日18时，东山村会改联已完成。新增执委还没有报数。"


@pytest.mark.parametrize("limit", [40, 70, 90, 120])
def test_what_does_not_fit_is_left_out_whole(limit: int):
    behind = [replace(one, total=Share(5, 5, 5)) for one in ALL[:2]]
    said = material.paragraph(WORDS, behind, AT, limit=limit)
    assert len(said) <= limit
    assert said.endswith(("。", "南平市"))
