"""What a line says of things that it does not report: other villages, a number that follows later, wishes, questions.

Beside a report they change nothing; alone they are no report.
"""

from __future__ import annotations

import re
from typing import Final

_UNREACHED: Final = re.compile(
    "[^,。;!]{0,6}?(?:的)?(?:主席|书记|那边)?的?(?:电话|手机|微信|信息|消息)(?:也|都|还|一直|老|总)*(?:打不通|不通|没人接|无人接听|不接|没接|关机|停机|占线|没回|不回|没人回|欠费)(?:了|的|呢|啊)*|[^,。;!]{0,6}?(?:主席|那边)?(?:还|一直|都|也)*(?:联系不上|没联系上|联系不到)(?:了|的|呢|啊)*"
)
_CALLS: Final = frozenset("话机信息系")
"""Characters of which any such clause holds one."""
_WHEN: Final = "(?:我|会|要|就|都|也|还|等|晚点|晚些|稍后|回头|明天|明早|后天|改天|下午|晚上|今晚|下周[一二三四五]?|周[一二三四五六日天]|下个?礼拜|过[几两]天|核[好实对]?(?:过|完)?|问[清好]?|统计(?:好|完|出来)?|汇总(?:好|完)?|齐了|好了|[^,。;!0-9]{0,4}回来|以后|之后|后|了)*"
_AGAIN: Final = f"{_WHEN}(?:再|才|另外|另行|另)(?:上?报|汇报|说|发|补|告诉|讲)(?:给)?(?:您|你|领导|上来|上去|过来|过去|吧|了|哈|啊|的)*"
_LATER: Final = re.compile(_AGAIN)
_OTHERS: Final = re.compile(
    "各(?:村|社区|单位)的?(?:数|数据|情况|人数)?(?:另行|另外|稍后|随后|单独|分别)(?:汇总|统计|上?报|发)|"
    f"(?:其[他它余]|别的?|剩下|余下|另外)的?(?:[几各两三四]个?)?(?:村|社区|乡镇|单位)(?:的|们|都|也|还|正|暂时|目前|主席)*(?:(?:在|没)(?:汇总|统计|收集|核实|核对|问|催|弄|报|上报|报上来|交|回复?)(?:了|中|呢|上来)*|{_AGAIN})"
)


_AGREED: Final = re.compile(
    "(?:我|俺|刚刚?|已经?)*[跟同和与](?:我们|村里?|妇联)?主席(?:都|也|已经?)*[讲说](?:好|妥|清楚)了?"
)
_ASKED_ME: Final = re.compile(
    "[她佢他伊][叫让喊托]我(?:来|先|代)?(?:上?报|讲|说|发)(?:一下|个?数)?"
)
"""我同主席讲好了，佢叫我报: the chair of her own."""


def apart(said: str, before: str) -> bool:
    """念山村电话打不通; 其他村还在汇总, and 晚点再报 behind it: of those nothing is told."""
    if unreached(said) or _OTHERS.fullmatch(said):
        return True
    if _AGREED.fullmatch(before) and _ASKED_ME.fullmatch(said):
        return True
    return _OTHERS.fullmatch(before) is not None and _LATER.fullmatch(said) is not None


_COUNTS: Final = re.compile(
    "(?:会计|书记|主任|文书|干事|主席|大家|镇里|乡里)?(?:说|讲|认为)(?:她|这个?|那个)?(?:也|都|是)*(?:可以|能|应该|要)?(?:也|都)?算(?:的|进去|进来|在内|数)?了?"
)
_SO: Final = re.compile("(?:那|就|所以|那么|还)*是?(?P<n>[0-9一二两三四五六七八九十]+[名个位])")


def settled(said: str, before: str, behind: list[str]) -> bool:
    """会计说也可以算，那就是8名 behind 8名: somebody was asked whether one counts, and the number stays as it was told."""
    so = _SO.fullmatch(behind[0]) if behind and _COUNTS.fullmatch(said) else None
    return so is not None and so["n"] in before


def unreached(said: str) -> bool:
    """Whether a clause only says that somebody could not be reached."""
    return not _CALLS.isdisjoint(said) and _UNREACHED.fullmatch(said) is not None


_NOBODY: Final = re.compile(
    "(?:都|也|实在|根本|现在|就是)*(?:没有?|没得|莫得|冇得?|无)人(?:愿意?|肯|想|敢|要)(?:来|去|再)?(?:当|做|干|报名|参加|竞选|选)(?:这个|村里的?|妇联)?"
)
_ASKS: Final = re.compile(
    "百分之(?:几|多少)|(?:填|写|报|交|发)(?:在|到|给)?[^,。]{0,4}(?:哪一?[里儿行栏格]|谁)|怎么(?!样|也)|咋[办弄]|如何|能不能|可不可以|可以吗|行吗|要不要|算不算|请问|想问|问一?下|有没有办法|想想办法|反映一?下|发(?:我|给我|个)?一[份个张]|是不是(?:要|得|该|可以)|^\\s*(?:我|帮我|请|麻烦|给我|想)*(?:查|看)(?:一?下|看|一查|看看)[^,。;!0-9]{0,10}(?:进[度展]|情况)$"
)
_GIVEN: Final = re.compile(
    "\x00[^,;。!?\n候备]{0,6}[0-9一二两三四五六七八九十]|[0-9一二两三四五六七八九十][名个位人](?:新的?|女)?\x00|(?:新增|新选|选[了出]|当选|增加|增选|产生|补选)[^,;。!?\n]{0,3}[0-9一二两三四五六七八九十]|[0-9][名个位]"
    "|完成|[办搞弄改做][好完成定]|没变|没有变化|一样|成立了|零|一个[都也]没|没有?新"
)
_ORDERS: Final = re.compile(
    r"(?:^|(?<=[,。;!:\]\n]))(?:[^,。;:!\n]{0,8}?(?:通知|提醒|提示)(?:一下|下|[:,])*)?(?:请|望|通知|提醒|要求|麻烦|催)(?:一下|下|大家|[:,])*(?:各|全体|所有|还没|没有?|未)[^,。;!\n]{0,6}?(?:村|社区|乡镇|[乡镇]|单位|位)"
    r"|(?:各(?:位|村|乡镇|单位|社区)|大家|姐妹们)[^。;!\n]{0,20}(?:请|要|务必|抓紧|尽快)[^。;!\n]{0,12}报[给到送]?(?:我|上来|来|乡里|镇里|县里)"
    r"|(?:各位|大家|姐妹们|各村)[^,。;!\n]{0,10}?(?:费心|上心|辛苦|受累)|有(?:问题|困难|事|不明白|不清楚)[^,。;!\n]{0,4}(?:打我|找我|联系我|问我)"
)
"""请各村于7月28日前完成会改联: what is asked of others."""
_TOLD_TOO: Final = re.compile(
    "[0-9一二两三四五六七八九十][多几来余]*[名个位]|(?:完成|[办搞弄改做]好)了|没有?新|一样|[: ][\u4e00-\u9fff]{2,4}[0-9]{1,3}(?=[,、;。\\s]|$)"
)
_OURS: Final = re.compile("[我本咱俺]们?(?:村|社区|乡|镇|街道|县|区)")
_PARTS: Final = re.compile("[,;。!\n]")


def only_asks(text: str, called: re.Pattern[str]) -> bool:
    """有两个候选执委在外打工，怎么联系; 没人愿意当执委，反映一下: a question or a need, in which no figure is given."""
    if _ORDERS.search(text) and not _OURS.search(text):
        told = [one for one in _PARTS.split(text) if not _ORDERS.search(one)]
        given = any(_GIVEN.search(called.sub("\x00", one)) for one in told)
        return not given and not _TOLD_TOO.search(text)
    if not (_NOBODY.search(text) or _ASKS.search(text)):
        return False
    told = [one for one in _PARTS.split(text) if not (_NOBODY.search(one) or _ASKS.search(one))]
    return not any(_GIVEN.search(called.sub("\x00", one)) for one in told or [text])
