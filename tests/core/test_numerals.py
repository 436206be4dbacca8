"""Numbers are read exactly or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import numerals
from bot.core.numerals import Kind


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, numerals.MOST))
def test_every_number_is_read_back_from_its_chinese_spelling(number: int) -> None:
    assert numerals.value(numerals.spell(number)) == number
    assert numerals.value(str(number)) == number


def test_every_number_below_twenty_thousand_is_read_back() -> None:
    assert [n for n in range(20_000) if numerals.value(numerals.spell(n)) != n] == []


@pytest.mark.parametrize("outside", [-1, numerals.MOST + 1])
def test_numbers_beyond_the_range_are_refused(outside: int) -> None:
    with pytest.raises(ValueError, match="can be spelled"):
        numerals.spell(outside)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("十二", 12), ("廿一", 21), ("卅", 30), ("俩", 2), ("仨", 3), ("两百五", 250), ("一百二", 120), ("一百十二", 112),
        ("一千二百", 1200), ("一千零二", 1002), ("一万二", 12000), ("1.2万", 12000), ("3百", 300), ("壹佰贰拾叁", 123), ("零", 0),
        ("百", None), ("十百", None), ("五一九", None), ("三四", None), ("3万5", None), ("一千二十", None), ("3.5", None), ("", None),
        ("一百零二十", None), ("万", None), ("零二", None), ("一百二百", None), ("二十一百", None), ("一百零二百", None),
    ],
)  # fmt: skip
def test_a_spelling_has_one_value_or_none(said: str, value: int | None) -> None:
    assert numerals.value(said) == value


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("新选12个", [Kind.EXACT]), ("十来个", [Kind.APPROXIMATE]), ("约12名", [Kind.APPROXIMATE]), ("12名左右", [Kind.APPROXIMATE]),
        ("三四户", [Kind.APPROXIMATE]), ("第3次", [Kind.ORDINAL]), ("12-15名", [Kind.APPROXIMATE]), ("好几个", [Kind.APPROXIMATE]),
        ("80%", [Kind.PERCENT]), ("三分之一", [Kind.PERCENT]), ("百分之五十", [Kind.PERCENT]), ("跟上周一样", []), ("村两委", []),
        ("老百姓一起", []), ("三八节", []), ("1,200名", [Kind.UNCLEAR]), ("东山3西山0", [Kind.EXACT, Kind.EXACT]), ("近百", [Kind.APPROXIMATE]),
    ],
)  # fmt: skip
def test_numerals_say_how_sure_they_are(said: str, kinds: list[Kind]) -> None:
    assert [n.kind for n in numerals.find(said)] == kinds


@settings(max_examples=500, deadline=None)
@given(
    st.text(max_size=80) | st.text("0123456789零一二三十百千万两廿俩第约来几%., -到", max_size=20)
)
def test_any_text_is_searched_without_overlap(said: str) -> None:
    found = numerals.find(said)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all((n.value is not None) == (n.kind is Kind.EXACT) for n in found)
    numerals.value(said)
