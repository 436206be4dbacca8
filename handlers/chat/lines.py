"""A line that may be a report: read with the names of her scope and the words of the running campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.actions import report
from bot.core import ledger, numerals, ratio_rows, verdict
from bot.core import text as texts
from bot.core.ledger import Claim
from bot.core.model import Campaign, Indicator, IndicatorKind, Unit
from bot.core.reading import Claim as Said
from bot.core.reading import How, Lexicon, Mark, Ratio, Reading, Value
from bot.core.report import grammar, like
from bot.core.report.counts import so_far
from bot.runtime import Runtime
from bot.store import campaigns, cells, units
from handlers.chat import claims, places
from handlers.chat.asking import Asked
from handlers.chat.message import Member

_STOPS: Final = ",，.。;；!！\n"


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

    def named(self, some: Sequence[Indicator], span: tuple[int, int]) -> list[Indicator]:
        """Of these indicators those that she names in the clause of `span`, else in the line; all if she names none."""
        start, end = self.clause(span)
        for said in (self.said[start:end], self.said):
            if found := [one for one in some if longest(one, said)]:
                return sorted(found, key=lambda one: -longest(one, said))
        return list(some)

    def clause(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where the clause of `span` begins and ends."""
        start = max(self.said.rfind(stop, 0, span[0]) for stop in _STOPS) + 1
        ends = (self.said.find(stop, span[1]) for stop in _STOPS)
        return start, min((at for at in ends if at >= 0), default=len(self.said))

    async def belonging(self, rt: Runtime, codes: Sequence[str]) -> list[Indicator]:
        """Of these indicators those asked of her unit, and by the campaign of which she spoke."""
        said = self.indicators([code for claim in self.reading.claims for code in claim.indicators])
        same = {one.campaign_id for one in said}
        some = [one for one in self.indicators(codes) if one.level is self.own.level]
        async with rt.read() as c:
            return [
                one
                for one in some
                if (not same or one.campaign_id in same)
                and await campaigns.is_expected(c, one, self.own)
            ]


def longest(indicator: Indicator, said: str) -> int:
    """How long the longest of its names is that stands in the text; 0 for none."""
    names = (indicator.name, ledger.spoken(indicator), *indicator.aliases)
    return max((len(name) for name in map(texts.fold, names) if name and name in said), default=0)


async def of_line(rt: Runtime, message: Member, said_words: str) -> Read | None:
    """Read a line with the names of her scope and the campaigns of her unit; None without a campaign."""
    async with rt.read() as c:
        day = rt.calendar.day(message.at)
        campaign = await campaigns.asked(c, message.home, day)
        above = await units.ancestors(c, message.home)
    if campaign is None:
        return None
    said, known = await places.trimmed(rt, message, texts.fold(said_words), above)
    line = texts.line(said)
    own = next(place for place in known.names.places if place.key == message.home.code)
    how = How.HEARD if message.heard else How.TYPED
    around = await places.elsewhere(rt, message, said, above)
    words = Lexicon(campaign.indicators, own, known.names, day, around)
    found = await _agreed(rt, ratio_rows.read(line, words, how=how), words, known)
    return Read(grammar.text_of(line), found, campaign, message.home, known)


async def _agreed(rt: Runtime, found: Reading, words: Lexicon, known: places.Places) -> Reading:
    """跟上周一样，执委12名: whether 12 is what the ledger holds."""
    values = {one.value for one in found.claims}
    if Mark.SAME not in values or not any(isinstance(one, int) for one in values):
        return found
    ids = {one.code: one.id for one in words.indicators}
    keys = [
        (ids[code], known.units[unit].id)
        for one in found.claims
        for unit in one.units
        for code in one.indicators
    ]
    async with rt.read() as c:
        held = await cells.held(c, keys)

    def before(unit: str, indicator: Indicator) -> int | None:
        one = held.get((indicator.id, known.units[unit].id))
        return one.value if one else None

    return verdict.agreed(found, words, before)


async def instead(rt: Runtime, message: Member, asked: Asked) -> bool:
    """Whether what she wrote is no reason that was asked for but a plain report: each value with the name of its unit.

    Without the name it may be the reason (名册上新增执委只有11名), as is the value for which one is asked.
    """
    read = await of_line(rt, message, message.line.raw)
    if read is None or not read.reading.clear or message.line.raw.count("?"):
        return False
    words = read.campaign.indicators
    plain = like.sure(message.line, like.words_of(words), like.steps_of(words))
    named = all(claim.named for claim in read.reading.claims)
    found = claims.keep(await settled(rt, message, read)) if plain and named else []
    return bool(found) and found != asked.data.get("claims")


async def settled(rt: Runtime, message: Member, read: Read) -> list[Claim]:
    """The claims that name one unit and one indicator, with the values the ledger keeps."""
    found: list[Claim] = []
    for said in read.reading.claims:
        if len(said.units) != 1:
            continue
        unit = read.places.units[said.units[0]]
        if said.value in (Mark.ZERO, Mark.SAME):
            same = await report.unchanged(rt, unit, message.at)
            found += [
                one
                for one in same
                if said.indicators in ((), (one.indicator.code,)) and one not in found
            ]
            continue
        some = read.indicators(said.indicators)
        one = claim(unit, some[0], said.value) if len(some) == 1 else None
        if one is not None:
            found.append(in_all(read, said, one))
    return found


def in_all(read: Read, said: Said, claim: Claim) -> Claim:
    """The claim as all there is so far, where of what is added up that is said: 累计12户, 总共走访12户."""
    if not ledger.adds(claim.indicator):
        return claim
    spans = [one.span for one in read.reading.claims]
    numbers = numerals.find(read.said)
    parts = any(not any(a <= n.start < b for a, b in spans) for n in numbers)  # 5户，4户，一共9户
    asked = any(one.again and one.span == said.span for one in read.reading.questions)
    told = so_far.in_all(read.said[slice(*read.clause(said.span))])
    return replace(claim, so_far=asked or (told and not parts))


def claim(unit: Unit, indicator: Indicator, value: Value) -> Claim | None:
    """What was said as the ledger takes it; None for what it cannot, like one number of a ratio."""
    if isinstance(value, Ratio) is not (indicator.kind is IndicatorKind.RATIO):
        return None
    if isinstance(value, Ratio):
        return Claim(unit, indicator, value.part, whole=value.whole)
    amount = verdict.amount(indicator, value)
    return None if amount is None else Claim(unit, indicator, amount)
