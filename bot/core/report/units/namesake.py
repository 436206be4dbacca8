"""A village that is called as its township, in the township's own list of villages: 新增执委：松源15、石屯17.

Bare of 村 and 镇 the name is either. Beside another village told as bare it is one of the list, unless a word of the whole, or a number
that may be that of all, makes it the township; alone (石屯新增执委9名) it stays asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.report.clauses.said import Collected, Raw
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_BELOW: Final = re.compile("[^,。;:!\\s]{0,6}[乡镇](?:妇联)?各村")
_SO: Final = re.compile("(?:都|均|全)(?:部?是|为)新?[增选]?的?执委")
_WHOLE: Final = re.compile(
    "[乡镇县]|街道|本级|机关|全|总|共|合|计|累|其[中他余]|包括|含|里[面头]|当中|内|加|都|各(?!村)|每|我们|咱们|自己|剩|另|妇联|报(?!告)|比|一样|[+=?]|吗"
)
"""With any of these the name may be the township's."""
_KIND: Final = re.compile("[村会委联]$|社区$")
_FIGURE: Final = re.compile("新[增选]|新的?执委")


_UNDER: Final = re.compile(
    "(?:各|[两二三四五六2-9]个?|[所下][辖属]|下面|底下)(?:的|各)*(?:行政)?村|村(?:里[头面]?|一?级)"
)
_SHARED: Final = ("、", "和", "及", "以及", "与", "跟", "还有")
_OF_EACH: Final = re.compile("[^,;。!\n]*?(?:[都均各]|分别)")


def villages(tokens: list[Token], text: str) -> list[Token]:
    """The tokens with the village in place of such a name: 石屯、松源都是12个; 下面两村：石屯12; 石屯村10，改一下，石屯12."""
    found = list(tokens)
    for n, token in enumerate(tokens):
        mine = tuple(p for p in token.places if p.depth > 0)
        if token.kind is not Kind.UNIT or not 0 < len(mine) < len(token.places) or len(mine) > 1:
            continue
        told = any(t.places == mine for t in tokens[:n] if t.kind is Kind.UNIT)
        under = _UNDER.search(text, 0, token.start) and not _SUM.search(text, 0, token.start)
        if told or under or _paired(tokens, n, text):
            found[n] = replace(token, places=mine)
    return found


_SUM: Final = re.compile("[共总合]|加|累计")


def _paired(tokens: Sequence[Token], n: int, text: str) -> bool:
    """Whether another village stands beside it in one list."""
    for step in (1, -1):
        at = n + step
        signs = False
        while 0 <= at < len(tokens) and tokens[at].text.strip() in ("", *_SHARED):
            signs = signs or tokens[at].text.strip() in _SHARED
            at += step
        if not 0 <= at < len(tokens) or tokens[at].kind is not Kind.UNIT:
            continue
        village = tokens[at].places[0].depth > 0 and len(tokens[at].places) == 1
        last = max(tokens[at].end, tokens[n].end)
        if village and (signs or _OF_EACH.match(text, last)):
            return True
    return False


def settle(said: Collected, tokens: Sequence[Token], text: str) -> None:
    """Take the village where a name in such a list is the township's as well."""
    both = [r for r in said.claims if isinstance(r.value, int) and len(r.places) > 1]
    if len(both) != 1 or said.void or said.questions:
        return
    one, others = both[0], [r for r in said.claims if r is not both[0]]
    finished = any(r.places == one.places and _of_a_village(r) for r in others)
    if not finished and not _FIGURE.search(text):
        return
    villages = tuple(p for p in one.places if p.depth > 0)
    if len(villages) != 1 or not any(p.depth == 0 for p in one.places):
        return
    if _listed(tokens, text) and _beside(one, others):
        one.places = villages


def _listed(tokens: Sequence[Token], text: str) -> bool:
    """Whether all units are named in the same way, and each once."""
    units = [t for t in tokens if t.kind is Kind.UNIT]
    bare = all(not _KIND.search(t.text) for t in units) and len({t.places for t in units}) == len(
        {t.text for t in units}
    )
    headed = {text[t.end : t.end + 1] == ":" for t in units}
    return bare and len(headed) == 1 and not _WHOLE.search(_SO.sub("", _BELOW.sub("", text)))


def _beside(one: Raw, others: Sequence[Raw]) -> bool:
    """Whether other villages are told of the same figure, and the number is not that of all of them."""
    counted = [r for r in others if isinstance(r.value, int)]
    numbers = [int(str(r.value)) for r in counted]
    whole = one.value == sum(numbers) or (len(numbers) > 1 and int(str(one.value)) > sum(numbers))
    same = all(
        not r.indicators or r.indicators == (one.indicators or r.indicators) for r in counted
    )
    return bool(numbers) and same and not whole and all(_of_a_village(r) for r in others)


def _of_a_village(raw: Raw) -> bool:
    """Whether it is told of a village, or of what only villages have: 石屯会改联完成."""
    if not raw.named:
        return False
    if len(raw.places) == 1:
        return raw.places[0].depth > 0
    below = {p.level for p in raw.places if p.depth > 0}
    return bool(raw.indicators) and all(i.level in below for i in raw.indicators)
