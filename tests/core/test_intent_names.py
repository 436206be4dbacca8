"""Names of units in questions: no word of ours is read out of them, whether they are hers or not."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core import intent, intent_names, intents, text
from tests.core.test_unitfinding import everybody

FORMS = ("进度 {}", "{}进度", "查一下{}进度", "{}搞到哪了", "谁没报 {}", "{}哪几个村没报", "提醒 {}", "催一下{}", "谁没签收 {}", "谁没转 {}", "{}周报")  # fmt: skip


def _questions() -> Iterator[tuple[str, str]]:
    for number, unit in enumerate(everybody().values()):
        yield unit.short, FORMS[number % len(FORMS)].format(unit.short)
        yield unit.names[-1], FORMS[number % 5].format(unit.names[-1])


def test_no_word_of_ours_is_taken_out_of_a_name() -> None:
    for name, said in _questions():
        line = text.line(said)
        got = intent.read(line, danger_words=(), names=[text.fold(name)])
        assert getattr(got, "unit_words", None) == text.fold(name), (said, got)


def test_of_a_name_that_is_not_hers_never_another_name_is_left() -> None:
    known = {text.fold(name) for unit in everybody().values() for name in unit.names}
    for name, said in _questions():
        words = getattr(intent.read(text.line(said), danger_words=()), "unit_words", "")
        assert words == text.fold(name) or words not in known, (said, words)


def test_a_question_about_one_figure_keeps_figure_and_unit_apart() -> None:
    for said in ("谁没报 区域化", "谁没报区域化", "区域化谁没报"):
        got = intent.read(text.line(said), danger_words=(), indicators=("区域化",))
        assert got == intents.WhoNotReported("", "区域化")
    got = intent.read(
        text.line("谁没报 区域化 四鹤街道"),
        danger_words=(),
        indicators=("区域化",),
        names=["四鹤街道"],
    )
    assert got == intents.WhoNotReported("四鹤街道", "区域化")


def test_a_plain_report_is_read_without_looking_for_names() -> None:
    for said in ("改好了，新选12个", "会改联完成，新增执委12名", "收到", "没变化"):
        assert not intent_names.asks(text.line(said))
