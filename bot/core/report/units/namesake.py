"""A village that is called as its township, in the township's own list of villages: 新增执委：松源15、石屯17.

Bare of 村 and 镇 the name is either. Beside another village told as bare it is one of the list, unless a word of the whole, or a number
that may be that of all, makes it the township; alone (石屯新增执委9名) it stays asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.report.clauses.said import Collected, Raw
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_BELOW: Final = re.compile("[^,。;:!\\s]{0,6}[乡镇](?:妇联)?各村")
_WHOLE: Final = re.compile(
    "[乡镇县]|街道|本级|机关|全|总|共|合|计|累|其[中他余]|包括|含|里[面头]|当中|内|加|都|各(?!村)|每|我们|咱们|自己|剩|另|妇联|报(?!告)|比|一样|[+=?]|吗"
)
"""With any of these the name may be the township's."""
_KIND: Final = re.compile("[村会委联]$|社区$")
_FIGURE: Final = re.compile("新[增选]")


def settle(said: Collected, tokens: Sequence[Token], text: str) -> None:
    """Take the village where a name in such a list is the township's as well."""
    both = [r for r in said.claims if isinstance(r.value, int) and len(r.places) > 1]
    if len(both) != 1 or said.void or said.questions or not _FIGURE.search(text):
        return
    one, others = both[0], [r for r in said.claims if r is not both[0]]
    villages = tuple(p for p in one.places if p.depth > 0)
    if len(villages) != 1 or not any(p.depth == 0 for p in one.places):
        return
    if _listed(tokens, text) and _beside(one, others):
        one.places = villages


def _listed(tokens: Sequence[Token], text: str) -> bool:
    """Whether all units are named in the same way, and each once."""
    units = [t for t in tokens if t.kind is Kind.UNIT]
    bare = all(not _KIND.search(t.text) for t in units) and len({t.places for t in units}) == len(
        units
    )
    headed = {text[t.end : t.end + 1] == ":" for t in units}
    return bare and len(headed) == 1 and not _WHOLE.search(_BELOW.sub("", text))


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
