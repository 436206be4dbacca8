"""What is said behind a list of villages: 富美12，念山9，九蓬8，会改联完成, of the last or of all? 富美3名，其他没有, of how many others?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question

_OTHERS: Final = re.compile(
    "(?:^|[,。;!\n(])(?:但是?|就|只有|剩下|还有)?(?:(?:其[他它余]|余下|剩下|剩余|别|另外)的?"
    "(?:(?:各|[0-9一二两三四五六七八九十几]+)个?)?(?P<villages>(?:行政)?(?:村|社区|乡镇|乡|镇|单位)+)?的?|各(?P<each>村|社区|乡镇|乡|镇))"
    "(?:都|均|也|全|暂时?|目前|现在|本周|这周|,)*(?:没有?|没得|无|不变|没变|零)(?:变[化动])?(?P<over>了)?(?=[,。;!)\n]|$)"
)
"""其他没有了 may only end what she says."""
_WEIGHTS: Final = ((1, ","), (2, ";"), (3, "。!"), (4, "\n"))


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions to an office about what is said of the last of several villages, or of those that it does not name."""
    if lexicon.own.level is Level.VILLAGE:
        return []
    named = [c for c in claims if c.named and c.units != (lexicon.own.key,)]
    others = _OTHERS.search(told) if any(c.named for c in claims) else None
    if others and (named or others["each"]) and not (others["over"] and not others["villages"]):
        return [Question(Ask.UNIT, c.span, c.indicators) for c in claims if c.named]
    return [
        Question(Ask.UNIT, c.span, c.indicators)
        for c in named
        if c.value in (Mark.DONE, Mark.NOT) and _of_all(told, c, named)
    ]


def _of_all(told: str, done: Claim, named: Sequence[Claim]) -> bool:
    """Whether those before it have a number each and nothing is said to be done of them, and it stands as far from its own."""
    if any(c.units != done.units and c.value in (Mark.DONE, Mark.NOT) for c in named):
        return False
    if done.value is Mark.DONE and told[done.span[1] :].lstrip("了").startswith("的"):
        return any(c.units != done.units for c in named)  # 会改联已完成的村富美12念山9
    before = [c for c in named if isinstance(c.value, int) and c.span[1] <= done.span[0]]
    if len(before) < 2 or before[-1].units != done.units or before[-2].units == done.units:
        return False
    other, its = before[-2:]
    near = _weight(told[its.span[1] : done.span[0]])
    return _weight(told[other.span[1] : its.span[0]]) <= near


def _weight(between: str) -> int:
    """How far what stands on its two sides is apart."""
    return max(
        (weight for weight, signs in _WEIGHTS if any(s in between for s in signs)), default=0
    )
