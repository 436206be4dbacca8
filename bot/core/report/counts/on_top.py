"""A number that comes on top of what was told (补录新增执委3名), that is named as the wrong one (报错12), or a report that is denied (没报零报告)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Mark, Question

_N: Final = "[0-9零一二两三四五六七八九十百]+"
_C: Final = "[名个位人]?"
_FIGURE: Final = "(?:新增|新选)?(?:的|了)?(?:村|乡镇?|镇)?(?:妇联)?执委"
_AGAIN: Final = (
    "(?:[这本]周|我们?村?里?|本村|今天|昨天|最近|刚刚?|村里|执委)*[又再](?:(?:新|有)?(?:加|增加?|增补|添|补|新增|选)|来)[了过]?"
    "(?:好?[几些]|一些|点|不少)?[个名位]?(?:新?的?(?:村|乡|镇)?(?:妇联)?执委|新?人|姐妹|新面孔)?[啊呢哈的]*"
)
"""又加了几个，执委加了4个."""
_ADDED: Final = re.compile(
    rf"(?:^|[,。;!\s]){_AGAIN}[,。;!\s]+(?:{_FIGURE}|一共|共|总共|加|增加|新增|有|了|是|:)*{_N}{_C}"
    rf"|^(?:现|再|需|要|我村|我们)*(?:补录|补充|另外?|加选)[:,]?\s*(?:报|说)?{_FIGURE}(?:了|共|有|是|:)*{_N}"
    rf"|执委(?:还有|还剩|剩|余)了?{_N}{_C}(?=[,。!\s]|$)"
    rf"|{_N}{_C}[,\s]*(?:要|请|帮我|麻烦)*(?:累加|加进去|加上去|加到(?:里面|一起)|(?:是|都是)(?:上[次周回]|之前|以前)(?:漏报|没报|漏)的?|上[次周回]没算(?:进去|上)?|(?:和|跟|连|同)(?:上[次周回]|前面|之前)(?:的)?(?:合起来|加起来|一起|{_N}[名个位人]))[了的]*(?=[,。!\s]|$)"
)
_WRONG: Final = re.compile(
    rf"执委(?:数|人数)?(?:[报写填输打记录](?:错|多|漏|少)|[输打]成|(?:多|漏|错|少)[填报写录])了?{_N}{_C}(?=[,。!\s]|$)|{_N}{_C}错成{_N}|{_N}{_C}[,\s]*多[写报填打]了{_N}$|[,\s](?:有)?{_N}[名个位人](?:是)?(?:报错的|(?:之前|以前|上[次周回]|早就)(?:就|已经?)?报(?:过|了))|[,\s]再(?:去掉|减掉|扣掉)"
)
_MENDED: Final = re.compile(
    rf"(?:应该?|实际|更正|改[成为]?|是|为|[,。;\s:]){_N}{_C}(?=(?:才对|为准|是对的)?(?:[,。!\s]|$))"
)
_DENIED: Final = re.compile(
    "(?:别|莫|不要|不能)(?:再)?(?:写|报|填|算|登)(?:成|上|作)?完成|(?:错)?[报写填点]成(?:了)?完成|点错了?(?:成)?完成|完成(?:报|说|写)早了|(?:^|[,。!\\s])(?:我|这个?|有点|好像|刚才|报告|又|太)*[报说发写](?:得|的)?(?:太|有点)?早了(?![^\n]*[0-9零一二三四五六七八九十][名个位人,。]|[^\n]*[0-9]$)|高兴(?:得太)?早了|(?:没有?|未|拒绝)(?:报|做|发)?(?:过)?(?:零报告|报零)|没有的事|有人乱传"
    rf"|(?:没有?|未|不想|错)报(?:过)?{_FIGURE}{_N}"
)
_D: Final = "[0-9一二两三四五六七八九十]"
_LOST: Final = re.compile(
    rf"{_N}{_C}[,\s]*(?:不对|哦不|不是|[说打写报]?错了|更正)[,\s]*(?:差|缺|退|走|落|掉|重复|算重|扣|删|去掉)了?{_D}{{1,2}}{_C}(?=[,。!\s]|$)"
    rf"|[,\s]{_D}改{_D}$"
)
_DIGIT: Final = re.compile(
    rf"[,\s](?:前面|后面|后边)?(?:漏打?|少打?|掉|落|还有)了?个?{_D}字?[。!]*$"
)
"""新增执委2名，前面漏了个1: twelve?"""
_INSTEAD: Final = re.compile(
    rf"(?:以(?:后面的?|名单的?|这个)?(?P<a>{_N}){_C}为准|[,\s](?:就|还是|请|要)?按(?P<b>{_N}){_C}(?:算|报|来|登记?)?(?=[,。!\s]|$)|只批了?(?P<c>{_N}){_C})"
)
_DEADLINE: Final = re.compile(
    rf"{_N}{_C}[,\s]+(?:{_D}{{1,3}}[日号]|(?:{_D}{{1,2}}月)?[底初]|{_D}{{1,2}}月(?:底|初|中旬)|周[一二三四五六日天]|{_D}+天|[这本]周|国庆|七一|春节|年|元旦|中秋|月底|年底)(?:之?前|之?内)(?:报?名单|完成|选[好完]|到位)?[。!]*$"
)
"""新增执委12名，15号前: by when there shall be."""
_REACHED: Final = re.compile(
    rf"执委(?:队伍|人数|数)?(?:已|已经|由|从)?(?:(?:壮大|发展|升|补|选)到|变[成为]|[该须设预争着卜爱]选?|设置|配备|提了|找[好到]了?|酝酿了?|(?:上面)?给了?|扣|删|划掉|(?:落|忘|错|改|丢)了|得选|没变){_N}[名个位人]|增加后执委{_N}"
    rf"|^(?:其中|里面|含|当中),?有?(?:新增|新选)?执?委?{_N}[名个位人][。!]*$|执委{_D}个(?:村民)?小?组{_N}{_C}|执委{_N}名(?:妇女代表|代表|副主席|志愿者|没变)[。!]*$|{_N}{_C}[,\s](?:还在增加|不断增加中?|还要加|有把握)[。!]*$"
)
"""执委发展到12名, 执委须12名, 执委扣2名: all there are, a norm, or some less; and other things beside the word."""
_BOTH: Final = re.compile(
    rf"累计(?:已|共|总共)?新增[^,。;\n]{{0,6}}?{_N}{_C}[,;\s]*(?:其中)?[本这]周新增[^,。;\n]{{0,6}}?{_N}|[本这]周新增[^,。;\n]{{0,6}}?{_N}{_C}[,;\s]*累计(?:已|共|总共)?新增[^,。;\n]{{0,6}}?{_N}"
)
"""累计新增执委12名，本周新增3名: which of the two is it that is kept?"""
_TEN: Final = 10
_NOT_YET: Final = re.compile("(?:还|尚)没有?(?:了|呢|啊)?$")
_ORDERED: Final = re.compile("第[一二三四]个(?:改|错|不对)|(?:前|后)(?:面的?|一个)(?:错|不对)")


def doubts(told: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about the counts that are added or wrong, and about all that is denied."""
    if _DENIED.search(told) is not None:
        return [Question(Ask.REPORTED, c.span, c.indicators) for c in claims]
    none = [c for c in claims if c.value is Mark.ZERO and _NOT_YET.search(told[: c.span[1]])]
    if none:
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in none]
    counted = [c for c in claims if isinstance(c.value, int)]
    if not counted:
        done = [c for c in claims if c.value is Mark.DONE] if _ORDERED.search(told) else []
        return [Question(Ask.VALUES, c.span, c.indicators) for c in done]
    if ("前" in told or "内" in told) and _DEADLINE.search(told):
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in counted]
    if "累计" in told and _BOTH.search(told):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in counted]
    if _REACHED.search(told) is not None:
        return [Question(Ask.UNREAD, c.span, c.indicators) for c in counted]
    instead = _INSTEAD.search(told)
    other = instead and numerals.value(next(n for n in instead.groups() if n))
    unsure = instead and all(c.value != other for c in counted)
    short = all(isinstance(c.value, int) and c.value < _TEN for c in counted)
    lacking = short and _DIGIT.search(told)
    if unsure or lacking or _LOST.search(told) or _ORDERED.search(told):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in counted]
    wrong = _WRONG.search(told)
    if wrong is not None and _MENDED.search(told, wrong.end()) is None:
        return [Question(Ask.VALUES, c.span, c.indicators) for c in counted]
    if _ADDED.search(told) is not None:
        return [Question(Ask.ADDITION, c.span, c.indicators) for c in counted]
    return []
