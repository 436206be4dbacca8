"""Two numbers of one figure that are both held to be right: 新增执委12名，也有人说14; 我数了15，会计数了14; 12名，没错，就是11名.

A clause in which somebody says or counts nothing but a number (会计说14) is of that figure; with a word behind the number (书记说9点来) it is of
something else. Which of the two holds is asked, unless one of them is said to be wrong, or to be the one that holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question

_N: Final = r"(?P<n>[0-9]{1,3}|[零一二两三四五六七八九十百]{1,4})\s*[名个人位]?"
_END: Final = r"(?=(?:的|呢|啊|哈|吧|了)*\s*(?:[,。;!?~\n]|$))"
_OWN: Final = "[我俺咱]们?"
_WHO: Final = (
    "(?:有(?:的|些)?人?|人家|别人|旁人|[他她]们?|大家|群众|村民|姐妹们?|代表们?|[村镇乡县][里上]?|上[面级头]"
    "|(?:[村镇乡县老小]|妇女)?(?:会计|文书|副?书记|支书|主任|主席|村长|干事|专干|网格员)|[老小阿][\u4e00-\u9fff]|[\u4e00-\u9fff]{1,2}[姐嫂姨婶妹婆叔哥伯])"
)
_SAYS: Final = "(?:说|讲|数|点|算|记|报|写|统计|喊|咬定|坚持)(?:的?数|出来|下来|起来|成|得|的|了|过|是|有|为|只|才|一共|总共|共|就)*"
_SAID: Final = re.compile(
    rf"(?:(?:^|[,。;!?~\n名个人位])\s*|执委)(?:可是?|但是?|不过|却|也|还|又|那|另外)*(?:(?P<own>{_OWN})|{_WHO})(?:也|又|都|却|就|偏|非|硬|[那这][里边儿]|自己|刚才?|一直)*{_SAYS}\s*{_N}{_END}"
)
_SAYING: Final = frozenset("说讲数点算记报写喊咬坚")
_TOLD: Final = re.compile(rf"{_N}(?=\s*[,。;!?~\n])")
_DECIDED: Final = re.compile(
    "(?:记|算|数|看|弄|搞|写|报|说|打|讲|听)[错混重漏多少岔反]|不对|错了|不算|作废|为准|按[^,。0-9]{0,3}(?:[0-9]|算|报|来)|更正|改成"
)
_NO_ERROR: Final = re.compile(
    rf"{_N}[,。;!\s]+(?:[^,。;!\n0-9]{{1,10}}[,。;!\s]+)?(?:[没冇无]有?[错误]|没(?:有)?问题|错不了)[,。;!\s]*(?:就|确实|还|正好|的?确)*是?(?P<again>[0-9]{{1,3}}|[零一二两三四五六七八九十百]{{1,4}})\s*[名个人位]?{_END}"
)
"""12名，刚数了一遍，没错，就是11名: the two may not differ."""


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about numbers beside which another is told of the same figure."""
    told = [c for c in claims if isinstance(c.value, int)]
    if not told or not (_differs(text) or _others_say(text, {c.value for c in told})):
        return []
    return [Question(Ask.VALUES, c.span, c.indicators) for c in told]


def _differs(text: str) -> bool:
    """Whether what is said to be without error is another number than the one before."""
    found = _NO_ERROR.search(text) if "错" in text or "误" in text or "题" in text else None
    return found is not None and numerals.value(found["n"]) != numerals.value(found["again"])


def _others_say(text: str, values: set[object]) -> bool:
    """Whether somebody else says another number, or says the one that took the place of hers."""
    if _SAYING.isdisjoint(text) or _DECIDED.search(text):
        return False
    said = list(_SAID.finditer(text))
    others = [found for found in said if found["own"] is None]
    if not others:
        return False
    if any(numerals.value(found["n"]) not in values for found in said):
        return True
    before = text[: others[-1].start() + 1]
    return any(numerals.value(found["n"]) not in values for found in _TOLD.finditer(before))
