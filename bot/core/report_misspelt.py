"""A character beside a numeral that sounds like a numeral itself: 时二名 may be 十二名, and 十久名 may be 19."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.core import numerals, unitlike
from bot.core.reading import Ask, Claim, Question
from bot.core.report_sheet import Token
from bot.core.report_vocabulary import Kind

_DIGITS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile("[零〇一二两三四五六七八九十百千万廿卅俩仨壹贰叁肆伍陆柒捌玖拾佰仟]+")
_COUNTED: Final = re.compile("[名个位人](?![个单副人字])")
_PLAIN: Final = frozenset("是就已才有只共起")
"""Words that stand in front of a number as they are; only 是二名, where people say 两名, is 十二名 as well."""


def doubts(text: str, tokens: Sequence[Token], claims: Sequence[Claim]) -> list[Question]:
    """Questions about numbers that a character beside them may belong to."""
    return [
        Question(Ask.DIGITS, claim.span, claim.indicators)
        for claim in claims
        if (number := _NUMBER.match(text, *claim.span)) is not None
        and (_in_front(tokens, number) or _behind(text, number))
    ]


def _in_front(tokens: Sequence[Token], number: re.Match[str]) -> bool:
    """时二名, 伞十名: a character of its own, and another number with it."""
    before = next((t for t in tokens if t.end == number.start()), None)
    if before is None or len(before.text) != 1 or before.kind not in (Kind.TEXT, Kind.FILLER):
        return False
    plain = before.text in _PLAIN and before.text + number[0] != "是二"
    return not plain and _another(number[0], digits(before.text), front=True)


def _behind(text: str, number: re.Match[str]) -> bool:
    """十久名."""
    at = number.end()
    counted = _COUNTED.match(text, at + 1) is not None
    return counted and _another(number[0], digits(text[at]), front=False)


def _another(number: str, heard: str, *, front: bool) -> bool:
    """Whether one of the digits makes another number of it."""
    meant = (numerals.value(one + number if front else number + one) for one in heard)
    return any(one not in (None, numerals.value(number)) for one in meant)


@lru_cache(maxsize=1024)
def digits(char: str) -> str:
    """The digits that sound like a character that is none itself."""
    if not "\u4e00" <= char <= "\u9fff" or _NUMBER.fullmatch(char):
        return ""
    (heard,) = unitlike.sounds(char)
    return "".join(
        one
        for one, (sound,) in zip(_DIGITS, map(unitlike.sounds, _DIGITS), strict=True)
        if heard & sound
    )
