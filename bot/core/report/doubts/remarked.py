"""A remark on one village of a township's list, and its number is no new one, or none yet: 九蓬是上周的; 富美12（已报）; 九蓬还没最后定; 九蓬8（累计）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.unitnames import Mention

_SIGNS: Final = frozenset("报前上累总存定核认*")
_STOP: Final = "(?=[,。;!)\\s]|$)"
_LAST: Final = "(?:上(?:一?个?(?:星期|礼拜|月|周)|次|回|期)|[之以]前|前面|早先)"
_ITS: Final = "^(?:村|社区|妇联|的|那边|这个|那个|这里|数字?|人数|执委)*"

# ---- of the unit it names ----------------------------------------------------------------------------------

_EARLIER: Final = re.compile(
    f"{_ITS}(?:是|为|属于?)?{_LAST}(?:就|已经?|都)*(?:[上汇]?报(?:送|过|了|的)*|的(?:数据?)?[了啊]?){_STOP}"
)
"""九蓬上周已报, 九蓬是上周的; 九蓬上周就完成了 is of today as well."""
_OPEN: Final = re.compile(
    f"{_ITS}(?:(?:[还尚暂]|目前|现在)(?:没有?|未)(?:最[后终]|正式|完全|真正)*(?:确?定|敲定|核[实对]|确认|定下来)"
    "|(?:等[下会]儿?|等一[下会]儿?|待会儿?|稍[后等]|回头|晚[点些]|过会儿?|明天)(?:再|会|重新?|给[你您])*(?:[上补]?报|发|补|确认|核[实对]?)[给你您上来过去一下]*)"
    f"[了的哈啊]*{_STOP}"
)

# ---- directly behind its number ----------------------------------------------------------------------------

_REPORTED: Final = re.compile(
    f"[名个位人]?(?:执委)?(?:[,(]|,其中)(?:这个|其|此|是|为|已经?|于)*{_LAST}(?:就|已经?|都)*[上汇]?报(?:送|过|了|的)*{_STOP}"
    f"|[名个位人]?(?:执委)?\\((?:已经?|早已)[上汇]?报(?:送|过|了)*\\)"
)
_SO_FAR: Final = re.compile("[名个位人]?(?:执委)?\\((?:累计|总[数计共]?|总的|全部|存量)[的数]*\\)")
_STARRED: Final = re.compile("\\*号?(?:的|为|是|表示|代表)*(?:预计|预估|暂定|待定|估计|计划)")

# ---- over all of them --------------------------------------------------------------------------------------

_HEADED: Final = re.compile(
    "(?:新增|新选)[^。;!\n]*(?:累计|总数|总共有?)(?:共?有|为|达|已)*[0-9]+[名个位人]?(?:[:,\n]|,其中)?\\s*(?:其中)?:?$"
)
"""本周新增8人，累计29人：富美12、念山9、九蓬8: they make up the sum, not what is new."""
_LAST_WEEKS: Final = re.compile(f"(?:^|[,。;!\n]){_LAST}$")

_NUMBER: Final = re.compile("(?:村|社区)?[0-9]")
"""上周富美12念山9，这周没变: both of them are as they were."""


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about the claims of an office's villages."""
    some = [c for c in claims if c.named]
    if lexicon.own.level is Level.VILLAGE or not some or _SIGNS.isdisjoint(told):
        return []
    below = [m for m in lexicon.names.find(told) if any(p.depth > 0 for p in m.places)]
    if not below:
        return []
    counted = [c for c in some if isinstance(c.value, int)]
    ask = _over(told, below, some)
    if ask is not None:
        return [Question(ask, c.span, c.indicators) for c in counted or some]
    found = [(c, _behind(told[c.span[1] :])) for c in counted]
    found += [pair for m in below for pair in _of(m, told, counted)]
    return [Question(ask, c.span, c.indicators) for c, ask in found if ask]


def _over(told: str, below: Sequence[Mention], claims: Sequence[Claim]) -> Ask | None:
    front = told[: below[0].start]
    if _HEADED.search(front):
        return Ask.VALUES
    same = {unit for c in claims if c.value is Mark.SAME for unit in c.units}
    if same and _LAST_WEEKS.search(front):
        left = [m for m in below if same.isdisjoint(p.key for p in m.places)]
        return Ask.UNIT if any(_NUMBER.match(told, m.end) for m in left) else None
    return None


def _behind(rest: str) -> Ask | None:
    """The reason to ask about a number, from what follows it."""
    if _REPORTED.match(rest):
        return Ask.EARLIER
    if rest.startswith("*") and _STARRED.search(rest, 1):
        return Ask.APPROXIMATE
    return Ask.VALUES if _SO_FAR.match(rest) else None


def _of(mention: Mention, told: str, counted: Sequence[Claim]) -> list[tuple[Claim, Ask | None]]:
    """The number of a unit that is spoken of once more, and the reason to ask about it."""
    rest = told[mention.end :]
    ask = Ask.EARLIER if _EARLIER.match(rest) else Ask.NOT_DONE if _OPEN.match(rest) else None
    keys = {p.key for p in mention.places} if ask else set[str]()
    return [(c, ask) for c in counted if not keys.isdisjoint(c.units)]
