"""Those who came or did not, beside nothing of ours: 2个姐妹请假了, 3个人没赶上会. How many they are is no figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

NAMED: Final = frozenset({
    Kind.INDICATOR, Kind.ADD, Kind.STEP, Kind.DONE, Kind.UNIT, Kind.ELECTION, Kind.TOTAL, Kind.ZERO, Kind.SAME,
    Kind.NONE, Kind.NOT_DONE, Kind.CORRECTION, Kind.PLAN, Kind.FOREIGN,
    Kind.EXPECTED, Kind.PRESENT, Kind.ABSENT, Kind.RATIO, Kind.PERCENT,
})  # fmt: skip
_DIGITS: Final = re.compile("[0-9]|[一二两三四五六七八九十]+[个位名]")
_AT_MEETING: Final = frozenset({Kind.ABSENT, Kind.PRESENT, Kind.EXPECTED})
_COMING: Final = re.compile(
    "(?:有|还有|来了?|只|就|另外|[昨今明]天|上午|下午|晚上)*(?:[0-9]+|[一二两三四五六七八九十]+)[个位名]?(?:(?:姐妹|妇女|代表|群众|村民|同志|大姐|阿姨|领导|人)+(?:们|都|也|还|又|因事|因病|有事|临时|一起|昨天|今天|明天)*(?:请假|没来|不来|没到|缺席|迟到|早退|没赶上|赶不上|去不了|来不了|没空|来?帮忙|来?打扫|来?调研|来?检查|来?参观)[^,。;!\\n]{0,8})"
)
"""2个姐妹请假了, 来了3个姐妹帮忙: how many came or did not is no figure."""


def only(tokens: Sequence[Token]) -> bool:
    """Whether a number is only of those who came or did not, and nothing of ours is named."""
    if any(t.kind in NAMED and t.kind not in _AT_MEETING for t in tokens):
        return False
    clauses = [c for c in "".join(t.text for t in tokens).replace("。", ",").split(",") if c]
    counted = [c for c in clauses if _DIGITS.search(c)]
    return bool(counted) and all(_COMING.fullmatch(c.strip()) for c in counted)
