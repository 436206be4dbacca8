"""As many values as units, each put behind its own: 分别是12、9, 12名念山 9名富美, 念山村 12 完成."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.report.clauses.said import COUNTED, VALUES, names
from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import (
    JOINING,
    VILLAGES,
    group_before,
    many,
    opens,
    told_in,
)
from bot.core.report.words.vocabulary import Kind

_ENDS: Final = ("。", ";", "!", "\n")


def each_its_own(tokens: list[Token]) -> list[Token]:
    """Marks before numbers, numbers behind names."""
    return _number_first(_unit_last(_mark_first(tokens)))


def _mark_first(tokens: list[Token]) -> list[Token]:
    """念山村 12 完成: the mark before the number, as in all other tables."""
    found = list(tokens)
    if any(t.kind is Kind.INDICATOR for t in tokens):
        return found
    kept = [n for n, t in enumerate(tokens) if t.kind is not Kind.FILLER or t.text.strip()]
    for n in range(len(kept) - 2):
        unit, number, mark = (tokens[m] for m in kept[n : n + 3])
        behind = tokens[kept[n + 3]] if n + 3 < len(kept) else None
        row = (unit.kind, number.kind) == (Kind.UNIT, Kind.NUMBER) and mark.kind in _FINISHED
        if row and not number.counted and (behind is None or opens(behind)):
            found[kept[n + 1]], found[kept[n + 2]] = mark, number
    return found


_FINISHED: Final = (Kind.DONE, Kind.NOT_DONE)


_SIGNS: Final = {Kind.NUMBER: "N", Kind.ADD: "A", Kind.UNIT: "U"}
_APART: Final = ",;:。!\n、()-"
_UNIT_LAST: Final = re.compile(
    r"(?:^|(?<=[,;:。!\n])(?<!U:))(?:[AI]*NI?(?:\(U\)|-+U)(?:[,;、]|(?=[。!\n]|$))){2,}"
    r"|(?:^|(?<=[;:。!\n])(?<!U:))(?:(?:[AI]*NI?,U(?:[;。\n]|!?$)){2,}|(?:[AI]*NI?=U(?:[,;、。\n]|!?$)){2,})"
    r"|(?:^|(?<=[,;:。!\n])(?<!U[,:]))(?:[AI]+NU[,;、\n]?){2,}(?![AIN])(?:$|(?<=[;\n])|(?=[。!]))"
)
"""12名（念山村）、9名（富美村）; 12名新增执委，念山村；9名新增执委，富美村; 10名是念山村的，8名是富美村的: whose it is stands behind."""


def _unit_last(tokens: list[Token]) -> list[Token]:
    """The tokens with such a unit before its number."""
    if sum(t.kind is Kind.UNIT for t in tokens) < 2:
        return tokens
    kept = [t for t in tokens if t.kind is not Kind.FILLER or t.text in ("-", "是")]
    said = "".join(_sign(t) for t in kept)
    found = list(tokens)
    for row in _UNIT_LAST.finditer(said):
        for unit in (at for at in range(*row.span()) if said[at] == "U"):
            first = max(row.start(), said.rfind("U", 0, unit) + 1)
            first = next(at for at in range(first, unit) if said[at] in "AIN")
            at = found.index(kept[first])
            of = [t for t in found[at : found.index(kept[unit]) + 2] if t.text in ("的", "是")]
            found = [t for t in found if t not in (kept[unit], *of)]
            found.insert(at, kept[unit])
    return found


def _sign(token: Token) -> str:
    if token.text in _APART or token.text == "是":
        return "=" if token.text == "是" else token.text
    return "I" if names(token, COUNTED) else _SIGNS.get(token.kind, "x")


def _number_first(tokens: list[Token]) -> list[Token]:
    """12名念山 9名富美: the number behind its unit."""
    at = 0
    while at < len(tokens):
        pairs, end = _pairs(tokens, at)
        if pairs:
            turned = [
                token
                for number, figure, unit in pairs
                for token in (unit, *figure, number, Token(Kind.BREAK, number.end, number.end, ","))
            ]
            return [*tokens[:at], *turned, *_number_first(tokens[end:])]
        at += 1
    return tokens


def _pairs(
    tokens: Sequence[Token], at: int
) -> tuple[list[tuple[Token, Sequence[Token], Token]], int]:
    """Numbers from `at`, each with its figure and unit in one breath behind it, and where they end."""
    pairs: list[tuple[Token, Sequence[Token], Token]] = []
    before = _loud_before(tokens, at)
    n = at
    while n < len(tokens) and tokens[n].kind is Kind.NUMBER:
        unit = n + 1
        while unit < len(tokens) and (
            tokens[unit].text.strip(" ") in _OF or names(tokens[unit], COUNTED)
        ):
            unit += 1
        if unit >= len(tokens) or tokens[unit].kind is not Kind.UNIT:
            break
        figure = [t for t in tokens[n:unit] if t.kind is Kind.INDICATOR]
        if figure and tokens[unit - 1].text.strip(" ") not in _OF:
            break
        behind = tokens[unit + 1 : unit + 3]
        ended = len(behind) < 2 or behind[1].kind is Kind.BREAK
        if behind and ended and names(behind[0], COUNTED):
            figure, unit_ends = [behind[0]], unit + 2  # 12名念山村新增执委
        else:
            unit_ends = unit + 1
        following = unit_ends
        while following < len(tokens) and tokens[following].text.strip(" ") in JOINING:
            following += 1
        apart = following > unit_ends or following == len(tokens) or _stops(tokens[following])
        if not apart:
            break
        pairs.append((tokens[n], figure, tokens[unit]))
        n = following
    alone = before is None or (before.kind is Kind.BREAK and before.text in ",;。!\n:")
    led = before is not None and (
        (before.kind is Kind.INDICATOR and len(pairs) > 1)
        or (before.kind is Kind.ADD and bool(pairs) and bool(pairs[0][1]))
    )
    alone = alone or led
    ended = n >= len(tokens) or tokens[n].kind is not Kind.NUMBER or tokens[n - 1].text == "\n"
    return (pairs, n) if pairs and alone and ended else ([], at)


def _stops(token: Token) -> bool:
    """念山：12 富美：10: behind the colon stands the number of the unit, and it ends nothing."""
    return opens(token) and token.text != ":"


_OF: Final = frozenset(["", *str.split("的 是 在 有 的是 的有 属于 属 -")])


def _loud_before(tokens: Sequence[Token], at: int) -> Token | None:
    return next((t for t in reversed(tokens[:at]) if t.kind is not Kind.FILLER), None)


def respectively(tokens: list[Token]) -> list[Token]:
    """念山、富美都完成了，新增执委分别是12、9名: as many numbers as units, each to its own."""
    at = 0
    while at < len(tokens):
        numbers, end = _numbers(tokens, at)
        start, group = group_before(tokens, at)
        if len(group) < len(numbers):
            start, group = _named_before(tokens, at, len(numbers)) or (start, group)
        more = [t.text if t.kind is not Kind.NUMBER else "" for t in tokens[end : end + 2]]
        if len(numbers) == 1 < len(group) and more != ["、", ""] and _of_each(tokens, at):
            numbers = numbers * len(group)
        if len(numbers) > 1 and len(numbers) == len(group):
            between = tokens[tokens.index(group[-1], start) + 1 : at]
            told = told_in(between)
            head = next((n for n in range(at - 1, start, -1) if opens(tokens[n])), start)
            if told and told_in(tokens[head + 1 : at]):  # 会改联都完成执委分别是12、9
                head = max(n for n in range(start, at) if tokens[n].kind in VALUES)
            said = [t for t in tokens[head + 1 : end] if t.kind is Kind.ADD]
            figures = [t for t in tokens[start:end] if names(t, COUNTED)]
            clear = _in_turn(tokens[start:end]) or numbers[0] is numbers[-1] or _apart(numbers)
            near = told or _in_turn(between) or all(t.text not in _ENDS for t in between)
            if clear and near and len({t.text for t in figures}) <= 1:
                kept = tokens[: head + 1] if told else tokens[:start]
                kept += [t for t in tokens[head + 1 if told else start : at] if t.kind in _STRANGE]
                pairs = [
                    token
                    for unit, number in zip(group, numbers, strict=True)
                    for token in (
                        unit, *figures[-1:], *said[:1], number, Token(Kind.BREAK, number.end, number.end, ",")
                    )
                ]  # fmt: skip
                return [*kept, *pairs, *respectively(tokens[end:])]
        at = max(at + 1, end)
    return tokens


def _named_before(tokens: Sequence[Token], at: int, number: int) -> tuple[int, list[Token]] | None:
    """富美村完成，念山村完成，(两村)新增执委分别为12、9: as many units as there are villages, and where the first stands."""
    head = next((n for n in range(at - 1, -1, -1) if opens(tokens[n])), -1)
    both = any(VILLAGES.fullmatch(t.text) and many(t) == number for t in tokens[head + 1 : at])
    if any(
        t.kind not in _NEW_ONES and not VILLAGES.fullmatch(t.text) for t in tokens[head + 1 : at]
    ):
        return None
    before = [t for t in tokens[: head + 1] if t.kind in (Kind.UNIT, *VALUES)]
    done = [Kind.UNIT, Kind.DONE] * number == [t.kind for t in before]
    if not both and not done:
        return None
    units = {t.places: t for t in tokens[:head] if t.kind is Kind.UNIT and t.places[0].depth > 0}
    if head < 0 or len(units) != number or not _in_turn(tokens[head:at]):
        return None
    first = next(iter(units.values()))
    return tokens.index(first), list(units.values())


_NEW_ONES: Final = (Kind.FILLER, Kind.ADD, Kind.INDICATOR, Kind.RESPECTIVELY)


def _of_each(tokens: Sequence[Token], at: int) -> bool:
    """念山、富美各新增执委5名: the number stands behind a word for each, in its clause."""
    for token in reversed(tokens[:at]):
        if token.kind is Kind.EACH:
            return True
        if opens(token) or token.kind in (Kind.LABEL, Kind.PART, Kind.TEXT, Kind.RISKY, *VALUES):
            return False
    return False


def _in_turn(tokens: Sequence[Token]) -> bool:
    return any(t.kind is Kind.RESPECTIVELY for t in tokens)


def _apart(numbers: Sequence[Token]) -> bool:
    """12、13 may be a guess."""
    counted = numbers[0].counted != "" and numbers[1].counted != ""  # 12名、13名
    return len(numbers) > 2 or counted or abs(numbers[0].number - numbers[1].number) > 1


def _apart_from(tokens: Sequence[Token], n: int, found: Sequence[Token]) -> bool:
    """各7名，一刻没停: no further number of the row."""
    behind = tokens[n + 1] if n + 1 < len(tokens) else None
    noun = behind is not None and behind.kind in _NOUNS and behind.start == tokens[n].end
    return noun or (bool(found) and found[-1].counted != "" and not tokens[n].counted)


_STRANGE: Final = (Kind.FOREIGN, Kind.TEXT, Kind.HEDGE, Kind.PLAN, Kind.ASKING, Kind.UNSURE, Kind.RISKY, Kind.REPORTED, Kind.EARLIER)  # fmt: skip
_NOUNS: Final = (Kind.TEXT, Kind.LABEL, Kind.RISKY, Kind.ROLE, Kind.MATTER, Kind.THING, Kind.PEOPLE)


def _numbers(tokens: Sequence[Token], at: int) -> tuple[list[Token], int]:
    """Numbers from `at` with only signs between, and where they end; none in the midst of them."""
    found: list[Token] = []
    end = n = at
    if at and tokens[at].kind is Kind.NUMBER and tokens[at - 1].kind is Kind.UNIT:
        return found, end
    while n < len(tokens):
        if tokens[n].kind is Kind.NUMBER and not _apart_from(tokens, n, found):
            found.append(tokens[n])
            end = n + 1
        elif not found or tokens[n].text.strip(" ") not in JOINING or tokens[n].text == "\n":
            break
        n += 1
    behind = tokens[end] if end < len(tokens) else None
    if found and behind is not None and names(behind, COUNTED):
        end += 1  # 分别选出12、9名执委
    return found, end
