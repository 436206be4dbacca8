"""What is said of several units at once, told of each: 分别是12、9, 每村5名, 除九蓬外各5名, 12名念山 9名富美, 只有九蓬是11名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core import numerals
from bot.core.report_said import COUNTED, VALUES, names
from bot.core.report_sheet import Sheet, Token
from bot.core.report_vocabulary import Kind

JOINING: Final = ("", "、", ",", " ", "+", "/", "\n", "|", "和", "及", "以及", "与", "跟", "还有")
_EVERY: Final = re.compile("每一?个?(?:行政)?(?:村|社区|乡镇|乡|镇|街道)(?:都|各)?")
_THEY: Final = frozenset(str.split("她们 他们 她们村 他们村 她们那边 她村"))
_NUMBER: Final = re.compile("[^0-9零一二两三四五六七八九十百]")
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
    return _respectively(_excepted(_every(_number_first(_mark_first(tokens)))))


# ---- groups ----------------------------------------------------------------------------------------------


def group_before(tokens: Sequence[Token], until: int) -> tuple[int, list[Token]]:
    """The last names of units before a place that are joined to one list, and where it begins."""
    found: list[Token] = []
    start = until
    for n in range(until - 1, -1, -1):
        token = tokens[n]
        if token.kind is Kind.UNIT:
            found.insert(0, token)
            start = n
        elif found and token.text.strip(" ") not in JOINING:
            break
    return start, found


def told_in(tokens: Sequence[Token]) -> bool:
    """Whether a value is among them."""
    return any(t.kind in VALUES for t in tokens)


# ---- each, they -------------------------------------------------------------------------------------------


def _every(tokens: list[Token]) -> list[Token]:
    """念山、富美都完成，每村5名; 念山主席来电话，她们完成了: of those that were named."""
    found: list[Token] = []
    for n, token in enumerate(tokens):
        group = group_before(tokens, n)[1] if token.kind is Kind.FOREIGN else []
        if token.kind is Kind.NUMBER and _both(tokens, n):
            found.append(replace(token, kind=Kind.FILLER))
        elif len(group) > 1 and _EVERY.fullmatch(token.text):
            found.append(replace(token, kind=Kind.EACH))
        elif _counted(tokens, n) or (
            group and token.text in _THEY and _heard_of(tokens[:n], group[-1])
        ):
            found.append(replace(token, kind=Kind.FILLER))
        else:
            found.append(token)
    return found


def _both(tokens: Sequence[Token], n: int) -> bool:
    """八仙、九峰两个都报上来了: how many were named."""
    joined = group_before(tokens, n)[1] if n and tokens[n - 1].kind is Kind.UNIT else []
    behind = tokens[n + 1].text if n + 1 < len(tokens) else ""
    return 1 < len(joined) == tokens[n].number and behind[:1] in ("都", "均", "也", "全")


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


def many(token: Token) -> int | None:
    """How many 三个村 are."""
    return numerals.value(_NUMBER.sub("", token.text))


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


# ---- one after the other ---------------------------------------------------------------------------------


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
        while unit < len(tokens) and (tokens[unit].text in _OF or names(tokens[unit], COUNTED)):
            unit += 1
        if unit >= len(tokens) or tokens[unit].kind is not Kind.UNIT:
            break
        following = unit + 1
        while following < len(tokens) and tokens[following].text.strip(" ") in JOINING:
            following += 1
        apart = following > unit + 1 or following == len(tokens) or opens(tokens[following])
        if not apart:
            break
        figure = [t for t in tokens[n:unit] if t.kind is Kind.INDICATOR]
        if figure and tokens[unit - 1].text not in _OF:
            break
        pairs.append((tokens[n], figure, tokens[unit]))
        n = following
    alone = before is None or (before.kind is Kind.BREAK and before.text in ",;。!\n:")
    led = before is not None and (
        (before.kind is Kind.INDICATOR and len(pairs) > 1)
        or (before.kind is Kind.ADD and bool(pairs) and bool(pairs[0][1]))
    )
    alone = alone or led
    ended = n >= len(tokens) or tokens[n].kind is not Kind.NUMBER
    return (pairs, n) if pairs and alone and ended else ([], at)


_OF: Final = frozenset(str.split("的 是 在 有 的是 的有 属于 属"))


def _loud_before(tokens: Sequence[Token], at: int) -> Token | None:
    return next((t for t in reversed(tokens[:at]) if t.kind is not Kind.FILLER), None)


def _respectively(tokens: list[Token]) -> list[Token]:
    """念山、富美都完成了，新增执委分别是12、9名: as many numbers as units, each to its own."""
    at = 0
    while at < len(tokens):
        numbers, end = _numbers(tokens, at)
        start, group = group_before(tokens, at)
        if len(numbers) == 1 < len(group) and _of_each(tokens, at):
            numbers = numbers * len(group)
        if len(numbers) > 1 and len(numbers) == len(group):
            between = tokens[start + 2 * len(group) - 1 : at]
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
                pairs = [
                    token
                    for unit, number in zip(group, numbers, strict=True)
                    for token in (
                        unit, *figures[-1:], *said[:1], number, Token(Kind.BREAK, number.end, number.end, ",")
                    )
                ]  # fmt: skip
                return [*kept, *pairs, *_respectively(tokens[end:])]
        at = max(at + 1, end)
    return tokens


_ENDS: Final = ("。", ";", "!", "\n")


def opens(token: Token) -> bool:
    """Whether a clause begins behind it."""
    return token.kind is Kind.BREAK and token.text in ",;。!\n:"


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
