"""Another count, read in the place of 执委.

What is known of a number (its corrections, doubts, parts, who it is of) was written down with 新增执委 in mind. It holds of any
other people or things that a campaign counts, while their names mislead: 志愿者 are people beside it, 活动 and 走访 are work around
it. So a sentence that names one other count is read with 执委 in its place, and what was read is put back where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bot.core import ledger
from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Lexicon, Reading
from bot.core.report.words import sounds

_OURS: Final = "执委"
_OF: Final = re.compile("(?P<level>乡镇|[乡镇村县市]|社区)?(?P<new>新增|新选|新)?(?P<core>.+)")
_HEARD: Final = re.compile(sounds.pattern_of(_OURS))
_PERSONS: Final = ("名", "人", "位", "个")
_NUMERAL: Final = "[0-9零〇一二两俩三仨四五六七八九十百廿卅几]"
_NOT_OURS: Final = re.compile(
    f"{_NUMERAL} ?[名人位]|(?:[全辖]|总共?|共有|现有|每)[^,。;!\\n]{{0,4}}?{_NUMERAL}"
)
"""走访家庭12户，35人; 全村200户，走访12户: beside a count of things, of which 执委 would be another."""
_BUILT: Final = re.compile(f"建[了成好起有]*{_NUMERAL}")


@dataclass(frozen=True, slots=True)
class StandIn:
    """The sentence with 执委 in it, the lexicon in which that means the count, and where each character was."""

    text: str
    lexicon: Lexicon
    where: tuple[int, ...]

    def back(self, found: Reading) -> Reading:
        """The reading with its spans where they are in the sentence that was said."""

        def span(said: tuple[int, int]) -> tuple[int, int]:
            here = self.where[slice(*said)] or (0,)
            return here[0], here[-1] + 1

        claims = tuple(replace(c, span=span(c.span)) for c in found.claims)
        questions = tuple(replace(q, span=span(q.span)) for q in found.questions)
        follow_ups = tuple(replace(q, span=span(q.span)) for q in found.follow_ups)
        return Reading(claims, questions, follow_ups)


def of(text: str, lexicon: Lexicon) -> list[StandIn]:
    """The sentence with 执委 in the place of another count, once for each that it names; none if it names 执委 itself."""
    words = _words(lexicon.indicators)
    if words is None:
        return []
    mentions = list(words.pattern.finditer(text))
    rest = words.pattern.sub("", text) if mentions else ""
    if not mentions or _HEARD.search(rest) or _BUILT.search(rest):
        return []
    groups: list[list[re.Match[str]]] = []
    for found in mentions:
        same = [g for g in groups if not words.codes(g[0]).isdisjoint(words.codes(found))]
        if same:
            same[0].append(found)
        else:
            groups.append([found])
    found_in = [_in_place(text, lexicon, words, group) for group in groups]
    return [one for one in found_in if one is not None]


def _in_place(
    text: str, lexicon: Lexicon, words: _Words, mentions: Sequence[re.Match[str]]
) -> StandIn | None:
    """The sentence with 执委 for these mentions of one count; None if others are counted beside it that 执委 would be taken for."""
    named = {one.code: one for found in mentions for one in words.meant[found.lastgroup or ""]}
    counted = {one.unit_word for one in named.values()} - {*_PERSONS, ""}
    if counted and _NOT_OURS.search(text):
        return None
    parts = [(found.span(), _called(words.names[found.lastgroup or ""])) for found in mentions]
    taken = {n for (start, end), _ in parts for n in range(start, end)}
    if counted:
        spans = [found.span(1) for found in _counting(frozenset(counted)).finditer(text)]
        parts += [(span, "名") for span in spans if taken.isdisjoint(range(*span))]
    said, where, last = "", [], 0
    for (start, end), new in sorted(parts):
        said += text[last:start] + new
        where += [*range(last, start), *_spread(start, end, len(new))]
        last = end
    indicators = _renamed(lexicon.indicators, frozenset(named))
    there = (*where, *range(last, len(text)))
    return StandIn(said + text[last:], replace(lexicon, indicators=indicators), there)


@lru_cache(maxsize=64)
def _counting(words: frozenset[str]) -> re.Pattern[str]:
    """12户 of households: the word of counting behind a number."""
    return re.compile(
        f"{_NUMERAL} ?({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
    )


def _spread(start: int, end: int, length: int) -> list[int]:
    """Where the characters of what stands in for a name are in the name, the last one at its end."""
    return [min(start + n, end - 1) if n < length - 1 else end - 1 for n in range(length)]


def _called(name: str) -> str:
    """乡镇执委 for 乡镇志愿者, 新增执委 for 新增志愿者, 执委 for 志愿者."""
    found = _OF.fullmatch(name)
    level, new = (found["level"] or "", found["new"] or "") if found else ("", "")
    return level + ("新增" if new else "") + _OURS


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    names: dict[str, str]
    meant: dict[str, tuple[Indicator, ...]]

    def codes(self, found: re.Match[str]) -> frozenset[str]:
        """The counts that a mention may be of."""
        return frozenset(one.code for one in self.meant[found.lastgroup or ""])


@lru_cache(maxsize=64)
def _words(indicators: tuple[Indicator, ...]) -> _Words | None:
    """What finds the names of the counts that are not 执委; None if there is none."""
    said: dict[str, list[Indicator]] = {}
    for one in indicators:
        if one.kind is not IndicatorKind.COUNT:
            continue
        for alias in _aliases(one):
            said.setdefault(alias, []).append(one)
    others = {alias: some for alias, some in said.items() if not _HEARD.search(alias)}
    if not others:
        return None
    names = {
        f"n{n}": word for n, word in enumerate(sorted(others, key=lambda one: (-len(one), one)))
    }
    parts = [f"(?P<{group}>{sounds.pattern_of(word)})" for group, word in names.items()]
    meant = {group: tuple(others[word]) for group, word in names.items()}
    return _Words(re.compile("|".join(parts)), names, meant)


def _aliases(one: Indicator) -> Sequence[str]:
    return tuple(dict.fromkeys((ledger.spoken(one), one.name, *one.aliases)))


@lru_cache(maxsize=64)
def _renamed(indicators: tuple[Indicator, ...], meant: frozenset[str]) -> tuple[Indicator, ...]:
    """The indicators with those that are meant called 执委, and no other so."""
    out = []
    for one in indicators:
        if one.code in meant:
            called = tuple(dict.fromkeys(_called(alias) for alias in _aliases(one)))
            out.append(replace(one, name=called[0], aliases=called, unit_word="名"))
        elif one.kind is IndicatorKind.COUNT and any(_HEARD.search(a) for a in _aliases(one)):
            out.append(replace(one, name="\x01", aliases=()))
        else:
            out.append(one)
    return tuple(out)
