"""The question a report raises: which unit, which figure, how many, is it done, is that right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot import errors
from bot.actions.report import Question
from bot.core import ledger, numerals, progress, reading, sums, verdict
from bot.core.intents import Open
from bot.core.ledger import Claim, Doubt
from bot.core.model import Indicator, IndicatorKind, Unit
from bot.core.reading import Ask, Mark
from bot.runtime import Runtime
from bot.store import cells
from handlers.chat import choices, claims, counts, hints, lines, offers
from handlers.chat.asking import Asked
from handlers.chat.lines import Read
from handlers.chat.message import Member

ABOUT: Final = offers.ABOUT


@dataclass(frozen=True, slots=True)
class _Spot:
    """A doubtful place of a line: what was said there, which indicators it is about, what else is certain."""

    said: str
    wanted: Sequence[Indicator]
    others: Sequence[Claim]


async def first(rt: Runtime, message: Member, read: Read) -> Asked | str | None:
    """What must be asked (or said, without a question) before anything of the line is recorded; NotFound for a unit that is not hers."""
    question = verdict.first(read.reading)
    if question is None:
        return None
    some = await lines.settled(rt, message, read)
    several = len(_by_value(some)) > 1
    if not several and (off := sums.off(rt.words, read.said, read.reading, question, some)):
        return offers.readback(rt, message, some, "reporting.sum_off", off)
    if question.ask in verdict.HARD:
        return await _hard(rt, message, read, question, some)
    if several:
        return await _which_value(rt, message, some)
    if some:
        return offers.readback(rt, message, some, "reporting.is_it")
    return await hints.fuller(rt, message)


async def _hard(
    rt: Runtime, message: Member, read: Read, question: reading.Question, others: Sequence[Claim]
) -> Asked | str:
    said = read.said[slice(*question.span)]
    match question.ask:
        case Ask.UNIT | Ask.PLACES:
            return await _which_unit(rt, message, read, question)
        case Ask.INDICATOR:
            return await _which_indicator(rt, message, read)
        case Ask.VALUES:
            return await _which_value(rt, message, others)
        case Ask.ADDITION:
            return await _addition(rt, message, others)
        case Ask.NOT_DONE | Ask.INFERRED:
            return await _finished(rt, message, read, _Spot(said, _codes(read, question), others))
        case Ask.APPROXIMATE | Ask.VALUE | Ask.DIGITS:
            spoken = [c for c in read.reading.claims if c.span == question.span]
            done = any(claim.value is Mark.DONE for claim in spoken)
            counted = bool(numerals.find(said)) or question.ask is Ask.DIGITS
            wanted = _codes(read, question) or _codes_of(
                read, question.span, counted=counted and not done
            )
            if wanted and wanted[0].kind is IndicatorKind.RATIO:
                return ratio_again(rt, wanted[0])
            if done or not any(one.kind is IndicatorKind.COUNT for one in wanted):
                return await _finished(rt, message, read, _Spot(said, wanted, others))
            key = _not_sure(question.ask, said)
            return _how_many(rt, message, read, _Spot(said, wanted, others), key)
        case _ if others:
            return offers.readback(rt, message, others, "reporting.is_it")
        case _:
            return await hints.fuller(rt, message)


def _not_sure(ask: Ask, said: str) -> str:
    """Why a number is asked for: none was said, it is about so many, it cannot be read or is no whole one."""
    if ask is Ask.DIGITS:
        return "reporting.whole" if numerals.broken(said) else "reporting.digits"
    return "reporting.approximate" if ask is Ask.APPROXIMATE else "reporting.how_many"


def _codes(read: Read, question: reading.Question) -> list[Indicator]:
    """The indicators a question is about, those of the unit's own level."""
    some = [one for one in read.indicators(question.codes) if one.level is read.own.level]
    return read.named(some, question.span)


def _codes_of(read: Read, span: tuple[int, int], *, counted: bool) -> list[Indicator]:
    kind = IndicatorKind.COUNT if counted else IndicatorKind.COMPLETION
    own = (one for one in read.campaign.indicators if one.level is read.own.level)
    return read.named([one for one in own if one.kind is kind], span)


async def _which_unit(
    rt: Runtime, message: Member, read: Read, question: reading.Question
) -> Asked | str:
    said = [claim for claim in read.reading.claims if claim.span == question.span]
    several = [claim for claim in read.reading.claims if len(claim.units) > 1]
    if several:
        some = [read.places.units[key] for key in several[0].units[:9]]
        names = await choices.full_names(rt, some)
        options = [await for_unit(rt, message, read, unit) for unit in some]
        return offers.choice(rt, message, options, "reporting.which_unit", choices.listed(names))
    if not said:
        raise errors.NotFound
    if not said[0].units:
        wanted = read.indicators(question.codes) or list(read.campaign.indicators)
        name, example = ledger.spoken(wanted[0]), claims.example(rt, wanted[0])
        return rt.words.say("reporting.name_unit", indicator=name, example=example)
    some_claims = await lines.settled(rt, message, read)
    return offers.readback(rt, message, some_claims, "reporting.own_only")


async def for_unit(rt: Runtime, message: Member, read: Read, unit: Unit) -> list[Claim]:
    """All claims of the line, those that may be of several units taken as of this one."""
    found = await lines.settled(rt, message, read)
    for said in read.reading.claims:
        if len(said.units) > 1 and unit.code in said.units:
            for one in read.indicators(said.indicators):
                claim = lines.claim(unit, one, said.value)
                if claim is not None and one.level is unit.level:
                    found.append(claim)
    return found


async def _which_indicator(rt: Runtime, message: Member, read: Read) -> Asked | str:
    for said in read.reading.claims:
        wanted = read.indicators(said.indicators)
        if len(wanted) > 1 and len(said.units) == 1:
            unit = read.places.units[said.units[0]]
            options = [
                [claim]
                for one in wanted
                if (claim := lines.claim(unit, one, said.value)) is not None
            ]
            names = [claims.listed(rt, option) for option in options]
            return offers.choice(rt, message, options, "reporting.which", choices.listed(names))
    return await hints.fuller(rt, message)


async def _which_value(rt: Runtime, message: Member, some: Sequence[Claim]) -> Asked | str:
    """Several values for one figure: each is an option; a single one is read back."""
    options = _by_value(some)
    if not some:
        return await hints.fuller(rt, message)
    if len(options) < 2:
        return offers.readback(rt, message, some, "reporting.is_it")
    names = choices.listed([claims.listed(rt, option) for option in options])
    return offers.choice(rt, message, options, "reporting.several", names)


def _by_value(some: Sequence[Claim]) -> list[list[Claim]]:
    """One option for each value of the figure that has several, the other claims in all of them."""
    keys = [(claim.unit.id, claim.indicator.id) for claim in some]
    doubtful = next((key for key in keys if keys.count(key) > 1), None)
    if doubtful is None:
        return [list(some)]
    alone = [c for c, key in zip(some, keys, strict=True) if keys.count(key) == 1]
    return [[*alone, claim] for claim, key in zip(some, keys, strict=True) if key == doubtful]


async def _addition(rt: Runtime, message: Member, some: Sequence[Claim]) -> Asked | str:
    """又选了3个: 3 in all, or 3 more than before? 累计12名 of what is added up: 12 more, or 12 with those before?"""
    counts = [claim for claim in some if claim.indicator.kind is IndicatorKind.COUNT]
    if len(_by_value(some)) > 1 or len(counts) != 1:
        return await _which_value(rt, message, some)
    claim = counts[0]
    key = (claim.indicator.id, claim.unit.id)
    async with rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    before = (held.value if held else None) or 0
    adds = ledger.adds(claim.indicator)
    if not before or (adds and claim.value < before):
        return offers.readback(rt, message, some, "reporting.is_it")
    value = claim.value - before if adds else before + claim.value
    more = Claim(claim.unit, claim.indicator, value)
    others = [one for one in some if one is not claim]
    options = [[*others, claim], [*others, more]]
    names = choices.listed([claims.listed(rt, [claim]), claims.listed(rt, [more])])
    return offers.choice(rt, message, options, "reporting.several", names)


async def _finished(rt: Runtime, message: Member, read: Read, spot: _Spot) -> Asked | str:
    """基本完成, 快了: done or not, 1 or 2; not yet is a value of its own, unless it is done already."""
    indicator = _first_completion(read, spot)
    if indicator is None:
        return await hints.fuller(rt, message)
    rest = [claim for claim in spot.others if claim.indicator.id != indicator.id]
    if indicator.kind is IndicatorKind.STAGE:
        return _which_step(rt, message, read, indicator, rest)
    done = Claim(read.own, indicator, ledger.done_from(indicator))
    sentence = rt.words.say(
        "reporting.unclear", said=spot.said, unit=read.own.short, indicator=ledger.spoken(indicator)
    )
    key = (indicator.id, read.own.id)
    async with rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    yet = [] if held and held.value else [Claim(read.own, indicator, 0)]
    data = {"options": [claims.keep([*rest, done]), claims.keep([*rest, *yet])]}
    return Asked(
        Open.CHOICE, ABOUT, offers.dated(message, data), claims.listed(rt, [done]), sentence
    )


def _which_step(
    rt: Runtime, message: Member, read: Read, indicator: Indicator, rest: Sequence[Claim]
) -> Asked:
    """How far is it? The steps to choose from."""
    options = [[*rest, Claim(read.own, indicator, at + 1)] for at in range(len(indicator.steps))]
    name = ledger.spoken(indicator)
    sentence = rt.words.say(
        "reporting.which_step",
        unit=read.own.short,
        indicator=name,
        list=choices.listed(list(indicator.steps)),
    )
    data = {"options": [claims.keep(option) for option in options]}
    return Asked(Open.CHOICE, ABOUT, offers.dated(message, data), name, sentence)


def ratio_again(rt: Runtime, indicator: Indicator) -> str:
    """Both numbers are wanted, the smaller one over the larger one."""
    return rt.words.say("reporting.ratio_again", indicator=ledger.spoken(indicator))


def _first_completion(read: Read, spot: _Spot) -> Indicator | None:
    kinds = (IndicatorKind.COMPLETION, IndicatorKind.STAGE)
    fitting = [one for one in spot.wanted if one.kind in kinds]
    at = max(0, read.said.find(spot.said))
    near = (at, at + len(spot.said))
    return next(iter([*fitting, *_codes_of(read, near, counted=False)]), None)


def _how_many(rt: Runtime, message: Member, read: Read, spot: _Spot, key: str) -> Asked:
    """十来个: the exact number, please; `key` is the sentence that says why."""
    indicator = next(one for one in spot.wanted if one.kind is IndicatorKind.COUNT)
    rest = [claim for claim in spot.others if claim.indicator.id != indicator.id]
    sentence = rt.words.say(
        key,
        said=spot.said,
        unit=read.own.short,
        indicator=ledger.spoken(indicator),
        word=indicator.unit_word,
    )
    return offers.number(rt, message, [*rest, Claim(read.own, indicator, 0)], sentence)


def about(
    rt: Runtime, message: Member, asks: Sequence[Question], answered: frozenset[Doubt]
) -> Asked:
    """The question about claims that the ledger makes doubtful: all of them read back together."""
    some = [one.claim for one in asks]
    options = _by_value(some)
    if len(options) > 1:
        names = choices.listed([claims.listed(rt, option) for option in options])
        return offers.choice(rt, message, options, "reporting.several", names)
    left = [doubt for one in asks for doubt in one.doubts if doubt not in answered]
    if Doubt.HEARD in left:
        return offers.readback(rt, message, some, "reporting.heard")
    if Doubt.DECREASING in left:
        before = next(one for one in asks if Doubt.DECREASING in one.doubts)
        was = claims.value(rt, before.claim.indicator, before.before, before.whole_before)
        counted = progress.counts(before.claim.indicator)
        key = "reporting.decreasing" if counted else "reporting.decreasing_step"
        return offers.readback(rt, message, some, key, was)
    if Doubt.TOO_MANY in left or Doubt.ODD in left:
        return offers.readback(rt, message, some, "reporting.too_many")
    if Doubt.OTHER_UNIT in left:
        return offers.readback(rt, message, some, "reporting.other_unit")
    return offers.readback(rt, message, some, "reporting.is_it")


async def following(rt: Runtime, message: Member, read: Read) -> Asked | str | None:
    """What is asked once the claims are recorded: how many were elected, or whether it is done then."""
    if any(claim.units != (read.own.code,) for claim in read.reading.claims):
        return None
    belonging = [(one, await read.belonging(rt, one.codes)) for one in read.reading.follow_ups]
    held = await counts.of_hers(rt, message, [some[0] for _, some in belonging if some])
    monday = rt.calendar.week_start(message.at)
    for question, wanted in belonging:
        if not wanted or counts.known(wanted[0], held.get(wanted[0].id), monday):
            continue
        if question.ask is Ask.MISSING:
            return counts.ask(rt, message, wanted[0])
        if question.ask is Ask.INFERRED:
            said_words = read.said[slice(*question.span)]
            return await _finished(rt, message, read, _Spot(said_words, wanted, ()))
    return None
