"""A line that may be a report: read with the names of her scope and the words of the running campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import report
from bot.core import ledger, reading
from bot.core import report as grammar
from bot.core import text as texts
from bot.core.ledger import Claim
from bot.core.model import Campaign, Indicator, IndicatorKind, Unit
from bot.core.reading import How, Lexicon, Mark, Reading, Step
from bot.runtime import Runtime
from bot.store import campaigns
from handlers.chat import places
from handlers.chat.message import Member


@dataclass(frozen=True, slots=True)
class Read:
    """What was read out of a line, and what its keys and codes stand for."""

    said: str
    reading: Reading
    campaign: Campaign
    own: Unit
    places: places.Places

    def indicators(self, codes: Sequence[str]) -> list[Indicator]:
        """The indicators with these codes, in the campaign's order."""
        return [one for one in self.campaign.indicators if one.code in codes]


async def of_line(rt: Runtime, message: Member, words: str) -> Read | None:
    """Read a line with the names of her scope and the campaign of her unit; None without a campaign."""
    async with rt.read() as c:
        campaign = await campaigns.covering(c, message.home, rt.calendar.day(message.at))
    if campaign is None:
        return None
    said, known = await places.trimmed(rt, message, texts.fold(words))
    line = texts.line(said)
    own = next(place for place in known.names.places if place.key == message.home.code)
    how = How.HEARD if message.heard else How.TYPED
    found = grammar.read(line, Lexicon(campaign.indicators, own, known.names), how=how)
    return Read(grammar.text_of(line), found, campaign, message.home, known)


async def settled(rt: Runtime, message: Member, read: Read) -> list[Claim]:
    """The claims that name one unit and one indicator, with the values the ledger keeps."""
    found: list[Claim] = []
    for said in read.reading.claims:
        if len(said.units) != 1:
            continue
        unit = read.places.units[said.units[0]]
        if isinstance(said.value, Mark) and said.value is not Mark.DONE:
            same = await report.unchanged(rt, unit, message.at)
            found += [one for one in same if said.indicators in ((), (one.indicator.code,))]
            continue
        for indicator in read.indicators(said.indicators)[:1]:
            value = amount(indicator, said.value)
            if value is not None:
                found.append(Claim(unit, indicator, value))
    return found


def amount(indicator: Indicator, value: reading.Value) -> int | None:
    """A value as the ledger keeps it; None for one the indicator cannot have."""
    match value:
        case Mark.DONE:
            return (
                ledger.done_from(indicator) if indicator.kind is not IndicatorKind.COUNT else None
            )
        case Step(name=name):
            return indicator.steps.index(name) + 1 if name in indicator.steps else None
        case int():
            return value
        case _:
            return None
