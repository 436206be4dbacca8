"""Words that nobody knows beside a value: harmless, or a reason to ask."""

from __future__ import annotations

import re
from typing import Final

from bot.core.reading import Ask
from bot.core.report_said import Clause, Raw
from bot.core.report_sheet import Token
from bot.core.report_vocabulary import DANGEROUS, Kind
from bot.core.report_walk import Walk

_NAME_LIKE: Final = 4  # unknown characters that may be somebody's name
_STRANGE: Final = frozenset("村乡镇县市候补代替不没未")
_HEADS: Final = (Kind.UNIT, Kind.INDICATOR, Kind.NUMBER, Kind.ADD)
_BECOMING: Final = frozenset(str.split("当 担任 成为 当上 做"))


def ask(walk: Walk, fresh: list[Raw]) -> None:
    """Unknown words: none before or inside a claim; behind it only harmless ones."""
    tokens = walk.here.tokens
    first, last = min(r.span[0] for r in fresh), max(r.span[1] for r in fresh)
    heads = [t for t in tokens if t.kind in (Kind.INDICATOR, Kind.ADD)]
    start = min([first, *(t.start for t in heads if t.start < first)])
    last = max([last, *(t.end for t in heads if t.start == last)])
    firm = all(raw.firm for raw in fresh)
    if any(isinstance(raw.value, int) for raw in fresh):
        _of_a_noun(walk, last)
    named = all(raw.indicators or not isinstance(raw.value, int) for raw in fresh)
    for n, token in enumerate(tokens):
        strange = (Kind.MATTER, Kind.LABEL) if not named else ()
        inside = token.kind is Kind.MATTER and start < token.start < last
        if (token.kind in strange or inside) and token.text not in _BECOMING:
            walk.ask(Ask.UNREAD, token)
        if token.kind is Kind.MATTER and token.start < last and _governs(walk, tokens, n):
            walk.ask(Ask.UNREAD, token)
        if token.kind is not Kind.TEXT:
            continue
        if token.start > last:
            if any(t.kind is Kind.PART and last <= t.start < token.start for t in tokens):
                continue
            if not firm or set(token.text) & DANGEROUS:
                walk.ask(Ask.UNREAD, token)
        elif token.start > start or not _led_away(tokens, n, start):
            walk.ask(Ask.UNREAD, token)


_VERBS: Final = frozenset(str.split("公示 公布 登记 统计 宣传 动员 宣布 上墙 布置 学习 表决 报到"))


def _governs(walk: Walk, tokens: list[Token], n: int) -> bool:
    """动员了12名执委, 公示执委12名: a deed of its own that the number or the figure is the object of."""
    token = tokens[n]
    done = walk.text[token.end : token.end + 1] == "了"
    end = token.end + done
    object_of = (Kind.NUMBER, Kind.INDICATOR)
    glued = any(t.start == end and t.kind in object_of for t in tokens[n + 1 :])
    return glued and (done or token.text in _VERBS)


def _of_a_noun(walk: Walk, last: int) -> None:
    """9名执委的照片: what is said is said of the photograph."""
    behind = [t for t in walk.here.tokens if t.start >= last and t.kind is not Kind.BREAK]
    nouns = [t for t in behind if t.kind is not Kind.FILLER]
    if (
        nouns
        and nouns[0].kind is not Kind.INDICATOR
        and behind[0].text == "的"
        and behind[0].start == last
    ):
        walk.ask(Ask.UNREAD, nouns[0])


_FIRST: Final = frozenset(
    str.split("我 我们 咱 咱们 俺 俺们 额 额们 阮 阿拉 我哋 伲 我俚 伢 伢们 吾")
)
_OURS: Final = re.compile(
    "(?![娘妈姐妹姨姑舅哥弟婆公爸爹隔邻亲])[\u4e00-\u9fff]{1,2}[里上头边下子队]|大队|生产队"
)
"""我们垌里, 俺们大队: a word of the place for her own."""


def _led_away(tokens: list[Token], n: int, start: int) -> bool:
    """Whether unknown words at the head do not touch the claim: 我村 follows, or they are a phrase apart."""
    behind = tokens[n + 1 :]
    before = tokens[n - 1].text if n else ""
    behind_it = tokens[n + 1].text if n + 1 < len(tokens) else ""
    said = tokens[n].text + (behind_it if behind_it in ("里", "上") else "")
    if before in _FIRST and _OURS.fullmatch(said):
        return True
    if any(t.kind is Kind.OWN for t in behind) or any(t.kind is Kind.UNIT for t in behind[1:]):
        return True
    spaces = [m for m, t in enumerate(behind) if " " in t.text and t.end <= start]
    apart = bool(spaces) and all(t.kind not in _HEADS for t in behind[: spaces[0]])
    phrase = sum(1 for t in tokens if t.end <= start and t.text.strip()) > 1
    return apart and phrase and not set(tokens[n].text) & _STRANGE


def lonely(clause: Clause) -> Token | None:
    """A clause that is a few unknown characters and nothing else: it may be somebody's name."""
    said = [t for t in clause.tokens if t.kind is not Kind.BREAK and t.text.strip()]
    only = len(said) == 1 and said[0].kind is Kind.TEXT and len(said[0].text) <= _NAME_LIKE
    return said[0] if only else None
