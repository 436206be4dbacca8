"""What is said of several units at once, told of each: 分别是12、9, 每村5名, 除九蓬外各5名, 12名念山 9名富美, 只有九蓬是11名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.report.clauses.said import COUNTED, VALUES, names
from bot.core.report.tokens.sheet import Sheet, Token
from bot.core.report.units.grouped import group_before, has, many, told_in
from bot.core.report.units.in_turn import each_its_own, respectively
from bot.core.report.words.vocabulary import Kind

_EVERY: Final = re.compile("每一?个?(?:行政)?(?:村|社区|乡镇|乡|镇|街道)(?:都|各)?")
_THEY: Final = frozenset(str.split("她们 他们 她们村 他们村 她们那边 她村"))
_SPOKE: Final = re.compile(
    "主席|主任|书记|电话|来电|微信|短信|[报发托捎]来|带话|捎话|托我|[让叫请]我"
)
_EXCEPT: Final = re.compile(
    "(?:除了|除(?!了)|除去|除开|扣除)(?P<them>[^,。;!\n\x00]?\x00+(?:[、和及与,]\x00+)*)(?P<said>[^,。;!\n\x00]{0,8}?(?:\x00+)?[^,。;!\n\x00]{0,6}?)(?P<end>[之以]?外|(?=[都均全,]|其[他它余]))"
)


def mark(sheet: Sheet) -> None:
    """Take 除 and 外 around names of units: EXCEPT, with the words between in sight."""
    if "除" not in sheet.left:
        return
    for found in list(_EXCEPT.finditer(sheet.left)):
        first, last = found.start("them"), found.start("end")
        sheet.take(Token(Kind.EXCEPT, found.start(), first, sheet.text[found.start() : first]))
        sheet.take(Token(Kind.EXCEPT, last, found.end(), sheet.text[last : found.end()]))


def told_of_each(tokens: list[Token]) -> list[Token]:
    """The tokens with what is shared by several units behind each of them."""
    return respectively(_excepted(_every(each_its_own(tokens))))


# ---- each, they -------------------------------------------------------------------------------------------


def _every(tokens: list[Token]) -> list[Token]:
    """念山、富美都完成，每村5名; 念山主席来电话，她们完成了: of those that were named."""
    found: list[Token] = []
    for n, token in enumerate(tokens):
        group = group_before(tokens, n)[1] if token.kind is Kind.FOREIGN else []
        if token.kind is Kind.NUMBER and _both(tokens, n):
            found.append(replace(token, kind=Kind.FILLER))
        elif (len(group) > 1 and _EVERY.fullmatch(token.text)) or _of_the_list(tokens, n):
            found.append(replace(token, kind=Kind.EACH))
        elif _counted(tokens, n) or (
            group and token.text in _THEY and _heard_of(tokens[:n], group[-1])
        ):
            found.append(replace(token, kind=Kind.FILLER))
        else:
            found.append(token)
    return found


_ALL: Final = frozenset(str.split("都 也都 全都 均"))
_OF_NUMBER: Final = (Kind.FILLER, Kind.ADD, Kind.INDICATOR)


def _of_the_list(tokens: Sequence[Token], n: int) -> bool:
    """石屯村和松源村都新增了10名: what is told behind two units is so of each."""
    start, group = group_before(tokens, n)
    if tokens[n].text not in _ALL or len(group) < 2 or tokens[n].kind is not Kind.FILLER:
        return False
    said = tokens[tokens.index(group[-1], start) + 1 : n]
    number = next((t for t in tokens[n + 1 :] if t.kind not in _OF_NUMBER), None)
    near = all(t.kind in (*_OF_NUMBER, Kind.DONE) or t.text == "," for t in said)
    return near and number is not None and number.kind is Kind.NUMBER


def _both(tokens: Sequence[Token], n: int) -> bool:
    """八仙、九峰两个都报上来了; 会改联完成的有富美村和九蓬村两个: how many were named."""
    joined = group_before(tokens, n)[1] if n and tokens[n - 1].kind is Kind.UNIT else []
    if not 1 < len(joined) == tokens[n].number:
        return False
    behind = tokens[n + 1].text if n + 1 < len(tokens) else ""
    start = next((m + 1 for m in range(n - 1, -1, -1) if tokens[m].text in _STOPS), 0)
    end = next((m for m in range(n + 1, len(tokens)) if tokens[m].text in _STOPS), len(tokens))
    clause = tokens[start:end]
    done = has(clause, Kind.DONE, Kind.NOT_DONE) and not any(names(t, COUNTED) for t in clause)
    done = done and tokens[n].counted == "个"
    return done or behind.startswith(("都", "均", "也", "全", "乡镇"))


_STOPS: Final = frozenset(",;。!\n")


def _counted(tokens: Sequence[Token], n: int) -> bool:
    """全乡有3个村完成，分别是念山、富美、九蓬: as many as are named behind it."""
    if tokens[n].kind is not Kind.FOREIGN or tokens[n].text[0] not in "全各":
        return False
    places = next(
        (m for m in range(n, min(n + 5, len(tokens))) if tokens[m].kind is Kind.PLACES), -1
    )
    behind = [m for m in range(n, len(tokens)) if tokens[m].kind is Kind.UNIT]
    if places < 0 or not behind:
        return False
    return many(tokens[places]) == len(group_before(tokens, behind[-1] + 1)[1]) == len(behind)


def _heard_of(tokens: Sequence[Token], last: Token) -> bool:
    """Whether who leads the unit spoke to her."""
    behind = "".join(t.text for t in tokens if t.start >= last.end)
    return _SPOKE.search(behind) is not None


# ---- except ----------------------------------------------------------------------------------------------


def _excepted(tokens: list[Token]) -> list[Token]:
    """除九蓬外各5名, behind 念山、富美、九蓬: of the others; 除九蓬没有外，念山5名: nothing but a way to say it."""
    first = next((n for n, t in enumerate(tokens) if t.kind is Kind.EXCEPT), None)
    if first is None:
        return tokens
    last = next((n for n in range(first + 1, len(tokens)) if tokens[n].kind is Kind.EXCEPT), first)
    inside = tokens[first + 1 : last]
    before, behind = tokens[:first], _excepted(tokens[last + 1 :])
    out = {t.places for t in inside if t.kind is Kind.UNIT}
    stop = Token(Kind.BREAK, tokens[last].start, tokens[last].start, ",")
    if told_in(inside):
        quiet = [replace(t, kind=Kind.FILLER) if t.kind is Kind.RISKY else t for t in inside]
        return [*before, *quiet, stop, *behind]
    named = next((t for t in behind if t.kind in (Kind.UNIT, *VALUES)), None)
    _, group = group_before(before, len(before))
    left = [t for t in group if t.places not in out]
    if named is not None and named.kind is Kind.UNIT and named.places not in out:
        return [*before, stop, *behind]
    if left and len(left) == len(group) - len(out):
        while behind and behind[0].text == ",":
            behind = behind[1:]
        return [*before, stop, *left, *behind]
    return [*before, *inside, replace(tokens[last], kind=Kind.FOREIGN), *behind]
