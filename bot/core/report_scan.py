"""A folded sentence cut into pieces: every character belongs to exactly one, so that nothing is overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.core import ledger, numerals, report_words
from bot.core.model import Indicator
from bot.core.reading import Lexicon, Ratio
from bot.core.report_words import Kind
from bot.core.unitnames import Place


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]` and what it is; only the field that belongs to its kind is set."""

    kind: Kind
    start: int
    end: int
    text: str
    places: tuple[Place, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    number: int = 0
    ratio: Ratio | None = None


class _Sheet:
    """The sentence with what has been recognised blanked out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = text
        self.pieces: list[Piece] = []

    def take(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.left = (
            self.left[: piece.start] + "\x00" * (piece.end - piece.start) + self.left[piece.end :]
        )

    def mark(self, kind: Kind, pattern: re.Pattern[str]) -> None:
        for found in list(pattern.finditer(self.left)):
            if found[0] and "\x00" not in found[0]:
                self.take(Piece(kind, found.start(), found.end(), found[0]))


def pieces(text: str, lexicon: Lexicon) -> list[Piece]:
    """The pieces of the sentence, left to right."""
    sheet = _Sheet(text)
    _list_marks(sheet)
    for mention in lexicon.names.find(text):
        if "\x00" not in sheet.left[mention.start : mention.end]:
            said = text[mention.start : mention.end]
            sheet.take(Piece(Kind.UNIT, mention.start, mention.end, said, places=mention.places))
    _foreign_tails(sheet)
    sheet.mark(Kind.FOREIGN, _FOR_OTHERS)
    _indicators(sheet, lexicon.indicators)
    _steps(sheet, lexicon.indicators)
    _names_like_numbers(sheet)
    for kind, pattern in report_words.TABLE:
        sheet.mark(kind, pattern)
    _ratios(sheet)
    _other_units(sheet, lexicon.indicators)
    _places_with_numerals(sheet)
    _numbers(sheet)
    for kind, pattern in report_words.NUMERALS_THEN:
        sheet.mark(kind, pattern)
    sheet.mark(Kind.NONE, report_words.NONE)
    sheet.mark(Kind.BREAK, report_words.BREAKS)
    sheet.mark(Kind.FILLER, report_words.QUIET)
    sheet.mark(Kind.TEXT, re.compile("[^\x00]+"))
    return sorted(sheet.pieces, key=lambda piece: piece.start)


_FOR_OTHERS: Final = re.compile(
    r"(?<=[帮替])(?![我你您她他咱俺忙助一村本])[\u4e00-\u9fff]{2,6}?(?=报|填|\x00)"
)
"""帮西山报8个 where no 西山 is hers: whoever it is for, it is not for her own unit."""


def _list_marks(sheet: _Sheet) -> None:
    """`1. … 2. …`, `(1) … (2) …`, `一、 … 二、 …`: counted up from 1 at the very beginning, else they are values."""
    at = 0
    for number in range(1, 10):
        said = "零一二三四五六七八九"[number]
        mark = re.compile(
            rf"(?:^|(?<=[\s,;。!]))(?:{number}[.、)](?!\d)|{said}[.、)])|\({number}\)|\({said}\)"
        )
        found = mark.search(sheet.text, at)
        if not found or (number == 1 and found.start() != 0):
            return
        sheet.take(Piece(Kind.BREAK, found.start(), found.end(), found[0]))
        at = found.end()


def _foreign_tails(sheet: _Sheet) -> None:
    """A name that goes on into another one (东山新村 where 东山 is known) is a place we do not know."""
    tail = re.compile(r"[\u4e00-\u9fff]{1,3}?(?:村(?![民委里])|社区|居委会)")
    for piece in [
        p
        for p in sheet.pieces
        if p.kind is Kind.UNIT and not re.search("[村乡镇县区市道]$|妇联$|委$|会$", p.text)
    ]:
        found = tail.match(sheet.left, piece.end)
        if found and not re.match("[我咱俺本各全每的和与、]|都|新增|完成", found[0]):
            sheet.pieces.remove(piece)
            sheet.take(Piece(Kind.FOREIGN, piece.start, found.end(), piece.text + found[0]))


def _indicators(sheet: _Sheet, indicators: Iterable[Indicator]) -> None:
    said: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        for alias in {indicator.name, ledger.spoken(indicator), *indicator.aliases}:
            said.setdefault(alias, []).append(indicator)
    for alias in sorted(said, key=lambda one: (-len(one), one)):
        for found in list(re.finditer(report_words.pattern_of(alias), sheet.left)):
            meant = tuple(said[alias])
            sheet.take(
                Piece(Kind.INDICATOR, found.start(), found.end(), found[0], indicators=meant)
            )


def _steps(sheet: _Sheet, indicators: Iterable[Indicator]) -> None:
    for indicator in indicators:
        for step in indicator.steps:
            for found in list(
                re.finditer(re.escape(step) + "(?:已经?|都)*(?:完成|结束|好|完)?了?", sheet.left)
            ):
                sheet.take(
                    Piece(Kind.STEP, found.start(), found.end(), step, indicators=(indicator,))
                )


def _ratios(sheet: _Sheet) -> None:
    for found in list(re.finditer(r"(?<![\d.])(\d{1,6})\s*/\s*(\d{1,6})(?![\d.])", sheet.left)):
        ratio = Ratio(int(found[1]), int(found[2]))
        sheet.take(Piece(Kind.RATIO, found.start(), found.end(), found[0], ratio=ratio))


def _other_units(sheet: _Sheet, indicators: Iterable[Indicator]) -> None:
    """Numbers of something that no indicator counts: 3次, 500元, 80平方米, 128票."""
    ours = {indicator.unit_word for indicator in indicators}
    words = "次 场 遍 届 期 批 岁 楼 层 栋 票 页 张 份 分钟 小时 天 周 年 元 块钱 块 平方米 平米 平方 亩 公里 米"
    others = "|".join(word for word in words.split(" ") if word not in ours)
    number = r"[0-9零一二三四五六七八九十百千万两.]+"
    sheet.mark(
        Kind.SKIP,
        re.compile(
            rf"(?<![0-9零一二三四五六七八九十百千万两.约近]){number}\s*(?:{others})(?![多几])"
        ),
    )


_LIKE_NUMBERS: Final = re.compile(
    r"(?:^|(?<=[\s,。;!\n]))(?P<name>[一二三四五六七八九十百千万]{1,3}"
    r"(?![名个人位户条家口号件次月日点时周天年来多余几把成分组队班名届期批])[\u4e00-\u9fff]{1,4}?)"
    r"(?=\s*(?:[0-9]|[零一二三四五六七八九十百千两]{1,4}[名个人位]|\x00))"
)


def _names_like_numbers(sheet: _Sheet) -> None:
    """百丈 4个, 三元 12, 一都会改联完成 where none of them is hers: places, and neither 100, 3元 nor 1."""
    for found in list(_LIKE_NUMBERS.finditer(sheet.left)):
        if not numerals.is_word(found["name"]) and numerals.value(found["name"]) is None:
            start, end = found.span("name")
            sheet.take(Piece(Kind.FOREIGN, start, end, sheet.text[start:end]))


def _places_with_numerals(sheet: _Sheet) -> None:
    """五一九社区 where it is not in her scope: a place, not a number of communities."""
    sheet.mark(
        Kind.FOREIGN,
        re.compile(
            r"[零一二三四五六七八九十百千万]{1,3}[\u4e00-\u9fff]{0,2}?(?:村(?![民委])|社区)"
        ),
    )


def _numbers(sheet: _Sheet) -> None:
    for found in numerals.find(sheet.left):
        said = sheet.text[found.start : found.end]
        if found.kind is numerals.Kind.EXACT:
            sheet.take(Piece(Kind.NUMBER, found.start, found.end, said, number=found.value or 0))
        elif found.kind is numerals.Kind.APPROXIMATE:
            sheet.take(Piece(Kind.APPROXIMATE, found.start, found.end, said))
        else:
            sheet.take(Piece(Kind.DIGITS, found.start, found.end, said))
