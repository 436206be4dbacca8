"""Claims as they are said to her and as they are kept with a question: values, never text to be parsed again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import errors
from bot.actions.enter import Noted
from bot.core import ledger, wording
from bot.core.ledger import Claim
from bot.core.model import Indicator, IndicatorKind
from bot.runtime import Runtime
from bot.store import campaigns, units

Kept = list[list[int | None]]
"""Claims in JSON: campaign, indicator, unit, value, of a ratio the denominator, and 1 where the value is all so far."""


def keep(claims: Sequence[Claim]) -> Kept:
    """The claims as a question holds them."""
    return [
        [
            claim.indicator.campaign_id,
            claim.indicator.id,
            claim.unit.id,
            claim.value,
            claim.whole,
            *([1] if claim.so_far else []),
        ]
        for claim in claims
    ]


async def kept(rt: Runtime, held: Any) -> list[Claim]:
    """The claims a question held; raises NotFound if a unit or campaign has gone meanwhile."""
    claims = []
    async with rt.read() as c:
        places = await units.many(c, [one[2] for one in held])
        for campaign_id, indicator_id, unit_id, value, *whole in held:  # 4 before there were ratios
            campaign = await campaigns.by_id(c, campaign_id)
            found = (
                [one for one in campaign.indicators if one.id == indicator_id] if campaign else []
            )
            if not found or unit_id not in places:
                raise errors.NotFound
            claims.append(
                Claim(
                    places[unit_id],
                    found[0],
                    value,
                    whole=whole[0] if whole else None,
                    so_far=len(whole) > 1,
                )
            )
    return claims


def value(rt: Runtime, indicator: Indicator, amount: int | None, whole: int | None = None) -> str:
    """`会改联已完成`, `新增执委12名`, `到会率72/80（90.0%）`."""
    name = ledger.spoken(indicator)
    say = rt.words.say
    if amount is None:
        return say("value.none", indicator=name)
    match indicator.kind:
        case IndicatorKind.COMPLETION:
            return say("value.done" if amount else "value.not_done", indicator=name)
        case IndicatorKind.STAGE if 1 <= amount <= len(indicator.steps):
            return say("value.step", indicator=name, step=indicator.steps[amount - 1])
        case IndicatorKind.STAGE:
            return say("value.no_step", indicator=name)
        case IndicatorKind.RATIO:
            return say("value.ratio", indicator=name, ratio=wording.ratio(amount, whole or 0))
        case _:
            return say("value.count", indicator=name, n=amount, word=indicator.unit_word)


def example(rt: Runtime, indicator: Indicator) -> str:
    """How somebody might say a value of it: `会改联已完成`, `新增执委12名`, `到会应到80人，实到72人`."""
    if indicator.kind is IndicatorKind.RATIO:
        return rt.words.say("value.ratio_said", indicator=ledger.spoken(indicator))
    return value(rt, indicator, 12 if indicator.kind is IndicatorKind.COUNT else 1)


def other(rt: Runtime, indicator: Indicator, amount: int | None) -> str:
    """How she says that it is another number than this one: `是11名`."""
    return rt.words.say("value.right", n=12 if amount == 11 else 11, word=indicator.unit_word)


def listed(rt: Runtime, claims: Sequence[Claim]) -> str:
    """`东山村 会改联已完成，新增执委12名`; each unit is named once."""
    parts: dict[str, list[str]] = {}
    for claim in claims:
        said = value(rt, claim.indicator, claim.value, claim.whole)
        if claim.so_far:
            said = rt.words.say(
                "value.so_far",
                indicator=ledger.spoken(claim.indicator),
                value=bare(claim.indicator, claim.value, None),
            )
        parts.setdefault(claim.unit.short, []).append(said)
    join = rt.words.say("value.join")
    return rt.words.say("value.then").join(
        f"{unit} {join.join(said)}" for unit, said in parts.items()
    )


def noted(rt: Runtime, items: Sequence[Noted]) -> str:
    """What stands in the ledger now, with the value before."""
    parts: dict[str, list[str]] = {}
    for item in items:
        said = value(rt, item.indicator, item.value, item.whole)
        parts.setdefault(item.unit.short, []).append(said + _before(rt, item))
    join = rt.words.say("value.join")
    return rt.words.say("value.then").join(
        f"{unit} {join.join(said)}" for unit, said in parts.items()
    )


def _before(rt: Runtime, item: Noted) -> str:
    if item.indicator.kind is IndicatorKind.COMPLETION:
        return rt.words.say("value.before_done") if item.before else ""
    if item.before is None:
        return rt.words.say("value.before_none")
    if item.indicator.kind is IndicatorKind.STAGE and not item.before:
        return rt.words.say("value.before_no_step")
    return rt.words.say("value.before", value=bare(item.indicator, item.before, item.whole_before))


def bare(indicator: Indicator, amount: int, whole: int | None) -> str:
    """The value without its indicator: `12名`, `选举会`, `72/80（90.0%）`."""
    match indicator.kind:
        case IndicatorKind.STAGE:
            return indicator.steps[amount - 1] if 1 <= amount <= len(indicator.steps) else "0"
        case IndicatorKind.RATIO:
            return wording.ratio(amount, whole or 0)
        case _:
            return f"{amount}{indicator.unit_word}"
