"""Done, and how many? The number that belongs to a completion is asked for once that is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core import ledger
from bot.core.ledger import Claim
from bot.core.model import Indicator, IndicatorKind
from bot.runtime import Runtime
from bot.store import campaigns, cells
from bot.store.cells import Held
from handlers.chat import offers
from handlers.chat.asking import Asked
from handlers.chat.message import Member


async def after(rt: Runtime, message: Member, some: Sequence[Claim]) -> Asked | None:
    """The question for the count that is still missing of her own unit, when `some` say that it is done."""
    told = {claim.indicator.id for claim in some}
    done = [claim for claim in some if claim.unit.id == message.home.id and _done(claim)]
    wanted = [one for claim in done for one in await _counts(rt, claim) if one.id not in told]
    held = await of_hers(rt, message, wanted)
    monday = rt.calendar.week_start(message.at)
    unknown = [one for one in wanted if not known(one, held.get(one.id), monday)]
    return ask(rt, message, unknown[0]) if unknown else None


async def of_hers(rt: Runtime, message: Member, some: Sequence[Indicator]) -> dict[int, Held]:
    """What the ledger holds of her own unit, by indicator; nothing for what was never reported."""
    if not some:
        return {}
    async with rt.read() as c:
        held = await cells.held(c, [(one.id, message.home.id) for one in some])
    return {indicator_id: one for (indicator_id, _), one in held.items()}


def known(indicator: Indicator, held: Held | None, monday: datetime) -> bool:
    """Whether it is not asked again: a number that is settled, or what was added since `monday`, be it nothing."""
    if held is None or held.value is None:
        return False
    fresh = held.as_of >= monday
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


def ask(rt: Runtime, message: Member, wanted: Indicator) -> Asked:
    """And how many?"""
    name, word = ledger.spoken(wanted), wanted.unit_word
    sentence = rt.words.say("reporting.then_how_many", indicator=name, word=word)
    return offers.number(rt, message, [Claim(message.home, wanted, 0)], sentence)
