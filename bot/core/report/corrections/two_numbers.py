"""Where two numbers of a figure are told, and whether they differ by what is said of it."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.report.corrections.put_right_words import BY

D: Final = "(?:[0-9]+|[零一二两三四五六七八九十廿卅百俩仨]+)"
D_: Final = "[0-9零一二两三四五六七八九十廿卅百俩仨]"
W: Final = r"(?:\s*[名个人位])?"
FIRST: Final = re.compile(
    rf"(?:执委|执行委员)(?!会)(?P<by>[^,。;!\n0-9零一二两三四五六七八九十百廿]{{0,6}})(?!一共)(?P<a>{D}){W}"
    rf"|(?:新增|新选|新进|新添|新加|选出?了?|搞出|整了?|产生|补了?|添了?|加了?|[进出增]了|推选|推出|当选)(?:了|女|姐妹)?(?P<b>{D}){W}(?:(?:当|为)?新?(?:增|选)?(?:的)?(?:妇联)?执委)?"
    rf"|(?:^|(?<=[,。;!\s]))(?P<c>{D})[名个人位](?:新增?的?)?执委"
)
NEXT: Final = re.compile(rf"(?P<n>{D}){W}(?:(?:的)?新?执委)?")
TAIL: Final = re.compile(
    r"\s*(?P<said>才对|才是(?:对的)?|是对的|才是准的|对|没错|为准|✓)?(?:[哈啦呢哦了的])*\s*(?=$|[,。;!\n()\]])"
)
MORE: Final = re.compile(
    "(?:[多少漏掉减扣加重错差][打写报数算说填记登]?|没|不是|不应是|非|误[报写填打记]?[为成]?|[报写填打记说算数念看听弄搞整按输录]成|要)了?$"
)
APART: Final = re.compile(r"[\s,。;:!~…()\[\]=、.-]+")


def old(first: re.Match[str]) -> str:
    """By which of its shapes the first number was found."""
    return next(key for key in "abc" if first[key])


_LESS: Final = re.compile("漏|少|忘(?!了?减)|没算")
_LESS_OR_MORE: Final = re.compile(
    "漏|少|忘[加减算写了]|没算|多[写点报数算记打说]|[写数算报记说打]多|重[了复名]"
)


def by_so_many(parts: list[str], off: int) -> bool:
    """Whether the numbers differ by as many as were too many (重, 多) or missing (漏, 少), if that is told."""
    for part in parts:
        more = 1 if _LESS.search(part) else -1
        if by := BY.search(part):
            return off == more * (numerals.value(by["a"] or by["b"]) or 0)
        if _LESS_OR_MORE.search(part):
            return off * more > 0
    return True
