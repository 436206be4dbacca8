"""A whole clause that only sounds like 没有新增, 没变化 or 跟上周一样, or has a character twice: 没优新增, 物新增, 河上周一样, 没变化化."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.core import unitlike
from bot.core.report.plain.none_said import AFTER, BEFORE

_SAID: Final = (
    "没有新增", "没新增", "无新增", "没有变化", "没变化", "无变化", "没什么变化", "没什么新增", "老样子",
    "跟上周一样", "和上周一样", "同上周一样", "跟上次一样", "和上次一样", "跟上周一模一样", "跟上次一模一样",
)  # fmt: skip
_CLAUSES: Final = tuple(
    re.compile(f"{BEFORE}[\u4e00-\u9fff]{{{size}}}{AFTER}") for size in (7, 6, 5, 4, 3)
)
_SIGNS: Final = frozenset("增变化样周次有新老")
_WHENEVER: Final = re.compile("每[^\n]*(?:就|都|再|才)|[吗?]")
"""每有新增，我就报."""
_TWICE: Final = re.compile(r"([^上])\1")


def plain(text: str) -> str:
    """The text with such clauses as they are meant."""
    if len(text) > 40 or _SIGNS.isdisjoint(text) or _WHENEVER.search(text):
        return text
    for clause in _CLAUSES:
        text = clause.sub(lambda found: _meant(found[0]), text)
    return text


@lru_cache(maxsize=4096)
def _meant(said: str) -> str:
    """What of the known clauses it is, if half of its characters are theirs and the others sound alike."""
    once = _TWICE.sub(r"\1", said)
    if said in _SAID or "五" in said:
        return said
    for known in _SAID:
        same = len(once) == len(known) and sum(a == b for a, b in zip(once, known, strict=True))
        if same and 2 * same >= len(known) and _alike(once, known):
            return known
    return said


def _alike(said: str, known: str) -> bool:
    """Whether both sound the same without tones."""
    sounds = zip(unitlike.sounds(said), unitlike.sounds(known), strict=True)
    return said == known or all(a & b for a, b in sounds)
