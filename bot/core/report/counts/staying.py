"""Those who stayed beside those who are new: 一共15人，其中新增8人，留任7人. What adds up leaves the new ones alone; the rest asks as before."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals

_D: Final = "[0-9零一二三四五六七八九十百两]+"
_C: Final = "[名个人位]人?"
_IN_ALL: Final = (
    "(?:现有|现在|目前|一共|总共|合计|总计|共|有|是|为|选举|选出|产生|当选|推选|了|出|由|:)*"
)
_NEW: Final = f"(?:其中|里面|当中|里头)?(?:新增加?|新选|新当选|新进|新上|新任|新)(?:的|了|执委|有|是|为|:)*(?P<new>{_D}){_C}(?:是|为)?(?:新增的?|新选的?|新的?)?"
_OLD: Final = f"(?:其中|另外?|还有|其余|剩下)?(?:的)?(?:留任|连任|续任|留下|原来|原先|老|原有|原|上届|(?:之|以)前)(?:的|就|留任|连任|执委|下来|了|有|是|为|:)*(?P<old>{_D}){_C}(?:是|为)?(?:留任|连任|老的|原来的)?"
_WHOLE: Final = rf"(?P<head>{_IN_ALL}(?P<of>妇联执委会?|执委会?|妇联班子|班子)?{_IN_ALL})(?P<whole>{_D}){_C}(?:组成)?(?P<behind>(?:执委)?)"
_STOP: Final = r"[,;:。(、\s]+"
_ORDERS: Final = tuple(
    re.compile(one)
    for one in (
        rf"{_WHOLE}{_STOP}(?P<kept>{_NEW}){_STOP}{_OLD}\)?",
        rf"{_WHOLE}{_STOP}{_OLD}{_STOP}(?P<kept>{_NEW})\)?",
        rf"(?P<kept>{_NEW}){_STOP}{_OLD}{_STOP}{_WHOLE}",
        rf"(?P<kept>{_NEW}){_STOP}(?:再?加上?|连同|连上|算上){_OLD}{_STOP}(?=现|目前|如今|班子|妇联){_WHOLE}",
    )
)
_SIGNS: Final = frozenset("留连续原老上")
_TURNED_ROUND: Final = re.compile(
    f"(?:其中|里面|里头|当中)(?:有)?(?P<n>{_D}){_C}(?:执委)?(?:都)?(?:是|为)(?:这次|本次|这回|今年|本届|此次|这周|本周|刚)(?:刚)?(?P<deed>新增|新选|新当选|新进|新补)加?(?:上来|出来|进来)?的?(?:执委)?(?=$|[,。;!\\s)])"
)
_WITHIN: Final = frozenset("其里当")
_AND_OLD: Final = re.compile(
    rf"(?P<kept>(?:新增|新选|新当选)(?:了|的|执委|有|是|:)*{_D}{_C}(?:执委)?)[,;、\s]+(?:另外?|还有|其余)?(?:的)?(?:留任|连任|续任)(?:的|执委|了|有|是|:)*{_D}{_C}(?=$|[。!])"
)
"""新增执委11名，连任4名: beside the new ones, and none of them."""
_NONE: Final = re.compile("(?:没有?|未|无|暂无)新[增选添]")
_AS_BEFORE: Final = re.compile(
    rf"(?<=[增选添委人员])[,。;\s]+(?:还是|就是|都是|仍是|仍为|现在还是)*(?:原来|原有|原先|以前|上届|老)的?(?:那|这)?(?:有|是|执委)*{_D}{_C}(?:执委)?(?:里头|里面|当中|之中|中|其中|[,(]其中)(?:有|的)?[^,。;0-9新增选添退辞换]{{1,5}}(?:有)?{_D}{_C}\)?(?=$|[,。;!\s哈])"
)


_ALL_NEW: Final = re.compile("新(?:增加?|选|当选|进|添|任)?(?:了|的)?$")


def plain(text: str) -> str:
    """The text with the new ones alone where those who stayed and all there are add up with them."""
    if not _SIGNS.isdisjoint(text):
        for order in _ORDERS:
            text = order.sub(_left, text)
        text = _AND_OLD.sub(_beside, text)
        if _NONE.search(text):
            text = _AS_BEFORE.sub("", text)
    if _WITHIN.isdisjoint(text):
        return text
    if _STAYED.search(text) is None:
        text = _ELECTED.sub(_smaller, text)
    return _TURNED_ROUND.sub(lambda m: f"其中{m['deed']}{m['n']}名", text)


def _beside(found: re.Match[str]) -> str:
    """新增执委11名, unless another number before them would have to fit."""
    others = _COUNTED.search(found.string[: found.start()])
    return found[0] if others else found["kept"]


_COUNTED: Final = re.compile(f"{_D}{_C}")


_STAYED: Final = re.compile("[连留续]任|原有|原来|老执委|上届|另外|还有|[拟将待]|计划|下周|候选")
_ELECTED: Final = re.compile(
    rf"(?:选举产生|选出)了?(?:妇联)?执委(?P<whole>{_D}){_C}[,(、]\s*其中(?:,)?新增(?:加|选)?(?:的)?(?:执委)?(?P<new>{_D}){_C}\)?(?=$|[,。;!\s])"
)
"""选举产生执委15名，其中新增8名: the new ones are a part of all who were elected."""


def _smaller(found: re.Match[str]) -> str:
    new, whole = numerals.value(found["new"]), numerals.value(found["whole"])
    if new is None or whole is None or new >= whole or found.string[: found.start()].endswith("新"):
        return found[0]
    return f"新增执委{found['new']}名"


def _left(found: re.Match[str]) -> str:
    """新增执委8人, if the numbers add up."""
    new, old, whole = (numerals.value(found[one]) for one in ("new", "old", "whole"))
    all_new = _ALL_NEW.search(found.string[: found.start()])  # 新增执委12名，其中新当选8名、连任4名
    if all_new or new is None or old is None or whole != new + old:
        return found[0]
    return f"新增执委{found['new']}名"
