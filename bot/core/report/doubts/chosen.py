"""Who was chosen, where it is nobody of ours: 副主席选了2名, 常委新增3名, 舞蹈队新增12名 count other offices and other bodies.

The officers are chosen at the same meeting, so that their number is told half-way and is never the number of 执委.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Question

_START: Final = r"(?:^|(?<=[,;:。!?\n(\s]))"
_FEW: Final = "(?:正?主席|主任(?!委)|书记)"
_OFFICES: Final = "(?:正副|副|兼职|专职)(?:主席|主任|书记)|正?主席[和与及、]?副主席|常委|班子|村?两委|村委会?|支委会?|支部"
_BODIES: Final = "[\u4e00-\u9fff]{0,4}?(?:(?<!大)(?<!们)队|(?<![人成委动])员|[孕产寡]妇|志愿者)"
_WHOSE: Final = "(?:(?:其中|另外|还有|我们?|咱们?|本|村|社区|妇联|妇女|里|的|新|这次|本次|今天|昨天|目前|上周)*)"
_CHOSEN: Final = r"(?:[\s了]|也|都|均|已经?|就|还|刚|重新|选举|这次|本次|今天|昨天|全部?)*(?:[选补][好完定齐举上]?[出来]*|推选|产生|增[加补选]?|新[增选添]|添)(?:了|好|出|有|为|是|:|\s)*,?(?:一共|总共|共|是|有)*$"
_OF_FEW: Final = re.compile(f"{_START}{_WHOSE}{_FEW}{_CHOSEN}")
_OF_OTHERS: Final = re.compile(f"{_START}{_WHOSE}(?:{_OFFICES}|{_BODIES}){_CHOSEN}")
_SIGNS: Final = frozenset("席任书常班委支队员妇者表")
_MOST: Final = 5
"""More than so many are no chairs: 主席选了12名 calls to the chair, or tells who chose them."""
_OURS: Final = re.compile("\\s*的?(?:新?执委|委员)")
_ELSEWHERE: Final = re.compile(
    "\\s*的?执委(?:又|都|也|还|均)*(?:被?(?:当选|入选|选为|选进|选上|选入|进入)|进)(?:为|了|上|成)?[^,;。!\\n]{0,6}(?:代表|两委|支委|支部|村委|书记|主任|理事|常委|[乡镇县市省])"
)
"""两名执委当选人大代表: what they are besides."""


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about numbers of people who hold another office, or belong to another body."""
    if _SIGNS.isdisjoint(text):
        return []
    return [
        Question(Ask.UNREAD, claim.span, claim.indicators)
        for claim in claims
        if isinstance(claim.value, int) and claim.value > 0 and _of_others(text, claim)
    ]


def _of_others(text: str, claim: Claim) -> bool:
    """Whether the number of a claim is that of another office or body which stands in front of it."""
    start, end = claim.span
    if "选" in text and _ELSEWHERE.match(text, end):
        return True
    if _OURS.match(text, end):
        return False
    front = text[:start]
    few = int(str(claim.value)) <= _MOST and _OF_FEW.search(front)
    return bool(few) or _OF_OTHERS.search(front) is not None
