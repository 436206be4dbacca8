"""What she is not sure of herself, or has not finished saying: 哪个是哪个我再看看; 12名，实际; 刚想起来还有一个; 12的是去年.

Such words may stand in front, at the end, or behind a list of villages: then they are of all that is told. Of another matter (开会时间拿不准), of one
village (富美我再问问) or settled at once (拿不准，问了会计，是12名) they ask nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Mark, Question

_N: Final = r"(?P<n>[0-9]{1,3}|[零一二两三四五六七八九十百]{1,4})\s*[名个人位]?"
_END: Final = r"(?:了|的|呢|啊|哈|吧|哦|呀)*(?=\s*(?:[,。;!?~.…\n)]|$))"
_AT: Final = r"(?:^|(?<=[,。;!?~.…\n(\s0-9名个人位])|(?<=执委)|(?<=哪个))"
_LOOK: Final = "(?:看看|看一?下|看一看|核一?下|核对(?:一?下|一遍)?|核实(?:一?下)?|查查|查一?下|对对|对一?下|数数|数一[下遍]|问问|问一?下|问下?(?!题)[^,。;!?\n0-9了过]{1,4}|想想|确认(?:一?下)?|捋捋)"
_AGAIN: Final = re.compile(
    f"{_AT}(?:[让容等待]?我们?|我这边|数字?|这个数|人数|具体|还|要|得|先|回头|等下|一会儿?)*再(?:去|来|仔细|好好|认真)*{_LOOK}{_END}"
)
_UNSURE: Final = re.compile(
    f"{_AT}(?:我们?|数字?|人数|这个数|自己|有点|都|也|真|还|是|可)*(?:哪个村?是哪个村?|拿不准|吃不准|记不(?:太|大)?清楚?|记不得|[搞弄分]不(?:太|大)?清楚?(?:哪个[^,。;!?\n]{{0,3}})?|说不准|不敢(?:确定|肯定|打包票)|没(?:什么)?把握|心里(?:没底|打鼓)|不托底){_END}"
)
_FORGOT: Final = re.compile(
    "[,。;!\\s](?:哎呀?|哦|啊|唉)?我?(?:都|给)?忘(?:记|掉)?了[.…~啊哦呀。!\\s]*$"
)
_SETTLED: Final = re.compile(
    "^\\s*[.…~]{2,}|[看翻查问对核数](?:了|过)|起来了|(?<!没)(?:搞|弄|问|查|核)清"
)
_GROWING: Final = re.compile(
    rf"{_AT}(?:人数|执委|现在|目前|不过|但|可能)*(?:还|仍)(?:会|要|正)?(?:在)(?:继续|不断|陆续|往上)*(?:增加|增选|加|增|补选|补)(?:中|呢|着|之中)?{_END}"
)
"""就这么多，还在增加."""
_TAKEN_BACK: Final = re.compile(
    f"{_AT}(?:(?:但是?|可是?|不过|只是|就是|后来|现在|今天|刚刚?)*(?:人数|人员|数字|数目|执委数|名单|总数)(?:又|却|也|都|还|有点|已经?)*(?:[变改]|变动|变化|改动)了|群里有人(?:发|贴|转)的?){_END}"
    r"|[,。;!\s](?:哎呀?|啊呀?|哦|噢|呃|唉|诶|额)[,\s]*不[是对](?:的|啊|呀)*[.…~,。!\s]*$"
)
"""会改联完成了，哎不是; …，但是人数变了: what a number would be asked about by `behind`."""
_CONFIRM: Final = re.compile(
    rf"(?:请|麻烦|劳烦|帮忙?)(?:您|你|领导|会计|主席|再|帮我?|给我?|我)*(?:确认|核实)(?:一下|下)?(?:人数|数字|数目|数量|是否|对不对|准不准|是不是)(?:是否|对不对|准不准|准确|正确|有误)*{_END}"
)
"""新增执委12名，请确认人数."""
_TURNED: Final = re.compile(
    rf"(?:把|将)[^,。;!\n0-9]{{0,8}}{_N}(?:执委)?(?:给|又)?[说报写打填记登]成\s*[0-9一二三四五六七八九十]{{1,3}}\s*[名个人位](?!了)(?![^\n]*(?:更正|改|应|错|误))"
)
"""把新增执委12名报成11名: was it, or is it to be?"""
_TWICE: Final = re.compile(
    r"把(?!名单|名册|数|人数)[^,。;!\n0-9]{1,6}[算写报]了?[两2二]遍[了啊呢。!~\s]*$"
)
"""13名，我把副主席算了两遍: and how many are they?"""
_MEANT: Final = re.compile(rf"[想要][打写报说填输按]{_N}[^,。;!\n0-9]{{0,6}}[打写报说填输按]成")
"""12名，想打13名打成11了: a third number is spoken of."""
_SIGNS: Final = frozenset("再哪拿吃记搞弄分说敢把底鼓忘")

_UNFINISHED: Final = re.compile(
    r"[,。;!\s](?:(?:还|话)?没[有]?[说写打报]完[,。;!\s.…]*(?:还有)?|还有|实际(?:上|新[增选]|[是有])*|其实|不过|但是?|可是|另外|就是)[.…~,。!\s]*$|由\s*[0-9]{1,3}[名个人位]?(?:增加?|调整|变|改)[.…~\s]*$"
)
_LAST: Final = frozenset("完有际增选是实过但外就加整变改")
_OF_OLD: Final = re.compile(
    f"{_N}的?(?:那个|都)?(?:是|系)(?:去年|前年|往年|[上往]一?届|以前|老早)(?:选|就有|报|统计)?{_END}"
)
_ONE_MORE: Final = re.compile(f"(?:起来?|发现|忘了?)(?:还|又)有{_N}人?(?:没[算报写数])?{_END}")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about all that is told beside such words."""
    told = [c for c in claims if c.value is not Mark.NOT]
    signs = frozenset(text)
    if told and not _SIGNS.isdisjoint(signs) and _unsure(text):
        return [Question(Ask.APPROXIMATE, c.span, c.indicators) for c in told]
    if told and not _LAST.isdisjoint(text[-8:]) and _UNFINISHED.search(text):
        return [Question(Ask.UNREAD, c.span, c.indicators) for c in told]
    counted = [c for c in told if isinstance(c.value, int)]
    if told and not counted and not signs.isdisjoint("变改不群") and _TAKEN_BACK.search(text):
        return [Question(Ask.UNREAD, c.span, c.indicators) for c in told]
    if told and not counted and not signs.isdisjoint("认实") and _CONFIRM.search(text):
        return [Question(Ask.APPROXIMATE, c.span, c.indicators) for c in told]
    ask = _of_numbers(text, signs, {c.value for c in counted}) if counted else None
    if ask:
        return [Question(ask, c.span, c.indicators) for c in counted]
    if counted and ("年" in signs or "届" in signs or "前" in signs or "早" in signs):
        old = {numerals.value(m["n"]) for m in _OF_OLD.finditer(text)}
        if hit := [c for c in counted if c.value in old]:
            return [Question(Ask.EARLIER, c.span, c.indicators) for c in hit]
    more = _ONE_MORE.search(text) if len(counted) == 1 and "有" in signs else None
    if more and numerals.value(more["n"]) == counted[0].value:
        return [Question(Ask.ADDITION, c.span, c.indicators) for c in counted]
    return []


def _of_numbers(text: str, signs: frozenset[str], values: set[object]) -> Ask | None:
    """Why the numbers she tells are no clear ones."""
    if "在" in signs and _GROWING.search(text):
        return Ask.UNREAD
    if not signs.isdisjoint("认实") and _CONFIRM.search(text):
        return Ask.APPROXIMATE
    if ("成" in signs and _TURNED.search(text)) or ("遍" in signs and _TWICE.search(text)):
        return Ask.VALUES
    meant = None if signs.isdisjoint("想要") else _MEANT.search(text)
    return Ask.VALUES if meant and numerals.value(meant["n"]) not in values else None


def _unsure(text: str) -> bool:
    """Whether she is not sure, and nothing behind it says that she made sure."""
    found = _AGAIN.search(text) or _UNSURE.search(text) or _FORGOT.search(text)
    return found is not None and _SETTLED.search(text[found.end() :]) is None
