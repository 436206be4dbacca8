"""Places that are not hers though a word of them is: 东山新村, 麻沙村 beside 麻沙社区, 百丈 before a number."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals, unitnames
from bot.core.model import Level
from bot.core.report.tokens.sheet import Sheet, Token
from bot.core.report.words.vocabulary import WORDS, Kind

_TAIL: Final = re.compile(r"[\u4e00-\u9fff]{1,3}?(?:村(?![民委里])|社区|居委会)")
_WHOLE: Final = re.compile("[村乡镇县区市道]$|妇联$|委$|会$")


def foreign(sheet: Sheet) -> None:
    """Take names of units that go on into other places for these."""
    _foreign_tails(sheet)
    _of_another_sort(sheet)


_NO_TAIL: Final = re.compile(
    "[我咱俺本各全每的和与、两俩仨]|都|^那一?个?村(?!村)|一个村|[二三四五六七八九十]个?村|新增|完成|这"
)


def _foreign_tails(sheet: Sheet) -> None:
    """A name that goes on into another one (东山新村 where 东山 is known) is a place we do not know."""
    for token in [t for t in sheet.tokens if t.kind is Kind.UNIT and not _WHOLE.search(t.text)]:
        found = _TAIL.match(sheet.left, token.end)
        if found and not _NO_TAIL.match(found[0]):
            sheet.tokens.remove(token)
            sheet.take(Token(Kind.FOREIGN, token.start, found.end(), token.text + found[0]))


_OTHER_SORT: Final = {"社区": re.compile("村(?!委|民|里|口)"), "村": re.compile("社区")}


def _of_another_sort(sheet: Sheet) -> None:
    """麻沙村 where 麻沙社区 is hers: another place of that name."""
    for token in [t for t in sheet.tokens if t.kind is Kind.UNIT and not _WHOLE.search(t.text)]:
        sorts = {
            unitnames.short(p.name, p.level).removeprefix(token.text)
            for p in token.places
            if p.level is Level.VILLAGE
        }
        other = _OTHER_SORT.get(next(iter(sorts))) if len(sorts) == 1 else None
        found = other.match(sheet.left, token.end) if other else None
        if found:
            sheet.tokens.remove(token)
            said = token.text + found[0]
            sheet.take(Token(Kind.FOREIGN, token.start, found.end(), said))


_LIKE_NUMBERS: Final = re.compile(
    r"(?:^|(?<=[\s,。;!:\n]))(?P<name>[一二三四五六七八九十百千万]{1,3}"
    r"(?![名个人位户条家口号件次月日点时周天年来多余几把成分组队班名届期批俩仨零一二三四五六七八九十百千万]|[层栋间楼][0-9]|个?村[都均全也各])[\u4e00-\u9fff]{1,4}?)"
    r"(?=\s*(?:[0-9]|[零一二三四五六七八九十百千两]{1,4}[名个人位]|\x00))"
)


def like_numbers(sheet: Sheet) -> None:
    """百丈 4个, 三元 12 where none of them is hers: places, and neither 100 nor 3元."""
    for found in list(_LIKE_NUMBERS.finditer(sheet.left)):
        name = found["name"]
        known = numerals.is_word(name) or name in WORDS
        if not known and numerals.value(name) is None:
            start, end = found.span("name")
            sheet.take(Token(Kind.FOREIGN, start, end, sheet.text[start:end]))
