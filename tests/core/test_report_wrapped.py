"""What must be asked about stays so, whatever courtesy stands before it or behind it."""

from __future__ import annotations

from functools import cache

import pytest

from bot.core import unitnames
from bot.core.model import Level
from tests.core import corpora
from tests.core.test_report import lexicon, read

_BEFORE = (
    "领导好，",
    "收到。",
    "{}：",
    "{} ",
    "主席叫我报：",
    "截至7.25，",
    "《会改联推进通知》收到了，",
)
_BEHIND = ("，谢谢", "哈", "，照片发群里了", "，主席跟我说的", "，没啥说的", "，9点多散的")
_TABLES = ("report_ask.yaml", "report_units_4.yaml", "report_gaps_4.yaml", "report_apart_13.yaml")
_STEP = 5  # of their rows, one in so many


@cache
def _asked() -> list[tuple[str, str]]:
    rows = [row for table in _TABLES for row in corpora.rows(table) if "ask" in row]
    typed = [row for row in rows if row.get("how") != "heard"][::_STEP]
    return [(row["say"], row.get("as", "东山村")) for row in typed]


@pytest.mark.parametrize("around", [*_BEFORE, *_BEHIND])
def test_a_courtesy_beside_a_doubtful_report_makes_it_no_clear_one(around: str) -> None:
    recorded = []
    for said, speaker in _asked():
        own = lexicon(speaker).own
        if "{}" in around and own.level is not Level.VILLAGE:
            continue  # whose own name makes a figure hers
        name = around.format(unitnames.short(own.name, own.level))
        whole = name + said if around in _BEFORE else said + name
        got = read(whole, speaker)
        if got.clear and got.claims:
            recorded.append(whole)
    assert not recorded
