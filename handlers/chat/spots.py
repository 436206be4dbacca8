"""One doubtful place of a report: how many is it, is it done, which step? Of the unit that is spoken of there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import ledger, numerals, placewords, reading
from bot.core.intents import Open
from bot.core.ledger import Claim
from bot.core.model import Indicator, IndicatorKind, Unit
from bot.core.reading import Ask, Mark
from bot.core.report.counts import so_far as report_so_far
from bot.core.unitnames import nearest
from bot.runtime import Runtime
from bot.store import cells
from handlers.chat import choices, claims, hints, offers
from handlers.chat.asking import Asked
from handlers.chat.lines import Read, longest
from handlers.chat.message import Member


@dataclass(frozen=True, slots=True)
class Spot:
    """What was said there, of which unit and which indicators, and what else of the line is certain."""

    said: str
    unit: Unit
    wanted: Sequence[Indicator]
    others: Sequence[Claim] = ()

    def rest(self, indicator: Indicator) -> list[Claim]:
        """What else is certain but of this figure."""
        own = (self.unit.id, indicator.id)
        return [claim for claim in self.others if (claim.unit.id, claim.indicator.id) != own]


async def asked(
    rt: Runtime, message: Member, read: Read, question: reading.Question, others: Sequence[Claim]
) -> Asked | str:
    """What to ask about a value that is not clear; the whole sentence again where it may be of several units."""
    unit = _unit(read, question.span)
    if unit is None:
        return await hints.fuller(rt, message)
    if foreign := _of_others(read, unit, question.span):
        example = claims.example(rt, foreign)
        name = ledger.spoken(foreign)
        return rt.words.say("reporting.name_unit", indicator=name, example=example)
    said = read.said[slice(*question.span)]
    some = [one for one in read.indicators(question.codes) if one.level is unit.level]
    wanted = read.named(some, question.span)
    spoken = [claim for claim in read.reading.claims if claim.span == question.span]
    vague = question.ask is Ask.APPROXIMATE and not numerals.find(said)
    if (vague or question.ask is Ask.NOT_DONE) and others and _planned(read, spoken, others):
        return offers.readback(rt, message, others, "reporting.settled")  # 计划新增执委12名
    if question.ask in (Ask.NOT_DONE, Ask.INFERRED):
        return await finished(rt, message, read, Spot(said, unit, wanted, others), question.span)
    done = any(claim.value is Mark.DONE for claim in spoken)
    counted = question.ask is Ask.DIGITS or bool(numerals.find(said))
    counted = counted and not _only_finished(read, unit, question.span)
    kind = IndicatorKind.COUNT if counted and not done else IndicatorKind.COMPLETION
    wanted = wanted or _of_kind(read, unit, question.span, kind)
    if wanted and wanted[0].kind is IndicatorKind.RATIO:
        return await _ratio(rt, message, read, Spot(said, unit, wanted, others))
    spot = Spot(said, unit, wanted, others)
    if done or not any(one.kind is IndicatorKind.COUNT for one in wanted):
        return await finished(rt, message, read, spot, question.span)
    so_far = report_so_far.in_all(read.said[slice(*read.clause(question.span))])
    return _how_many(rt, message, spot, _not_sure(question.ask, said), so_far=so_far)


def _planned(read: Read, spoken: Sequence[reading.Claim], others: Sequence[Claim]) -> bool:
    """Whether a number may not be settled, and not whether something is done: 听说新增执委12名."""
    if any(isinstance(one.value, int) for one in spoken):
        return True
    finished = (IndicatorKind.COMPLETION, IndicatorKind.STAGE)
    if any(longest(one, read.said) for one in read.campaign.indicators if one.kind in finished):
        return False
    return all(one.indicator.kind is IndicatorKind.COUNT for one in others)


def _only_finished(read: Read, unit: Unit, span: tuple[int, int]) -> bool:
    """会改联完成一半了: whether its clause names what is done or not, and nothing that is counted."""
    clause = read.said[slice(*read.clause(span))]
    called = [i for i in read.campaign.indicators if i.level is unit.level and longest(i, clause)]
    return bool(called) and all(one.kind is IndicatorKind.COMPLETION for one in called)


def _unit(read: Read, span: tuple[int, int]) -> Unit | None:
    """The unit named in its clause up to there, else the only one of the line; None for several, her own for none."""
    names = read.places.names.find(read.said)
    start = read.clause(span)[0]
    near = [one for one in names if start <= one.start < span[1]]
    if not near and placewords.of_hers(read.said[slice(*read.clause(span))]):
        return read.own
    units = {
        place.key: read.places.unit(place) for one in near or names for place in nearest(one.places)
    }
    if len(units) > 1:
        return None
    return next(iter(units.values()), read.own)


def _of_others(read: Read, unit: Unit, span: tuple[int, int]) -> Indicator | None:
    """The figure its clause names that only those below the unit report."""
    clause = read.said[slice(*read.clause(span))]
    called = [one for one in read.campaign.indicators if longest(one, clause)]
    below = all(one.level > unit.level for one in called)
    return called[0] if called and below else None


def _of_kind(read: Read, unit: Unit, span: tuple[int, int], kind: IndicatorKind) -> list[Indicator]:
    own = [one for one in read.campaign.indicators if one.level is unit.level]
    return read.named([one for one in own if one.kind is kind], span)


def _staged(read: Read, unit: Unit, span: tuple[int, int]) -> list[Indicator]:
    """What its clause names that goes by steps; nothing where it names what is done or not as well."""
    clause = read.said[slice(*read.clause(span))]
    own = [one for one in read.campaign.indicators if one.level is unit.level]
    called = [one for one in own if longest(one, clause)]
    if any(one.kind is IndicatorKind.COMPLETION for one in called):
        return []
    return [one for one in called if one.kind is IndicatorKind.STAGE]


def which_step(
    rt: Runtime, message: Member, read: Read, question: reading.Question, others: Sequence[Claim]
) -> Asked | None:
    """How far is it, where what is named goes by steps and was said to be done or not; None for anything else."""
    unit = _unit(read, question.span)
    some = _staged(read, unit, question.span) if unit else []
    if unit is None or not some:
        return None
    return _which_step(rt, message, Spot("", unit, some, others), some[0])


async def finished(
    rt: Runtime, message: Member, read: Read, spot: Spot, span: tuple[int, int]
) -> Asked | str:
    """基本完成, 快了: done or not, 1 or 2; not yet is a value of its own, unless it is done already."""
    kinds = (IndicatorKind.COMPLETION, IndicatorKind.STAGE)
    fitting = [one for one in spot.wanted if one.kind in kinds]
    some = (
        _staged(read, spot.unit, span)
        or fitting
        or _of_kind(read, spot.unit, span, IndicatorKind.COMPLETION)
    )
    if not some:
        return await hints.fuller(rt, message)
    indicator = some[0]
    rest = spot.rest(indicator)
    if indicator.kind is IndicatorKind.STAGE:
        return _which_step(rt, message, spot, indicator)
    done = Claim(spot.unit, indicator, ledger.done_from(indicator))
    sentence = rt.words.say(
        "reporting.unclear",
        said=spot.said,
        unit=spot.unit.short,
        indicator=ledger.spoken(indicator),
    )
    key = (indicator.id, spot.unit.id)
    async with rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    yet = [] if held and held.value else [Claim(spot.unit, indicator, 0)]
    data = {"options": [claims.keep([*rest, done]), claims.keep([*rest, *yet])]}
    what = claims.listed(rt, [done])
    return Asked(Open.CHOICE, offers.ABOUT, offers.dated(message, data), what, sentence)


def _which_step(rt: Runtime, message: Member, spot: Spot, indicator: Indicator) -> Asked:
    """How far is it? The steps to choose from."""
    rest = spot.rest(indicator)
    options = [[*rest, Claim(spot.unit, indicator, at + 1)] for at in range(len(indicator.steps))]
    name = ledger.spoken(indicator)
    sentence = rt.words.say(
        "reporting.which_step",
        unit=spot.unit.short,
        indicator=name,
        list=choices.listed(list(indicator.steps)),
    )
    data = {"options": [claims.keep(option) for option in options]}
    return Asked(Open.CHOICE, offers.ABOUT, offers.dated(message, data), name, sentence)


async def _ratio(rt: Runtime, message: Member, read: Read, spot: Spot) -> Asked | str:
    """到会率没变化: what stands, if anything does; else both numbers are wanted."""
    indicator, unit = spot.wanted[0], spot.unit
    key = (indicator.id, unit.id)
    async with rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    same = any(one.value is Mark.SAME and one.units == (unit.code,) for one in read.reading.claims)
    if not same or held is None or held.value is None:
        return ratio_again(rt, indicator)
    if spot.others:
        return offers.readback(rt, message, spot.others, "reporting.is_it")
    what = claims.listed(rt, [Claim(unit, indicator, held.value, whole=held.whole)])
    return rt.words.say("reporting.fix_same", what=what)


def ratio_again(rt: Runtime, indicator: Indicator) -> str:
    """Both numbers are wanted, the smaller one over the larger one."""
    return rt.words.say("reporting.ratio_again", indicator=ledger.spoken(indicator))


def _not_sure(ask: Ask, said: str) -> str:
    """Why a number is asked for: none was said, it is about so many, it cannot be read or is no whole one."""
    if ask is Ask.DIGITS:
        return "reporting.whole" if numerals.broken(said) else "reporting.digits"
    return "reporting.approximate" if ask is Ask.APPROXIMATE else "reporting.how_many"


def _how_many(rt: Runtime, message: Member, spot: Spot, key: str, *, so_far: bool) -> Asked:
    """十来个: the exact number, please; `key` is the sentence that says why."""
    indicator = next(one for one in spot.wanted if one.kind is IndicatorKind.COUNT)
    sentence = rt.words.say(
        key,
        said=spot.said,
        unit=spot.unit.short,
        indicator=ledger.spoken(indicator),
        word=indicator.unit_word,
    )
    last = Claim(spot.unit, indicator, 0, so_far=so_far and ledger.adds(indicator))
    return offers.number(rt, message, [*spot.rest(indicator), last], sentence)
