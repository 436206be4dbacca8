"""Date phrases mean what people mean by them: tests/corpus/dates.yaml."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import dates
from tests.core import corpora

ZONE = ZoneInfo("Asia/Shanghai")
SOMETIME = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001  hypothesis wants them naive
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize("row", corpora.rows("dates.yaml"), ids=corpora.name)
def test_a_date_phrase_names_its_moment(row: Any) -> None:
    wanted = (
        datetime.strptime(row["at"], "%Y-%m-%d %H:%M").replace(tzinfo=ZONE) if row["at"] else None
    )
    assert dates.read(row["say"], NOW) == wanted


PIECES = st.sampled_from(
    [
        *(r["say"] for r in corpora.rows("dates.yaml")),
        "下",
        "周",
        "月",
        "日",
        "点",
        "0",
        "99",
        "三",
        "前",
    ]
)


@settings(max_examples=600, deadline=None)
@given(
    st.text(max_size=20) | st.lists(PIECES, max_size=5).map("".join),
    SOMETIME,
)
def test_any_phrase_is_a_moment_or_nothing(said: str, now: datetime) -> None:
    got = dates.read(said, now.replace(tzinfo=ZONE))
    assert got is None or got.tzinfo is ZONE


@settings(max_examples=300, deadline=None)
@given(SOMETIME)
def test_a_moment_written_out_in_full_is_read_back(at: datetime) -> None:
    assert dates.read(f"{at:%Y-%m-%d %H:%M}", NOW) == at.replace(
        second=0, microsecond=0, tzinfo=ZONE
    )
