"""What the two numbers of a ratio are called: 应到 and 实到, and the same of any campaign's own (应参训, 实际参训人数)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.core.model import Indicator, IndicatorKind
from bot.core.report.tokens.sheet import Sheet, Token
from bot.core.report.words.vocabulary import Kind

EXPECTED: Final = frozenset(
    str.split(
        "应到 应到会 应参会 应出席 应参加 该到 该来 应来 应该到 应该来 应该参会 应该参加 应该出席 应出席会议 应到人数 应到应该是 应到代表 总代表 应到会人数 应参会人数"
    )
)
PRESENT: Final = frozenset(
    str.split(
        "实到 实到会 到会 到会人数 实到人数 参会 出席 出席会议 实际到会 实际参会 实来 到了 来了 到 来 到场 参加会议 参会人数 实参会 实际到 实际来"
    )
)
ABSENT: Final = frozenset(str.split("缺席 请假 缺 没来 没到 未到 未到会 未参会 缺会 列席 迟到"))


_COMES: Final = "到会?|来|到场|参会|参加|出席"
_PERCENT: Final = r"(?=(?:是|为|有|达到?|[:\s])*(?:[0-9.]+%|百分之|[一二三四五六七八九]成))"


@lru_cache(maxsize=64)
def _named(
    indicators: tuple[Indicator, ...],
) -> tuple[re.Pattern[str], dict[str, tuple[Indicator, ...]]]:
    """What finds 应到会, 实际参训人数, and 到会率 beside a percentage, whatever the ratio is called."""
    meant: dict[str, list[Indicator]] = {}
    for one in indicators:
        if one.kind is IndicatorKind.RATIO:
            for name in dict.fromkeys((one.name, *one.aliases)):
                meant.setdefault(name, []).append(one)
    names = "|".join(re.escape(one) for one in sorted(meant, key=len, reverse=True)) or "(?!)"
    came = f"(?:{names}|{_COMES})(?:会议|活动|培训)?[了的]?(?:总?人数|人员)?"
    rows = f"(?P<whole>应该?{came})|(?P<part>实际?{came})|(?P<name>{names}){_PERCENT}"
    return re.compile(rows if meant else "(?!)"), {k: tuple(some) for k, some in meant.items()}


def names_first(sheet: Sheet, indicators: tuple[Indicator, ...]) -> None:
    """Both sides of a ratio, before the name in them is taken: 应到会50人，实际到会47人; and the name that no percentage takes with it."""
    if sheet.chars.isdisjoint("应实%成百"):
        return
    pattern, meant = _named(indicators)
    for found in list(pattern.finditer(sheet.left)):
        start, end = found.span()
        if found[0] in EXPECTED | PRESENT and not any(one in found[0] for one in meant):
            continue  # 应到35到33 is looked at as a whole
        if found["name"]:
            sheet.take(Token(Kind.INDICATOR, start, end, found[0], indicators=meant[found[0]]))
        else:
            kind = Kind.EXPECTED if found["whole"] else Kind.PRESENT
            sheet.take(Token(kind, start, end, found[0], counted="side"))
