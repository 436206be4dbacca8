"""The grammar of reports: one Chinese sentence → claims that are certain, and questions about all the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.core.model import Indicator, IndicatorKind
from bot.core.reading import Ask, Claim, How, Lexicon, Mark, Question, Ratio, Reading
from bot.core.report import by_figure, like, standin, wording
from bot.core.report.aside import letters, procedure
from bot.core.report.clauses import clauses, ratios
from bot.core.report.clauses.said import Collected, Raw
from bot.core.report.corrections import held, put_right, slips
from bot.core.report.counts import ratio as report_ratio
from bot.core.report.counts import sorts
from bot.core.report.doubts import about, around, later, order, unsaid, untold
from bot.core.report.doubts import whole as report_whole
from bot.core.report.plain import (
    by_sound,
    cleared,
    faltering,
    formal,
    latin,
    lists,
    misnamed,
    notice,
    pauses,
    spaced,
)
from bot.core.report.plain.plainly import text_of as text_of
from bot.core.report.tokens import tokens as report_tokens
from bot.core.report.tokens.sheet import Token
from bot.core.report.units import elsewhere, office
from bot.core.text import Line
from bot.core.unitnames import Place


def read(line: Line, lexicon: Lexicon, *, how: How) -> Reading:
    """What the sentence reports. Total: never raises; every numeral is a value, explained, or a question."""
    line = replace(line, text=misnamed.put_right(line.text, lexicon))
    worded = wording.plain(line.text, lexicon.indicators)
    if worded is None:
        return _in_parts(line, lexicon, how)
    found = _in_parts(replace(line, text=worded.text), lexicon, how)
    return standin.StandIn(worded.text, lexicon, worded.where).back(found)


def _in_parts(line: Line, lexicon: Lexicon, how: How) -> Reading:
    """Each figure that heads a list of units for itself; a message of no such parts, or that leaves doubts, as a whole."""
    parts = by_figure.parts(line.text, lexicon)
    each = [_whole(replace(line, text=part), lexicon, how) for part in parts]
    if parts and all(one.clear for one in each):
        return by_figure.together(parts, each)
    return _whole(line, lexicon, how)


def _whole(line: Line, lexicon: Lexicon, how: How) -> Reading:
    """With nothing lost that is said of a figure it names."""
    text = by_figure.rather(line.text, lexicon.indicators)
    return unsaid.asked(text, _in_place(replace(line, text=text), lexicon, how), lexicon)


def _in_place(line: Line, lexicon: Lexicon, how: How) -> Reading:
    """Read with 执委 and 会改联 in the place of others, once for each count that is named."""
    others = standin.of(line.text, lexicon)
    if not others:
        return _as_said(line, lexicon, how)
    found = [one.back(_as_said(replace(line, text=one.text), one.lexicon, how)) for one in others]
    return standin.agreed(found)


def _as_said(line: Line, lexicon: Lexicon, how: How) -> Reading:
    once = _in_a_breath(line, lexicon, how)
    return by_sound.again(
        line.text,
        once,
        lexicon,
        like.words_of(lexicon.indicators),
        lambda text: _in_a_breath(replace(line, text=text), lexicon, how),
    )


def _in_a_breath(line: Line, lexicon: Lexicon, how: How) -> Reading:
    plain = text_of(line)
    lexicon = replace(lexicon, indicators=unsaid.alone(line.text, lexicon.indicators))
    called = report_tokens.called(lexicon.indicators)
    once = _read(plain, lexicon, how)
    once = pauses.again(
        (line.text, plain), once, lexicon, called, lambda other: _read(other, lexicon, how)
    )
    once = spaced.again(plain, once, lexicon, lambda other: _read(other, lexicon, how))
    once = put_right.again(plain, once, lambda other: _read(other, lexicon, how))
    return formal.again(plain, once, lexicon, called, lambda other: _read(other, lexicon, how))


def _read(typed: str, lexicon: Lexicon, how: How) -> Reading:
    """One reading of the text; `read` may take a second one, with pauses in it."""
    plain_said = slips.in_digits(slips.twice(faltering.plainly(held.plainly(typed))))
    told = notice.without(
        latin.written(plain_said, tuple(like.words_of(lexicon.indicators))), lexicon
    )
    told = procedure.without(letters.without(told, lexicon), lexicon)
    called = report_tokens.called(lexicon.indicators)
    text, off = cleared.of(told, lexicon, called)
    plain = office.plain(text, report_tokens.tokens(text, lexicon), lexicon)
    text, tokens = plain.text, plain.tokens
    ratio = report_ratio.of_each(lists.ordered(plain.told), lexicon.indicators)
    said = clauses.collect(text, ratio.tokens, lexicon.own.level)
    lost = report_whole.lost(ratio.tokens, said)
    ratios.take(said, ratio, lexicon)
    office.settle(said, plain)
    sorts.settle(said, tokens, lambda raw: _of_level(raw, lexicon))
    settled = [_settle(raw, lexicon) for raw in said.claims]
    claims = [claim for claim, _ in settled]
    claims += slips.off_by(claims, off)
    questions = [*said.questions, *(q for _, found in settled for q in found)]
    questions += _all_of_them(tokens, said, lexicon) + report_whole.conflicts(claims)
    questions += report_whole.out_of_range(claims, lexicon)
    if claims and all(c.value is Mark.NOT and c.units == (lexicon.own.key,) for c in claims):
        questions += [Question(Ask.NOT_DONE, c.span, c.indicators) for c in claims]
    if how is How.HEARD:
        questions += [Question(Ask.HEARD, c.span, c.indicators) for c in claims if _numeric(c)]
    if claims and about.chatter(tokens, said):
        return Reading()
    hinted = about.hinted(said, tokens, (told, text), lexicon.own.level)
    questions += hinted if not claims and not questions else []
    if not claims and not about.like(tokens, said, questions, lexicon):
        return Reading()
    unvalued = bool(questions) and all(q.ask is Ask.VALUE for q in questions)
    if not claims and unvalued and not said.void and not about.wanting(tokens, said):
        return Reading()
    follow_ups = report_whole.missing(claims, lexicon)
    if said.election and not any(c.value is Mark.DONE for c in claims):
        inferred = _inferred(said, lexicon)
        follow_ups, questions = _place(inferred, claims, follow_ups, questions)
    if not claims and not questions and said.idle and about.wanting(tokens, said):
        questions = [Question(Ask.VALUE, (p.start, p.end), _codes(p.indicators)) for p in said.idle]
    questions += around.doubts(text, tokens, claims) + later.doubts(told, claims)
    questions = questions or order.found((told, text), (tokens, lost), claims, lexicon)
    questions += elsewhere.doubts(tokens, questions, lexicon.own.level)
    unsaid = bool(questions) or all(c.value is Mark.NOT for c in claims)
    if unsaid and untold.only_asks(text, called):
        return Reading()
    if questions and said.void:
        claims += [_settle(raw, lexicon)[0] for raw, _ in said.void]
    return Reading(about.distinct(claims, lexicon, text), _once(questions), _once(follow_ups))


_EVERY: Final = re.compile("全部?|全都|都|均")


def _all_of_them(tokens: list[Token], said: Collected, lexicon: Lexicon) -> list[Question]:
    """全部完成 by a unit that has others below it: its own figure, or theirs?"""
    if not any(i.level > lexicon.own.level for i in lexicon.indicators):
        return []
    spans = [raw.span for raw in said.claims if not raw.named and not raw.indicators]
    whole = [s for s in spans if any(t.start == s[0] and t.text.startswith("全") for t in tokens)]
    every = [t for t in tokens if _EVERY.fullmatch(t.text)]
    return [Question(Ask.UNIT, span) for span in whole] + [
        Question(Ask.UNIT, span)
        for span in spans
        if any(0 <= span[0] - token.end <= 2 for token in every)
    ]


# ---- which unit, which figure -----------------------------------------------------------------------------


def _settle(raw: Raw, lexicon: Lexicon) -> tuple[Claim, list[Question]]:
    places = tuple(p for p in raw.places if p.depth >= 0) or (lexicon.own,)
    if not raw.indicators and raw.value in (Mark.ZERO, Mark.SAME):
        near = _nearest(places)
        claim = Claim(_keys(near), (), raw.value, raw.named, raw.span)
        return claim, [Question(Ask.UNIT, raw.span)] if len(near) > 1 else []
    indicators = raw.indicators or _fitting(raw, lexicon)
    levels = {indicator.level for indicator in indicators}
    fit = _nearest([place for place in places if place.level in levels])
    meant = tuple(i for i in indicators if i.level in {place.level for place in fit})
    claim = Claim(_keys(fit), _codes(meant), raw.value, raw.named, raw.span)
    return claim, _doubts(raw, fit, meant, indicators, lexicon)


def _doubts(
    raw: Raw,
    fit: list[Place],
    meant: tuple[Indicator, ...],
    indicators: tuple[Indicator, ...],
    lexicon: Lexicon,
) -> list[Question]:
    if not fit:
        below = bool(indicators) and any(i.level > lexicon.own.level for i in indicators)
        ask = Ask.UNIT if raw.named or below else Ask.INDICATOR
        return [Question(ask, raw.span, _codes(indicators))]
    if len(fit) > 1:
        return [Question(Ask.UNIT, raw.span, _codes(meant))]
    if raw.counted in _PERSONS and _of_things(meant, lexicon):
        return [Question(Ask.INDICATOR, raw.span, _codes(meant))]  # 走访家庭35人
    return [Question(Ask.INDICATOR, raw.span, _codes(meant))] if len(meant) != 1 else []


def _fitting(raw: Raw, lexicon: Lexicon) -> tuple[Indicator, ...]:
    """The figures an unnamed value can belong to, by its kind."""
    finished = raw.value in (Mark.DONE, Mark.NOT)
    kind = IndicatorKind.COMPLETION if finished else IndicatorKind.COUNT
    found = tuple(i for i in lexicon.indicators if i.kind is kind)
    if finished:
        return found
    if _of_people(raw) and all(i.unit_word and i.unit_word not in _PERSONS for i in found):
        return ()  # 新选12个 where only meetings are counted
    if len({(i.level, i.unit_word) for i in found}) == len({i.level for i in found}):
        return found
    return _counted_so(raw, found) or found


_PERSONS: Final = ("名", "人", "位")


def _of_things(some: tuple[Indicator, ...], lexicon: Lexicon) -> bool:
    """Whether persons are no value of these counts: households; 个 if others are counted in persons."""
    words = {i.unit_word for i in some}
    persons = any(i.unit_word in _PERSONS for i in lexicon.indicators)
    return bool(words) and words.isdisjoint((*_PERSONS, "", *(() if persons else ("个",))))


def _of_people(raw: Raw) -> bool:
    """Whether it is persons that were counted: 12名, 新选12个."""
    return raw.counted in _PERSONS or raw.deed.startswith(("选", "新选", "当选", "推选"))


def _of_level(raw: Raw, lexicon: Lexicon) -> tuple[Indicator, ...]:
    """The figures of her own level, or of the named units', that a claim without a name can be of."""
    levels = {place.level for place in raw.places} or {lexicon.own.level}
    return tuple(i for i in _fitting(raw, lexicon) if i.level in levels)


def _counted_so(raw: Raw, some: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Of several counts the one that the word of counting or the deed fits: 12名, 新选12个."""
    if _of_people(raw):
        return tuple(i for i in some if i.unit_word in _PERSONS)
    if alike := tuple(i for i in some if raw.counted and i.unit_word == raw.counted):
        return alike
    return tuple(
        i
        for i in some
        if raw.deed and any(one.startswith(raw.deed[:2]) for one in (i.name, *i.aliases))
    )


def _nearest(places: list[Place] | tuple[Place, ...]) -> list[Place]:
    """Her own unit and its children weigh the same (石屯镇, 石屯村); what lies deeper comes after them."""
    if not places:
        return []
    least = max(1, min(place.depth for place in places))
    return [place for place in places if place.depth <= least]


def _keys(places: list[Place]) -> tuple[str, ...]:
    return tuple(place.key for place in places)


def _codes(indicators: tuple[Indicator, ...]) -> tuple[str, ...]:
    return tuple(indicator.code for indicator in indicators)


# ---- what is odd about the whole ------------------------------------------------------------------------------


def _numeric(claim: Claim) -> bool:
    return isinstance(claim.value, int | Ratio)


def _inferred(said: Collected, lexicon: Lexicon) -> Question:
    at = said.election
    completions = [i for i in lexicon.indicators if i.kind is IndicatorKind.COMPLETION]
    own = tuple(i.code for i in completions if i.level is lexicon.own.level)
    return Question(Ask.INFERRED, (at.start, at.end) if at else (0, 0), own)


def _place(
    inferred: Question, claims: list[Claim], follow_ups: list[Question], questions: list[Question]
) -> tuple[list[Question], list[Question]]:
    """An election that was held is asked about: afterwards when a number came with it, else now."""
    if any(q.ask is Ask.NOT_DONE for q in questions):
        return follow_ups, questions
    return ([*follow_ups, inferred], questions) if claims else (follow_ups, [*questions, inferred])


def _once(questions: list[Question]) -> tuple[Question, ...]:
    return tuple(dict.fromkeys(questions))
