"""Whose figures these are though another hand sends them: 主席让我报：…; 我替主席回一下，她说…; 石屯镇系统登不上，我替她们报.

The chair of her own unit speaks for it, so her words are no hearsay; such words are blanked out before the sentence is read, its places as they are.
"""

from __future__ import annotations

import re
from typing import Final

_OURS: Final = "(?:我们?|咱们?|俺们?|本)?(?:村|社区|乡|镇)?(?:里)?(?:妇联|妇女)?"
_CHAIR: Final = f"{_OURS}(?:主席|书记|主任|会长|领导|大姐)"
_SENDS: Final = "(?:上报|汇报|报|回|发|填|说|打字?)(?:个)?(?:一下|一声|下|数|话|给您|上来|过来|的)*"
_START: Final = r"(?:^|(?<=[,。;!\s]))"
_ROWS: Final = tuple(
    (frozenset(chars), re.compile(pattern))
    for chars, pattern in (
        ("让叫喊托派", rf"{_START}{_CHAIR}(?:[让叫喊托派]|安排|吩咐)我?(?:来)?(?:上报|汇报|报|回)(?:个)?(?:一下|一声|下|数|话|给您)*[:,]"),
        ("替代帮", rf"{_START}我?(?:来)?(?:代表|替|代|帮){_CHAIR}(?:来)?{_SENDS}(?:[:,]\s*(?:她|主席)(?:说|讲)[:,]?(?!.*[说讲吧听问]))?"),
        ("替代帮", rf"{_START}{_CHAIR}(?:不会|不太会|不懂|在忙|忙|不在|没空|手机|眼睛?|出差|有事|去|在)[^,。;!\n0-9]{{0,8}},我(?:来)?(?:替|代|帮)(?:她|他|着)?{_SENDS}[:,]"),
    )
)  # fmt: skip
_OF_OTHERS: Final = re.compile("[别邻她他]的?村|隔壁|各村|兄弟村")
_HINDERED: Final = re.compile(
    "(?:(?:系统|手机|电脑|网络?|微信|小程序|平台)(?:老是|一直|总是?|还是)?(?:登录?|进|打|连|用|发|填)不(?:上|了|进|开|去)[去来]?|(?:登录?|进|打)不(?:上|进|开)去?(?:系统|平台|网)|不会(?:用|弄|填|发|操作)(?:这个|系统|手机|微信|小程序)?|[报发填登]不(?:上|出)[去来])(?=,我?(?:来|就|先)?[代替帮])"
)


def plainly(text: str, *, office: bool) -> str:
    """The text without such words; an office speaks for the units it names, a village for its own."""
    if office:
        return _HINDERED.sub(_blank, text) if "不" in text else text
    signs = frozenset(text)
    for chars, pattern in _ROWS:
        if not chars.isdisjoint(signs) and not _OF_OTHERS.search(text):
            text = pattern.sub(_blank, text)
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
