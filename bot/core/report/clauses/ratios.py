"""The ratios that were taken out of the sentence, as claims of the units they stand beside."""

from __future__ import annotations

from bot.core.model import IndicatorKind
from bot.core.reading import Ask, Lexicon, Question
from bot.core.report.clauses.said import Collected, Raw
from bot.core.report.counts.ratio import Taken
from bot.core.report.words.vocabulary import Kind


def take(said: Collected, found: Taken, lexicon: Lexicon) -> None:
    """Note what was said of the ratio: once, or of each unit that was named."""
    for one in found.each or (found,):
        _one(said, one, lexicon)


def _one(said: Collected, found: Taken, lexicon: Lexicon) -> None:
    ratios = tuple(i for i in lexicon.indicators if i.kind is IndicatorKind.RATIO)
    if found.ratio is not None:
        units = [t for t in found.tokens if t.kind is Kind.UNIT and t.end <= found.span[0]]
        places = units[-1].places if units else ()
        if len({t.places for t in units if all(p.depth > 0 for p in t.places)}) > 1:
            said.ask(Ask.UNIT, units[-1])  # 富美村、念山村到会72/80
        raw = Raw(places, ratios, found.ratio, named=bool(units), span=found.span)
        said.claims.append(raw)
        others = [t for t in found.tokens if t.kind is Kind.FOREIGN and t.start < found.span[1]]
        if others and not any(t.kind in (Kind.OWN, Kind.UNIT) for t in found.tokens):
            said.ask(Ask.UNIT, others[0])  # 隔壁村参会率27/30
    if found.ask is not None:
        said.questions.append(Question(found.ask, found.span, tuple(i.code for i in ratios)))
