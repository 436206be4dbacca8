"""Some that were left out behind a number, as a second number of the same figure: 5名，漏了新增执委2名."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals

_D: Final = "(?:[0-9]+|[零一二两三四五六七八九十廿卅百]+)"
_SHORT: Final = re.compile(
    rf"(?P<a>{_D})[名个人位](?:新?执委)?[,;。\s]+(?:我|刚才?|前面|上面)*(?P<sign>[漏少多])[报写打填计算数记掉]?了?(?P<apart>[,;。\s]*)(?:新增|新)*执委(?P<b>{_D})[名个人位]"
)


def found(text: str) -> re.Match[str] | None:
    """5名，漏了新增执委2名: two more, or two in all? Not 5名，漏了，新增执委6名."""
    told = _SHORT.search(text) if "执委" in text else None
    if told is None:
        return None
    a, b = (numerals.value(told[key]) or 0 for key in "ab")
    grows = told["sign"] in "漏少"
    return told if not told["apart"] or (b < a if grows else b > a) else None
