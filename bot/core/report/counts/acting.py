"""Members who merely do something, and members as they always were: 12个执委去镇里了, 我们村还是五个执委. How many are new is not told.

A number in front of 执委 with a predicate behind it, or at the end of a deed (来的执委12人, 和3个执委), counts those who act. Where they are
called new, only a deed that a few of them may have done is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question

_N: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_C: Final = "(?:[名个位]人?|人)"
_BEFORE: Final = r"(?<![0-9一二两三四五六七八九十])"
_WHEN: Final = "(?:今[天晚早]|昨[天晚]|明[天早晚]|上午|下午|晚上|中午|刚才|正|刚|一[起块同]|大家|准备|也|还|又)*"
_ALL: Final = "(?:都|全|均|个个|已经?|就)*"
_DOES: Final = "(?:来(?!自)|去(?!年)|到(?![位齐岗任])|在(?![任岗])|没(?!问题|有?[多别其错])|忙|很|挺|太|真|蛮|辛苦|累|积极|热[心情]|加[入群]|参[加与]|走访|入户|慰问|培训|学习|开[会展着车]|值[班守]|帮|跟|陪|带|上[山门街城课]|下[村乡地田队午]|回[来去家]|跑|出[去差门]|住|缺席|请假|不(?!错|含|包)|想|愿|分[成组头]|负责|排练|跳|拍|合影|坐|打|干|拿|领着|送|给|家里|每人|报名|候选|述职)"
_PARTY: Final = "(?:中共)?(?:预备)?(?:党员|团员|大学生|年轻的|[0-9]{2}岁以[上下]的?|[3-9]0后|老师|教师|村医|能人|少数民族|男的|女的)"
_OLD_ACT: Final = re.compile(
    f"{_BEFORE}(?P<n>{_N}){_C}(?:妇联|女)?执委{_WHEN}{_ALL}{_WHEN}(?:{_DOES}|是?{_PARTY})"
    f"|(?<!新)执委(?P<m>{_N}){_C}(?:今天|昨晚|昨天)?(?:都|全部?)*(?:来了|到了|到[齐场]了?|参加了|在场)(?=[啊哈呢]*(?:[,;。!\\s]|$))"
)
"""12个执委都来了, 五个执委是党员."""
_FINISHED: Final = re.compile(
    "改[联革][^,;。!?\n没未]{0,6}(?:完成|[好完]了|成立|搞定)|完成[^,;。!?\n]{0,3}改联"
)
_ALL_GOOD: Final = re.compile("(?:都|全|均|个个)(?:很|挺|蛮|太|真|最|积极|热|参|表|开)")
"""会改联完成，8个执委都很积极: those who were elected."""
_NEW_ACT: Final = re.compile(
    f"{_BEFORE}(?P<n>{_N}){_C}(?:新增|新选|新当选|新)的?执委{_WHEN}(?:(?:去(?!年)|到(?![位齐岗任])|来(?!自|了)|参加|加(?:入(?!妇联|执委|班子|队伍)|群)|在(?![任岗])|请假|缺席)|[^,;。!\n都全]{{0,3}}没有?(?:[填报录交签写]|微信|手机|电话|照片))"
)
_CHOSEN: Final = re.compile("[新增添补推]|(?<![没未不])选|产生|当选|[改联]完|成立|[办做搞弄改]好")
_AT: Final = re.compile(
    f"执委(?P<n>{_N}){_C}(?:都|今天|昨天|昨晚|今晚|上午|下午|正?在|一[起块同]|来|去)*(?:在场|到场|参[会训]|参加(?:了)?(?:培训|会议|活动)|培训|走访|入户|开会|学习|值班|慰问|座谈|体检|旅游|参观|排练|服务|巡逻|宣传)(?:了|中|的|啊|哈)*(?=[,;。!\\s]|$)"
)
"""新增执委12人培训."""
_LED: Final = re.compile(
    f"(?:(?<![新又再进出上过下回起])(?:去|来|到|找|请|叫|派|喊|约)(?:了|过|着)?|(?:(?<![0-9名个位人])[和跟同与]|带着?|带领|领着|陪着?))(?P<n>{_N}){_C}(?:妇联|女)?执委"
    f"|(?<![新又再进出上过下回起])(?:来|到)了(?:妇联)?执委(?P<j>{_N}){_C}"
    f"|(?<![新上出进过选推提补下])(?:来|到|去|在场|到场|出席|帮忙|值班|走访|培训|参加[^,;。!\n]{{1,4}})的(?:妇联)?执委(?:一共|共|有|是)*(?P<m>{_N})"
    f"|(?:给|让|叫|请|组织|带领?|通知)了?(?:我们?|咱|本)?(?:村|社区)?的?(?:新增|新选|新)?的?执委(?P<k>{_N}){_C}(?![^,;。!\n]{{0,5}}[记登报录写填改])"
)
"""请了3个执委, 今天来的执委12人, 给新增执委12人培训."""
_AS_EVER: Final = re.compile(
    f"(?:一直|还是|仍然?|依然|依旧|本来|原来|原本|历来|向来|始终|照旧|照样|总是)(?:也|都|就|是|有|为|只|才)*(?P<n>{_N}){_C}的?(?:妇联)?执委"
    f"|执委(?:一直|仍然?|依然|依旧|本来|原本|历来|向来|始终|照旧|总是)(?:也|都|就|是|有|为|只|才)*(?P<m>{_N})"
    f"|妇代会(?:的|时的?|时期的?|有)*(?:执委|委员)(?:有|是|共)*(?P<k>{_N})"
    f"|(?:会改联?|改联|换届|改选|选举|改革|增补)(?:之|以)?前(?:的|有|是|我们|村|共|妇联|:)*执委(?:的|有|是|为|共|:)*(?P<j>{_N})"
)
"""我们村一直五个执委, 妇代会执委5名, 会改前执委10名."""
_SORT: Final = re.compile(
    f"执委(?:里|中|当中)?有(?P<n>{_N})[名个位]?(?:是|都是)?{_PARTY}(?=[,;。!的\\s]|$)"
    f"|执委(?P<m>{_N})[名个位](?:是{_PARTY}|[0-9]{{2}}岁(?:以[上下]|左右)|[3-9]0后)(?=[,;。!的\\s]|$)|执委[女男](?:的|性)?(?P<k>{_N}){_C}"
)
"""新增执委有5个党员: of how many?"""
_OTHERS: Final = re.compile(
    f"执委(?:的)?(?:慰问|走访|看望|帮扶|服务|结对|关爱|帮助|入户)(?:了)?[^,;。!\n0-9]{{0,4}}?(?P<n>{_N})"
    f"|执委(?P<m>{_N})[名个位](?:老人|孩子|儿童)(?=[,;。!\\s]|$)|(?<!会)新增妇女(?P<k>{_N}){_C}|执委的?(?:微信)?(?:群|工作群|交流群)(?:有|共)?(?P<j>{_N})个"
    f"|(?:嫁出去|嫁走|换|少|走|调走|缺|退)了?(?P<i>{_N}){_C}执委|执委(?:换|少|缺|调走|嫁走)了?(?P<h>{_N})(?:{_C}|$)"
    f"|{_BEFORE}(?P<g>{_N}){_C}(?:女同志|同志|妇女|姐妹|村民|党员|志愿者)*(?:来|去|一[起块])*(?:帮[助扶忙]?|协助|伺候)(?:着|了)?(?:村里|妇联)?的?执委|执委的?点名(?:[有到了实共]|一共)*(?P<f>{_N})"
)
"""执委慰问老人12人, 新增执委群1个, 执委少12人, 七名女同志帮执委, 执委点名7人."""


def doubts(text: str, claims: Sequence[Claim], new: Collection[str]) -> list[Question]:
    """Questions about numbers that count those who act, those who were there, or something else.

    `new` are the figures of which only new ones are counted: of all others as many as ever is an answer.
    """
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or ("执委" not in text and "新增妇女" not in text):
        return []
    return [
        Question(Ask.UNREAD, claim.span, claim.indicators)
        for claim in told
        if _acting(text, int(str(claim.value)), fresh=not set(new).isdisjoint(claim.indicators))
    ]


def _acting(text: str, number: int, *, fresh: bool) -> bool:
    ever = (_AS_EVER,) if fresh else ()
    for pattern in (_OLD_ACT, _NEW_ACT, _AT, _LED, *ever, _SORT, _OTHERS):
        for found in pattern.finditer(text):
            said = next(one for one in found.groups() if one)
            if numerals.value(said) != number:
                continue
            if pattern in (_OLD_ACT, _AS_EVER) and _CHOSEN.search(_around(text, found)):
                continue
            if pattern is _OLD_ACT and _FINISHED.search(text) and _ALL_GOOD.search(found[0]):
                continue
            return True
    return False


_STOP: Final = re.compile(r"[,;。!?\n()]")


def _around(text: str, found: re.Match[str]) -> str:
    """The clause that it stands in."""
    before = max((m.end() for m in _STOP.finditer(text, 0, found.start())), default=0)
    behind = _STOP.search(text, found.end())
    return text[before : behind.start() if behind else len(text)]
