"""What an office says of those who have not reported: 九蓬的数还没来, 念山电话打不通, 其他村还在汇总. It is nothing to record."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Level
from bot.core.reading import Lexicon
from bot.core.report.plain import blank
from bot.core.report.units import own

_CLAUSE: Final = re.compile(r"(?:(?!\.{2})[^,;。!?\n()…~])+\??")
_UNIT: Final = "\x01"
_FIGURE: Final = "\x02"
_N: Final = "[0-9一二两三四五六七八九十几]+"
_OTHERS: Final = rf"(?:(?:其[他它余]|余下|剩下|别|剩余|另外|还有)的?(?:{_N}个?)?(?:行政)?(?:村|社区|乡镇|乡|镇|单位)?|各(?:村|社区|乡镇|乡|镇)|个别(?:村|乡镇)|有{_N}个(?:村|乡镇))"
_WHO: Final = rf"(?:(?:那个|就|只|只有|还有|还差|还剩|只剩|其中|差|缺|另外|目前|现在|但是?|不过|至于|,)*(?:{_UNIT}|{_OTHERS})(?:妇联)?(?:[、和及与跟]*(?:{_UNIT}|{_OTHERS}))*(?:{_N}个?(?:村|社区|乡镇|乡|镇))?(?:的|那边|这边|那里|妇联|主席|主任|她|她们|干事|新)*)"
_WHAT: Final = (
    rf"(?:(?:{_FIGURE}|会改联|新增)*的?(?:数字?|人?数|数据|情况|名单|材料|报表|表格?|结果)?)"
)
_TIME: Final = "(?:还|都|也|暂时?|目前|现在|一直|尚|仍|今天|上午|下午|昨天|刚才|刚|正|又|就|可能|估计|我|我们|这边|,)*"
_SOON: Final = "[要得等待稍晚过明后下今这改回到随有一马立很尽核汇统催弄收问拿了出来齐好完实总计确认清点会儿天早上午两几些个周礼拜星期二三四五六日月初底头时即快消息结果数据名单我咱0-9号]"
_LATER: Final = rf"(?:{_SOON}*(?:再|后|就|会)*(?:一并|一起|另行?|单独|接着|继续)?(?:给|向|跟)?(?:您|你|县里|乡里|镇里|领导)?(?:补报|上报|报送|汇报|报|补上?|发|说|反馈|更新|补充|报告)(?:给|上|过)?(?:您|你|来|去|一下|县里)?)"
_COUNTED: Final = re.compile(
    "[0-9零一二两三四五六七八九十百]+[名个人位]|\x02[^,]{0,6}[0-9零一二两三四五六七八九十百]|没有?新|无新"
)
_PUT_OFF_SIGN: Final = re.compile("[再后补](?:补?报|补|说|发)|[没未]")
_LATE: Final = "(?=.*(?:再|后|补|另|晚|明|稍|等|继续|接着|随|下[周个]))"
_SILENT: Final = (
    "(?:(?:没有?|未)(?:能|有|来得及|顾上|办法)?(?:上报|报送|报|回[复话音信应]?|反馈|消息|动静|音信|交|送|来|到|收[到齐上]来?|汇总|统计|核[实对]?|联系上|打通|接|发|出来|填|登记|注册|绑定|进群|弄好|整理|齐|有数)[过来上给我们到好完出齐]*(?:消息|电话|数|信息|微信)?"
    "|(?:的?电话|手机|微信)*(?:打不通|没人接|不接|没接|没回|不回|关机|占线|停机|联系不上|打了没接|没打通|信号不好)+|联系不上|找不到人|催(?:过|了|着)+[几两三一]?[次遍下]?"
    "|(?:等|由|让)?(?:[她他]们?)?自己(?:会|来|再)?(?:去|来)?(?:上报|报|填|发)|在(?:汇总|统计|核[实对]?|收集?|催|等|路上|整理|填表?|问|清点|上报)(?:中|着|呢|里)?|(?:汇总|统计|核[实对]|催报?|收集|整理)中"
    "|(?:推迟|延期|改期|暂缓|延后|缓办|往后[推放])(?:了|到[^,]{1,8})?|没有?(?:数|消息|动静)|不在(?:家|村里?|服务区)|(?:先|暂时?)*不(?:上报|报|填|发|说)了?|(?:出去|出差|外出|请假|住院|生病)了?)"
)
_AWAY: Final = re.compile("不在|出去|出差|外出|请假|住院|生病|不会|信号")
_STRANGERS: Final = "其他村"
_PENDING: Final = re.compile(
    rf"{_WHO}(?:(?:因为?|由于)[^,]{{1,14}}?)?{_WHAT}{_TIME}(?:{_SILENT}{_TIME}(?:{_LATER})?|{_LATE}{_LATER})(?:了|的|呢|啊|哈|哦|吧|中)*"
)
_NAMED: Final = re.compile(
    rf"(?:目前|现在|今天|还|就|只)*(?:没有?|未)(?:上报|报|回复?|交|来|汇总)的(?:村|社区|单位|乡镇)?(?:还|只|就)?(?:有|是|为|剩|:|\s)*{_WHO}"
)
"""没报的是松源和洋后."""
_PUT_OFF: Final = re.compile(
    rf"(?:我们?|至于|另外|[我本][村乡镇县])*{_FIGURE}的?(?:(?:人?数字?|数量|名单|情况|那边|这块|呢|嘛)?{_LATE}{_TIME}{_LATER}|(?:人?数字?|名单){_TIME}{_SILENT})(?:了|的|呢|啊|哈|哦)*"
)
"""执委数下周核好再报, where no number is told: a figure that is still to come."""
_LEFT: Final = re.compile(
    rf"{_FIGURE}?的?(?:现在|目前|还|就|只|仅)+(?:差|剩|缺|有(?=.*[没未])){_UNIT}(?:[、和及与跟]*{_UNIT})*(?:{_N}个?(?:村|社区|乡镇|乡|镇))?(?:了|还?没(?:有)?(?:报|完成|弄|好|搞|选)?(?:好|完)?(?:了)?)?"
)
"""会改联就差富美村了: nothing of the one, and of the others what follows."""
_ASKED: Final = re.compile(
    "(?:让|叫|托|请|委托)我(?:(?:替|代|帮)(?:她|他)们?)?(?:上报|报|发|说|填)(?:一下|个数)?"
)
_NO_SIGNAL: Final = re.compile(
    "(?:因为|主要是|说是)?[她他]们?(?:村里?|那边|那里|那儿)?(?:的)?(?:今天|现在|这两天|又|都|也)*(?:(?:信号|网络?|手机|微信|电话|流量)(?:又|也|都|今天|老是?|总|太)*(?:不好|没有|不行|差|坏了|断了?|不通|打不开|登不上|用不了|没电|欠费)|(?:没有?|停|断)(?:信号|网|电)|不会(?:弄|用|发|打字|操作)|忙不过来|没空)(?:了|的|呢|啊)*"
)
"""她那边信号不好, behind 我替九蓬村报一下: why somebody else reports."""
_INSTEAD: Final = re.compile(
    "(?:我|由我)(?:来|就|先|这里|这边)*(?:代|[帮替](?:她|他)(?:们|村)?(?:代)?)(?:上报|报|填|发)(?!到|喜|名|警)"
)
"""念山村主席打电话说她不会弄，我代报: she hands on what the unit gave her."""
_SAYS: Final = re.compile(
    "[^,;。!?\n听据说讲]{0,16}?(?P<said>(?:打电话|来电|电话里?|微信上?)?[说讲](?:是|了)?(?:[她他](?:们村?|村)里?的?)?)"
)
_DEFERRED: Final = re.compile(rf"{_LATE}{_WHAT}{_TIME}{_LATER}(?:了|的|呢|啊|哈|哦)*")


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text without such clauses, as long as before; `called` finds the names of figures."""
    office = lexicon.own.level is not Level.VILLAGE
    if not office and not _PUT_OFF_SIGN.search(text):
        return text
    before = False  # whether the clause before was one of them
    clauses = list(_CLAUSE.finditer(text))
    written = [_written(found[0], lexicon, called).strip(" .") for found in clauses]
    counted = any(_COUNTED.search(said) for said in written)
    for n, found in enumerate(clauses):
        said = written[n]
        if office and _NO_SIGNAL.fullmatch(said):
            text = blank.span(text, *found.span())
            continue
        pending = office and any(one.fullmatch(said) for one in (_PENDING, _NAMED, _LEFT))
        other = office and _beside(said)
        later = office and before and _DEFERRED.fullmatch(said) is not None
        put_off = not counted and len(clauses) > 1 and _PUT_OFF.fullmatch(said) is not None
        if pending and _NOW.search(said) and _told(written[n + 1 : n + 2]):
            continue
        before = pending or later or put_off
        if (pending or other) and not _ends(written[n + 1 :]):
            if other or _AWAY.search(said):
                continue
            gone = _STRANGERS.ljust(len(found[0]))  # 念山还没报，新增10名: of whom?
        elif before or other:
            gone = " " * len(found[0])
        else:
            continue
        text = text[: found.start()] + gone[: len(found[0])] + text[found.end() :]
    if _INSTEAD.search(text) and written and written[0].startswith(_UNIT):
        text = _given(text, clauses[0], lexicon)
    if any(_UNIT in said for said in written):
        text = _ASKED.sub(blank.match, text)
    return text


_NOW: Final = re.compile(
    f"{_UNIT}的?(?:数据?|那边)?(?:我|现在|今天|也|再)*补[上报充]?(?:一下|上来?)?$"
)


def _told(behind: list[str]) -> bool:
    """九蓬的补上，新增执委10: it is told now."""
    return bool(behind) and _UNIT not in behind[0] and _FIGURE in behind[0]


def _given(text: str, first: re.Match[str], lexicon: Lexicon) -> str:
    """The text without 说 behind the unit that its first clause begins with."""
    unit = next((one for one in lexicon.names.find(first[0]) if one.places[0].depth > 0), None)
    said = _SAYS.match(text, unit.end, first.end()) if unit else None
    return blank.span(text, *said.span("said")) if said else text


def _beside(said: str) -> bool:
    """念山主席生孩子了: another matter of a unit."""
    named = said.startswith(_UNIT) and _FIGURE not in said and _NUMERAL.search(said) is None
    return named and len(said) > _NAMES and not _TOLD.search(said) and own.aside(said[1:])


_TOLD: Final = re.compile("[报发说讲]+(?:上来|过来|来)?的[数啊哈]*$")
"""新增执委12名，念山主席报来的: whose they are."""


_NAMES: Final = 3
_NUMERAL: Final = re.compile("[0-9零一二三四五六七八九十百]")


def _ends(behind: list[str]) -> bool:
    """Whether nothing is said of them behind it: 富美主席请假，我代报：会改联完成 goes on."""
    rest = [said for said in behind if not _DEFERRED.fullmatch(said)]
    return not rest or _UNIT in rest[0] or _AGAIN.match(rest[0]) is not None


_AGAIN: Final = re.compile("[我本咱俺]们?[乡镇县区街]|[乡镇县区]|以上|合计|共|其[他它余]|谢谢|辛苦")


def _written(said: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The clause with one sign for a unit below hers, and one for a figure."""
    at, parts = 0, []
    for mention in lexicon.names.find(said):
        if any(place.depth > 0 for place in mention.places):
            parts += [said[at : mention.start], _UNIT]
            at = mention.end
    return called.sub(_FIGURE, "".join([*parts, said[at:]]))
