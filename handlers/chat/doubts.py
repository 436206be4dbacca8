"""The question a report raises: which unit, which figure, how many, is it done, is that right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot import errors
from bot.actions.report import Question
from bot.core import ledger, placewords, progress, reading, sums, verdict
from bot.core.ledger import Claim, Doubt
from bot.core.model import IndicatorKind, Unit
from bot.core.reading import Ask
from bot.runtime import Runtime
from bot.store import cells
from handlers.chat import choices, claims, counts, hints, lines, offers, spots
from handlers.chat.asking import Asked
from handlers.chat.lines import Read
from handlers.chat.message import Member

ABOUT: Final = offers.ABOUT


async def first(rt: Runtime, message: Member, read: Read) -> Asked | str | None:
    """What must be asked (or said, without a question) before anything of the line is recorded; NotFound for a unit that is not hers."""
    question = verdict.first(read.reading)
    if question is None:
        return None
    some = await lines.settled(rt, message, read)
    several = len(_by_value(some)) > 1
    if not several and (off := sums.off(rt.words, read.said, read.reading, question, some)):
        return offers.readback(rt, message, some, "reporting.sum_off", off)
    if question.again and not several and any(claim.so_far for claim in some):
        return await _so_far(rt, message, some)
    if question.ask in verdict.HARD:
        return await _hard(rt, message, read, question, some)
    if several:
        return await _which_value(rt, message, some)
    if some:
        # She may be telling of other people or things: a hasty 对 must see that nothing is recorded yet.
        key = "reporting.is_it_this" if question.ask is Ask.UNREAD else "reporting.is_it"
        return offers.readback(rt, message, some, key)
    return await hints.fuller(rt, message)


async def _hard(
    rt: Runtime, message: Member, read: Read, question: reading.Question, others: Sequence[Claim]
) -> Asked | str:
    match question.ask:
        case Ask.UNIT | Ask.PLACES:
            return await _which_unit(rt, message, read, question)
        case Ask.INDICATOR:
            step = spots.which_step(rt, message, read, question, others)
            return step or await _which_indicator(rt, message, read)
        case Ask.VALUES:
            return await _which_value(rt, message, others)
        case Ask.ADDITION:
            return await _addition(rt, message, others)
        case Ask.NOT_DONE | Ask.INFERRED | Ask.APPROXIMATE | Ask.VALUE | Ask.DIGITS:
            return await spots.asked(rt, message, read, question, others)
        case _ if others:
            return offers.readback(rt, message, others, "reporting.is_it")
        case _:
            return await hints.fuller(rt, message)


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
        if placewords.nameless(read.said[slice(*question.span)]):
            return await hints.of_others(rt, message)
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
                    found.append(lines.in_all(read, said, claim))
    return found


async def _which_indicator(rt: Runtime, message: Member, read: Read) -> Asked | str:
    for said in read.reading.claims:
        wanted = read.indicators(said.indicators)
        if len(wanted) > 1 and len(said.units) == 1:
            unit = read.places.units[said.units[0]]
            options = [
                [lines.in_all(read, said, claim)]
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
    """又选了3个: 3 in all, or 3 more than before?"""
    counts = [claim for claim in some if claim.indicator.kind is IndicatorKind.COUNT]
    if len(_by_value(some)) > 1 or len(counts) != 1:
        return await _which_value(rt, message, some)
    claim = counts[0]
    key = (claim.indicator.id, claim.unit.id)
    async with rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    before = (held.value if held else None) or 0
    if not before:
        return offers.readback(rt, message, some, "reporting.is_it")
    more = Claim(claim.unit, claim.indicator, before + claim.value)
    others = [one for one in some if one is not claim]
    options = [[*others, claim], [*others, more]]
    names = choices.listed([claims.listed(rt, [claim]), claims.listed(rt, [more])])
    return offers.choice(rt, message, options, "reporting.several", names)


async def _so_far(rt: Runtime, message: Member, some: Sequence[Claim]) -> Asked:
    """累计12户 of what is added up, with what stands."""
    keys = {claim: (claim.indicator.id, claim.unit.id) for claim in some if claim.so_far}
    async with rt.read() as c:
        held = await cells.held(c, list(keys.values()))
    stood = {claim: one.value or 0 for claim, key in keys.items() if (one := held.get(key))}
    return _in_all(rt, message, some, stood)


def _in_all(
    rt: Runtime, message: Member, some: Sequence[Claim], stood: Mapping[Claim, int]
) -> Asked:
    """All there is so far read back: less than what stood, or what it adds."""
    less = [claim for claim, before in stood.items() if claim.value < before]
    if less and len(some) > 1:
        was = claims.value(rt, less[0].indicator, stood[less[0]])
        return offers.readback(rt, message, some, "reporting.decreasing", was)
    for claim, before in stood.items():
        was = claims.bare(claim.indicator, before, None)
        more = claims.bare(claim.indicator, claim.value - before, None)
        if less:
            return offers.readback(rt, message, some, "reporting.so_far_less", was)
        if 0 < before < claim.value and len(some) == 1:
            return offers.readback(rt, message, some, "reporting.so_far", was, more=more)
    return offers.readback(rt, message, some, "reporting.is_it")


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
    stood = {one.claim: one.before or 0 for one in asks if one.claim.so_far}
    if stood and not {Doubt.DECREASING, Doubt.UNCLEAR}.isdisjoint(left):
        return _in_all(rt, message, some, stood)
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
            spot = spots.Spot(read.said[slice(*question.span)], read.own, wanted)
            return await spots.finished(rt, message, read, spot, question.span)
    return None
