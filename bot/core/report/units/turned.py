"""What an office says the other way round: 12名新增执委是念山村的; 念山村12，富美村9，以上是新增执委."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.report.clauses.said import COUNTED, names
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_IS: Final = frozenset(("是", "为", "系"))
_FROM: Final = frozenset(("来自", "属于", "属"))
_TURNED: Final = re.compile(
    "(?:^|(?<=[,;]))(?:[AID]*N[AID]*FUD?[AI]*|[AID]*N[AID]*,?SU[AID]+|[AI]*ND?SU|NUA?D?I|[AI]*N[AID]*[AI]D?,U(?=;|$))(?=[,;]|$)"
)
"""Of a clause in which A adds, I is a figure, N a number, U a unit, S 是, F 来自 and D 的: a number and then whose it is."""
_ALL_SO: Final = re.compile("(?:A?NA?IU(?:[,;]|$)){2,}")
_SO: Final = re.compile("(?:^|(?<=[,;]))A?NA?IU(?=[,;]|$)")
"""12名新增执委念山村，8名新增执委九蓬村: of each of several villages."""

_SAID: Final = re.compile("[报说讲写填发]")
"""是念山村报的 says who told it, and not whose it is."""


def told(tokens: list[Token]) -> tuple[list[Token], list[tuple[int, int]]]:
    """The tokens with such numbers behind their unit and the figure, and where 是 and 的 stood between them."""
    signs = [(sign, n) for n, token in enumerate(tokens) if (sign := _sign(token))]
    written = "".join(sign for sign, _ in signs)
    if "N" not in written or "U" not in written:
        return tokens, []
    found, done, figures, ended = list[Token](), 0, list[Token](), -1
    gone: list[tuple[int, int]] = []
    for match in (_SO if _ALL_SO.match(written) else _TURNED).finditer(written):
        places = [n for _, n in signs[match.start() : match.end()]]
        clause = [tokens[n] for n in places]
        named = _figures(clause) or (figures if match.start() == ended + 1 else [])
        if not named:
            continue
        figures, ended = named, match.end()
        units = [t for t in clause if t.kind is Kind.UNIT]
        numbers = [t for t in clause if t.kind is Kind.NUMBER]
        found += [*tokens[done : places[0]], *units, *named, *numbers]
        gone += [(t.start, t.end) for t in clause if t.kind is Kind.FILLER]
        done = places[-1] + 1
    return [*found, *tokens[done:]], gone


def _sign(token: Token) -> str:
    """One letter for what it is; none for what says nothing."""
    match token.kind:
        case Kind.ADD:
            return "A"
        case Kind.INDICATOR:
            return "I" if names(token, COUNTED) else "X"
        case Kind.NUMBER:
            return "N"
        case Kind.UNIT:
            return "U" if token.places[0].depth > 0 else "X"
        case _ if token.text in _FROM:
            return "F"
        case Kind.BREAK:
            return "," if token.text in ",、" else ";"
        case Kind.FILLER:
            if token.text in _IS:
                return "S"
            return "D" if token.text == "的" else "X" if _SAID.search(token.text) else ""
        case _:
            return "X"


def _figures(clause: Sequence[Token]) -> list[Token]:
    """The first word of adding and the first figure, if a figure is named or somebody was added."""
    added = [t for t in clause if t.kind is Kind.ADD][:1]
    return added + [t for t in clause if t.kind is Kind.INDICATOR][:1]


def denied(tokens: list[Token]) -> list[Token]:
    """12名新增执委不是念山村的: of whom they are is not said."""
    if not any(t.kind is Kind.VOID for t in tokens):
        return tokens
    found = list(tokens)
    for n in range(1, len(tokens) - 1):
        told = tokens[n - 1].kind is Kind.VOID and tokens[n].kind is Kind.UNIT
        ends = n + 2 == len(tokens) or tokens[n + 2].kind is Kind.BREAK
        if told and tokens[n + 1].text == "的" and ends:
            found[n] = replace(tokens[n], kind=Kind.FOREIGN)
    return found


_ABOVE: Final = re.compile("(?:以上|上述|上面|这些|都|均|全|全部|的|是|为|系|各村|数|人数|\\s)+")


_PAIRS: Final = re.compile("(?:UN){2,}")


def headed(tokens: list[Token]) -> tuple[list[Token], tuple[int, int]]:
    """The figure that is named behind a list in front of it, and where that was said; (0, 0) if none is."""
    last = len(tokens)
    while last and tokens[last - 1].kind is Kind.BREAK:
        last -= 1
    start = next((n + 1 for n in range(last - 1, -1, -1) if tokens[n].kind is Kind.BREAK), 0)
    tail, listed = tokens[start:last], tokens[:start]
    figures = _figures(tail)
    around = "".join(t.text for t in tail if t not in figures)
    pairs = "".join(s for t in listed if (s := _sign(t)) and s not in ",;D")
    if not (figures and names(figures[-1], COUNTED) and _ABOVE.fullmatch(around)):
        return tokens, (0, 0)
    if _PAIRS.fullmatch(pairs) is None:
        return tokens, (0, 0)
    stop = Token(Kind.BREAK, tokens[0].start, tokens[0].start, ":")
    return [*figures, stop, *listed], (tail[0].start, tail[-1].end)
