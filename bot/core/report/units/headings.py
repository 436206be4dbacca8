"""What an office writes over the list of its villages, and that is of none of them: 报一下各村新增执委：…; 星溪乡所属村情况：…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.report.tokens.sheet import Token
from bot.core.report.units.grouped import many
from bot.core.report.words.vocabulary import Kind

_VILLAGES: Final = re.compile(
    "(?:这是|以上是)?(?:下面|底下|所属|所辖|下辖|下属|辖|辖区内?|辖内|全部|所有|各)*(?:的|各)?(?P<many>[0-9一二两三四五六七八九十]*)个?(?:行政)?村(?:居|社区|级|里)?|各社区"
)
_WHOLE: Final = re.compile("全(?:[乡镇县]|街道)")
_SURVEY: Final = re.compile("(?:情况|进展|进度|统计|汇总|数据|明细|如下)[的如下表:]*$")
"""全乡新增执委情况：富美村12名，念山村9名."""
_WORDS: Final = (Kind.FOREIGN, Kind.FILLER)
_GONE: Final = (Kind.FOREIGN, Kind.UNIT, Kind.EACH)
_QUIET: Final = frozenset({
    Kind.FILLER, Kind.INDICATOR, Kind.FOREIGN, Kind.EACH, Kind.OWN, Kind.ADD, Kind.MATTER, Kind.EXPLAINED,
})  # fmt: skip
_STOPS: Final = ",:;。!\n"


def plainly(tokens: list[Token]) -> list[Token]:
    """The tokens with 各村, and her own unit before it, made quiet in such a heading."""
    if not any(t.kind in (Kind.FOREIGN, Kind.EACH) for t in tokens):
        return tokens
    found = list(tokens)
    start = 0
    for n, token in enumerate(tokens):
        in_turn = token.kind is Kind.RESPECTIVELY  # 各村新增执委分别为富美村12名、…
        spaced = token.text == " " and n > start
        stop = token.kind is Kind.BREAK and token.text in _STOPS
        if not (in_turn or spaced or stop):
            continue
        if _over_a_list(tokens[start:n], tokens[n + 1 :]):
            for m in range(start, n + in_turn):
                if tokens[m].kind in _GONE:
                    found[m] = replace(tokens[m], kind=Kind.FILLER)
        start = start if spaced else n + 1
    return _below(found)


_ABOVE: Final = re.compile(
    "(?:以上|上述|上面|这)(?:数据|数字)?(?:就|均|都)?[为是]?(?=.*(?:情况|数|数据)$)"
)


def _below(tokens: list[Token]) -> list[Token]:
    """…，念山村新增执委9名。以上为我乡各村新增执委情况: what is said under the list names nothing either."""
    last = len(tokens)
    while last and tokens[last - 1].kind is Kind.BREAK:
        last -= 1
    start = next((n + 1 for n in range(last - 1, -1, -1) if tokens[n].text in _STOPS), 0)
    clause = tokens[start:last]
    listed = any(t.kind is Kind.UNIT and t.places[0].depth > 0 for t in tokens[:start])
    theirs = [t for t in clause if t.kind in _WORDS and _VILLAGES.fullmatch(t.text)]
    quiet = all(t.kind in _QUIET or _above(t) for t in clause)
    if not (listed and theirs and quiet and _ABOVE.match("".join(t.text for t in clause))):
        return tokens
    gone = [t if t.kind is Kind.INDICATOR else replace(t, kind=Kind.FILLER) for t in clause]
    return [*tokens[:start], *gone, *tokens[last:]]


def _over_a_list(clause: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether a clause only says what is told of her villages, and the next begins with one of them."""
    first = next((t for t in behind if t.text.strip() and t.kind is not Kind.FILLER), None)
    if first is None or first.kind is not Kind.UNIT or first.places[0].depth <= 0:
        return False
    if not any(t.kind in (Kind.INDICATOR, Kind.ADD) for t in (*clause, *behind)):
        return False  # 各村人数：富美12，念山9
    if not all(t.kind in _QUIET or _above(t) for t in clause):
        return False
    each = [n for n, t in enumerate(clause) if t.kind is Kind.EACH]
    theirs = [t for t in clause if t.kind in _WORDS and _VILLAGES.fullmatch(t.text)]
    strange = [t for t in clause if t.kind is Kind.FOREIGN and t not in theirs]
    known = all(_as_many(t, behind) for t in theirs) and all(_of_villages(clause, n) for n in each)
    said = "".join(t.text for t in clause)
    headed = bool(theirs or each or (strange and _SURVEY.search(said)))
    return headed and known and all(_WHOLE.fullmatch(t.text) for t in strange)


def _above(token: Token) -> bool:
    return token.kind is Kind.UNIT and all(p.depth <= 0 for p in token.places)


def _of_villages(clause: Sequence[Token], n: int) -> bool:
    """各村执委新增数, of which 村执委 is taken for the figure."""
    return n + 1 < len(clause) and clause[n].text == "各" and clause[n + 1].text.startswith("村")


def _as_many(token: Token, behind: Sequence[Token]) -> bool:
    """下辖两村 over two of them, 各村 over any."""
    found = _VILLAGES.fullmatch(token.text)
    if found is None:
        return False
    named = {t.places for t in behind if t.kind is Kind.UNIT and t.places[0].depth > 0}
    return not found["many"] or many(token) == len(named)
