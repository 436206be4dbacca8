"""What people type is read as they mean it: the tables of tests/corpus/intent_*.yaml."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core import intent, intents, text
from bot.core.intents import Open
from tests.core import corpora

DANGER = ("打我", "不想活", "家暴", "救命")
ALIASES = ("乡镇区域化", "区域化", "会改联", "新增执委", "执委")


def read(said: str, open_kind: str | None = None) -> intents.Intent:
    kind = Open(open_kind) if open_kind else None
    return intent.read(text.line(said), danger_words=DANGER, open_kind=kind, indicators=ALIASES)


@pytest.mark.parametrize("table", corpora.tables("intent_*.yaml"))
def test_every_sentence_of_a_table_is_read_as_it_is_meant(table: str) -> None:
    wrong = [(row, got) for row in corpora.rows(table) if (got := misread(row)) is not None]
    assert not wrong


def misread(row: Any) -> intents.Intent | None:
    """What a row's sentence is taken for if it is not what the row says."""
    got = read(row["say"], row.get("open"))
    wanted = {k: v for k, v in row.items() if k not in ("say", "open", "is", "file")}
    held = {k: getattr(got, k) for k in wanted if hasattr(got, k)}
    return None if (type(got).__name__, held) == (row["is"], wanted) else got


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted({r["say"] for r in corpora.rows("intent_*.yaml")})))
@example("我的事")
@example("我要报")
def test_a_fixed_command_is_read_alike_without_the_words_of_any_campaign(said: str) -> None:
    line = text.line(said)
    if intent.fixed(line):
        assert intent.read(line, danger_words=DANGER) == read(said)


def test_the_tap_on_what_waits_for_her_is_a_fixed_command() -> None:
    assert intent.fixed(text.line("我的事"))
    assert not intent.fixed(text.line("进度"))


WORDS = st.sampled_from([r["say"] for r in corpora.rows("*.yaml")])
ANYTHING = st.text(max_size=60) | st.lists(WORDS | st.text(max_size=5), max_size=4).map("".join)


@settings(max_examples=400, deadline=None)
@given(ANYTHING, st.sampled_from([None, *Open]))
def test_any_text_at_all_gets_some_intent(said: str, kind: Open | None) -> None:
    got = intent.read(text.line(said), danger_words=DANGER, open_kind=kind, indicators=ALIASES)
    assert isinstance(got, get_args(intents.Intent))


@settings(max_examples=300, deadline=None)
@given(ANYTHING, st.sampled_from([None, *Open]))
def test_only_the_exact_words_confirm_a_broadcast(said: str, kind: Open | None) -> None:
    if isinstance(read(said, kind), intents.ConfirmSend):
        assert text.line(said).key == "确认发送"


@pytest.mark.parametrize(
    "said", ["确认发送？", "确认发送👎", "不确认发送", "确认发送12", "确认发送 对", "发送", "是"]
)
def test_what_is_not_exactly_the_words_does_not_send(said: str) -> None:
    assert not isinstance(read(said, "preview"), intents.ConfirmSend)


@settings(max_examples=100, deadline=None)
@given(ANYTHING, ANYTHING, st.sampled_from([None, *Open]))
def test_danger_comes_before_everything(before: str, after: str, kind: Open | None) -> None:
    assert read(f"{before}不想活了{after}", kind) == intents.Danger()
