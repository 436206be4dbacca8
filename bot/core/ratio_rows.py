"""到会率：东山80/90，西山70/75: a ratio each of several units, read unit by unit, as the grammar reads one of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.core import text as texts
from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Ask, How, Lexicon, Question, Ratio, Reading
from bot.core.report import grammar
from bot.core.text import Line
from bot.core.unitnames import nearest

_RATIO: Final = re.compile(r"\d\s*人?\s*[/比]\s*\d|[应该]该?(?:到|来|参会|参加|出席)")
_ORDINAL: Final = re.compile(r"(?:^|\n)\s*\d{1,2}[.、)]\s*$")  # of the line that begins behind it
_BETWEEN: Final = " ,，、;；。.\n"
_LATER: Final = (Ask.HEARD, Ask.RANGE)  # judged with the ledger at hand


def read(line: Line, lexicon: Lexicon, *, how: How) -> Reading:
    """As `report.grammar.read`; where several units have a ratio each, all of them, or one question about the whole line."""
    plain = grammar.read(line, lexicon, how=how)
    ratios = [one for one in lexicon.indicators if one.kind is IndicatorKind.RATIO]
    if not ratios or len(_RATIO.findall(line.text)) < 2:
        return plain
    text = grammar.text_of(line)
    starts = [
        one.start
        for one in lexicon.names.find(text)
        if all(place.depth > 0 for place in nearest(one.places))
    ]
    if len(starts) < 2:
        return plain
    found = _parts(text, starts, ratios, lexicon, how)
    if found is not None:
        return found
    return plain if plain.clear else Reading(questions=(Question(Ask.UNREAD, (0, len(text))),))


def _parts(
    text: str, starts: Sequence[int], ratios: Sequence[Indicator], lexicon: Lexicon, how: How
) -> Reading | None:
    """What each unit is said to have, in places of the whole text; None unless all of it is certain."""
    head = _ORDINAL.sub("", text[: starts[0]])
    if re.search(r"\d", head):
        return None  # 80/90东山: numbers before names
    named = [one for one in ratios if any(name in text for name in (one.name, *one.aliases))]
    whole = Reading()
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = _ORDINAL.sub("", text[start:end]).strip(_BETWEEN)
        ways = (part, head + part, *(f"{one.name}:{part}" for one in named[:1]))
        one = next(_certain(ways, start, lexicon, how), None)
        if one is None:
            return None
        claims = (*whole.claims, *one.claims)
        whole = Reading(claims, (*whole.questions, *one.questions))
    cells = [(claim.units, claim.indicators) for claim in whole.claims]
    return whole if len(set(cells)) == len(cells) else None


def _certain(ways: Sequence[str], start: int, lexicon: Lexicon, how: How) -> Iterator[Reading]:
    """The readings of one part in these words that leave nothing open, with a ratio of a unit that is named."""
    for said in ways:
        found = grammar.read(texts.line(said), lexicon, how=how)
        span = (start, start + len(said))
        if (
            any(isinstance(claim.value, Ratio) for claim in found.claims)
            and all(claim.named and len(claim.units) == 1 for claim in found.claims)
            and all(question.ask in _LATER for question in found.questions)
        ):
            yield Reading(
                tuple(replace(claim, span=span) for claim in found.claims),
                tuple(replace(question, span=span) for question in found.questions),
            )
