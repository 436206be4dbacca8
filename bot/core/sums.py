"""东山3，西山2，共6名: a sum beside a list that it does not fit is said to be wrong before the list is read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals, wording
from bot.core.ledger import Claim
from bot.core.model import IndicatorKind
from bot.core.reading import Ask, Question, Reading

_SUM: Final = re.compile("合计|总计|共计|小计|总共|一共|总数|共")
_PLACES: Final = re.compile("个(?:村|社区|乡|镇|街道|单位)+$")
_STOPS: Final = ",。;:\n"
_REST: Final = re.compile("其[他它余]|另|还|剩|没|未")


def off(
    words: wording.Words, text: str, reading: Reading, question: Question, some: Sequence[Claim]
) -> str:
    """What is wrong with the sum the question is about, with what it should be where that is certain; '' for no sum.

    `text` is what was read, `some` what of it is certain.

    Certain where one figure alone is counted and one sum written: a sum of a part of the list has another.
    """
    start, end = question.span
    found = numerals.find(text[start:end])
    listed = len({one.unit.id for one in some})
    if any(claim.span == question.span for claim in reading.claims) or listed < 2:
        return ""
    if len(found) != 1 or found[0].value is None:
        return ""
    said = found[0].value
    places = question.ask is Ask.UNIT and _PLACES.search(text[start:end])
    if question.ask is Ask.PLACES or (places and len(reading.questions) == 1):
        differs = listed != said and _counts_the_list(text, start, end)
        return words.say("reporting.sum_off_places", said=said, found=listed) if differs else ""
    if question.ask is not Ask.VALUES:
        return ""
    counts = [one for one in some if one.indicator.kind is IndicatorKind.COUNT]
    total = sum(one.value for one in counts)
    one_figure = len({one.indicator.id for one in counts}) == 1
    if one_figure and len(_SUM.findall(text)) < 2 and total != said:
        return words.say("reporting.sum_off_by", said=said, found=total)
    return words.say("reporting.sum_off_words", said=said)


def _counts_the_list(text: str, start: int, end: int) -> bool:
    """Whether this number of places is said of all in the list (共3个村完成, 3个村都完成了, 完成3个村：), not of others."""
    begin = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    until = min((at for stop in _STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    if _REST.search(text[begin:until]):
        return False
    return bool(_SUM.search(text[begin:start]) or text[end : end + 1] in ("都", ":"))
