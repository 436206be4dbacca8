"""Of two numbers the one that is said to hold: 12名，等等，名单上是13名，以13名为准; 3名⏎*13名; 12名，那是上届的，这届13名; 12名，有一个重了，应该是11名.

The first one is blanked out before the sentence is read, as long as before, if what is said between them is known as a whole and agrees
with both; with any word more nothing is settled.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.core import numerals
from bot.core.report.plain import blank

_D: Final = "(?:[0-9]{1,3}|[零一二三四五六七八九十百两]{1,4})"
_W: Final = "[名个人位]"
_S: Final = r"[,。;!…~.\s]+"
_END: Final = r"(?=(?:新?执委)?[了啊哈哦]*\s*(?:$|[,。;!~\n)]))"
_LEAD: Final = (
    "(?P<lead>(?:执委|新[增选]|选[了出]|当选)(?:的|了|人?数|一共|总共|共|是|为|有|:|\\s)*)"
)
_WAS: Final = rf"(?P<gone>(?P<was>{_D})\s*{_W}?(?:新?执委)?"
_AH: Final = "(?:呃|额|哦|噢|啊|哎呀?|唉|嗯|诶)"
_SLIP: Final = f"(?:{_AH}|{_AH}?等一?下|{_AH}?不是|(?:不对){{1,3}}|错了|等一?下|等等|慢着|不好意思|抱歉|[记搞弄说写打报看][错混串]了?)"
_CHECKED: Final = f"(?:我|(?:名单|人数|数字|数据)(?:都|已经?|也)*|又|再|刚|刚才|后来|今天|跟|和|会计|大家)*(?:核对|核实|核|查|数|点|对|看|翻)(?:了|过)+(?:会议记录|记录|名单|名册|本子|一下|一遍|一次)*(?:后|是|有|确实)*(?:{_D}{_W})?"
_LIST: Final = (
    f"(?:名单|名册|花名册|本子|表|登记表)(?:上|里)(?:写的|的|一共|明明)*(?:是|有|为)(?:{_D}{_W}?)?"
)
_WRONG: Final = "(?:(?:前面|上面|刚才|前头|上一?条|之前)|(?=数|人数))(?:那个|那条|报|写|填|说|打|的)*(?:数字?|数据|人数)?(?:有误|不对|错了?|不准|打错了?|写错了?|报错了?|说错了?)"
_BETWEEN: Final = f"(?:(?:{_SLIP}|{_CHECKED}|{_LIST}|{_WRONG}){_S})+"
_HOLD: Final = "(?:为准|(?:来)?(?:算|登记|上报|报|记|填)(?!吧))"
_NUMBER: Final = re.compile(_D)

_HELD: Final = re.compile(
    rf"{_LEAD}{_WAS}{_S}{_BETWEEN}(?:请|最后|统一|还是|应该|都|就)*[以按](?:刚核的|刚才数的|现在的|新的|这个|今天的|后面的|名单上?的|会计核的)?)(?P<n>{_D})\s*{_W}(?P<tail>{_HOLD}(?:{_S}{_WRONG})?){_END}"
)
_STARRED: Final = re.compile(
    rf"{_LEAD}{_WAS}[,。\s]*(?<=[,。\s])\*\s*)(?P<n>{_D})\s*{_W}?(?P<tail>(?:[,\s]*(?:手滑|手误|笔误|打错|写错|更正)了?)?){_END}"
)
_OLD: Final = "(?:党员|去年|前年|上一?届|往年|代表|候选|总|应到|参会|到会)[^,。;!\\n0-9吧吗]{0,4}"
_OF_OLD: Final = re.compile(
    rf"{_LEAD}{_WAS}{_S}(?:{_SLIP}{_S})*{_AH}?(?:那个?|这个?|(?P<same>{_D}){_W}?|(?:前面|刚才)(?:写|报|说|填)?的?)(?:其实)?是{_OLD}{_S}(?:(?:今年|这一?届|本届|本次|这次|新增|新选|执委|当选)(?:的|是|有|了|只有)*)+)(?P<n>{_D})\s*{_W}?(?P<tail>){_END}"
)
_BY: Final = re.compile(
    rf"{_LEAD}{_WAS}{_S}(?:{_SLIP}{_S})*(?:哦|哎呀|啊|,)*(?:其中|还|另|又|,)*有?(?P<by>[一两二三1-3])[个名位]人?(?:(?P<more>(?:我|给|都)*(?:忘|漏|没算|没报|没写|没数)[^,。;!\n0-9]{{0,5}})|(?P<less>(?:是|算|写|报|给)*(?:重|老执委|老的|连任|不符合|不合格|不算|退|不干|多算|不够)[^,。;!\n0-9]{{0,5}})){_S}(?:所以|应该?|实际|其实|就|是|为|一共|总共|共|合计|只有|剩)+)(?P<n>{_D})\s*{_W}?(?P<tail>){_END}"
)
_DIGIT: Final = re.compile(
    rf"{_LEAD}(?P<gone>(?P<was>[0-9]{{1,2}})\s*{_W}?{_S}(?:前面|刚才|我|不小心)*(?:[漏少]了?(?:打|按|写|输|敲)?了?一?个?(?P<d>[0-9])|(?P<e>[0-9])(?:没|漏)(?:打|按|写|输)?(?:出来|上去|上|了)?)了?{_S}(?:应该?)?[是为]?)(?P<n>[0-9]{{2,3}})\s*{_W}?(?P<tail>){_END}"
)
_INTO: Final = re.compile(
    rf"(?P<head>(?:请|麻烦|现)*(?:将|把)(?:(?:我们?|本)(?:村|社区))?(?:的|上报的)?|(?:勘误|更正)[:,\s]*(?:上报|原报|前报|此前上报|之前上报|上次报|将|把)的?)(?P<lead>新[增选]的?执委(?:人数)?){_WAS}(?:更正|修改|改|调整|订正|应|实)[为成])(?P<n>{_D})\s*{_W}(?P<tail>){_END}"
)
_SAY: Final = "[打写报说填记按输]"
_MEANT: Final = re.compile(
    rf"(?:{_LEAD}(?:{_WAS}{_S}))?|^)(?P<head>(?:刚才?|我|本来|原本)*(?:是|就)?[想要]{_SAY})(?P<n>{_D})\s*{_W}?(?P<tail>[,\s]*(?:结果|却|手滑|一不小心|不小心|给)*{_SAY}[成了]+(?P<slip>{_D}){_W}?)(?=了?[哈啊]?(?:$|[,。;!~\s]))"
)
"""12名，想打13名打成12了."""
_REMINDED: Final = re.compile(
    rf"{_LEAD}{_WAS}{_S}(?:{_SLIP}{_S})*(?:会计|文书|副?主席|书记|主任|妇联|同事)(?:刚才?|又|才|来电|打电话)*(?:提醒|纠正|指出)(?:了|我|说)*[,:\s]*(?:我们村?)?(?:应该?|实际)?[是为])(?P<n>{_D})\s*{_W}(?P<tail>){_END}"
)
"""12名，会计刚提醒，应该是13名; 会计说13名 is asked about."""
_FORGOTTEN: Final = re.compile(
    rf"{_LEAD}{_WAS}{_S}(?:(?:{_AH}?不|{_SLIP}){_S})+(?:应该?)?[是为]?)(?P<n>{_D})\s*{_W}(?P<tail>{_S}(?:刚才?|我)*[把将](?!新|执)[^,。;!\n0-9和跟、们]{{1,6}}[忘漏落](?:了|掉了|算了))(?=[啊哈哦]*(?:$|[,。;!~]))"
)
"""八名，不，九名，把阿兰忘了."""
_TWICE: Final = re.compile(
    rf"{_LEAD}{_WAS}{_S}(?:{_SLIP}{_S})*{_AH}?(?:刚才?|我|又|不小心)*把[^,。;!\n0-9和跟、们]{{1,6}}[算数写报记]了?[两2二][遍次回]了?{_S}(?:应该?|实际|是|为)*)(?P<n>{_D})\s*{_W}(?P<tail>){_END}"
)
"""13名，啊我把副主席算了两遍，12名."""
_RECOUNT: Final = re.compile(
    rf"(?P<was>{_D})(?P<w>\s*{_W}?)(?P<gap>{_S}(?:{_AH}|等等|等一?下|慢着|[,.\s])*(?:[让容]?我)?再(?:仔细|重新)*[数点核看对](?:[数点核看对]|一下|一遍|名单)*[,。.…\s]+(?:嗯|对|没错|[,.\s])*(?:就|还|确实)*是)(?P<n>{_D})\s*{_W}?(?P<tail>[,\s]*(?:没错|不错|没有错|对的|正确))(?=[了啊哈的]*(?:$|[,。;!~]))"
)
"""12……等等我再数一下，是12没错."""
_AGAIN: Final = re.compile(
    rf"(?:^|(?<=[,。;!\s]))(?<![0-9名个人位委][,。;!\s])(?:今天|刚才?|后来|我|又|会计|大家|跟会计|一起|仔细|认真)*重新?(?:数|点|核对?|核实|统计|清点|算)(?:了|过)(?:一遍|一下|一次|一回)?后?(?=[,\s]*(?:新[增选]的?)?(?:执委)?(?:一共|共|总共|是|有|为)*{_D}{_W}{_END})|(?<=[0-9名个人位])[,\s]+以(?:今天|这次|这条|本次|现在|此|后面)(?:这个|的|数)*为准(?=[。!\s]*$)"
)


def _held(found: re.Match[str]) -> bool:
    """Whether the numbers that are told between are the one that holds."""
    told = found["gone"][len(found["was"]) :]
    right = numerals.value(found["n"])
    return all(numerals.value(one[0]) == right for one in _NUMBER.finditer(_IDIOM.sub("", told)))


_IDIOM: Final = re.compile("一[下遍次条共]|[上前]一条")


def _old(found: re.Match[str]) -> bool:
    same = found["same"]
    return same is None or numerals.value(same) == numerals.value(found["was"])


def _by(found: re.Match[str]) -> bool:
    was, right, by = (numerals.value(found[one]) or 0 for one in ("was", "n", "by"))
    return right == was + (by if found["more"] else -by)


def _digit(found: re.Match[str]) -> bool:
    right, was, digit = found["n"], found["was"], found["d"] or found["e"]
    return any(right[:n] + right[n + 1 :] == was for n, one in enumerate(right) if one == digit)


def _meant(found: re.Match[str]) -> bool:
    slip = numerals.value(found["slip"])
    return found["was"] is None or numerals.value(found["was"]) == slip


def _one_more(found: re.Match[str]) -> bool:
    return numerals.value(found["n"]) == (numerals.value(found["was"]) or 0) + 1


def _one_less(found: re.Match[str]) -> bool:
    return numerals.value(found["n"]) == (numerals.value(found["was"]) or 0) - 1


def _any(_: re.Match[str]) -> bool:
    return True


_BY_SIGNS: Final = frozenset("忘漏没重老连不退多")
_Fits = Callable[["re.Match[str]"], bool]
_ROWS: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Fits], ...]] = (
    (frozenset("以按"), _HELD, _held),
    (frozenset("*"), _STARRED, _any),
    (frozenset("届年候代总应参到党"), _OF_OLD, _old),
    (_BY_SIGNS, _BY, _by),
    (frozenset("漏少没"), _DIGIT, _digit),
    (frozenset("为成"), _INTO, _any),
    (frozenset("想要"), _MEANT, _meant),
    (frozenset("醒纠指"), _REMINDED, _any),
    (frozenset("忘漏落"), _FORGOTTEN, _one_more),
    (frozenset("遍次回"), _TWICE, _one_less),
)


def unfit(text: str) -> bool:
    """新增执委12名，还有一个忘了，一共14名: by how much it was wrong does not fit."""
    if _BY_SIGNS.isdisjoint(text):
        return False
    found = _BY.search(text)
    return found is not None and not _by(found)


def _twice(text: str, signs: frozenset[str]) -> str:
    """The text with a number that was counted again, or said again with a yes, once."""
    found = _RECOUNT.search(text) if "再" in signs else None
    if found and numerals.value(found["n"]) == numerals.value(found["was"]):
        text = blank.span(blank.span(text, *found.span("gap")), found.start("n"), found.end("tail"))
    return text


def plainly(text: str) -> str:
    """The text with nothing left of two such numbers but the one that holds."""
    signs = frozenset(text)
    text = _twice(text, signs)
    for chars, pattern, fits in _ROWS:
        if chars.isdisjoint(signs) or (found := pattern.search(text)) is None:
            continue
        was = numerals.value(found["was"]) if found["was"] else None
        if numerals.value(found["n"]) != was and fits(found):
            if "head" in found.groupdict():
                text = blank.span(text, *found.span("head"))
            if found["gone"] is not None:
                text = blank.span(text, *found.span("gone"))
            text = blank.span(text, *found.span("tail"))
    if "重" in signs or "以" in signs:
        text = _AGAIN.sub(blank.match, text)
    return text
