"""Script, width, spaces, punctuation and faces mean the same; placeholders are known before they are folded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import text
from bot.core.text import Line


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("會改聯完成，新增執委１２名！", "会改联完成,新增执委12名!"), ("Ｋ７Ｍ２ＱＸ", "K7M2QX"), ("  收 \u3000 到 ", "收到"),
        ("收\u200b到\ufeff", "收到"), ("会改联✅", "会改联✓"), ("收到🌹", "收到"), ("收到/:rose/:strong", "收到"),
        ("①会改联", "(1)会改联"), ("[会改联]12", "[会改联]12"), ("\ud800收到", "收到"), ("1️⃣", "1"),
        ("「张三：明天开会」\n- - - - - - - -\n好的", "好的"),
        ("进 度 ！", "进度!"),
        ("收 到 12", "收到12"),
        ("绑 定 K 7 M 2 Q X", "绑定K7M2QX"),
        ("东山 3 西山 0", "东山 3 西山 0"),
        ("1 2 3", "1 2 3"),
        ("臺帳", "台账"),
        ("【收到12】", "收到12"), ("收到（12）", "收到12"), ("新增执委[12]名", "新增执委[12]名"),
    ],
)  # fmt: skip
def test_what_is_typed_is_folded(raw: str, folded: str) -> None:
    assert text.fold(raw) == folded


@pytest.mark.parametrize(
    "raw", ["👌", "🙏", "👍🏽", "[OK]", "/:strong", "/:ok", "[抱拳]", "[Worship]", "[强][强]"]
)
def test_thumbs_agree(raw: str) -> None:
    line = text.line(raw)
    assert line.bare
    assert line.agrees


@pytest.mark.parametrize("raw", ["🌹", "[微笑]", "/:rose", "👎", "/:weak", "👍👎", "", "收到"])
def test_other_faces_do_not_agree(raw: str) -> None:
    assert not text.line(raw).agrees


@pytest.mark.parametrize(
    "raw",
    ["【收到不支持的消息类型，暂无法显示】", "[收到不支持的消息类型，暂无法显示]", "[动画表情]"],
)
def test_a_sticker_is_known_by_its_placeholder(raw: str) -> None:
    line = text.line(raw)
    assert line.sticker
    assert line.bare


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_any_text_folds_and_folding_again_changes_nothing(raw: str) -> None:
    line = text.line(raw)
    assert line.raw == raw
    assert text.key(line.text) == text.key(text.fold(line.text))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_a_line_is_its_own_value(raw: str) -> None:
    assert text.line(raw) == text.line(raw) != Line(raw + "x", "", "")
