"""Whose number a correction puts right: 新增执委12名，到会人数更正为40人; 富美12，念山11，前面那个错了，是13.

A correction that names its own thing, or stands behind the number of one, concerns that thing alone. It is blanked out where a figure is told
beside it, as long as before; where it would be the only value, or nobody knows which of the numbers told it puts right, she is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.plain import blank
from bot.core.report.tokens import tokens

_D: Final = "[0-9零一二三四五六七八九十百两]"
_SAY: Final = (
    "(?:说|讲|报|写|打|算|(?:(?<![一-鿿])|(?<=[我又]))数|记|填|弄|搞|输|念|看|抄|发|统计|登记?)"
)
_HOW: Final = (
    rf"{_SAY}?(?:错了?)(?:[一1]个)?|有误|更正|订正|修正|勘误|改(?!联|选)|应该?(?=[为是])|不对|笔误"
)
_FILL: Final = "应该?|实际|正确|准确|现在?|一下|一个|我们?|你们|共|有|只|才|更正|改|调整|请|麻烦|[为是成到了的当哦哎啊呀吧:,。;!…\\s]"
_MEND: Final = re.compile(
    rf"(?P<how>{_HOW})(?:{_FILL})*(?P<n>{_D}+)\s*(?P<unit>[名个人位票]?)人?(?![月日号点时岁年%户0-9\-])[了吧哈啊的]*(?=$|[,。;!~)\s])"
)
_SIGNS: Final = frozenset("错误正改应对")

_THING: Final = "到会|参会|应到|实到|出席|与会|签到|列席|年龄|日期|时间|(?<![来打接])电话(?![里中])|(?<![抢玩用拿碰摸看夺])手机(?!自[动己]|输入|屏|键|打字|卡|按|点|摔|掉)|号码|尾号|会议室|房间|房号|地点|楼层|得票|票数|培训|报名|体检|筛查|走访|慰问|小组|组数|片区|儿童|老人|户数|人口|候选|志愿|应选|[5-9]0后|大专|本科|高中|学历"
_PERSON: Final = "代表|党员|主席|组长|委员|群众|妇女(?!联)"
_FOREIGN: Final = re.compile(rf"(?P<thing>{_THING})|(?P<person>{_PERSON})")
_NUMBER_OF: Final = re.compile("人数|数|名额|年龄|得票|电话")
_BIDS: Final = re.compile("[说讲让叫要催问]|建议|通知")
_OURS: Final = re.compile("新[增选添进]|执委|选|会改|改联|区域|成员")
_ACT: Final = re.compile(rf"^{_SAY}")
_CLAUSE: Final = re.compile(r"[^,。;!:()\n]*$")
_REST: Final = re.compile(r"[^,。;!:()\n0-9]*")
_LEAD: Final = re.compile(
    r"(?:^|(?<=[,。;!:\s]))[^,。;!:\n0-9]{0,4}(?:(?:更正|订正|修正|勘误)(?:一下)?|错了?[一1]个)[:,\s]+$"
)
_GENERAL: Final = "刚才|[上下]午|早上|[昨前今]天|上次|[前上]面|之前|先前|[我你他她咱]们?|的|[本全]?[村乡镇]里?|社区|妇联|那个|这个|请|把|将|麻烦"
_SOME_NUMBER: Final = re.compile(
    f"(?!.*(?:总|各)[人名]?[数额])(?:.*{_SAY}的)?(?:{_GENERAL})*(?!{_GENERAL}|[人数名号]|新|[报写填发说打]|具体|实际|最[后终新]|准确|正确|上报|填报|合计|成员|当选|女)"
    "[一-鿿]{1,8}(?:人数|数量|[次份组户本件台]数)"
)
"""投票人数, 会计报的活动次数: the number of a thing that is none of the figures."""
_COUNTS: Final = re.compile(f"(?:{_PERSON})数$")
_QUANTITY: Final = re.compile(
    rf"(?P<n>[0-9]+|{_D}+(?=[名个人位票号日月岁户组张份点]))\s*(?P<unit>[名个人位票号日月岁户组张份点]?)"
)
_DAY: Final = frozenset("号日月点岁")


@dataclass(frozen=True)
class _Mend:
    """A correction to a bare number: where it stands, what it says of its thing, and what was told before."""

    span: tuple[int, int]
    thing: str
    how: str
    value: int
    unit: str
    before: str


def _mends(text: str) -> Iterator[_Mend]:
    if _SIGNS.isdisjoint(text):
        return
    for found in _MEND.finditer(text):
        front = _CLAUSE.search(text, 0, found.start())
        value = numerals.value(found["n"])
        if front is not None and value is not None:
            lead = _LEAD.search(text, 0, front.start()) if front[0].strip() else None
            start = lead.start() if lead else front.start()
            before, span = text[: front.start()], (start, found.end())
            yield _Mend(span, front[0].strip(), found["how"], value, found["unit"], before)


def _other(said: str, called: re.Pattern[str], *, acts: bool = False) -> bool:
    """Whether what is said last of a thing is no figure; `acts`: somebody may have done it (主席写错了, 主席说改成…)."""
    last = next(iter([*_FOREIGN.finditer(said)][::-1]), None)
    if last is None or called.search(said, last.start()) or _OURS.search(said, last.end()):
        return False
    acts = acts or _BIDS.search(said, last.end()) is not None
    return not (acts and last["person"]) or _NUMBER_OF.search(said, last.end()) is not None


@dataclass(frozen=True)
class _Told:
    """A number told before a correction."""

    value: int
    other: bool
    """Whether it is another thing's."""
    day: bool
    span: tuple[int, int]


def _told(before: str, called: re.Pattern[str]) -> list[_Told]:
    found = []
    for one in _QUANTITY.finditer(before):
        value = numerals.value(one["n"])
        front, behind = _CLAUSE.search(before, 0, one.start()), _REST.match(before, one.end())
        said, after = (front[0] if front else ""), (behind[0] if behind else "")
        other = _other(said, called) or (_other(after, called) and not _OURS.search(after))
        if value is not None:
            day = one["unit"] != "" and one["unit"] in _DAY
            found.append(_Told(value, other or day, day, one.span("n")))
    return found


def _of_other(mend: _Mend, lexicon: Lexicon) -> bool | None:
    """Whether it is another thing's number that is put right; None: nobody knows."""
    called = tokens.called(lexicon.indicators)
    acts = _ACT.match(mend.how) is not None
    if mend.how[0] == "错" and _COUNTS.search(mend.thing):
        return None  # 主席数错了: she miscounted, or their number is wrong
    if mend.thing and _other(mend.thing, called, acts=acts):
        return True
    if _OURS.search(mend.thing) or called.search(mend.thing):
        return False
    if _SOME_NUMBER.fullmatch(mend.thing) and not lexicon.names.find(mend.thing):
        return True  # 微信群人数, 活动次数
    told = _told(mend.before + mend.thing, called)
    told = [one for one in told if not one.day or (one is told[-1] and not mend.unit)]
    if not any(one.other for one in told):
        return False
    near = min(told, key=lambda one: abs(one.value - mend.value))
    if told[-1].other and near.other:
        return True
    return None if told[-1].other or near.other else False


def plainly(text: str, lexicon: Lexicon) -> str:
    """The text without corrections of other things, if a figure is told beside them; 12改13 is put right where the 12 stands."""
    called = tokens.called(lexicon.indicators)
    for mend in list(_mends(text)):
        start, end = mend.span
        if _of_other(mend, lexicon):
            rest = text[:start] + text[end:]
            if called.search(rest) or "执委" in rest:
                text = blank.span(text, *mend.span)
            continue
        where, new = _where(mend, called), str(mend.value)
        if where is not None and len(new) <= where[1] - where[0]:
            at, until = where
            text = blank.span(text[:at] + new.ljust(until - at) + text[until:], start, end)
    return text


def _where(mend: _Mend, called: re.Pattern[str]) -> tuple[int, int] | None:
    """Where the number stands that is named to be put right, if it is not the last one and told once."""
    old = _OLD.fullmatch(mend.thing)
    told = _told(mend.before, called) if old else []
    same = [one for one in told if old and one.value == numerals.value(old["n"])]
    if len(same) != 1 or same[0] is told[-1] or same[0].other:
        return None
    return same[0].span


_SUBJECT: Final = re.compile(
    rf"(?<=[,;。(])([^,;。()!\n0-9一二三四五六七八九十百两]{{2,12}}?)(?:改|更正|修改|订正|变更)(?:为|成)\s*{_D}+"
)
_OF_FIGURES: Final = re.compile(
    "(?:执委|委员|改联|新增|新选|区域|改妇联|村(?!民)|社区|乡|镇|我们?|她们?|俺|咱|您|你|数字?|数据|人数|名额|总数|总共|一共|合计|[上前这那本][一]?[条面次个]|刚才?|刚刚|现在?|昨天|今天|上午|早上|之前|原来?|先前|麻烦|请|帮忙?|给|替|把|将|由|从|应该?|应当|需要?|要|都|就|再|又|已经?|全部?|正式|统一|核[实对]后?|经|后|最[终后]|实际|结果|[打写说报填数算弄搞发]|错|误|漏|多|少|重|不对|不是|不好意思|抱歉|对不起|哎呀?|哦|呃|嗯|啊|了|的|为|是|有|只|才|能|可以|现|特|此|名|个|人|位|主席|书记|\\s|:)+"
)
"""What may stand in front of 改成 where the figure itself is put right."""


def doubts(text: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Of which number is the correction?"""
    if _SIGNS.isdisjoint(text):
        return []
    found = _unknown(text, claims, lexicon)
    for mend in _mends(text):
        start, end = mend.span
        told = [c for c in claims if isinstance(c.value, int)]
        mended = [c for c in told if start <= c.span[0] < end]
        if not mended and _of_other(mend, lexicon) is None:
            mended = [c for c in told if c.span[1] <= start][
                -1:
            ]  # 12名，其中党员4名，写错了，是13名
        if not mended:
            continue
        unsure = _of_other(mend, lexicon) is not False
        if unsure or _of_several(mend, mended[0], claims, lexicon):
            found += [Question(Ask.VALUES, c.span, c.indicators) for c in mended]
    return found


def _unknown(text: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """新增执委14名，宝妈改成4名: a thing nobody knows."""
    for one in _SUBJECT.finditer(text):
        if _OF_FIGURES.fullmatch(one[1]) or lexicon.names.find(one[1]):
            continue
        return [
            Question(Ask.VALUES, c.span, c.indicators)
            for c in claims
            if isinstance(c.value, int) and not c.named and one.start() <= c.span[0] < one.end()
        ]
    return []


_BACK: Final = re.compile("前面|上面|前一|上一|第|有一?个|中间")
_OLD: Final = re.compile(rf"(?:把|将)?(?P<n>{_D}+)[名个人位]?的?(?:那一?[个条])?")


def _of_several(mend: _Mend, mended: Claim, claims: Sequence[Claim], lexicon: Lexicon) -> bool:
    """富美12，念山11，12改13: of one of several units, but not surely of the last."""
    others = [c for c in claims if isinstance(c.value, int) and c.units != mended.units]
    if not others or lexicon.names.find(mend.thing):
        return False
    if _BACK.search(mend.thing) or mend.how.endswith("个"):
        return True
    values = [int(str(c.value)) for c in others]
    old = _OLD.fullmatch(mend.thing)
    if old is not None:
        return numerals.value(old["n"]) in values
    last = _told(mend.before, tokens.called(lexicon.indicators))[-1:]
    nearest = min(abs(value - mend.value) for value in values)
    return bool(last) and nearest < abs(last[0].value - mend.value)
