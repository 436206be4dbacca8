"""A number that was taken though what is said of it does not fit: 名单写错3名; 8名，少数了一个，7名; 5名，漏了新增执委2名."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.reading import Reading
from bot.core.report.corrections import instead, sent_before
from bot.core.report.corrections.put_right_words import REST, as_one
from bot.core.report.corrections.two_numbers import (
    APART,
    D_,
    FIRST,
    MORE,
    NEXT,
    TAIL,
    D,
    W,
    by_so_many,
    old,
)
from bot.core.report.plain.made_of import wholly

_LEFT_OUT: Final = re.compile(
    rf"(?P<a>{D})[名个人位](?:新?执委)?[,;。\s]+(?:我|刚才?|前面|上面)*(?P<sign>[漏少多])[报写打填计算数记掉]?了?(?P<apart>[,;。\s]*)(?:新增|新)*执委(?P<b>{D})[名个人位]"
)


def left_out(text: str) -> re.Match[str] | None:
    """5名，漏了新增执委2名: two more, or two in all? Not 5名，漏了，新增执委6名."""
    told = _LEFT_OUT.search(text) if "执委" in text else None
    if told is None:
        return None
    a, b = (numerals.value(told[key]) or 0 for key in "ab")
    grows = told["sign"] in "漏少"
    return told if not told["apart"] or (b < a if grows else b > a) else None


_NOT_IT: Final = re.compile(
    rf"(?<={D_}[名个人位])[,\s]+(?:(?:以前|之前|上次|原来|名单|名字|其中)[^,]{{0,3}}(?:[写报填打记]?错|[错误][报写填打记])了?|不应该?是|书记改成|会计改成){D}[名个人位]|[写报填打说记]错没有?,|[,\s](?:[他她它]们?|人家|别人)[^,]{{0,2}}错"
    rf"|[,\s](?:我|还)?忘(?:了|记)?了?[加算数][^,0-9]{{0,4}}$|[,。;](?:前面|原来|之前|先前)的?{D}[名个位](?:不算|作废)了?(?=$|[,。;])|[,。;](?:其中|里面|有)+{D}[名个位][^,0-9]{{0,3}}(?:不对|[写报填打说]错了?|不算|有误)(?=$|[,。;])|^[^,。0-9]{{0,6}}(?:是不是|有没有)[^,0-9]{{0,4}}错[^,]*,|^[^,0-9]{{0,4}}错了?(?:怎么|咋|如何)|^(?:听说|[她他]们?说)[^,]{{0,3}}错了?,|(?:刚才|刚刚|之前|前面|上午)[^,]{{0,2}}[少漏多]报了?(?:新增)?执委{D}{W}$"
)
"""名单写错3名, 以前错报13名, 不应是13名: a number that is none of hers."""
_OF_ANOTHER: Final = re.compile(
    rf"[,\s](?:电话|手机号?|岁数|年龄|党员|群众|副?主席|名字|姓名|村名|日期|时间|候选人|表上?|系统里?)[^,说]{{0,2}}[写打报填记]?错"
    rf"|[,\s](?:别|不要|不用|不必|莫|勿)改[成为]?{D}|[,\s](?:谁|怎么|系统里?)[^,]{{0,3}}成{D}"
)


def found(text: str, once: Reading) -> re.Match[str] | None:
    """Where it is said."""
    spoken = (
        _NOT_IT.search(text) or left_out(text) or instead.left_open(text) or sent_before.unfit(text)
    )
    return spoken or _some_wrong(text) or _miscounted(text) or _of_another(text, once)


_SOME_WRONG: Final = re.compile(rf"(?P<a>{D})[名个位],错了(?P<b>{D})[名个位]$")


def _some_wrong(text: str) -> re.Match[str] | None:
    """12名，错了8名: eight of them, or eight in all? Not 12名，错了15名."""
    found = _SOME_WRONG.search(text)
    fewer = found and (numerals.value(found["b"]) or 0) < (numerals.value(found["a"]) or 0)
    return found if fewer else None


def _of_another(text: str, once: Reading) -> re.Match[str] | None:
    """执委11个，岁数打错了，12个; 别改成12个: the second number is of another thing, or is not meant, and was taken."""
    said, first = _OF_ANOTHER.search(text), FIRST.search(text)
    if said is None or first is None or first.end() > said.end():
        return None
    was = numerals.value(first[old(first)])
    return None if any(c.value == was for c in once.claims) else said


def _miscounted(text: str) -> re.Match[str] | None:
    """8名，少数了一个，7名: what is said of the one that was missing does not fit."""
    first = None if _COUNTING.isdisjoint(text) else FIRST.search(text)
    was = first and numerals.value(first[old(first)])
    if first is None or was is None:
        return None
    for found in NEXT.finditer(text, first.end()):
        now, gap = numerals.value(found["n"]), text[first.end() : found.start()]
        if now is None or now == 1 or gap.endswith("个") or MORE.search(gap):
            continue
        parts = [part for part in APART.split(gap) if part]
        if not TAIL.match(text, found.end()):
            continue
        if parts and all(wholly(as_one(part), REST) for part in parts):
            return None if by_so_many(parts, now - was) else found
    return None


_COUNTING: Final = frozenset("漏少多重忘减")
