"""A number told with how it comes about: 新增执委12+3，一共15名; 先选12名，又增选2名，共新增14名; 每组2个，6个组，新增执委合计12个.

Where the reckoning is right, it says nothing but the number it leads to, and the rest is blanked out before the sentence is read. Where it is
not, or a part of it is not told as done (还要选2名, 原有12名), all of it stays and is asked about.
"""

from __future__ import annotations

import re
from math import prod
from typing import Final

from bot.core import numerals
from bot.core.report.plain import blank

_D: Final = "[0-9零一二三四五六七八九十百两]{1,4}"
_W: Final = "(?:[名位个]人?|人)"
_END: Final = r"(?=\s*(?:[,;:。!\n~)]|$))"
_ALL: Final = "(?:一共|总共|合计|总计|共计|拢[共总]|统共|累计|加起来|合起来|共)"
_IN_ALL: Final = (
    f"(?:现在|前后|两[次批轮回]|全部|的话)*{_ALL}(?:就|是|有|为|新增|新选|选|出|了|执委)*"
)
_NEW: Final = r"(?<=新[增选])(?:了|的)?(?:执委)?(?:数|人数|是|有|为|共|[:\s])*"
_PLUS: Final = rf"{_D}{_W}?(?:\s*(?:\+|加上?)\s*{_D}{_W}?)+"
_MADE: Final = (
    "(?:先|首先|头|第[一二三四两]|前|后|上|下|这|那|又|再(?=[^,]{0,4}了)|接着|随后|随即|后来|后面|之后|会后|当[天场]|上午|中午|下午|晚上|昨[天晚]|今[天早晚]|前天|另外?|还|[次批轮回])+"
    f"(?:一[次批轮回])?(?:新选|增选|补选|新增|增补|推选|选|补|增加?|添|加)(?:了|出|上|进)*(?:执委)?{_D}{_W}(?:执委)?"
)
_MADE_OF: Final = rf"{_MADE}(?:[,;、\s]+(?:然后)?{_MADE})+"
_GROUP: Final = "(?:(?:村民|居民|生产|自然)?(?:小?组|小队)|自然村|片区?|网格)"
_EACH: Final = f"(?:每一?个?|各)个?{_GROUP}(?:里|都|各)?(?:选|推选|出|产生)?(?:了|出)*{_D}{_W}?"

_SUMS: Final = tuple(
    (frozenset(chars), re.compile(pattern))
    for chars, pattern in (
        # 新增执委12+3，一共15名
        ("+加", rf"{_NEW}(?P<gone>{_PLUS}(?:等于|[,\s]*{_ALL}(?:是|有)?))(?P<all>{_D}){_W}?{_END}"),
        # 新增执委15名, in brackets 12+3
        ("+", rf"{_NEW}(?P<all>{_D}){_W}(?P<gone>\({_PLUS}\))"),
        # 执委先选12名，又增选2名，共新增14名
        ("选补增添加", rf"(?:(?<=委)|(?<=委[:,]))(?P<gone>{_MADE_OF}[,;\s]+)(?={_IN_ALL}(?P<all>{_D}){_W}(?:新?执委)?{_END})"),
        # 新增执委14名，先选了12名，后来又补了2名
        ("选补增添加", rf"{_NEW}(?P<all>{_D}){_W}(?P<gone>[,(:\s]+{_MADE_OF}\)?){_END}"),
    )
)  # fmt: skip
"""Characters of which any such sum holds one, and what it looks like: what goes, and what it comes to."""
_TIMES: Final = re.compile(
    rf"(?:^|(?<=[,。;!\n]))(?P<gone>{_EACH}[,\s]+(?:一共|总共|共|我们?村?)*(?:有)?{_D}个{_GROUP}[,\s]+)(?=(?:新增|新选)的?执委{_IN_ALL}(?P<all>{_D}){_W}{_END})"
)
_WITH: Final = re.compile(
    rf"(?<=新[增选]执委)(?:连同?|连上|加上|算上)(?:后[头来面]?|之后)?(?:又|再)?(?:增补|补选|增选|补|添|加)[上进]?来?的(?:人)?[,\s]*(?={_IN_ALL}{_D}{_W}{_END})"
)
"""新增执委连上后头补的拢总14个."""
_FEWER: Final = re.compile(
    rf"(?:原来|本来|原先|原本|原|本|起初)(?:想|打算|计划|准备|说|定|要)+选(?P<of>{_D}){_W}(?:执委)?[,\s]+(?:结果|后来|但|可|其中)*(?:有)?(?P<gone>{_D}){_W}(?:没|不|弃|落选|退)[^,。;!\n0-9]{{0,6}}[,\s]+(?=新[增选]的?执委(?:最后|最终|实际|结果|就|只|是|有|为|选|了|出)+(?P<all>{_D}){_W}{_END})"
)
"""本来想选13个，有一个没过半，新增执委最后是12个."""
_NUMBER: Final = re.compile(rf"(?<!第){_D}(?=\s*(?:{_W}|[+=加等,\s)]|$))")


def _numbers(said: str) -> list[int]:
    return [v for m in _NUMBER.finditer(said) if (v := numerals.value(m[0])) is not None]


def _left(found: re.Match[str], come_to: int) -> str:
    """What was found without the reckoning, if that is right."""
    if come_to != numerals.value(found["all"]):
        return found[0]
    start, end = (at - found.start() for at in found.span("gone"))
    return blank.span(found[0], start, end)


def _fewer(found: re.Match[str]) -> str:
    """Nothing of the plan, if what failed of it leaves what is told."""
    was, gone, left = (numerals.value(found[one]) or 0 for one in ("of", "gone", "all"))
    return " " * len(found[0]) if left == was - gone else found[0]


def plainly(text: str) -> str:
    """The text with the number alone where it was reckoned rightly, as long as before."""
    signs = frozenset(text)
    for chars, pattern in _SUMS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(lambda m: _left(m, sum(_numbers(m["gone"]))), text)
    if "每" in signs or "各" in signs:
        text = _TIMES.sub(lambda m: _left(m, prod(_numbers(m["gone"]))), text)
    if "想" in signs or "选" in signs:
        text = _FEWER.sub(_fewer, text)
    return _WITH.sub(blank.match, text) if "的" in signs else text
