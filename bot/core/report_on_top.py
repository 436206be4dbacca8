"""A number that comes on top of what was told (补录新增执委3名), that is named as the wrong one (报错12), or a report that is denied (没报零报告)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Question

_N: Final = "[0-9零一二两三四五六七八九十百]+"
_C: Final = "[名个位人]?"
_FIGURE: Final = "(?:新增|新选)?(?:的|了)?(?:村|乡镇?|镇)?(?:妇联)?执委"
_ADDED: Final = re.compile(
    rf"^(?:现|再|需|要|我村|我们)*(?:补录|补充|另外?|加选)[:,]?\s*(?:报|说)?{_FIGURE}(?:了|共|有|是|:)*{_N}"
    rf"|执委(?:还有|还剩|剩|余)了?{_N}{_C}(?=[,。!\s]|$)"
    rf"|{_N}{_C}[,\s]*(?:要|请|帮我|麻烦)*(?:累加|加进去|加上去|加到(?:里面|一起)|(?:是|都是)(?:上[次周回]|之前|以前)(?:漏报|没报|漏)的?|上[次周回]没算(?:进去|上)?|(?:和|跟|连|同)(?:上[次周回]|前面|之前)(?:的)?(?:合起来|加起来|一起|{_N}[名个位人]))[了的]*(?=[,。!\s]|$)"
)
_WRONG: Final = re.compile(
    rf"执委(?:数|人数)?(?:[报写填输打记录](?:错|多|漏|少)|[输打]成|(?:多|漏|错|少)[填报写录])了?{_N}{_C}(?=[,。!\s]|$)|{_N}{_C}错成{_N}|{_N}{_C}[,\s]*多[写报填打]了{_N}$|[,\s](?:有)?{_N}[名个位人](?:是)?(?:报错的|(?:之前|以前|上[次周回]|早就)(?:就|已经?)?报(?:过|了))|[,\s]再(?:去掉|减掉|扣掉)"
)
_MENDED: Final = re.compile(
    rf"(?:应该?|实际|更正|改[成为]?|是|为|[,。;\s:]){_N}{_C}(?=(?:才对|为准|是对的)?(?:[,。!\s]|$))"
)
_DENIED: Final = re.compile(
    "(?:别|莫|不要|不能)(?:再)?(?:写|报|填|算|登)(?:成|上|作)?完成|(?:错)?[报写填点]成(?:了)?完成|点错了?(?:成)?完成|完成(?:报|说|写)早了|高兴(?:得太)?早了|(?:没有?|未|拒绝)(?:报|做|发)?(?:过)?(?:零报告|报零)|没有的事|有人乱传"
    rf"|(?:没有?|未|不想|错)报(?:过)?{_FIGURE}{_N}"
)
_SIGNS: Final = frozenset("补另加添多余剩错漏成去减别莫要能早没未拒传报累是和跟连同上")


def doubts(told: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about the counts that are added or wrong, and about all that is denied."""
    if _SIGNS.isdisjoint(told):
        return []
    if _DENIED.search(told) is not None:
        return [Question(Ask.REPORTED, c.span, c.indicators) for c in claims]
    counted = [c for c in claims if isinstance(c.value, int)]
    if not counted:
        return []
    wrong = _WRONG.search(told)
    if wrong is not None and _MENDED.search(told, wrong.end()) is None:
        return [Question(Ask.VALUES, c.span, c.indicators) for c in counted]
    if _ADDED.search(told) is not None:
        return [Question(Ask.ADDITION, c.span, c.indicators) for c in counted]
    return []
