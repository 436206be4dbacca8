"""What is said behind a report of who had it sent: 会改联完成了，帮姐妹报一下; …，念山那边托我报; …，借号报一下.

In front it is known by the units named; behind it, it makes all that was told somebody else's. Her own chair's errand (主席让我报的) does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Lexicon, Mark, Question

_SENT: Final = "(?:上报|报(?!名)|发|填|回)(?:个)?(?:一?下|一声|个?数|上来|过来|的|了)*"
_END: Final = r"[吧啊哈哦]*(?=\s*(?:[,。;!?~\n]|$))"
_START: Final = r"(?<=[,。;!?~\n\s])(?:这|这个|都|是|我|也|就|顺便|另外|来)*"
_STRANGERS: Final = "(?:别[的个]?村|隔壁村?|邻村|别人|人家|姐妹|朋友|同学|亲戚|同事|外村)们?的?"
_BORROWED: Final = re.compile(f"{_START}借(?:个|用|她的?|别人的?|我的?)*(?:号|手机){_SENT}{_END}")
_FOR: Final = re.compile(
    rf"{_START}(?:(?:代(?!表)|[帮替给])(?P<for>[^,。;!?\n\s0-9]{{1,8}}?)|(?P<by>[^,。;!?\n\s0-9]{{2,8}}?)(?:那边|那里|的)?(?:主席|书记)?[托叫让喊请]我(?:来|帮忙?|代|替|给)*(?:她们?)?){_SENT}{_END}"
)
_OF: Final = re.compile(
    rf"(?<=[,。;!?~\n\s])我(?:就|也)?是(?P<for>[^,。;!?\n\s0-9]{{2,6}}?)(?:妇联)?的?(?:[小老阿][\u4e00-\u9fff]|副?主席|文书|会计|妇女主任|干事){_END}"
)
"""…，我是九蓬的小陈."""
_WHOSE: Final = re.compile(
    rf"(?<=[,。;!?~\n\s])(?:[哦噢啊呃哎]|不对|等等|其实|好像|[,\s])*[这那]个?数?字?(?:其实|好像|应该)*是(?P<for>[^,。;!?\n\s0-9]{{2,6}}?)(?:那边|那里)?的(?:数字?|数据|人数|名单){_END}"
)
"""…，哦这是松源村的数."""
_PLACE: Final = re.compile(
    "(?!我|咱|俺|本|全|各|这)[\u4e00-\u9fff]{2,3}(?:村|社区|[乡镇](?![里上]))(?:村?妇联)?的?"
)
_SIGNS: Final = frozenset("报发填回是")
_STRANGER: Final = re.compile(_STRANGERS)


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about all that is told, where it was sent for somebody else."""
    some = [c for c in claims if c.value is not Mark.NOT]
    if not some or _SIGNS.isdisjoint(told):
        return []
    behind = max(c.span[1] for c in some)
    borrowed = "借" in told and _BORROWED.search(told, behind) is not None
    sent = [
        *_FOR.finditer(told, behind),
        *_OF.finditer(told, behind),
        *_WHOSE.finditer(told, behind),
    ]
    if not borrowed and not any(_another(m.groupdict(), lexicon) for m in sent):
        return []
    return [Question(Ask.UNIT, c.span, c.indicators) for c in some]


def _another(found: dict[str, str | None], lexicon: Lexicon) -> bool:
    """Whether it was sent for a stranger, or for a unit that is not hers."""
    who = found["for"] or found.get("by") or ""
    if found["for"] and _STRANGER.fullmatch(who):
        return True
    if any(p.depth >= 0 for m in lexicon.names.find(who) for p in m.places):
        return False
    known = lexicon.elsewhere is not None and bool(lexicon.elsewhere.find(who))
    return known or _PLACE.fullmatch(who) is not None
