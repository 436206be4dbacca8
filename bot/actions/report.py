"""Takes numbers into the ledger: what is asked of a unit, what of a claim is doubtful, and recording it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import errors
from bot.actions import confirm, enter
from bot.core import access, ledger
from bot.core.ledger import Claim, Doubt
from bot.core.model import Indicator, IndicatorKind, Person, Unit
from bot.runtime import Runtime
from bot.store import campaigns, cells, entries, people, tallies
from config import analysis


class Refusal(StrEnum):
    """Why a claim is not even asked about."""

    NOT_ALLOWED = "not_allowed"  # not her unit nor below it: the same sentence as for no such unit
    NOT_EXPECTED = "not_expected"  # nobody asks this number of that unit now


@dataclass(frozen=True, slots=True)
class Question:
    """A claim that must be asked about first: `doubts[0]` is what to ask, `before` what the ledger says."""

    claim: Claim
    doubts: tuple[Doubt, ...]
    before: int | None
    whole_before: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims by what is to be done with them, each in the order in which they were said."""

    clear: tuple[Claim, ...]
    asks: tuple[Question, ...]
    refused: tuple[tuple[Claim, Refusal], ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one message put into the ledger; `fresh` is false if that had happened before."""

    items: tuple[enter.Noted, ...]
    fresh: bool


async def reportable(rt: Runtime, unit: Unit, at: datetime) -> tuple[Indicator, ...]:
    """What this unit is expected to report at this moment; of two campaigns with one name the newer one's."""
    found: dict[str, Indicator] = {}
    async with rt.read() as c:
        for campaign in await campaigns.active(c, rt.calendar.day(at)):
            for indicator in campaign.indicators:
                if indicator.level != unit.level or ledger.spoken(indicator) in found:
                    continue
                if await campaigns.is_expected(c, indicator, unit):
                    found[ledger.spoken(indicator)] = indicator
    return tuple(found.values())


async def unchanged(rt: Runtime, unit: Unit, at: datetime) -> tuple[Claim, ...]:
    """The claims that 没变化 and 零报告 make: what was said before, else zero, of all that is not through."""
    indicators = await reportable(rt, unit, at)
    async with rt.read() as c:
        held = await cells.held(c, [(indicator.id, unit.id) for indicator in indicators])
    claims = []
    for indicator in indicators:
        one = held.get((indicator.id, unit.id))
        value = one.value if one else None
        if not ledger.settled(indicator, value):
            whole = 0 if indicator.kind is IndicatorKind.RATIO else None
            value = 0 if ledger.adds(indicator) else value or 0
            claims.append(Claim(unit, indicator, value, whole=whole))
    return tuple(claims)


async def judge(
    rt: Runtime, person: Person, claims: Sequence[Claim], *, said_at: datetime, heard: bool
) -> Judged:
    """Which claims can be recorded at once, which need a question and why, which are refused.

    At once: typed, clear, her own unit, in range, not going backwards.
    """
    async with rt.read() as c:
        actor = await people.actor(c, person)
        held = await cells.held(c, [_key(claim) for claim in claims])
        expected = {
            _key(claim): await campaigns.is_expected(c, claim.indicator, claim.unit)
            for claim in claims
        }
    twice = Counter(_key(claim) for claim in claims)
    clear: list[Claim] = []
    asks: list[Question] = []
    refused: list[tuple[Claim, Refusal]] = []
    for claim in claims:
        if access.report_post(actor, claim.unit) is None:
            refused.append((claim, Refusal.NOT_ALLOWED))
            continue
        if not expected[_key(claim)]:
            refused.append((claim, Refusal.NOT_EXPECTED))
            continue
        one = held.get(_key(claim))
        before = one.value if one and one.as_of <= said_at else None
        if one and one.waiting == ledger.RETURNED:
            before = None  # she was asked for another number, a smaller one too
        doubts = ledger.doubts(
            claim,
            own=any(post.unit.id == claim.unit.id for post in person.posts),
            heard=heard,
            several=twice[_key(claim)] > 1,
            before=before,
            most=most(claim.indicator),
        )
        if doubts:
            was = (one.value, one.whole) if one else (None, None)
            asks.append(Question(claim, doubts, *was))
        else:
            clear.append(claim)
    return Judged(tuple(clear), tuple(asks), tuple(refused))


def most(indicator: Indicator) -> int:
    """The largest count that is believed without asking."""
    if indicator.most is not None:
        return indicator.most
    return analysis.load().most[indicator.level.word]


async def record(
    rt: Runtime, person: Person, claims: Sequence[Claim], *, source: bytes, said_at: datetime
) -> Recorded:
    """Put claims into the ledger, once for each `source` (the key of the message they came with).

    Raises NotAllowed for a unit she may not report for, Conflict for a number nobody expects of the unit,
    BadInput for a value the indicator cannot have.
    """
    async with rt.write() as c:
        known = await entries.of_source(c, source)
        if known:
            return Recorded(await enter.noted(rt, known), fresh=False)
        await tallies.share_tree(c)
        await cells.hold(c, [claim.unit.id for claim in claims])
        actor = await people.actor(c, person)
        items: list[enter.Noted] = []
        changes: list[tallies.Change] = []
        for part, claim in enumerate(claims):
            if not ledger.complete(claim):
                raise errors.BadInput(f"{claim.indicator.code} cannot be {claim.value}")
            post = await enter.may(rt, actor, claim.unit, claim.indicator)
            by = enter.By(person, post, said_at, source, part)
            said = enter.Saying(claim.unit, claim.indicator, claim.value, claim.whole, claim.so_far)
            items.append(await enter.append(rt, c, by, said, changes))
        await tallies.add(c, changes)
        await confirm.signs_for_report(rt, person, said_at)
        return Recorded(tuple(items), fresh=True)


def _key(claim: Claim) -> tuple[int, int]:
    return claim.indicator.id, claim.unit.id
