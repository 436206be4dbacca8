"""Numbers that count nothing though they stand behind a figure: 一个没少, 一个一个谈, 两成, 前12名, 排名12."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Question

_ONE: Final = re.compile(
    "没|不(?!错)|未|一[个名]|是(?!的)|人(?=[忙做干跑管撑])|表|[^,;。!?\n0-9]{1,5}?[都也](?:没|不|无)"
)
"""What behind 一个 makes no one of it: 一个没少, 一个党员都没有, 一个是老师."""
_SPELLED: Final = frozenset(("一个", "一名", "一人"))
_MEASURE: Final = re.compile("倍|成(?![立功员为了])|点(?:$|[,。;!])")
_RANKED: Final = re.compile("(?<=[委员增选])的?(?:排名|排在?|第|倒数|序号|编号|前|[群表证章桌])$")
"""前12名, 序号5, 执委群1个: of which rank, or of another thing."""
_SIGNS: Final = frozenset("一倍成点排第倒序编前群表证章桌")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about such numbers."""
    if _SIGNS.isdisjoint(text):
        return []
    return [Question(Ask.UNREAD, c.span, c.indicators) for c in claims if _counts_none(text, c)]


def _counts_none(text: str, claim: Claim) -> bool:
    if not isinstance(claim.value, int) or claim.value < 1:
        return False
    start, end = claim.span
    if claim.value == 1 and text[start:end].strip() in _SPELLED and _ONE.match(text, end):
        return True
    return _MEASURE.match(text, end) is not None or _RANKED.search(text[:start]) is not None
