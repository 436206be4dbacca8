"""Another count read in the place of 执委, another completion in the place of 会改联.

What is known of a number (its corrections, doubts, parts, who it is of) and of what is done was written down with 新增执委 and 会改联
in mind. It holds of any other people, things or works of a campaign, while their names mislead: 志愿者 are people beside it, 活动 and
走访 are work around it. So a sentence that names another is read with ours in its place, and what was read is put back where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bot.core import ledger
from bot.core.model import Indicator, IndicatorKind, Level
from bot.core.reading import Ask, Lexicon, Question, Reading
from bot.core.report.words import sounds

_COUNT: Final = "执委"
_DONE: Final = "会改联"
_OF: Final = re.compile("(?P<level>乡镇|[乡镇村县市]|社区)?(?P<new>新增|新选|新)?(?P<core>.+)")
_KNOWN: Final = {
    IndicatorKind.COUNT: re.compile(sounds.pattern_of(_COUNT)),
    IndicatorKind.COMPLETION: re.compile(
        f"{sounds.pattern_of(_DONE)}|{sounds.pattern_of('区域化')}"
    ),
}
"""What the tables were written of; a sentence that names it is read as it stands."""
_NOBODY: Final = "\ue000"
"""A name that nothing is called by: private use characters are taken out of every line."""
_PERSONS: Final = ("名", "人", "位", "个")
_NUMERAL: Final = "[0-9零〇一二两俩三仨四五六七八九十百廿卅几壹贰叁肆伍陆柒捌玖拾]"
_NOT_OURS: Final = re.compile(
    f"{_NUMERAL} ?[名人位]|(?:[全辖]|总共?|共有|现有|每)[^,。;!\\n]{{0,4}}?{_NUMERAL}"
)
"""走访家庭12户，35人; 全村200户，走访12户: beside a count of things, of which 执委 would be another."""
_BUILT: Final = re.compile(f"建[了成好起有]*{_NUMERAL}")
_RAISED: Final = re.compile(
    "(?:[建盖搭修起][好成完妥]|[建盖搭修起]起来?|建立起来|建设[好成完])(?:并?(?:投用|投入使用|启用))?(?![^,。;!\\n]{0,3}[0-9])|(?<=[没未])(?:有)?[建盖修](?=$|[,。;!\\s了呢])"
)
"""妇女之家起好咗, 还没建: what is built is done as ours is, which nobody builds."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """The sentence with ours in it, the lexicon in which that means the other, and where each character was."""

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
    """The sentence with 执委 and 会改联 in the place of others, once for each count (or completion) that it names; none if it names ours."""
    words = _words(lexicon.indicators)
    mentions = list(words.pattern.finditer(text)) if words else []
    if not words or not mentions:
        return []
    rest = words.pattern.sub("", text)
    groups: dict[IndicatorKind, list[list[re.Match[str]]]] = {kind: [] for kind in _KNOWN}
    for found in mentions:
        kind = words.of(found)[0].kind
        if _KNOWN[kind].search(rest) or (kind is IndicatorKind.COUNT and _BUILT.search(rest)):
            continue
        same = [g for g in groups[kind] if not _codes(words, g[0]).isdisjoint(_codes(words, found))]
        if same:
            same[0].append(found)
        else:
            groups[kind].append([found])
    rows = [some for some in groups.values() if some]
    several = range(max((len(some) for some in rows), default=0))
    return [
        _in_place(
            text, lexicon, words, [one for some in rows for one in some[min(n, len(some) - 1)]]
        )
        for n in several
    ]


def agreed(found: Sequence[Reading]) -> Reading:
    """What the readings tell alike, else one that is in doubt."""
    told = {frozenset((c.units, c.indicators, c.value) for c in one.claims) for one in found}
    doubtful = next((one for one in found if not one.clear), found[0])
    if len(told) == 1 or doubtful is not found[0] or not doubtful.clear:
        return doubtful
    span = doubtful.claims[0].span  # 志愿者8名，微家3个，说错了，9名: read in two ways
    return replace(doubtful, questions=(Question(Ask.VALUES, span),))


def _codes(words: _Words, found: re.Match[str]) -> frozenset[str]:
    return frozenset(one.code for one in words.of(found))


def _in_place(
    text: str, lexicon: Lexicon, words: _Words, mentions: Sequence[re.Match[str]]
) -> StandIn:
    """The sentence with ours for these mentions, but for things where others are counted beside them."""
    counted = {one.unit_word for found in mentions for one in words.of(found)} - {*_PERSONS, ""}
    if counted and _NOT_OURS.search(text):
        mentions = [m for m in mentions if words.of(m)[0].kind is not IndicatorKind.COUNT]
        counted = set()
    named = frozenset(one.code for found in mentions for one in words.of(found))
    parts = [
        (found.span(), _called(words.names[found.lastgroup or ""], words.of(found)[0].kind))
        for found in mentions
    ]
    taken = {n for (start, end), _ in parts for n in range(start, end)}
    if counted:
        spans = [found.span(1) for found in _counting(frozenset(counted)).finditer(text)]
        parts += [(span, "名") for span in spans if taken.isdisjoint(range(*span))]
    if any(words.of(found)[0].kind is IndicatorKind.COMPLETION for found in mentions):
        raised = [found.span() for found in _RAISED.finditer(text)]
        parts += [(span, "完成") for span in raised if taken.isdisjoint(range(*span))]
    said, where, last = "", [], 0
    for (start, end), new in sorted(parts):
        said += text[last:start] + new
        where += [*range(last, start), *_spread(start, end, len(new))]
        last = end
    there = (*where, *range(last, len(text)))
    renamed = replace(lexicon, indicators=_renamed(lexicon.indicators, named))
    return StandIn(said + text[last:], renamed, there)


@lru_cache(maxsize=64)
def _counting(words: frozenset[str]) -> re.Pattern[str]:
    """12户 of households: the word of counting behind a number."""
    return re.compile(
        f"{_NUMERAL} ?({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
    )


def _spread(start: int, end: int, length: int) -> list[int]:
    """Where the characters of what stands in for a name are in the name, the last one at its end."""
    return [min(start + n, end - 1) if n < length - 1 else end - 1 for n in range(length)]


def _called(name: str, kind: IndicatorKind) -> str:
    """乡镇执委 for 乡镇志愿者, 新增执委 for 新增志愿者, 执委 for 志愿者; 会改联 for whatever is done."""
    if kind is IndicatorKind.COMPLETION:
        return _DONE
    found = _OF.fullmatch(name)
    level, new = (found["level"] or "", found["new"] or "") if found else ("", "")
    return level + ("新增" if new else "") + _COUNT


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    names: dict[str, str]
    meant: dict[str, tuple[Indicator, ...]]

    def of(self, found: re.Match[str]) -> tuple[Indicator, ...]:
        """The indicators that a mention may be of, all of one kind."""
        return self.meant[found.lastgroup or ""]


@lru_cache(maxsize=64)
def _words(indicators: tuple[Indicator, ...]) -> _Words | None:
    """What finds the names of counts, and of what villages have done, that the tables do not know; None if there is none."""
    said: dict[str, list[Indicator]] = {}
    for one in indicators:
        known = _KNOWN.get(one.kind)
        if known is None or (
            one.kind is IndicatorKind.COMPLETION and one.level is not Level.VILLAGE
        ):
            continue
        for alias in _aliases(one):
            if not known.search(alias):
                said.setdefault(alias, []).append(one)
    others = {alias: some for alias, some in said.items() if len({i.kind for i in some}) == 1}
    if not others:
        return None
    longest = sorted(others, key=lambda one: (-len(one), one))
    names = {f"n{n}": word for n, word in enumerate(longest)}
    parts = [f"(?P<{group}>{sounds.pattern_of(word)})" for group, word in names.items()]
    meant = {group: tuple(others[word]) for group, word in names.items()}
    return _Words(re.compile("|".join(parts)), names, meant)


def _aliases(one: Indicator) -> Sequence[str]:
    return tuple(dict.fromkeys((ledger.spoken(one), one.name, *one.aliases)))


@lru_cache(maxsize=64)
def _renamed(indicators: tuple[Indicator, ...], meant: frozenset[str]) -> tuple[Indicator, ...]:
    """The indicators with those that are meant called as ours are, and no other of their kind so."""
    kinds = {one.kind for one in indicators if one.code in meant}
    out = []
    for one in indicators:
        if one.code in meant:
            called = tuple(dict.fromkeys(_called(alias, one.kind) for alias in _aliases(one)))
            word = "名" if one.kind is IndicatorKind.COUNT else one.unit_word
            out.append(replace(one, name=called[0], aliases=called, unit_word=word))
        elif (
            one.kind in kinds
            and any(_KNOWN[one.kind].search(a) for a in _aliases(one))
            and (one.kind is IndicatorKind.COUNT or one.level is Level.VILLAGE)
        ):
            out.append(replace(one, name=_NOBODY, aliases=()))
        else:
            out.append(one)
    return tuple(out)
