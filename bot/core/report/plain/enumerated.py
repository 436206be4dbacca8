"""The numbers of a list's items: 1. … 2. …, （一）… （二）…; they are no values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


def list_marks(text: str) -> list[tuple[int, int]]:
    """`1. … 2. …`, `(1) … (2) …`, `一、 … 二、 …`, `1东山 2林屯`: counted up from 1, else they are values."""
    found = _marks(text, _dotted) or _marks(text, _spaced) or _marks(text, _glued) or _rows(text)
    return [*found, *_begun_anew(text, found[-1][1])] if found else []


_ANEW: Final = re.compile(r"(?<=[:\n])\s*(?=1[.、)]|\(1\)|一、|\(一\))")


def _begun_anew(text: str, since: int) -> list[tuple[int, int]]:
    """念山村：1.… 2.… 富美村：1.… 2.…: the lists of the next units."""
    head = _ANEW.search(text, since)
    if head is None:
        return []
    found = [(a + head.end(), b + head.end()) for a, b in _marks(text[head.end() :], _dotted)]
    return [*found, *_begun_anew(text, found[-1][1])] if found else []


_ROW: Final = re.compile(
    r"(?:^|(?<=\n))(?:序号[:\s]*\d{1,3}|\d{1,3}[.、)])[\s,、]*(?=[\u4e00-\u9fff](?![名个])[^\n\d]*\d)"
)


def _rows(text: str) -> list[tuple[int, int]]:
    """`5、执委9名`, `序号5 东山村 执委9名`: one row of a longer list."""
    return [found.span() for found in _ROW.finditer(text)]


_VALUE: Final = re.compile(r":\s*\d+[名个人位]?[、,;。.]")
"""长际村：3、富美村：9、东峰村：1、: values in a row."""
_HEAD: Final = re.compile(r"(?:[^\d\n]{1,20}\n)?.{0,30}[:\n]\s*|[\s、]*")
_GREETED: Final = re.compile(r"[^\d\n]{1,16}[,。!?~ ]\s*|[^\n]{1,40}[,。;]\s*")


def _marks(text: str, of: object) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at, least = 0, 1 if of is _dotted else 2
    for number in range(1, 21):
        mark = of(number).search(text, at)  # type: ignore[operator]
        if not mark:
            break
        if number == 1 and _VALUE.search(text[: mark.start()]):
            return []
        if number == 1 and not _HEAD.fullmatch(text[: mark.start()]):
            if of is not _dotted or not _GREETED.fullmatch(text[: mark.start()]):
                return []
            least = 2
        found.append(mark.span())
        at = mark.end()
    return found if len(found) >= least else []


@lru_cache(maxsize=32)
def _dotted(number: int) -> re.Pattern[str]:
    said = "零一二三四五六七八九十"[number] if number <= 10 else "\x00"
    start = r"(?:^|(?<=[\s,;。!:?]))"
    one = rf"{start}(?:{number}(?:[.)、](?!\d)|\.(?=\s))|{said}[.、)])|\({number}\)|\({said}\)"
    return re.compile(one + (rf"|{start}{said}是" if number <= 5 else ""))


@lru_cache(maxsize=32)
def _spaced(number: int) -> re.Pattern[str]:
    """`1 念山村 12`, a line each."""
    return re.compile(rf"(?:^|(?<=\n)){number}[ \t]+(?=[\u4e00-\u9fff])")


@lru_cache(maxsize=32)
def _glued(number: int) -> re.Pattern[str]:
    """`1会改联完成 2执委8名`: no word of counting behind, words before and after."""
    return re.compile(
        rf"(?:^|(?<=[\s:])){number}(?=(?![名个人位号月日点年户次周天楼组场张块条])[\u4e00-\u9fff])"
    )
