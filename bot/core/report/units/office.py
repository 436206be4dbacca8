"""What an office says of units below it, put into plain order before it is read, and judged when it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.clauses.said import Collected
from bot.core.report.counts import sums as report_sums
from bot.core.report.plain import blank
from bot.core.report.tokens.sheet import Token
from bot.core.report.units import (
    alike,
    headings,
    namesake,
    ranked,
    shared,
    together,
    trailing,
    under_heads,
    verb_first,
)
from bot.core.report.units import turned as report_turned
from bot.core.report.units.grouped import opens, told_in
from bot.core.report.words.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Plain:
    """Text and tokens without the sums of lists, `told` in plain order, and the sums."""

    text: str
    tokens: list[Token]
    told: list[Token]
    sums: Sequence[report_sums.Sum] = ()


def plain(text: str, tokens: list[Token], lexicon: Lexicon) -> Plain:
    """Lists, sums and what is said of several told of each; a village speaks of none but its own."""
    if lexicon.own.level is Level.VILLAGE:
        return Plain(text, tokens, tokens)
    tokens = headings.plainly(namesake.villages(tokens, text))
    tokens = trailing.told(ranked.plainly(together.as_many(tokens)))
    told = verb_first.told(_strangers(_no_names(tokens)))
    turned, between = report_turned.told(report_turned.denied(told))
    turned, head = report_turned.headed(turned)
    told, sums, gone = report_sums.take(under_heads.told(shared.told_of_each(turned)))
    for start, end in [*gone, *between, head]:
        text = blank.span(text, start, end)
        tokens = [t for t in tokens if not start <= t.start < end]
    return Plain(text, tokens, together.told_of_all(told), sums)


def settle(said: Collected, plainly: Plain) -> None:
    """Weigh what is said of one unit beside others, and the sums."""
    alike.settle(said, plainly.tokens, plainly.text)
    namesake.settle(said, plainly.tokens, plainly.text)
    report_sums.weigh(said, plainly.sums)


_BARE: Final = re.compile(
    r"(?:(?P<head>[\u4e00-\u9fff]{2,6}[乡镇县]|街道)\s*[:,]\s*)?新[增选](?:的)?执委\s*[0-9一二三四五六七八九十]{1,3}[名个人位][,、]\s*[\u4e00-\u9fff]{2,5}的?(?:会改联)"
)


_HAMLET: Final = re.compile(
    "\\s*[\u4e00-\u9fff]{2}[坪坑坳岭湾墩垅垄塘屯寨庄厝埔岗圩畈埠坝](?=那边|这边|那里|热闹|大家|姐妹|人|今天|昨天|很|好|真|也|都|刚|已|选|新)"
)
"""茶山坪热闹得很新增执委十二个: a place of a village, so hardly of the township's own."""


_ALL_OF_THEM: Final = re.compile(
    "^[^。!\n]{0,10}全[乡镇县市](?!域)[^。!\n]*(?<=[,;\\s])(?:累计|合计|总计|共计)(?:已|共)?新[增选](?:了|出)?(?:执委)?(?=\\s*[0-9一二三四五六七八九十])"
)
"""全乡区域化完成，累计新增17: of the township's own, or of all its villages?"""


def whose(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """星溪乡：新增执委9名，九蓬村会改联完成: nine of the township's own, or of the village's that stands behind them?"""
    if lexicon.own.level is not Level.VILLAGE and _HAMLET.match(told):
        own = [c for c in claims if not c.named and isinstance(c.value, int)]
        return [Question(Ask.UNIT, c.span, c.indicators) for c in own]
    if (
        lexicon.own.level is not Level.VILLAGE
        and "全" in told
        and (found := _ALL_OF_THEM.match(told))
    ):
        some = [c for c in claims if not c.named and c.span[0] >= found.end()]
        if some:
            return [Question(Ask.UNIT, c.span, c.indicators) for c in some]
    if len(claims) != 2 or lexicon.own.level is Level.VILLAGE or not _BARE.match(told):
        return []
    first, second = claims
    hers = first.units == (lexicon.own.key,) != second.units
    if hers and isinstance(first.value, int) and second.value is Mark.DONE:
        return [Question(Ask.UNIT, first.span, first.indicators)]
    return []


# ---- names nobody knows -----------------------------------------------------------------------------------

_NAME: Final = 3


def _strangers(tokens: list[Token]) -> list[Token]:
    """南、梁墩、竹洲都完成: a short unknown word in a list of units is one that nobody knows."""
    found = list(tokens)
    for n, token in enumerate(tokens):
        if token.kind is not Kind.TEXT or len(token.text.strip()) > _NAME:
            continue
        before = [t for t in tokens[:n] if t.text.strip(" ")][-2:]
        after = tokens[n + 1 : n + 3]
        behind_it = len(before) > 1 and before[-1].text == "、" and before[0].kind is Kind.UNIT
        first = not before or opens(before[-1])
        in_front = first and len(after) > 1 and after[0].text == "、" and after[1].kind is Kind.UNIT
        if behind_it or in_front:
            found[n] = replace(token, kind=Kind.FOREIGN)
    return found


# ---- names that are words --------------------------------------------------------------------------------

_WHOLE: Final = re.compile("[村乡镇县市区]$|街道$|妇联$|委$|会$")


def _no_names(tokens: list[Token]) -> list[Token]:
    """同心协力，新增9名: a short name grown together with unknown words, in a clause without a value, may be none."""
    found: list[Token] = []
    for n, token in enumerate(tokens):
        if token.kind is Kind.UNIT and not _WHOLE.search(token.text) and _grown(tokens, n):
            found.append(replace(token, kind=Kind.FOREIGN))
        else:
            found.append(token)
    return found


def _grown(tokens: Sequence[Token], n: int) -> bool:
    start = next((m + 1 for m in range(n - 1, -1, -1) if opens(tokens[m])), 0)
    end = next((m for m in range(n + 1, len(tokens)) if opens(tokens[m])), len(tokens))
    clause = tokens[start:end]
    if told_in(clause) or sum(t.kind is Kind.UNIT for t in clause) > 1:
        return False
    if any(t.kind in (Kind.INDICATOR, Kind.ADD, Kind.ROLE) for t in clause):
        return False
    return any(
        t.kind is Kind.TEXT and tokens[n].places[0].depth > 0
        for t in tokens[max(start, n - 1) : n + 2]
        if t.end == tokens[n].start or t.start == tokens[n].end
    )
