"""Sums over a list of units: 合计18 behind the villages, 共新增18名 in front of them. One that adds up says nothing new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bot.core.model import IndicatorKind
from bot.core.reading import Ask, Mark, Question
from bot.core.report.clauses.said import Collected
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_STRONG: Final = "合计|总计|小计|共计|总数|总和|总人数|加起来|合起来|加一起|汇总|累计"
_NOW: Final = "(?:本周|这周|本次|此次)*"
_WHOSE: Final = f"{_NOW}(?:[全我本][乡镇县]的?(?=[0-9一二两三四五六七八九十]+个?村))?(?:以上|上述|上面|我们|这|全|本|我|各)*(?:[0-9一二两三四五六七八九十]+个?)?(?:行政)?(?:村级?|社区|乡镇|乡|镇|街道|县)?(?:里)?(?:各(?:行政)?村)?{_NOW}"
_FIGURE: Final = "\x01"
_REST: Final = rf"(?:目前|现在|本周|已经?|的|是|为|有|就|数|人数|新增|新选|增加|[新增]|选[出举]?|产生|了|都|一?共|总共|共计|[合总]计|{_FIGURE}|完成|[\s:,|=、\x02])*"
_SUM: Final = re.compile(
    rf"[\s、,。;(+和\x02]*(?:{_WHOSE}(?P<strong>{_STRONG})|{_WHOSE}(?:一共|总共|拢共|统共|拢总|[共计总])|=){_WHOSE}{_REST}|[\s、,。;(+]*{_FIGURE}的?(?:人数)?(?:一共|总共|[合总]计|共计?){_REST}"
)
_HEAD: Final = re.compile(
    rf"[\s、,。;(]*[0-9一二两三四五六七八九十]+个?(?:行政)?(?:村|社区|乡镇|乡|镇){_REST}|[\s、,。;(\x02]*{_WHOSE}(?:新增|新选|选出|产生|增加|[新增选])?了?(?:{_FIGURE})+{_REST}"
)
"""新增执委18名: in front of a colon, a bracket or 其中 the sum of what follows."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A number that is said of a list, with its place; `front`: the list follows; `own`: it may be her own."""

    number: int
    span: tuple[int, int]
    front: bool
    own: bool = False


Span: TypeAlias = tuple[int, int]


_OWN: Final = re.compile("[乡镇](?:级|里|妇联|机关)|本级|(?<![我本全])[乡镇](?=新|执委)")


def take(tokens: list[Token]) -> tuple[list[Token], list[Sum], list[Span]]:
    """The tokens without the sums of a list of units, these, and where all that belongs to them stood."""
    if len(_owners(tokens)) < 2:
        return tokens, [], []
    gone: list[Span] = []
    kept: list[Token] = []
    sums: list[Sum] = []
    listed = False  # whether the last number was such a sum of what follows
    ended = -1  # where the last sum of what was before ended
    for n, token in enumerate(tokens):
        found = None
        if token.kind is Kind.NUMBER:
            found = _another(kept, ended, token) or _sum(tokens, kept, n)
        if found is None:
            opens = listed and token.kind in (Kind.PART, Kind.FOREIGN)  # 其中, 各村
            kept.append(replace(token, kind=Kind.FILLER) if opens else token)
            listed = listed and kept[-1].kind in (Kind.BREAK, Kind.FILLER, Kind.INDICATOR)
            continue
        at, one = found
        one = replace(one, own=one.front and _of_her_own(kept[at:], tokens))
        figures = [t for t in kept[at:] if t.kind is Kind.INDICATOR]
        stop = Token(Kind.BREAK, token.start, token.start, ",")
        start = min([token.start, *(t.start for t in kept[at:])])
        gone.append((start, token.end))
        kept[at:] = [stop, *figures] if one.front else [stop]
        listed, ended = one.front, -1 if one.front else len(kept)
        sums.append(one)
    return kept, sums, gone


def _of_her_own(head: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """乡级新增执委12名，其中富美村5名，念山村7名; 区域化完成，新增执委12名，其中…: hers, who come from there, or theirs?"""
    below = {p.level for t in tokens if t.kind is Kind.UNIT for p in t.places if p.depth > 0}
    finished = [i for t in tokens for i in t.indicators if i.kind is IndicatorKind.COMPLETION]
    said = "".join(
        "" if t.kind is Kind.UNIT and t.text[1:2] not in "级里" else t.text for t in head
    )
    own = any(i.level not in below for i in finished)
    return _OWN.search(said) is not None or (own and "村" not in said)


def _owners(tokens: Sequence[Token]) -> set[tuple[str, ...]]:
    """Units below hers, or hers, behind which a number stands."""
    found: set[tuple[str, ...]] = set()
    last: Token | None = None
    for token in tokens:
        if token.kind is Kind.UNIT:
            last = token
        elif token.kind is Kind.NUMBER and last is not None:
            found.add(tuple(place.key for place in last.places))
    return found


_ALSO: Final = (Kind.FILLER, Kind.INDICATOR, Kind.ADD, Kind.DONE, Kind.PLACES, Kind.TOTAL)


def _another(kept: Sequence[Token], ended: int, number: Token) -> tuple[int, Sum] | None:
    """合计：完成2个，新增18名: a second number of the same line."""
    between = kept[ended:] if ended >= 0 else None
    if between is None or not all(
        t.kind in _ALSO or (t.kind is Kind.BREAK and t.text in ",、:") for t in between
    ):
        return None
    return ended, Sum(number.number, (number.start, number.end), front=False)


def _hers(kept: Sequence[Token], form: re.Match[str] | None) -> bool:
    """九蓬完成，共新增8名: no sum, but the number of the unit that has none yet."""
    last = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].kind is Kind.UNIT), None)
    if last is None or all(p.depth <= 0 for p in kept[last].places):
        return False
    if form is not None and form["strong"] and any(t.text == "\n" for t in kept[last:]):
        return False
    return not any(t.kind in _COUNTS for t in kept[last:])


_COUNTS: Final = (Kind.NUMBER, Kind.NONE, Kind.ZERO, Kind.SAME, Kind.NOT_DONE)


def _sum(tokens: Sequence[Token], kept: Sequence[Token], n: int) -> tuple[int, Sum] | None:
    """Where the words of a sum begin, and what it is, if number `n` is one."""
    if _of_units(tokens, n):
        at = next((m + 1 for m in range(len(kept) - 1, -1, -1) if kept[m].kind is Kind.BREAK), 0)
        return at, Sum(tokens[n].number, (tokens[n].start, tokens[n].end), front=True)
    at = len(kept)
    while (
        at and kept[at - 1].kind is not Kind.NUMBER and kept[at - 1].text not in (";", "。", "\n")
    ):
        if kept[at - 1].kind is Kind.UNIT and any(p.depth > 0 for p in kept[at - 1].places):
            break
        at -= 1
    said = "".join(_written(t) for t in kept[at:])
    while at < len(kept) and not _SUM.fullmatch(said) and not _HEAD.fullmatch(said):
        step = next((m for m in range(at, len(kept)) if kept[m].text in (",", " ", "、")), -1)
        if step < 0 or step + 1 > len(kept):
            return None
        at = step + 1
        said = "".join(_written(t) for t in kept[at:])
    if at and kept[at - 1].kind is Kind.UNIT and any(p.depth > 0 for p in kept[at - 1].places):
        return None
    form = _SUM.fullmatch(said)
    before, behind = len(_owners(kept[:at])) > 1, len(_owners(tokens[n + 1 :])) > 1
    front = behind and not before
    headed = front and _HEAD.fullmatch(said) is not None and _lists(tokens[n + 1 :])
    sum_form = form is not None and said.strip(" ,。;(、") != "" and (before or behind)
    again = front and _again(kept[:at], tokens[n + 1 :])
    if not (headed or sum_form) or (not again and _hers(kept[:at], form)):
        return None
    return at, Sum(tokens[n].number, (tokens[n].start, tokens[n].end), front)


def _again(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """富美村和念山村完成，共21名，其中富美村12名，念山村9名: the list behind is of those that were named before."""
    named = {tuple(p.key for p in t.places) for t in before if t.kind is Kind.UNIT}
    return len(named) > 1 and named == _owners(behind) and _lists(behind)


def _of_units(tokens: Sequence[Token], n: int) -> bool:
    """村里报了两个：念山12，富美10: how many are named behind the colon."""
    behind = [t for t in tokens[n + 1 : n + 5] if t.kind is not Kind.FILLER]
    listed = len(behind) > 1 and behind[0].text == ":" and behind[1].kind is Kind.UNIT
    few = tokens[n].counted in ("", "个")
    return listed and few and tokens[n].number == len(_owners(tokens[n + 1 :]))


def _written(token: Token) -> str:
    if token.kind is Kind.INDICATOR:
        return _FIGURE
    return "\x02" if token.kind is Kind.UNIT else token.text


def _lists(behind: Sequence[Token]) -> bool:
    """Whether a list is announced: a colon, a bracket or 其中 before the next unit."""
    ended = False
    for token in behind:
        if token.kind is Kind.PART or (token.text in (":", "(") and not ended):
            return True
        if token.kind not in (Kind.FILLER, Kind.INDICATOR) and token.text not in (",", "。"):
            return False
        ended = ended or token.text in (",", "。")  # 乡里18名。村里：念山12
    return False


def weigh(said: Collected, sums: Sequence[Sum]) -> None:
    """Ask about a sum that is not that of its list, and about a figure of her own that is that of the others."""
    for n, one in enumerate(sums):
        since = sums[n - 1].span[1] if n else 0
        until = sums[n + 1].span[0] if n + 1 < len(sums) else one.span[1]
        if one.front:
            spans = [(one.span[1], 1 << 30), (one.span[1], max(until, one.span[1]))]
        else:
            spans = [(0, one.span[0]), (since, one.span[0])]
        beside = {other.span for other in sums[max(0, n - 1) : n + 2] if other is not one}
        units = one.front or bool(beside)  # 合计：完成2个，新增18名
        if all(one.number not in _totals(said, span, units=units) for span in spans):
            said.questions.append(Question(Ask.VALUES, one.span))
        elif one.own:
            said.questions.append(Question(Ask.UNIT, one.span))
    _unmarked(said)


def _totals(said: Collected, span: tuple[int, int], *, units: bool) -> set[int]:
    """What may be counted between two places: persons, with her own or without, and units, and units that are done."""
    here = [r for r in said.claims if r.named and span[0] <= r.span[0] and r.span[1] <= span[1]]
    below = [r for r in here if all(p.depth > 0 for p in r.places)]
    persons = {sum(r.value for r in some if isinstance(r.value, int)) for some in (here, below)}
    done = sum(r.value is Mark.DONE for r in here)
    return persons | {len({r.places for r in here}), done} if units else persons


def _unmarked(said: Collected) -> None:
    """新增执委18名，念山10名，富美8名: the township's own 18, or theirs together?"""
    counted = [r for r in said.claims if isinstance(r.value, int)]
    own = [r for r in counted if not r.named or any(p.depth == 0 for p in r.places)]
    below = [r for r in counted if r not in own]
    total = sum(r.value for r in below if isinstance(r.value, int))
    if len({r.places for r in below}) > 1 and len(own) == 1 and own[0].value == total > 0:
        said.questions.append(Question(Ask.UNIT, own[0].span))
