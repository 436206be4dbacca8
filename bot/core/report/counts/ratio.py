"""应到80实到72, 72/80: numerator and denominator of a ratio, taken out of the sentence before the rest is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.core import numerals
from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Ask, Ratio
from bot.core.report.counts import due
from bot.core.report.tokens import numbers as report_numbers
from bot.core.report.tokens.sheet import Sheet, Token
from bot.core.report.words.vocabulary import Kind


@dataclass(slots=True)
class Taken:
    """What is left of the sentence, the ratio found in it (with its span), and why it must be asked about."""

    tokens: list[Token]
    ratio: Ratio | None = None
    span: tuple[int, int] = (0, 0)
    ask: Ask | None = None
    each: tuple[Taken, ...] = ()


def of_each(tokens: list[Token], indicators: tuple[Indicator, ...]) -> Taken:
    """富美村应到80人实到72人，念山村应到50人实到48人: the ratio of every unit that is named, else of the sentence."""
    starts = [n for n, t in enumerate(tokens) if _below(t)]
    if (
        len(starts) < 2
        or not any(one.kind is IndicatorKind.RATIO for one in indicators)
        or any(t.kind is Kind.CORRECTION for t in tokens)
    ):
        return take(tokens, indicators)
    head, ends = tokens[: starts[0]], [*starts[1:], len(tokens)]
    named = [t for t in head if _names_ratio(t)]
    each = [
        take(named + tokens[start:end], indicators) for start, end in zip(starts, ends, strict=True)
    ]
    if any(one.ratio is None or one.ask for one in each):
        return take(tokens, indicators)
    left = [t for t in head if t not in named]
    left += [t for one in each if not _only_it(one) for t in one.tokens]
    return Taken(left, each=tuple(each))


def _only_it(found: Taken) -> bool:
    """Whether nothing but its ratio is said of a unit."""
    return all(t.kind in (Kind.UNIT, Kind.BREAK, Kind.FILLER) for t in found.tokens)


def _below(token: Token) -> bool:
    return token.kind is Kind.UNIT and any(place.depth > 0 for place in token.places)


def take(tokens: list[Token], indicators: tuple[Indicator, ...]) -> Taken:
    """The ratio of the sentence, if the campaign has one and exactly one is said."""
    if not any(one.kind is IndicatorKind.RATIO for one in indicators):
        return Taken(tokens)
    slashes = _slashes(tokens)
    sides, used = _sides(tokens)
    spans_gone = {t.start for t in slashes}
    left = [
        t for t in tokens if t not in used and t.start not in spans_gone and not _names_ratio(t)
    ]
    percents = [t for t in left if t.kind is Kind.PERCENT]
    found = [t.ratio for t in slashes if t.ratio is not None]
    spans = [*slashes, *used]
    if not found and not sides and not any(_names_ratio(t) for t in tokens):
        share = [
            t
            for t in tokens
            if t.kind is Kind.PERCENT or (t.text.endswith("成") and t.kind is not Kind.DONE)
        ]
        came = any(t.text in ("代表", "来了", "到了", "到会") or _side(t) for t in tokens)
        return Taken(tokens, ask=Ask.APPROXIMATE if share and came else None)  # 代表来了八成
    span = (min((t.start for t in spans), default=0), max((t.end for t in spans), default=0))
    if "whole" in sides and ("part" in sides or "away" in sides):
        whole = sides["whole"]
        found.append(Ratio(sides.get("part", whole - sides.get("away", 0)), whole))
    elif sides and not found:
        return Taken(tokens, span=span, ask=Ask.VALUE)
    if len(set(found)) > 1 or (found and "twice" in sides) or (found and _doubtful(tokens)):
        return Taken(left, found[0], span, Ask.VALUES)
    if not found:
        asked = any(t.kind in (Kind.ASKING, Kind.CONFIRM) for t in tokens)
        return Taken(tokens, ask=None if asked else Ask.VALUE)
    if percents and not _agree(found[0], percents):
        return Taken(left, found[0], span, Ask.VALUES)
    return Taken([t for t in left if t not in percents], found[0], span)


def _names_ratio(token: Token) -> bool:
    return token.kind is Kind.INDICATOR and any(
        one.kind is IndicatorKind.RATIO for one in token.indicators
    )


def _slashes(tokens: list[Token]) -> list[Token]:
    """72/80 beside the name of the ratio, or where nothing else that is counted is named."""
    found = [t for t in tokens if t.kind is Kind.RATIO]
    if any(_names_ratio(t) for t in tokens):
        return found
    if len(found) == 1 and all(t.kind in (Kind.RATIO, Kind.FILLER, Kind.BREAK) for t in tokens):
        return found
    sides = [_side(t) for t in tokens if _side(t) is not None]
    if len(found) == 1 and found[0].ratio is not None and sides == ["whole", "part"]:
        said = found[0].ratio  # 应到/实到:80/72
        turned = Ratio(said.whole, said.part)
        return [replace(found[0], ratio=turned)]
    return found if sides else []


def _sides(tokens: list[Token]) -> tuple[dict[str, int], list[Token]]:
    """`whole` (应到), `part` (实到) and `away` (缺席), each said before its number or behind it (72人参会)."""
    sides: dict[str, int] = {}
    used: list[Token] = []
    anchored = any(
        (side := _side(t)) == "whole" or (side == "part" and len(t.text) > 1) for t in tokens
    )
    if not anchored:
        return sides, used
    ahead = _numbers_first(tokens)
    for at, token in enumerate(tokens):
        side = _side(token)
        if side is None:
            continue
        near = (_before, _after) if ahead else (_after, _before)
        number = near[0](tokens, at, used) or near[1](tokens, at, used)
        if number is None:
            continue
        if sides.get(side, number.number) != number.number and not _mended(tokens[:at]):
            sides["twice"] = 1
        sides[side] = number.number
        used += [token, number]
    if (
        "part" in sides
        and "whole" not in sides
        and any(t.text in ("全", "都", "全部", "到齐") for t in tokens)
    ):
        sides["whole"] = sides["part"]
    if "part" in sides and "whole" not in sides:
        _all_of(tokens, sides, used)
    if "whole" in sides and not {"part", "away"} & set(sides) and _all_there(tokens):
        sides["part"] = sides["whole"]
    return sides, used


def _numbers_first(tokens: list[Token]) -> bool:
    """32应到32实到: each number stands before its word."""
    first = next((at for at, token in enumerate(tokens) if _side(token)), 0)
    last = max((at for at, token in enumerate(tokens) if _side(token)), default=0)
    before, after = tokens[first - 1] if first else None, tokens[last + 1 : last + 2]
    ends = not after or after[0].kind not in (Kind.NUMBER, Kind.FILLER)
    return before is not None and before.kind is Kind.NUMBER and ends


def _mended(tokens: list[Token]) -> bool:
    return any(token.kind is Kind.CORRECTION for token in tokens)


def _side(token: Token) -> str | None:
    if token.text in due.EXPECTED or (token.kind is Kind.EXPECTED and token.counted):
        return "whole"
    if token.text in due.PRESENT or (token.kind is Kind.PRESENT and token.counted):
        return "part"
    return "away" if token.text in due.ABSENT else None


def _after(tokens: list[Token], at: int, used: list[Token]) -> Token | None:
    for token in tokens[at + 1 : at + 5]:
        if token.kind is Kind.NUMBER and token not in used:
            return token
        soft = token.kind is Kind.BREAK and token.text in ":(/"
        if not (token.kind in (Kind.FILLER, Kind.PEOPLE, Kind.LABEL, Kind.MATTER) or soft) or _side(
            token
        ):
            return None
    return None


def _before(tokens: list[Token], at: int, used: list[Token]) -> Token | None:
    for token in reversed(tokens[max(0, at - 2) : at]):
        if token.kind is Kind.NUMBER and token not in used:
            return token
        if token.kind is not Kind.FILLER:
            return None
    return None


def _all_of(tokens: list[Token], sides: dict[str, int], used: list[Token]) -> None:
    """80个代表到了72个, 代表30人实到28人; 参会80人全到了."""
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or token in used or token.number < sides["part"]:
            continue
        near = tokens[max(0, at - 1) : at] + tokens[at + 1 : at + 2]
        nouns = any(t.text.endswith(("代表", "会员", "妇女", "村民")) for t in near)
        came = bool(token.counted) and any(
            t.kind is Kind.PRESENT or t.text in ("里", "中", "里面")
            for t in tokens[at + 1 : at + 2]
        )
        if nouns or came:
            sides["whole"] = token.number
            used.append(token)
            return


_ALL_CAME: Final = re.compile("(?:全部?|都|均)(?:已经?)?(?:到|来|出席|参加|参会)|到齐")


def _all_there(tokens: list[Token]) -> bool:
    """全部到会, 都到了, 到齐."""
    said = "".join(token.text for token in tokens)
    return _ALL_CAME.search(said) is not None


def _doubtful(tokens: list[Token]) -> bool:
    return any(
        t.kind in (Kind.APPROXIMATE, Kind.ODD) and any(_side(u) for u in tokens[max(0, n - 2) : n])
        for n, t in enumerate(tokens)
    ) or any(
        t.kind in (Kind.PLAN, Kind.HEDGE, Kind.UNSURE) and _side(u) is not None
        for t, u in pairwise(tokens)
    )  # 预计到会47人


def _agree(ratio: Ratio, percents: list[Token]) -> bool:
    """Whether a percentage said beside it is the same."""
    digits = ["".join(ch for ch in t.text if ch.isdigit() or ch == ".") for t in percents]
    return all(
        one and ratio.whole and abs(float(one) - 100 * ratio.part / ratio.whole) < 1
        for one in digits
    )


# ---- where they stand in the sentence ----------------------------------------------------------------------

_CAME: Final = re.compile(
    r"(?P<a>应到)(?P<m>[0-9零一二三四五六七八九十百两]+)人?(?P<b>到)(?P<n>[0-9零一二三四五六七八九十百两]+)人?"
)


def _came(sheet: Sheet) -> None:
    """应到35到33: no range."""
    for found in list(_CAME.finditer(sheet.left)):
        numbers = [numerals.value(found[group]) for group in ("m", "n")]
        if None in numbers:
            continue
        for group, kind, number in (
            ("a", Kind.EXPECTED, 0), ("m", Kind.NUMBER, numbers[0]), ("b", Kind.PRESENT, 0), ("n", Kind.NUMBER, numbers[1])
        ):  # fmt: skip
            start, end = found.span(group)
            sheet.take(Token(kind, start, end, found[group], number=number or 0))


def mark(sheet: Sheet) -> None:
    """Take 72/80, and 应到35到33, which is no range."""
    _came(sheet)
    for found in list(report_numbers.RATIO.finditer(sheet.left)):
        ratio = Ratio(int(found[1]), int(found[2]))
        sheet.take(Token(Kind.RATIO, found.start(), found.end(), found[0], ratio=ratio))
