"""Whether what there was, what is new and what there is now fit together: 由5名增加到13名，新增7名 do not, and are asked about.

And a slip whose sum fits: 12名报多了一个，改成11名.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Question
from bot.core.report.aside import quiet

_D: Final = "[0-9零一二两三四五六七八九十百]+"
_OVER: Final = (
    r"(?=\s*[名个人位]?\s*(?:执委|老|加|增|变|扩|升|发|调|到|至|现|新|退|选|[,;。!()（、~]|了|$))"
)
_N: Final = rf"({_D}){_OVER}"
_LINKS: Final = "(?:的|有|是|为|了|共有|执委|妇联|村|班子|人数|就|只|才|数|会|成员|留下?|:|\\s)*"
_BEFORE: Final = re.compile(
    rf"(?:原来|原先|原有|原(?!班)|以前|之前|先前|本来|上届|老(?=的|执委|有|\d)|(?:换届|增补|选举|改选|改联)之?前|连任|留任){_LINKS}{_N}"
    rf"|(?:由|从){_LINKS}(?:原来的?|原有的?)?{_N}|({_D})[名个人位]?变(?:成|为)?{_D}|({_D})[名个人位](?:老|原有?|留任|连任)的?(?:执委|成员|人)"
)
_AFTER: Final = re.compile(
    rf"(?:现在|现有|现(?!场|将|金)|目前|如今|(?:换届|增补|选举|选完|选|增选|改联)(?:之?后|完)|选完|本届|(?:增加?|扩大?|扩充|升|变|发展|壮大|上升|调整|达)(?:到|至|成|为)|总数|一共|总共|共有?|合计|总计|累计|变成|变为|(?<=\d)变|(?<=[名个人位])变){_LINKS}{_N}"
    rf"|(?:由|从)[^,。;]{{1,8}}?{_D}[名个人位]?[^,。;0-9]{{0,4}}到(?:现在的?)?{_N}"
)
_GONE: Final = re.compile(
    rf"(?:退[了出下]*|辞[了去职]*|走了|减[了少]*|离[任开职]了?|卸任了?|去世了?)({_D})[名个人位]"
)
_PARTS: Final = re.compile("[;。\n]")
_MENDED: Final = re.compile("错|改(?!联|选)|更正|误|不对|比|到会|参会|出席|代表|多了|加上")
_UNKNOWN: Final = re.compile(
    r"(?:不是|不对|错了?|等[等下]|慢着|哎|[哦噢]不|呃|不准)[,。!…~\s]*(?:那|又|该|到底|应该|究竟)*是?(?:多少|几[个名位]?)人?(?:来着|来的|呢|呀|啊|了)*(?=[,。!?…~\s]|$)(?!.*(?:[0-9一二三四五六七八九十百两]+[名个人位]|[是为有:][0-9]|[,\s][0-9]{1,3}$))"
    r"|[,。…~\s](?:[唉哎嗯呃]|我|也|都|真|有点|给)*(?:[说记搞弄]不清楚?|记不得|不记得|想不起来?)(?:了|呢|啊)?(?=[,。!…~\s]|$)(?!.*(?:[0-9一二三四五六七八九十百两]+[名个人位]|[是为有:][0-9]|[,\s][0-9]{1,3}$))"
)
"""11个，哎不是，多少来着: she does not know."""
_REALLY: Final = re.compile(
    rf"(?:报|登记|填|写)(?:的|了)?(?:是|为)?({_D})[名个人位]?[,\s]*实(?:际)?(?:只|就)?(?:有|到)({_D})"
)
"""报10名，实有11名: which of them?"""
_LOST: Final = frozenset("少几清得起")
"""Characters of which any such doubt holds one."""
_SIGNS: Final = frozenset("原以之先本上老换增改连留由从变")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """A question about what is new, if it is not the difference between what there was and what there is."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    unsure = not _LOST.isdisjoint(text)
    if told and unsure and any(_UNKNOWN.search(one) for one in (text, quiet.without(text))):
        return [Question(Ask.APPROXIMATE, c.span, c.indicators) for c in told]
    other = _REALLY.search(text) if "实" in text else None
    if other is not None and numerals.value(other[1]) != numerals.value(other[2]):
        doubtful = [c for c in told if c.value == numerals.value(other[1])]
        return [Question(Ask.VALUES, c.span, c.indicators) for c in doubtful]
    if not told or _SIGNS.isdisjoint(text):
        return []
    found, start = [], 0
    for part in _PARTS.split(text):
        here = [c for c in told if start <= c.span[0] < start + len(part)]
        if len(here) == 1 and not _fits(part, here[0].value):
            found.append(Question(Ask.VALUES, here[0].span, here[0].indicators))
        start += len(part) + 1
    return found


def _fits(said: str, new: object) -> bool:
    before, after = _of(_BEFORE, said), _of(_AFTER, said)
    if len(before) != 1 or len(after) != 1 or not isinstance(new, int) or _MENDED.search(said):
        return True
    was, now = before.pop(), after.pop()
    gone = sum(_of(_GONE, said))
    return new == now or now == was + new - gone or (gone > 0 and now == was + new)


def _of(pattern: re.Pattern[str], said: str) -> set[int]:
    """The numbers that are said so."""
    found = (one for m in pattern.finditer(said) for one in m.groups() if one)
    return {n for one in found if (n := numerals.value(one)) is not None}


_TOO_MANY: Final = re.compile(
    rf"(?P<n>{_D})[名个人位]?(?:[报写算数填记](?P<more>[多少])了|(?P<first>[多少])[报写算数填记]了)(?P<by>[一两二三123][个名位]人?)(?=[,\s]*(?:改成|改为|应为|应该?是)\s*(?P<m>{_D}))"
)


def plainly(text: str) -> str:
    """12名报多了一个，改成11名 without 一个, if that fits; as long as before."""
    if "+" in text:
        text = _ADDED.sub(_sum, text)
    if "多" not in text and "少" not in text:
        return text
    return _TOO_MANY.sub(_put, text)


_ADDED: Final = re.compile(
    rf"(?P<all>{_D}[名个人位]?(?:\s*[+]\s*{_D}[名个人位]?)+\s*=\s*)(?P<n>{_D})(?=[名个人位])"
)
"""5人+6人=11人."""


def _sum(found: re.Match[str]) -> str:
    """The sum alone, if it fits."""
    parts = [numerals.value(one) or 0 for one in re.findall(_D, found["all"])]
    fits = sum(parts) == numerals.value(found["n"])
    return " " * len(found["all"]) + found["n"] if fits else found[0]


def _put(found: re.Match[str]) -> str:
    values = [numerals.value(one) for one in (found["n"], found["by"][0], found["m"])]
    was, by, now = (0 if one is None else one for one in values)
    more = (found["more"] or found["first"]) == "多"
    if now != was + (-by if more else by):
        return found[0]
    at = found.start("by") - found.start()
    said = found[0][:at] + " " * (len(found[0]) - at)
    return said if found["more"] else re.sub("([多少])([报写算数填记])了", r"\2\1了", said)
