"""What is said of 新增执委 is heard the same of any other count: the tables once more, in the words of another campaign."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from zlib import crc32

import pytest

from bot.core import text
from bot.core.model import Level
from bot.core.reading import How, Lexicon, Reading
from bot.core.report import grammar
from tests.core import corpora
from tests.core.test_report import INDICATORS, claimed, indicator, lexicon

VOLUNTEERS = ("新增巾帼志愿者·村", "新增巾帼志愿者", "巾帼志愿者")
_FIGURE = re.compile("(?<![乡镇村老新])执委(?!会)")
_ELECTED = re.compile("巾帼|志愿|[选届任]|换届|妇女|党员|委员|[职智纸值直]|乡镇|村执委")
"""Sentences that only make sense of those who were elected, or that hold the word itself."""
ROWS = [
    r
    for r in corpora.rows("report_apart_*.yaml")
    if r.get("how", "typed") == "typed" and crc32(r["say"].encode()) % 5 == 0
]
"""A fifth of them, the same ones whatever is added."""


@cache
def other(speaker: str, *names: str, word: str = "名") -> Lexicon:
    figure = indicator(4, "ZWC", Level.VILLAGE, *names, unit_word=word)
    return replace(lexicon(speaker), indicators=(*INDICATORS[:2], figure))


def heard(
    said: str, speaker: str = "东山村", names: tuple[str, ...] = VOLUNTEERS, word: str = "名"
) -> Reading:
    return grammar.read(text.line(said), other(speaker, *names, word=word), how=How.TYPED)


def told(said: str, names: tuple[str, ...] = VOLUNTEERS, word: str = "名") -> str:
    """What is recorded of her own village, and `?` for a question before it."""
    got, own = heard(said, "东山村", names, word), lexicon("东山村").own.key
    return " ".join([*(claimed(c, own) for c in got.claims), *("?" for _ in got.questions[:1])])


def transplanted() -> list[tuple[dict[str, str], str]]:
    """Rows of villages about 新增执委 and how they sound of volunteers."""
    return [
        (row, _FIGURE.sub("巾帼志愿者", row["say"]))
        for row in ROWS
        if _FIGURE.search(row["say"])
        and not _ELECTED.search(row["say"])
        and "执委" not in _FIGURE.sub("", row["say"])
        and not row.get("as", "东山村").endswith(("乡", "镇", "县", "街道"))
    ]


def test_a_clear_report_is_as_clear_of_another_count() -> None:
    rows = [(row, said) for row, said in transplanted() if "read" in row and "/" not in row["read"]]
    assert len(rows) > 300
    wrong = []
    for row, said in rows:
        speaker = row.get("as", "东山村")
        got = heard(said, speaker)
        read = " ".join(claimed(c, lexicon(speaker).own.key) for c in got.claims)
        if (read, got.questions) != (row["read"], ()):
            wrong.append((said, read, got.questions))
    assert not wrong


def test_what_is_asked_of_the_one_is_not_recorded_of_the_other() -> None:
    rows = [(row, said) for row, said in transplanted() if "ask" in row]
    assert len(rows) > 300
    assert not [said for row, said in rows if heard(said, row.get("as", "东山村")).clear]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("巾帼志愿者8名，说错了，应该是9名", "ZWC=9"),
        ("会改联完成，巾帼志愿者10名……说错了，是14名", "HGL=done ZWC=14"),
        ("巾帼志愿者12，不对不对，11名", "ZWC=11"),
        ("新增巾帼志愿者3名，共15名", "ZWC=15"),
        ("巾帼志愿者本周新增3名，目前15名", "ZWC=15"),
        ("新增巾帼志愿者12名，15名", "ZWC=15 ?"),
        ("巾帼志愿者增加3名，15名", "ZWC=15 ?"),
    ],
)
def test_a_count_of_all_there_are_is_corrected_and_told_as_any(said: str, read: str) -> None:
    assert told(said, ("巾帼志愿者",)) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("走访家庭8户，说错了，应该是9户", "ZWC=9"),
        ("走访家庭十二户（12户）", "ZWC=12"),
        ("10户，走访家庭", "ZWC=10"),
        ("走访家庭12户，不对，13户", "ZWC=13"),
        ("全村200户，走访家庭12户", "ZWC=12"),
        ("走访家庭12户，15户", "ZWC=12 ZWC=15 ?"),
        ("走访家庭十来户", "?"),
        ("走访家庭35人", "ZWC=35 ?"),
        ("3户走访家庭没空", "ZWC=3 ?"),
        ("走访家庭5户，其余7户", "ZWC=5 ?"),
        ("走访家庭12户，解决困难3件", "ZWC=12"),
    ],
)
def test_households_are_counted_with_their_own_word(said: str, read: str) -> None:
    assert told(said, ("走访家庭",), "户") == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("建家完成", "HGL=done"),
        ("建家还没弄好", "HGL=not ?"),
        ("建家：无", "?"),
        ("你们建家完成了", "?"),
        ("12月10日建家完成", "?"),
        ("批文下来，建家就完成了", "?"),
        ("建家照片，已完成", "?"),
        ("建家完成，巾帼志愿者10名……说错了，是14名", "HGL=done ZWC=14"),
    ],
)
def test_another_work_of_the_village_is_done_or_not_as_ours_is(said: str, read: str) -> None:
    volunteers = other("东山村", "巾帼志愿者")
    build = replace(INDICATORS[1], name="妇女之家建设", aliases=("妇女之家建设", "建家"))
    words = replace(volunteers, indicators=(INDICATORS[0], build, volunteers.indicators[2]))
    got, own = grammar.read(text.line(said), words, how=How.TYPED), words.own.key
    told = [*(claimed(c, own) for c in got.claims), *("?" for _ in got.questions[:1])]
    assert " ".join(told).endswith(read)
    assert got.clear == ("?" not in read)


def test_a_question_points_at_what_was_said() -> None:
    said = "会改联完成，走访家庭十来户"
    question = heard(said, names=("走访家庭",), word="户").questions[0]
    assert "十来户" in said[slice(*question.span)]
