"""What comes later than a number that is told: more who were chosen behind it, and an event that it still hangs on.

Neither has a word of planning or of adding that the grammar would hear: 新增执委12名，后来再选了3名; 票一唱完，新增执委就是12个.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.counts import added_up

_MORE: Final = frozenset("再又还另外后递追")
_AGAIN: Final = re.compile(
    r"(?:^|(?<=[,。;!\s]))(?:(?!下(?!午)|明|后天|争取|打算|准备|计划|要|想|等|将|希望|可以|能)[^,。;!\n0-9]){0,14}?(?:(?:再|又|还|另外?|后来?|之后|过后|随后)(?:新?选|增[选补]?|新增|补选?|递补|加|添|推选|来)|外[带加]|另加|追加|递补)[了出上进]*(?:(?:[0-9一二两三四五六七八九十]+|好几|几)[名个人位]|[俩仨])(?:新?执委)?[吧啊了哈]*(?=[,。;!\s]|$)"
)
"""新增执委9名，再选3名; 新选8名，过了两天又选了2名: in all, or besides them, or still to come?"""
_AS_SOON: Final = re.compile(
    r"(?:^|(?<=[,。;!\n]))(?![^,。;!\n]*(?:昨|前天|刚|已|上周|那天|当时|早上|上午|中午))[^,。;!\n0-9]{0,8}一(?:(?:开|唱|投|数|选|点|计|办|弄|搞|批|签|表决)(?:完|好|过|下来|通过)|散|结束|表决|通过|点头|盖章|拍板|签字|松口|发话)[会票]?(?:,|就|(?=新[增选]))[^,。;!\n]{0,10}$"
)
"""票一唱完，新增执委就是12个: what will be so as soon as something is over."""
_ONCE: Final = re.compile(
    r"(?<=[,。;!\s])(?![^,。;!\n]*(?:昨|前天|刚|已|上周|那天|当时|早上|上午|中午))[^,。;!\n0-9]{0,6}(?<![大])(?:(?:会|票|手)一(?:开完|唱完|投完|点完|数完|计完|举|散|投|唱|开)|一(?:唱完|投完|开完|数完|点完)[会票])(?=\s*(?:[,。;!]|$))"
)
"""…，票一唱完: the same behind it, with nothing more said."""
_HOUR: Final = "(?:今天)?(?:今晚|晚上|下午|傍晚|夜里|[这本]?周[一二三四五六日天末])"
_TODAY: Final = re.compile(
    rf"(?:(?:会改联|区域化|化建设)(?:工作)?[在于]?{_HOUR}[就能]?(?:完成|[办弄搞做改]好)|(?:新增|新选)的?执委{_HOUR}[要就]?选(?=[0-9一二两三四五六七八九十]+[名个位]))(?=[0-9一二两三四五六七八九十]|$|[,。;!\s])"
)
"""会改联周五完成, 新增执委今晚选12名: was it, or will it be?"""


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about claims that are not all, or not yet."""
    told = [c for c in claims if c.value not in (Mark.NOT, Mark.SAME, Mark.ZERO, 0)]
    if "一" in text and (soon := [c for c in told if _AS_SOON.search(text[: c.span[0]])]):
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in soon]
    ends = max(c.span[1] for c in told) if told and "一" in text else len(text)
    if _ONCE.search(text, ends):
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in told]
    if (today := _TODAY.search(text)) is not None:
        hit = [c for c in told if today.start() <= c.span[0] <= today.end()]
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in hit]
    counted = [c for c in told if isinstance(c.value, int)] or told
    if not counted or _MORE.isdisjoint(text):
        return []
    behind = 0 if counted[-1].value is Mark.DONE else counted[-1].span[1]
    if _AGAIN.search(text, behind) and _AGAIN.search(added_up.plainly(text), behind):
        return [Question(Ask.ADDITION, counted[-1].span, counted[-1].indicators)]
    return []
