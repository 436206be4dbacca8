"""What says that fewer hold than the clear number in front: 公示5天后剩10名, 有一组空着, 男1名, 完成率80%, 实际5个.

A correction takes a number a little down; one that leaves less than half of it may as well be what came of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question

_N: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_C: Final = "[名个位人]"
_LEFT: Final = re.compile(
    rf"(?:公示|考察|审[查核]|核实|体检|筛选)[^,;。!\n没无未]{{0,8}}[后完下来过了]+[,、]?(?:只|就|还|也)*(?:剩|留)(?:下|了)*(?:有)?{_N}{_C}"
    rf"|(?:(?:有|还有|还剩)(?:{_N}|哪|几)个?|第{_N}个?)(?:村民)?(?:小?组|自然村|片区?|网格|位[子置]|名额|席位?)(?:现在|目前|还|都|是|一直|暂时?)*(?:空[着缺]|缺人?|没有?人(?![落反不退弃有])|没有?选|没选[出上]来?|没出|挂空)"
    rf"|{_N}{_C}人?(?:里面?|里头|中)(?:只有|就|才)?{_N}{_C}(?:真正)?(?:到位|到岗|上任|就位)"
    rf"|[另还]有?{_N}{_C}[^,;。!\n0-9没不未]{{0,6}}(?:也|都)(?:一起|一并)*(?:算|包|加|计)(?:括|含)?[上进在]"
    rf"|[,;。(](?![^,;。!\n]*(?:[老旧原写发报说填数前刚]|[留连]任|上届))[^,;。!\n0-9]{{1,10}}的{_N}{_C}人?(?:都|也|就|先|还)*(?:不算|不作数|不计)(?:数|在内|进去|在里[面头])?[的了]?(?=[,;。!\s]|$)"
    rf"|只(?:能|准|许|允许|让)(?:要|报|算|留|设|选|有|配)(?:上|到)?{_N}{_C}"
    rf"|[缺差少]{_N}{_C}人?(?:还|正|也)*在?(?:找|物色|谈|等|动员)(?!到)"
    rf"|凑数的(?:就|也|还)*(?:有|是|占)?{_N}{_C}|执委凑{_N}{_C}?"
    r"|第?[一1][轮次](?:投票|选举)?(?:就|都)*没有?(?:过半|选出|成功|通过|选上|选成)(?!.*(?:[第]?[二2三3两][轮次]|后来|最后|重[新选]|又))"
)
_MEN: Final = re.compile(
    rf"[,;。(、\s中里](?:其中|有)?(?:有)?(?:男(?:的|性|同志|委员|执委|士|的执委)?(?:有|是|占|为|:)*(?!零|0{_C}?){_N}{_C}人?(?=\s*(?:[,;。、)!和及女的]|$))|{_N}{_C}(?:是)?男(?:的|性|同志|委员|执委|士)?(?=\s*(?:[,;。!)]|$)))"
)
_RATE: Final = re.compile(
    r"(?:完成|到位|新增|选出|落实)[率度](?:是|为|才|只有|达到?|在|:)*(?!100)[0-9]{1,2}(?:\.[0-9]+)?%"
)
_PLANNED: Final = re.compile("计划|任务|目标|应|原定|名额|职数")
_OUTSIDE: Final = re.compile(
    rf"(?:主席|我(?:自己)?|党员|干部)(?:都|也|还|和|跟|副主席|就|是)*(?:不|没|未)(?:算|包[括含])?在(?:这|那|其)?{_N}{_C}(?:执委)?(?:里|之|当|内|中)"
    r"|其中的?(?:副?主席|常委|党员|干部)(?:都|也|还|并)*不是新(?:增|选|的|当选)"
)
_REALLY: Final = re.compile(
    rf"新[增选]的?执委(?:共|一共|有|是|:)*(?P<said>{_N}){_C}?[,;。\s]+实际(?:上)?(?P<n>{_N}){_C}?(?=\s*(?:[,;。!]|$))"
)
_CAME: Final = re.compile(rf"实到的?(?:执委)?(?:只有?|才有?|仅有?)(?P<n>{_N}){_C}")
_SIGNS: Final = frozenset("不缺差少能准许让另还算计凑剩留空缺没挂位岗任男率在实")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about the numbers of a text that such words leave open."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or _SIGNS.isdisjoint(text):
        return []
    ask = None
    rated = _RATE.search(text) is not None and _PLANNED.search(text) is None
    if _OUTSIDE.search(text) or _MEN.search(text) or _less(text, told):
        ask = Ask.VALUES
    elif rated or _LEFT.search(text):
        ask = Ask.UNREAD
    return [Question(ask, c.span, c.indicators) for c in told] if ask else []


def _less(text: str, told: Sequence[Claim]) -> bool:
    """新增执委12名，实际5个: less than half of what was said; 实到的只有9名: less than are told."""
    came = _CAME.search(text)
    if came is not None:
        few = numerals.value(came["n"]) or 0
        return any(isinstance(c.value, int) and few < c.value for c in told)
    found = _REALLY.search(text)
    if found is None:
        return False
    said, left = (numerals.value(found[one]) or 0 for one in ("said", "n"))
    return left * 2 < said
