"""Numbers of a figure of new ones that are not all new, not all there are, or of those who merely act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.aside import particulars
from bot.core.report.counts import acting, long_ago, old, share


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about such numbers; of 妇女之家 there may well be more than before, or as many as ever."""
    new = {one.code for one in lexicon.indicators if "新" in one.name}
    fresh = [c for c in claims if not new.isdisjoint(c.indicators)]
    counted = [c for c in claims if isinstance(c.value, int) and c.value and c.indicators]
    if _HEADS.search(told) and not _NEW.search(told):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in counted]
    if ("内" in told or "里" in told) and _OLD_TOO.search(told):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in fresh]
    if _LEFT.search(told) or (not _TO_BE.isdisjoint(told) and _UNSETTLED.search(told)):
        return [Question(Ask.UNREAD, c.span, c.indicators) for c in counted]
    return (
        old.doubts(told, fresh)
        or share.doubts(told, counted)
        or acting.doubts(told, counted, new)
        or long_ago.doubts(told, fresh)
    )


_OLD_TOO: Final = re.compile(
    "(?:[老旧]|原来|原有|原先|以前|之前|上一?届|留任|连任)的?(?:执委|委员|班子|人员?|姐妹|同志|那?几个|[那这]些)*(?:也|都|全)+(?:一起|已经)?(?:算|包括|包含|计算|统计|计|含)在?(?:了)?(?:内|里头|里面|里边|里|进去)"
)
"""新增执委12名，原来的也包括在内: twelve, or twelve less the old ones?"""
_HEADS: Final = re.compile("[1一][个名位]?正[,、 ]?[一1二两2三3四4][个名位]?副")
"""选了1正2副，执委9个: nine, or twelve?"""
_NEW: Final = re.compile("新|其中|包[括含]|含|一共|总共|共")
_LEFT: Final = re.compile(
    "(?:里面?|中|其中)?有?[0-9一二两三四五]+[名个位]人?(?:又|后来|已经?|现在)?(?:退(?!休|伍|役|耕)|放弃|辞|不[干当做](?!别|其))"
)
"""执委12名，有2名退了: twelve, or ten?"""
_AMONG: Final = "(?:其中|里面|里头|当中)"
_KIND: Final = "[^,;。!\n0-9一二两三四五六七八九十名有]"
_COUNT: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})[名个位]人?"
_PLANNED: Final = "(?:拟|计划|准备|打算|预计|预备)"
_ADDED: Final = "(?:新?[增选补]|推荐|增补|递补|聘?任)"
_UNSETTLED: Final = re.compile(
    f"[,;(]{_AMONG}?{_KIND}{{1,10}}?(?:有|共)?{_COUNT}(?:目前|现在|暂时|还|都|也)*(?:{particulars.OPEN}|{_PLANNED}{_ADDED})"
    f"|[,;(](?:{_AMONG}{_KIND}{{0,8}}?|{_KIND}{{1,8}}?的){_PLANNED}{_ADDED}*(?:是|有|为)?{_COUNT}"
)
_TO_BE: Final = frozenset("在没未待要需须得可也犹反想不明下拟计准打预")
"""新增执委12名，其中党员6名还在考察: a part of them is not settled."""
