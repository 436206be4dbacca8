"""What is said of one unit beside what was said of others: 只有九蓬是11名, 松源村也一样."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.core.reading import Ask, Mark, Question
from bot.core.report.clauses.said import Collected, Raw
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_ONLY: Final = re.compile("(?:但是?|不过|可是?|其中|就|只有?|仅有?|唯独?|唯有|单单|只是|而)+$")
_ALIKE: Final = frozenset(str.split("一样 也一样 都一样 还一样 一个样 相同 一致 同样"))


def settle(said: Collected, tokens: Sequence[Token], text: str) -> None:
    """都是9名，只有九蓬是11名: what is said of one holds for it; 松源村也一样: as the unit before it, and not as last week."""
    _compared(said, tokens, text)
    spans = [raw.span for raw in said.claims]
    shared = [raw for raw in said.claims if spans.count(raw.span) > 1]
    for raw in list(said.claims):
        if _of_whom(raw, said):
            said.questions.append(Question(Ask.UNIT, raw.span))  # 没有，石门村9名
        if raw.named and raw.value is Mark.SAME and not raw.indicators:
            _alike(said, raw, text)
        elif raw in shared or not raw.named:
            continue
        elif _set_apart(raw, tokens, text):
            for other in [r for r in shared if r in said.claims and _same(r, raw)]:
                raw.indicators = raw.indicators or other.indicators
                said.claims.remove(other)


_TIMES: Final = re.compile("的(?:[0-9一二两三四五]+倍|一半)")


def _compared(said: Collected, tokens: Sequence[Token], text: str) -> None:
    """松源村比它少1名: how many that are nobody is told."""
    told = [raw.places for raw in said.claims if isinstance(raw.value, int)]
    for unit, than in pairwise(t for t in tokens if t.text.strip()):
        if unit.kind is Kind.UNIT and than.text.startswith("比") and unit.places not in told:
            said.ask(Ask.UNIT, unit)
    named = [raw.places for raw in said.claims]
    for unit in tokens if _TIMES.search(text) else ():
        if unit.kind is Kind.UNIT and unit.places not in named:
            said.ask(Ask.UNIT, unit)  # 念山村是富美村的两倍，富美村6名


def _of_whom(raw: Raw, said: Collected) -> bool:
    """Whether nothing, or nothing new, is said in front of villages without a word of whom."""
    whole = not raw.named and not raw.indicators and raw.value in (Mark.ZERO, Mark.SAME)
    return whole and any(r.named and r.span > raw.span for r in said.claims)


def _set_apart(raw: Raw, tokens: Sequence[Token], text: str) -> bool:
    units = [t for t in tokens if t.kind is Kind.UNIT and t.places == raw.places]
    before = [t for t in units if t.start < raw.span[0]]
    return bool(before) and _ONLY.search(text[: before[-1].start].rstrip(" ")) is not None


def _same(shared: Raw, single: Raw) -> bool:
    """Whether the second says the same figure of a unit of which the first speaks among others."""
    kind = isinstance(shared.value, int) is isinstance(single.value, int)
    figure = (
        not single.indicators or not shared.indicators or single.indicators == shared.indicators
    )
    return kind and figure and shared.places == single.places and shared.span < single.span


def _alike(said: Collected, raw: Raw, text: str) -> None:
    if text[raw.span[0] : raw.span[1]] not in _ALIKE:
        return
    others = [r for r in said.claims if r.named and r.places != raw.places and r.span < raw.span]
    own = [r for r in said.claims if r.places == raw.places and r is not raw]
    if not others:
        return
    said.claims.remove(raw)
    if not own:
        said.questions.append(Question(Ask.VALUES, raw.span))
