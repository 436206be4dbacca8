"""Done, and how many? The number that belongs to a completion is asked for once that is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import ledger
from bot.core.ledger import Claim
from bot.core.model import Indicator, IndicatorKind, Unit
from bot.runtime import Runtime
from bot.store import campaigns, cells
from handlers.chat import offers
from handlers.chat.asking import Asked
from handlers.chat.message import Member


async def after(rt: Runtime, message: Member, some: Sequence[Claim]) -> Asked | None:
    """The question for the count that is still missing of her own unit, when `some` say that it is done."""
    told = {claim.indicator.id for claim in some}
    for claim in some:
        if claim.unit.id != message.home.id or not _done(claim):
            continue
        for wanted in await _counts(rt, claim):
            if wanted.id not in told and not await known(rt, message, wanted, claim.unit):
                return _ask(rt, message, wanted)
    return None


async def known(rt: Runtime, message: Member, indicator: Indicator, unit: Unit) -> bool:
    """Whether it is not asked again: a number that is settled, or what was added this week, be it nothing."""
    key = (indicator.id, unit.id)
    async with rt.read() as c:
        held = (await cells.held(c, [key])).get(key)
    if held is None or held.value is None:
        return False
    fresh = held.as_of >= rt.calendar.week_start(message.at)
    return ledger.settled(indicator, held.value) or (ledger.adds(indicator) and fresh)


def _done(claim: Claim) -> bool:
    is_completion = claim.indicator.kind is IndicatorKind.COMPLETION
    return is_completion and claim.value == ledger.done_from(claim.indicator)


async def _counts(rt: Runtime, claim: Claim) -> list[Indicator]:
    """The counts of the same campaign and level that are asked of the unit."""
    async with rt.read() as c:
        campaign = await campaigns.by_id(c, claim.indicator.campaign_id)
        return [
            one
            for one in (campaign.indicators if campaign else ())
            if one.kind is IndicatorKind.COUNT
            and one.level is claim.indicator.level
            and await campaigns.is_expected(c, one, claim.unit)
        ]


def _ask(rt: Runtime, message: Member, wanted: Indicator) -> Asked:
    name, word = ledger.spoken(wanted), wanted.unit_word
    sentence = rt.words.say("reporting.then_how_many", indicator=name, word=word)
    return offers.number(rt, message, [Claim(message.home, wanted, 0)], sentence)
