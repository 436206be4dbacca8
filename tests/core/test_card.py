"""A text on the two lines of a card."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.core import card

TAIL = "…回“全文”"


@given(st.text("一二，。 1234567890.%/ab", max_size=80))
def test_a_line_holds_twenty_and_no_number_is_parted(text: str) -> None:
    flat = " ".join(text.split())
    first, rest, whole = card.parted(text, TAIL)
    assert len(first) <= 20
    assert len(rest) <= 20
    assert (first + rest == flat) is whole
    shown = first + (rest if whole else rest.removesuffix(TAIL))
    assert flat.startswith(shown) or not whole
    if re.search("[!-~]{7}", flat):
        return  # a word that fills a line has to be parted somewhere
    for part, after in ((first, flat[len(first) :]), (shown, flat[len(shown) :])):
        assert not (re.search(r"\d$", part) and re.match(r"[\d.%/]", after))


def test_a_text_is_parted_where_a_reader_pauses() -> None:
    said = "强基固本百日攻坚：12月5日应完成33.3%，政和县现在0/10"
    assert card.parted(said, TAIL) == (
        "强基固本百日攻坚：12月5日应完成",
        "33.3%，政和县现在0/10",
        True,
    )
    assert card.parted("短的", TAIL) == ("短的", "", True)
    long = card.parted(f"{said}，还差10个，请抓紧", TAIL)
    assert long == ("强基固本百日攻坚：12月5日应完成", "33.3%，政和县现在…回“全文”", False)


def test_brackets_behind_the_first_line_make_room_for_what_follows() -> None:
    said = "南平市强基固本百日攻坚周报（12月28日至1月1日16时）：乡镇区域化 59/142（41.5%）滞后计划，会改联 862/1943"
    assert card.parted(said, "…点开看") == (
        "南平市强基固本百日攻坚周报",
        "乡镇区域化 59/142…点开看",
        False,
    )
