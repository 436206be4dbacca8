"""That those who lead are among the new ones: 有1个主席2个副主席在内, 连主席副主席都在里头了, 主席和副主席都是从里面选的."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.report.plain import blank

_D: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_C: Final = f"(?:{_D}[名个位人]?)"
_CHAIR: Final = f"(?:{_C}的?)?(?:村?妇联)?(?:(?:正副|正|副)?主席|常委){_C}?"
_THEM: Final = (
    f"(?:我这个|新当选的?|新的?|刚选的?)?{_CHAIR}(?:[、,和跟及与 ]*{_CHAIR})*(?:{_D}[名个位]?人)?"
)
_AMONG: Final = "(?:其中|里面|里头|当中|这里面|这里头|名单(?:里|上|中)|含|包含|包括|内含)"
_WITH: Final = f"(?:{_AMONG}|连同?|算上|加上|带上|有|还有|就|已经?|也)*"
_INSIDE: Final = f"(?:这|那|新|的|新增|新选)*(?:{_D}[名个位人])?(?:新?执委|她们)?(?:里面?|里头|当中|之中|其中|中|内)"
_ARE_IN: Final = f"(?:两人|三人|她们|她|也|都|均|全部|全都?|已经?|一起|一块|一并|是|就|算|包括|包含|计算|统计|选)*(?:在{_INSIDE}|(?:从|由){_INSIDE}(?:面|头)?(?:推选|选举|选|产生|推)?(?:出来|产生|出)?|一起)(?:算)?(?:了|的)*"
_LED: Final = re.compile(
    rf"(?:^|(?<=[,;。:!\n(])|(?<=[名个人位] ))\s*(?:(?:{_WITH}{_THEM}{_ARE_IN}|{_WITH}{_AMONG}(?:有|是|了)?{_THEM}(?:在内)?|(?:连同?|算上|加上|带上)?{_THEM}(?:[带跟和加]副主席)?(?:[加和跟](?:其他|普通)?(?:执委|委员))?,?(?:一共|总共|合计|共|刚好|正好|就|是|有|才)+(?P<all>{_D})[名个人位])|{_CHAIR}(?:都|均|也|是|为|由)+(?:[\u4e00-\u9fff]{{0,8}}(?:兼任?|担任|专职|兼职))|(?:主席|我|我自己)(?:也|也都|都|就|自己)*(?:算一个|(?:算|包[括含]|计)+(?:在|进|到|去)*{_INSIDE})|(?:我|我自己)[和跟](?:会计|文书|村医|副主席|老师)(?:都|也)*在{_INSIDE})[了的啊哈]?(?=\s*(?:[,;。!\n)]|$))(?!\s*[,、;]\s*(?:副主席|其[余他]|剩|委员|常委|执委|普通|一般))"
)
_TOTAL: Final = re.compile(
    rf"(?:新[增选]|选出|选了|产生)[^,;。!\n0-9候拟]{{0,8}}(?P<n>{_D})[名个人位]?|(?P<m>{_D})[名个人位](?:的?新)?执委|(?<=执委)(?:一共|共|有|:|\s|人?数|总数)*(?P<k>{_D})"
)
_HOW_MANY: Final = re.compile(
    f"({_D})[名个位人]?的?(?:村?妇联)?(?:副?主席|常委)|(?:主席|常委)({_D})(?=[名个位人]|副|[、,和])"
)


def without(text: str) -> str:
    """The text with such clauses behind a number blanked out by spaces, as long as before."""
    if "主席" not in text and "我" not in text and "常委" not in text:
        return text
    return _LED.sub(lambda found: _left(found, text), text)


def _left(found: re.Match[str], text: str) -> str:
    total = list(_TOTAL.finditer(text, 0, found.start()))
    if not total:
        return found[0]
    number = next(one for one in total[-1].groups() if one)
    whole = numerals.value(number) or 0
    led = sum(numerals.value(m[1] or m[2]) or 0 for m in _HOW_MANY.finditer(found[0]))
    right = led <= whole and (not found["all"] or numerals.value(found["all"]) == whole)
    return blank.match(found) if right else found[0]
