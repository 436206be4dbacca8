"""A day that is named lies ahead or behind by the day on which she speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core import text
from bot.core.reading import How
from bot.core.report import grammar
from tests.core.test_report import lexicon


@pytest.mark.parametrize(
    ("said", "today", "clear"),
    [
        ("会改联8号完成", date(2026, 12, 9), True),
        ("会改联8号完成", date(2026, 12, 8), True),
        ("会改联8号完成", date(2026, 12, 7), False),
        ("会改联8号完成", date(2026, 11, 28), False),
        ("会改联8号完成", date(2026, 11, 20), True),
        ("会改联8号完成", None, True),
        ("会改联12月28日完成", date(2027, 1, 4), True),
        ("会改联12月28日完成", date(2026, 12, 4), False),
        ("会改联1月8日完成", date(2026, 12, 20), False),
        ("执委8号选12个", date(2026, 12, 7), False),
        ("执委8号选12个", date(2026, 12, 10), True),
        ("新增执委12名，8号投票", date(2026, 12, 7), False),
        ("新增执委12名，8号投票", None, False),
        ("会改联8号完成了", date(2026, 12, 7), True),
        ("新增执委12名，8号选的", date(2026, 12, 7), True),
    ],
)
def test_a_day_without_more_is_a_plan_when_it_lies_ahead(
    said: str, today: date | None, *, clear: bool
) -> None:
    words = replace(lexicon("东山村"), today=today)
    assert grammar.read(text.line(said), words, how=How.TYPED).clear is clear
