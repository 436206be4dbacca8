"""A text on the two lines of a card."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.core import card


@given(st.text("一二，。 1234567890.%/ab", max_size=80))
def test_nothing_is_lost_between_the_halves_and_no_number_is_parted(text: str) -> None:
    flat = " ".join(text.split())
    head, rest = card.halves(text)
    assert head + rest == flat
    assert card.holds(head)
    long = re.search("[!-~]{19}", flat)  # a word that fills a line must be parted somewhere
    assert long or not rest or not re.search(r"\d$", head) or not re.match(r"[\d.%/]", rest)


def test_a_text_is_parted_where_a_reader_pauses() -> None:
    said = "强基固本百日攻坚：12月5日应完成33.3%，政和县现在0/10"
    assert card.halves(said) == ("强基固本百日攻坚：12月5日应完成", "33.3%，政和县现在0/10")
    assert card.halves("短的") == ("短的", "")
