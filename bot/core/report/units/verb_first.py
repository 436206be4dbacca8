"""What an office finished, said before of whom: 本周完成富美村、念山村，未完成九蓬村; 完成富美12人、念山9人."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.core.report.clauses.said import COUNTED, VALUES, names
from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import JOINING
from bot.core.report.words.vocabulary import Kind

_ACT: Final = re.compile(
    "完[成工城]|办[结成]|落实|玩成|[没未][改搞弄办做整]|[改搞弄办做整](?:好|完|成|定|了|妥)"
)
_SMALL: Final = frozenset(str.split("的 了 的村 村"))
_LISTS: Final = frozenset(str.split("有 是 为 分别 只有 的有 的是"))
_ITEM: Final = r"U(?:\(A?C?NC?\)|A?C?NC?)"
_FIRST: Final = re.compile(
    r"(?:^|(?<=[,;n:(]))(?P<front>[FSLOIX]*)(?P<verb>[VW])[FS]*I?[SL]*"
    r"(?P<list>U(?:J*U)*(?:,U(?:J*U)*(?=[,;n)]|$))*)S?I?[FS]*(?=(?P<counted>\(?[ACE]*N)|[,;n)(ACE]|$)"
)
"""Of a clause whose signs are those of `_sign`: the verb, perhaps its figure, and the units."""
_MORE: Final = re.compile(rf"[,J]({_ITEM})(?=[,;n)J]|$)")
_LINES: Final = re.compile(
    rf"(?:^|(?<=[,;n]))(?P<front>[FSLOIX]*)[VW][FS]*I?[FS]*:?n(?P<items>(?:;*(?:{_ITEM}|U(?:J*U)*)(?:[,;nJ]+|$))+)(?![ACEN(])"
)
"""本周完成：⏎富美12人⏎念山9人: such a head, and the lines below it."""
_SIGNS: Final = {Kind.NUMBER: "N", Kind.ADD: "A", Kind.EACH: "E", Kind.OWN: "O"}
_APART: Final = (",", "\n")
_STOPS: Final = re.compile("[;n]")
_OWN_VERB: Final = re.compile("U.*[VWZX]")


def told(tokens: list[Token]) -> list[Token]:
    """The tokens with such a verb, and its figure, behind the units of its clause or of the lines below it."""
    kinds = {t.kind for t in tokens}
    if Kind.UNIT not in kinds or kinds.isdisjoint((Kind.DONE, Kind.NOT_DONE)):
        return tokens
    written = "".join(_sign(t) for t in tokens)
    if "n" in written and (lines := _LINES.search(written)) is not None:
        below = told(tokens[lines.end() :])
        return [*told(tokens[: lines.start()]), *_below(tokens, lines), *below]
    found, at = list[Token](), 0
    for match in _FIRST.finditer(written):
        if not _plain(written, match):
            continue
        found += tokens[at : match.start()]
        found += _turned(tokens, match)
        at = match.end()
        if match["counted"] and "U" not in match["list"][1:]:
            found, at = _items(tokens, match, written, found)
    return [*found, *tokens[at:]]


def _plain(written: str, match: re.Match[str]) -> bool:
    """Whether it is clear what the verb is said of, and not told of each of a list elsewhere: 完成会改联的有念山、富美."""
    if match["verb"] == "W" and match["counted"]:
        return False
    begun, rest = (
        _STOPS.split(written[: match.start()])[-1],
        _STOPS.split(written[match.end() :])[0],
    )
    if "L" in written[match.end("verb") : match.start("list")]:
        return any(sign in "VW" for sign in begun + rest)
    following = rest[1:].partition(",")[0]
    return "," not in match["list"] or not _OWN_VERB.search(following)  # 完成念山，富美，九蓬未完成


def _below(tokens: list[Token], match: re.Match[str]) -> list[Token]:
    """The front of a head, and its verb behind each unit of the lines below it."""
    head = tokens[match.start() : match.start("items")]
    verb = [t for t in head if t.kind in (Kind.INDICATOR, Kind.DONE, Kind.NOT_DONE)]
    found = tokens[match.start() : match.end("front")]
    found = [t for t in found if t not in verb]
    for token in tokens[match.start("items") : match.end("items")]:
        found.append(token)
        if token.kind is Kind.UNIT:
            found += [*verb, Token(Kind.BREAK, token.end, token.end, ",")]
    return found


def _turned(tokens: list[Token], match: re.Match[str]) -> list[Token]:
    """The front, the units, the figure and the verb of one clause."""
    said = _said(tokens, match)
    last = tokens[match.end("list") - 1]
    stop = [Token(Kind.BREAK, last.end, last.end, ",")] if match["counted"] else []
    front = [
        replace(t, kind=Kind.FILLER) if t.kind is Kind.UNIT else t  # 我乡完成富美: it says where
        for t in tokens[match.start("front") : match.end("front")]
    ]
    return [*front, *tokens[match.start("list") : match.end("list")], *said, *stop]


def _said(tokens: list[Token], match: re.Match[str]) -> list[Token]:
    """The figure, if one is named, and the verb."""
    clause = tokens[match.end("verb") : match.end()]
    figures = [t for t in clause if t.kind is Kind.INDICATOR]
    return [*figures[:1], tokens[match.start("verb")]]


def _items(
    tokens: list[Token], match: re.Match[str], written: str, found: list[Token]
) -> tuple[list[Token], int]:
    """完成富美12人，念山9人: the verb behind each unit that has its number behind it."""
    at = match.end()
    more = _MORE.search(written, at)
    while more is not None and set(written[at : more.start()]) <= set("(ACN)"):
        unit = more.start(1)
        stop = Token(Kind.BREAK, tokens[unit].end, tokens[unit].end, ",")
        found += [*tokens[at : unit + 1], *_said(tokens, match), stop]
        at = unit + 1
        more = _MORE.search(written, at)
    return found, at


def _sign(token: Token) -> str:
    """One letter for what a token is in such a clause."""
    if token.text not in _APART and token.text.strip() in JOINING:
        return "J"
    match token.kind:
        case Kind.UNIT:
            return "U" if token.places[0].depth > 0 else "O"
        case Kind.DONE | Kind.NOT_DONE if _ACT.search(token.text):
            return "V" if token.kind is Kind.DONE else "W"
        case Kind.BREAK:
            return "n" if token.text == "\n" else token.text if token.text in ",:()" else ";"
        case Kind.INDICATOR:
            return "C" if names(token, COUNTED) else "I"
        case Kind.FILLER:
            return "S" if token.text in _SMALL else "L" if token.text in _LISTS else "F"
        case _:
            return _SIGNS.get(token.kind, "Z" if token.kind in VALUES else "X")
