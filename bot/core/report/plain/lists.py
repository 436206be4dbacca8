"""Lists and tables put into the order of plain speech: 东山、林屯分别是3、0 becomes 东山3 林屯0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.core.model import IndicatorKind
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_VALUES: Final = (Kind.NUMBER, Kind.DONE, Kind.NOT_DONE, Kind.NONE, Kind.ZERO, Kind.SAME)
_BETWEEN: Final = (Kind.FILLER, Kind.RESPECTIVELY, Kind.EACH)
_SEPARATORS: Final = "、,;+ \n|"
_YES: Final = {"是": Kind.DONE, "✓": Kind.DONE, "否": Kind.NOT_DONE, "✗": Kind.NOT_DONE}


def ordered(tokens: list[Token]) -> list[Token]:
    """The tokens with the values of lists and tables behind what they belong to."""
    return _table(tokens) or _paired(_paired(tokens, Kind.UNIT), Kind.INDICATOR)


def _break(at: int) -> Token:
    return Token(Kind.BREAK, at, at, ",")


def _paired(tokens: list[Token], kind: Kind) -> list[Token]:
    """`A、B、C 3、0、5`: as many numbers as names, with nothing but separators between."""
    at = 0
    while at < len(tokens):
        if tokens[at].kind is not kind:
            at += 1
            continue
        names, numbers, end = _run(tokens, at, kind)
        if (
            len(names) > 1
            and len(numbers) == 1
            and kind is Kind.INDICATOR
            and _each(tokens[at:end])
        ):
            numbers = numbers * len(names)
        if len(names) > 1 and len(names) == len(numbers):
            figure = [t for t in tokens[at:end] if kind is Kind.UNIT and t.kind is Kind.INDICATOR]
            pairs = [
                token
                for name, number in zip(names, numbers, strict=True)
                for token in (name, *figure[:1], number, _break(number.end))
            ]
            return [*tokens[:at], *pairs, *_paired(tokens[end:], kind)]
        at += 1
    return tokens


def _run(tokens: list[Token], at: int, kind: Kind) -> tuple[list[Token], list[Token], int]:
    """Names from `at`, the numbers directly behind them, and where they end."""
    names: list[Token] = []
    numbers: list[Token] = []
    end = at
    for n, token in enumerate(tokens[at:], at):
        if token.kind is kind and not numbers and _countable(token):
            if names and names[-1].end == token.start and kind is Kind.UNIT:
                break  # 东山林屯 may be one inside the other
            names.append(token)
        elif token.kind is Kind.NUMBER and len(names) > 1:
            numbers.append(token)
            end = n + 1
            if len(numbers) == len(names):
                break
        elif not (token.kind in _BETWEEN or _separates(token)):
            break
    following = tokens[end] if end < len(tokens) else None
    if following is not None and following.kind is Kind.NUMBER:
        return [], [], end
    return names, numbers, end


def _each(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.EACH for token in tokens)


def _countable(token: Token) -> bool:
    if token.kind is Kind.UNIT:
        return True
    return any(one.kind is IndicatorKind.COUNT for one in token.indicators)


def _separates(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.text in _SEPARATORS


# ---- tables ----------------------------------------------------------------------------------------------


def _table(tokens: list[Token]) -> list[Token]:
    """A line that names indicators, then lines of one unit and as many values; [] for anything else."""
    if not any(token.text == "\n" for token in tokens):
        return []
    lines = _lines(tokens)
    while lines and not any(t.kind is Kind.INDICATOR for t in lines[0]):
        if any(t.kind in _VALUES or t.kind is Kind.UNIT for t in lines[0]):
            return []
        lines = lines[1:]
    if len(lines) < 2:
        return []
    head = [token for token in lines[0] if token.kind is Kind.INDICATOR]
    if any(token.kind not in _HEAD and not _between_cells(token) for token in lines[0]):
        return []
    found: list[Token] = []
    for line in lines[1:]:
        row = _row(line, head)
        if not row:
            return []
        found += row
    return found


_HEAD: Final = (Kind.INDICATOR, Kind.FILLER, Kind.LABEL)


def _between_cells(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.text in ",|"


def _row(line: Sequence[Token], head: Sequence[Token]) -> list[Token]:
    units = [n for n, token in enumerate(line) if token.kind is Kind.UNIT]
    if len(units) != 1:
        return []
    values = [
        _yes(token) for token in line[units[0] + 1 :] if token.kind in _VALUES or token.text in _YES
    ]
    others = [
        token
        for token in line[units[0] + 1 :]
        if token.kind not in (*_VALUES, Kind.FILLER)
        and token.text not in _YES
        and not _between_cells(token)
    ]
    if len(values) != len(head) or others:
        return []
    found = [line[units[0]]]
    for indicator, value in zip(head, values, strict=True):
        found += [indicator, value, _break(value.end)]
    return found


def _yes(token: Token) -> Token:
    kind = _YES.get(token.text, token.kind)
    return Token(
        kind, token.start, token.end, token.text, number=token.number, counted=token.counted
    )


def _lines(tokens: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.BREAK and token.text == "\n":
            lines.append([])
        else:
            lines[-1].append(token)
    return [line for line in lines if any(t.kind is not Kind.FILLER for t in line)]
