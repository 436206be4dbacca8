"""Done, and how many? The number that belongs to a completion is asked for once that is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import ledger
from bot.core.ledger import Claim
from bot.core.model import Indicator, IndicatorKind
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
            if wanted.id not in told:
                return _ask(rt, message, wanted)
    return None


def _done(claim: Claim) -> bool:
    is_completion = claim.indicator.kind is IndicatorKind.COMPLETION
    return is_completion and claim.value == ledger.done_from(claim.indicator)


async def _counts(rt: Runtime, claim: Claim) -> list[Indicator]:
    """The counts of the same campaign and level that the unit has not given yet."""
    async with rt.read() as c:
        campaign = await campaigns.by_id(c, claim.indicator.campaign_id)
        some = [
            one
            for one in (campaign.indicators if campaign else ())
            if one.kind is IndicatorKind.COUNT and one.level is claim.indicator.level
        ]
        held = await cells.held(c, [(one.id, claim.unit.id) for one in some])
        found = []
        for one in some:
            cell = held.get((one.id, claim.unit.id))
            if not ledger.settled(one, cell.value if cell else None):
                found += [one] if await campaigns.is_expected(c, one, claim.unit) else []
        return found


def _ask(rt: Runtime, message: Member, wanted: Indicator) -> Asked:
    name, word = ledger.spoken(wanted), wanted.unit_word
    sentence = rt.words.say("reporting.then_how_many", indicator=name, word=word)
    return offers.number(rt, message, [Claim(message.home, wanted, 0)], sentence)
