"""New members who are not new: a clause beside their number tells that they were chosen, or have served, since long ago.

五年前选的，12名; 执委12名，都干了好几年了; 执委12名，去年就有; 执委12名，不是新增的; 执委老的5名; 执委还是那5个. Of a meeting lately, of somebody
else (我当主席三年了) or of another number (之前是10名) it is no such clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question

_D: Final = "[0-9一二两三四五六七八九十]"
_N: Final = f"(?P<n>{_D}{{1,3}})[名个位人]?人?"
_YEARS: Final = f"(?:好?几|[好很许]多|多|{_D}{{1,2}}多?)"
_THEY: Final = "(?:这些|那些|她们|他们|这|那|人|大家|执委|我们村?的?|基本|大多|大部分|都|全部?|也|就|还|已经?|是|其实)*"
_AGO: Final = (
    f"(?:{_YEARS}年(?:以|之)?前|[前早头上]{_D}?几?年|早些年|去年|前年|上一?[届轮]|老(?:主任|主席|书记|支书)(?:手[里上]|在(?:任|位)?的?时候?|那时候?|那会儿?)?(?!当|上任)"
    "|我?来(?:之|以)?前|(?:村里?)?(?:合并|撤并|并村)(?:之|以)?前|以前|从前|早先|早年|(?:过年|春节|正月)(?:的?时候?|期间|里|初)?|换届的?时候?就|(?:上次|去年)换届(?:时|的?时候)?|原来|本来)"
)
_CHOSEN: Final = "(?:就|已经?|都|也)*(?:选|推选|产生|当选|上任)(?:举|出|好|上|下)?来?(?:了|的|好)*"
_AS_ONE: Final = re.compile(
    f"{_THEY}(?:在|于)?{_AGO}{_CHOSEN}[啊呢哈]?"
    f"|{_THEY}(?:执委)?(?:干|当|做|任|担任)了?(?:执委)?(?:有|已经?|都)*{_YEARS}(?:年|届)(?:多|了|的)*"
    f"|{_THEY}(?:好几|很多|好多|[二三四五六七八九十])年了|{_THEY}很久了|{_THEY}(?:老?早|本来|原来|以前|去年|前年)就?有的?了?|{_THEY}当过(?:执委)?[的了]?"
    f"|{_THEY}(?:去年|前年|以前|原来|本来|一直|向来|历来|从来|上届|早)(?:就|也|都|是)*(?:这样|这些|这么多|这批|这几个|都是|是的)(?:人|的|了)*"
    f"|{_THEY}(?:跟|和|与|同)(?:换届|去年|上届|前年|以前|原来)的?时?候?(?:一样|持平|相同|一致)(?:多|的|了)*"
    f"|{_THEY}老姐妹们?|{_THEY}(?:以前|原来|之前|老)的?人?(?:都|全)(?:留|在)(?:下|着)?来?了?"
    "|有?(?:一?大?半|多数|大部分|不少|几个|一些)(?:都)?(?:是|为)(?:老面孔|老的|老人|原来的|连任的?)|新(?:的|人|面孔)(?:少|不多|很少|没几个|有限)"
)
"""A clause that is wholly made of it."""
_AS_MANY: Final = re.compile(
    f"{_THEY}(?:去年|前年|以前|原来|本来|一直|上届|上次)(?:的|就|也|都|是|有)*(?<=[是有也])(?:那)?{_N}"
    f"|{_THEY}还?是?(?:原来的?|以前的?)?那(?P<m>{_D}{{1,3}})[名个位人]?(?:人|姐妹|执委)?"
)
"""执委12名，去年也是12名: as many as before."""
_NOT_NEW: Final = re.compile(
    f"(?:^|(?<=[,;。!?\n\\s])){_THEY}不(?:是|算)(?:这次|今年|本周|刚)?新(?:增|选|加|当选|进|上|来)?的?(?:人|了|啊)*(?=[,;。!?\n]|$)"
)
_AHEAD: Final = re.compile(
    f"(?:^|(?<=[,;。!?\n\\s])){_THEY}{_AGO}(?<![来先]){_CHOSEN}(?:执委)?(?:是|有)?$"
    "|(?:建村|建社区|[分并]村)(?:的?时候?|那会儿?|之?[前初])(?:就|新|选|的|了|有)*(?:执委)?(?:是|有)?$|(?:老|旧)(?:的|执委|人)?(?:有|是)?$|(?:还|就|仍|依旧)是?那(?:么|几)?$|(?:一直|本来|原来)(?:都|就)*(?:是|有)$"
)
"""What stands right before the number: 上轮选的12名, 执委老的5名, 执委还是那5个."""
_AMONG: Final = re.compile(
    f"其中(?:有)?{_N}(?:执委)?(?:都)?(?:是|为)?(?:这次|本次|这回|今年|本届|此次|这周|本周|刚)?(?:刚)?新(?:加|增|选|来|进|上|当选|补)"
)
_SIGNS: Final = frozenset("建村年届轮前老旧来早久过原本去直留新正春换就那当次半")
_CLAUSE: Final = re.compile(r"[^,;:。!?\n()~…]+")
_FRESH: Final = re.compile("今年|这次|本次|此次|这届|本届|昨|刚|今天|重新")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about numbers of those who, it is told beside them, were there long before."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or _SIGNS.isdisjoint(text):
        return []
    beside = any(
        _AS_ONE.fullmatch(m[0].strip()) and not _FRESH.search(m[0])
        for m in _CLAUSE.finditer(text)
        if not any(c.span[0] < m.end() and m.start() < c.span[1] for c in told)
    )
    denied = "不" in text and _NOT_NEW.search(text) is not None
    return [
        Question(Ask.EARLIER, c.span, c.indicators)
        for c in told
        if beside or denied or _of_its_own(text, c)
    ]


def _of_its_own(text: str, claim: Claim) -> bool:
    """Whether right before a number, or by the same number behind it, they are told to be the old ones."""
    number = int(str(claim.value))
    if _AHEAD.search(text[: claim.span[0]]):
        return True
    for found in _CLAUSE.finditer(text, claim.span[1]):
        many = _AS_MANY.fullmatch(found[0].strip())
        if many and number == numerals.value(next(one for one in many.groups() if one)):
            return True
    some = _AMONG.search(text, claim.span[1]) if "其中" in text else None
    return some is not None and (numerals.value(some["n"]) or number) < number
