"""What stands over a list of units is said of each: 已完成会改联的有：念山、富美; 未完成：九蓬; 已完成的村：石屯村，14名；松源村，12名."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from bot.core.report.clauses.said import FINISHED, names
from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import has, many, named_below
from bot.core.report.words.vocabulary import Kind


def told(tokens: list[Token]) -> list[Token]:
    """已完成会改联的有：念山、富美; 未完成：九蓬: what the head says, behind each unit of its sentence."""
    found: list[Token] = []
    start = 0
    while start < len(tokens):
        end = _part_ends(tokens, start)
        while _goes_on(tokens, start, end):
            end = _part_ends(tokens, end + 1)
        found += _under_its_head(tokens[start:end])
        found += tokens[end : end + 1]
        start = end + 1
    return found


def _part_ends(tokens: list[Token], start: int) -> int:
    return next((n for n in range(start, len(tokens)) if _parts(tokens, n)), len(tokens))


def _goes_on(tokens: list[Token], start: int, end: int) -> bool:
    """已完成会改联的村：石屯村，14名；松源村，12名: whether the next part is one more item of such a list."""
    item = tokens[end + 1 : _part_ends(tokens, end + 1)]
    if (
        not item
        or tokens[end].text not in ";\n"
        or not any(t.text == ":" for t in tokens[start:end])
    ):
        return False
    first = next((t for t in item if t.kind is not Kind.FILLER), item[0])
    named = first.kind is Kind.UNIT and _below(first)
    return named and not has(item, Kind.DONE, Kind.NOT_DONE, Kind.PLAN, Kind.FOREIGN)


def _parts(tokens: list[Token], n: int) -> bool:
    """Whether a sentence ends here, or another head begins: 已完成的：念山、富美，未完成的：九蓬."""
    if _ends(tokens[n]) or tokens[n].text != ",":
        return _ends(tokens[n])
    end = next((m for m in range(n + 1, len(tokens)) if tokens[m].kind is Kind.BREAK), n)
    head = tokens[n + 1 : end]
    return tokens[end].text == ":" and has(head, Kind.DONE, Kind.NOT_DONE) and not named_below(head)


def _under_its_head(sentence: list[Token]) -> list[Token]:
    first = next((n for n, t in enumerate(sentence) if t.kind is Kind.UNIT and _below(t)), 0)
    opened = next((n for n in range(first - 1, -1, -1) if sentence[n].text in (",", "(")), -1) + 1
    until = _of_its_own(sentence, first)
    listed = sentence[first:until]
    units = sum(t.kind is Kind.UNIT for t in listed)
    head = _bare(sentence[opened:first], units)
    marks = [t for t in head if t.kind in (Kind.DONE, Kind.NOT_DONE)]
    figures = [t for t in head if t.kind is Kind.INDICATOR]
    said = "".join(t.text for t in head)
    clear = len(marks) == 1 and len(figures) <= 1 and not has(head, *_NO_HEAD)
    if not clear or not _LISTS.search(said) or has(listed, Kind.DONE, Kind.NOT_DONE, Kind.PLAN):
        return sentence
    left = [t for t in head if t.kind is Kind.PLACES and many(t) != units]
    found = [*sentence[:opened], *left]
    for token in listed:
        if token.kind is Kind.PLACES and many(token) == units:
            continue
        found.append(token)
        if token.kind is Kind.UNIT and _below(token):
            stop = Token(Kind.BREAK, token.end, token.end, ",")
            found += [*figures, marks[0], stop]
    return found + sentence[until:]


def _bare(head: list[Token], units: int) -> list[Token]:
    """我乡3个村完成会改联：…, 会改联完成2个：…: a head without whose villages they are, and how many as are named."""
    if has(head, Kind.PLACES):
        head = [t for t in head if t.kind is not Kind.UNIT or _below(t)]
    if not any(names(t, FINISHED) for t in head):
        return head  # 新增执委2个：念山、富美
    return [
        t
        for t in head
        if t.kind is not Kind.NUMBER or t.number != units or t.counted not in ("", "个")
    ]


def _of_its_own(sentence: list[Token], first: int) -> int:
    """Where in 完成的有念山、富美，九蓬还没有 a unit that has its own value begins."""
    stops = [n for n in range(first, len(sentence)) if sentence[n].text == ","]
    for n, end in pairwise([*stops, len(sentence)]):
        clause = sentence[n:end]
        units = [t for t in clause if t.kind is Kind.UNIT]
        if len(units) == 1 and has(clause, Kind.NONE, Kind.NOT_DONE):
            return n
    return len(sentence)


_LISTS: Final = re.compile(
    r"(?:的(?:村|社区|乡镇|乡|镇|街道|单位)*|(?<=成)(?:村|乡镇)|[0-9一二两三四五六七八九十]+个?(?:村|社区|乡镇|乡|镇))\s*(?:(?:还|只|主要|分别)*(?:有|是|为|包括))?[\s:]*$|:\s*$"
)
_NO_HEAD: Final = (Kind.UNIT, Kind.NUMBER, Kind.PLAN, Kind.HEDGE, Kind.ASKING, Kind.REPORTED, Kind.EARLIER, Kind.FOREIGN, Kind.OWN)  # fmt: skip


def _below(token: Token) -> bool:
    return token.places[0].depth > 0


def _ends(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.text in "。;!\n"
