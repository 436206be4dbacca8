"""Units told by their rank, or as alike: 最多的是念山村，有12名，其次是富美村，9名; 念山跟富美一样，都新增12名."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import opens
from bot.core.report.words.vocabulary import Kind

_MOST: Final = frozenset(str.split("最多的 最少的 最多 最少 最高的 最低的 最高 最低"))
_ALIKE: Final = frozenset(str.split("一样 一样多 相同 同样"))
_AND: Final = frozenset("和跟与同、")
_ALL: Final = ("都", "均", "各", "全")


def plainly(tokens: list[Token]) -> list[Token]:
    """The tokens without the words of rank beside a unit, and 一样 behind two that are joined."""
    units = [n for n, token in enumerate(tokens) if token.kind is Kind.UNIT]
    if not units:
        return tokens
    found = list(tokens)
    for n, token in enumerate(tokens):
        if token.text in _MOST and _of_a_unit(tokens, n):
            found[n] = replace(token, kind=Kind.FILLER)
    alike = next((n for n, token in enumerate(tokens) if token.text in _ALIKE), None)
    return found if alike is None else _of_both(found, alike)


def _of_a_unit(tokens: Sequence[Token], n: int) -> bool:
    """最多的是念山村, 念山村新增执委最多，: the unit beside it, and its number in the next breath."""
    behind = _loud(tokens, n + 1)
    if not behind:
        return False
    if behind[0].kind is Kind.UNIT:
        return tokens[n].kind is not Kind.HEDGE or any(t.text == "其次" for t in tokens)
    named = [t for t in tokens[:n] if t.kind is Kind.UNIT]
    ranked = bool(named) and opens(behind[0]) and len(behind) > 1
    return ranked and behind[1].kind is Kind.NUMBER


def _loud(tokens: Sequence[Token], start: int) -> list[Token]:
    return [t for t in tokens[start : start + 6] if t.kind is not Kind.FILLER]


def _of_both(found: list[Token], n: int) -> list[Token]:
    """念山跟富美一样，都…: 念山跟富美都…."""
    joined = n > 2 and [t.kind for t in found[n - 3 : n : 2]] == [Kind.UNIT, Kind.UNIT]
    if not joined or found[n - 2].text not in _AND:
        return found
    end = next((m for m in range(n + 1, len(found)) if not _quiet(found[m])), len(found))
    later = "".join(t.text for t in found[n + 1 : min(len(found), end + 6)])
    if not any(sign in later for sign in _ALL):
        return found
    return [*found[:n], replace(found[n], kind=Kind.EACH), *found[end:]]


def _quiet(token: Token) -> bool:
    return token.text in (",", " ", "的")
