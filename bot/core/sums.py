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


def off(
    words: wording.Words, text: str, reading: Reading, question: Question, some: Sequence[Claim]
) -> str:
    """What is wrong with the sum the question is about, with what it should be where that is certain; '' for no sum.

    `text` is what was read, `some` what of it is certain.

    Certain where one figure alone is counted and one sum written: a sum of a part of the list has another.
    """
    if any(claim.span == question.span for claim in reading.claims):
        return ""
    found = numerals.find(text[slice(*question.span)])
    counts = [one for one in some if one.indicator.kind is IndicatorKind.COUNT]
    if (
        question.ask not in (Ask.VALUES, Ask.PLACES)
        or len(found) != 1
        or found[0].value is None
        or len({one.unit.id for one in some}) < 2
    ):
        return ""
    said, total = found[0].value, sum(one.value for one in counts)
    if question.ask is Ask.PLACES:
        near = text[max(0, question.span[0] - 2) : question.span[1]]
        listed = len({one.unit.id for one in some})
        key = "reporting.sum_off_places" if _SUM.search(near) and listed != said else ""
        return words.say(key, said=said, found=listed) if key else ""
    one_figure = len({one.indicator.id for one in counts}) == 1
    if one_figure and len(_SUM.findall(text)) < 2 and total != said:
        return words.say("reporting.sum_off_by", said=said, found=total)
    return words.say("reporting.sum_off_words", said=said)
