"""What leaves a clear number open: others than her people object to it, some of it may not count, or it is the one there should be.

新增执委12名，公示有异议2名; 党员3名都不算，新增执委12名; 新增执委应该几名？12名; 新增执委12名，连任的有几个.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question
from bot.core.report.aside import people

_N: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_OBJECTED: Final = re.compile(
    rf"(?<![没未无])(?<!没有)(?:有|[被遭])(?:{_N}?[名个位]?人?)(?:被|遭|对)?[^,;。!\n没无未]{{0,4}}(?:举报|投诉|异议|告状|告了|反映(?:问题|情况)|提(?:了|出)?(?:意见|异议))|(?<![无没])异议(?:有|的)?{_N}[名个条起]"
)
_NOT_COUNTED: Final = re.compile(
    rf"(?:{people.PEOPLE}|主席|干部)(?:有|共)?{_N}[名个位]人?(?:的)?(?:都|也|全|先|暂时?|统统|是)*(?:不算|不作数|不计)(?:数|在内|进去|在里[面头])?(?:的|了)?(?=[,;。!\s]|$)"
    rf"|(?:^|(?<=[,;。\s(]))不算(?:上|在内的?)?{people.PEOPLE}(?:的)?{_N}"
    r"|(?:正?副?主席|党员|干部|我)+(?:都|也|全|还|是)*(?:不在(?:内|里[面头]|其中)|(?:没|未|不)(?:算|包[括含])(?:在内|进去|在里[面头])?)(?:的|了)?(?=[,;。!)\s]|$)"
)
_WHETHER: Final = re.compile(
    "(?:算不算|要不要算|该不该算|算没算|包不包[括含]|含不含|要算[吗么]|算进去(?:了)?(?:没有?|吗))"
)
_SHOULD: Final = re.compile(
    r"(?:应该?|该|得|须|需要?|要求|规定|最多|最少|至少)(?:要|该|是|报|选|新增|新选|有|的)*(?:执委)?[^,;。!?\n]{0,4}(?:几[名个位]|多少)[^,;。!?\n]{0,3}\?"
)
"""新增执委应该几名？12名: how many there have to be."""
_FEW: Final = re.compile(
    r"(?:同意|赞成|到会|参会|出席|投票|实到|来)(?:的|票|率|人数|人)*(?:都|还|才|只|有)*(?:不到|不足|不过|没到|没过|未到|未过|不满|低于|少于)(?:一?半|半数|三分之[一二]|法定人数)(?!.*(?:第二|后来|最后|重新))|(?:不到|不足|没到|未到|未过|没过)(?:一?半|半数|三分之[一二])(?:的)?(?:人|代表|票)?(?:同意|赞成|到会|来|参会|投票|出席)(?!.*(?:第二|后来|最后|重新))"
)
_STAYED: Final = re.compile(
    r"(?:连任|留任|续任|老的|老执委|上届|原来)(?:的|执委|委员|过来)*(?:也|还|就)?(?:有|占)?(?:好?几|一些|好些|不少|若干|多少|一部分)"
)
_MEANT: Final = re.compile(rf"拟(?:任|选|报|聘|定)(?:的)?(?:执委)?{_N}[名个位人]")
_ELSE: Final = re.compile(
    rf"{_N}[名个位]人?(?:都|也|还)?不是新|空[着缺]?(?:了|有|出)*{_N}[名个位]|(?:^|[,;。!\s])(?:做到|坚持|落实)?[三四五六七八]个到位(?=[,;。!\s]|$)|其中[^,;。!\n0-9]{{1,6}}\([^()\n]*\)(?:有|共|:)?{_N}[名个位人]"
)
"""只有1个不是新的, 四个到位, 其中教师（小学）9名: its number is no one of the new."""
_DID: Final = re.compile(
    rf"(?:计划|任务|[目指]标)[^,;。!\n]{{0,4}}{_N}[名个位人]?[,;、\s]*(?:但|却|结果)?(?:实际|实|完成|做到|落实|到位)(?:选|新增|只|就|有|是|了|到)*(?P<n>{_N})[名个位人]"
)
"""新增执委12名，计划7个，实际5个: five, or twelve?"""
_OF_AN_OFFICE: Final = re.compile(
    rf"[镇乡县](?:里|上)?(?:指|委|下|选)?派(?:来|下来)?的(?:有|占|共)?{_N}|{_N}[名个位]人?(?:都)?是[镇乡县](?:里|上)?(?:指|委|下|选)?派"
    rf"|我们(?:村)?(?:只|就|才|仅)*占{_N}[名个位]|[镇乡县上](?:里|面|级|头)?(?:还|又)?(?:要求?|让|叫)(?:我们)?再(?:加|增加?|补|减|选){_N}[名个位]|我(?:是|也是|自己)*(?:估|猜|蒙)的|{_N}[名个位]人?(?:报|算|数|写|填)重了?"
)
_SHARE: Final = frozenset("新到其空异举投告反不没未算包含几多拟提划任标应派占再估猜蒙重")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about the numbers of a text that such words leave open."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or _SHARE.isdisjoint(text):
        return []
    behind = told[-1].span[1]
    ask = None
    if _SHOULD.search(text):
        ask = Ask.INDICATOR
    elif _NOT_COUNTED.search(text) or _WHETHER.search(text):
        ask = Ask.VALUES
    elif (
        _OBJECTED.search(text)
        or _FEW.search(text)
        or _MEANT.search(text)
        or _OF_AN_OFFICE.search(text)
        or any(m.start() <= c.span[0] < m.end() for m in _ELSE.finditer(text) for c in told)
    ):
        ask = Ask.UNREAD
    elif _STAYED.search(text, min(behind, len(text))) or _did_otherwise(text, told):
        ask = Ask.VALUES
    return [Question(ask, c.span, c.indicators) for c in told] if ask else []


def _did_otherwise(text: str, told: Sequence[Claim]) -> bool:
    """Whether what came of a plan is another number than what is told."""
    did = _DID.search(text)
    return did is not None and numerals.value(did["n"]) not in {c.value for c in told}
