"""A message that tells one figure after another, and a figure that was named in the place of another.

走访：富美12户，念山9户
志愿者：富美8名，念山6名: each figure stands over a list of units of its own, and is read for itself.
志愿者8名，打错了，是走访8户: the same number, of another figure; the first is gone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.core.model import Indicator, IndicatorKind, Level
from bot.core.reading import Lexicon, Question, Reading
from bot.core.report.plain import blank
from bot.core.report.words import called

_HEAD: Final = re.compile(r"(?:人?数量?|情况)?\s?[:\n]")
_LINE: Final = re.compile(r"(?:^|[。;!\n])\s*$")
_RATHER: Final = re.compile(
    r"(?:名字|名称|项目)?(?:说|写|打|报|填|弄|搞)错了?|不对|不是|写反了?|口误|笔误"
)
_VALUE: Final = re.compile(r"\s?:?\s?(?P<n>[0-9]+|[一二三四五六七八九十百两]+)\s?[一-鿿]?\s?$")
_BEHIND: Final = re.compile(
    r"\s?:?\s?(?P<n>[0-9]+|[一二三四五六七八九十百两]+)\s?[一-鿿]?[了吧]?(?=$|[,。;!\n])"
)


def parts(text: str, lexicon: Lexicon) -> list[str]:
    """What stands under each name of a count that heads a list of units; none if it is not so told."""
    if lexicon.own.level is Level.VILLAGE or (":" not in text and "\n" not in text):
        return []
    names = called.names(lexicon.indicators)
    heads = [
        one
        for one in names.pattern.finditer(text)
        if _LINE.search(text, 0, one.start()) and _HEAD.match(text, one.end())
    ]
    meant = [names.meant[one.lastgroup or ""] for one in heads]
    apart = len(set(meant)) == len(meant)
    counts = all(i.kind is IndicatorKind.COUNT for some in meant for i in some)
    if len(heads) < 2 or not (apart and counts) or heads[0].start():
        return []
    cuts = [one.start() for one in heads] + [len(text)]
    found = [text[start:end] for start, end in pairwise(cuts)]
    return found if all(_several(part, lexicon) for part in found) else []


def _several(part: str, lexicon: Lexicon) -> bool:
    """Whether it tells of several units."""
    below = [m for m in lexicon.names.find(part) if any(p.depth > 0 for p in m.places)]
    return len(below) > 1


def together(parts: Sequence[str], each: Sequence[Reading]) -> Reading:
    """The readings of the parts as one of the whole."""
    at = 0
    claims, later = [], list[Question]()
    for part, one in zip(parts, each, strict=True):
        claims += [replace(c, span=(c.span[0] + at, c.span[1] + at)) for c in one.claims]
        later += [replace(q, span=(q.span[0] + at, q.span[1] + at)) for q in one.follow_ups]
        at += len(part)
    return Reading(tuple(claims), (), tuple(later))


def rather(text: str, indicators: tuple[Indicator, ...]) -> str:
    """The text without a count that was named by mistake, as long as before."""
    slip = _RATHER.search(text)
    if slip is None:
        return text
    names = called.names(indicators)
    told = list(names.pattern.finditer(text))
    before = [one for one in told if one.end() <= slip.start()]
    behind = [one for one in told if one.start() >= slip.end()]
    if len(told) != 2 or not before or not behind:
        return text
    wrong, right = before[0], behind[0]
    if names.meant[wrong.lastgroup or ""] == names.meant[right.lastgroup or ""]:
        return text
    first = _VALUE.match(text[wrong.end() : slip.start()].rstrip(" ,。;!"))
    then = _BEHIND.match(text, right.end())
    said = text[slip.end() : right.start()].strip(" ,。;!:了是应该为")
    alike = first and then and first["n"] == then["n"]
    return blank.span(text, wrong.start(), right.start()) if alike and not said else text
