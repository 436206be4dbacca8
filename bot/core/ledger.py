"""What a claim does to the ledger: values, what they add to totals, and when one must be asked about first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.frozen import frozen
from bot.core.model import Campaign, Indicator, IndicatorKind, Level, Unit, ValueMode


class Doubt(StrEnum):
    """Why a value is asked back before it is recorded, in the order in which we ask."""

    SEVERAL = "several"  # the sentence can be read in several ways
    UNCLEAR = "unclear"  # 基本完成, 差不多了
    APPROXIMATE = "approximate"  # 十来个
    ODD = "odd"  # not a value this indicator can have
    OTHER_UNIT = "other_unit"  # for a unit that is not her own
    HEARD = "heard"  # by voice, where 十 and 四 sound alike
    TOO_MANY = "too_many"  # more than is believed without asking
    DECREASING = "decreasing"  # less than was reported before


class Kind(StrEnum):
    """What an entry is."""

    REPORT = "report"
    CORRECTION = "correction"
    UNDO = "undo"
    FILE = "file"  # a row of an office's table


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that `unit` has `value` for `indicator`; `doubts` are those of her sentence.

    Completion: 0 or 1. Stage: the number of the step reached, 0 for none. Count: as said, of an increment
    what is to be added, or with `so_far` all there is (累计12户). Ratio: the numerator, with the denominator in `whole`.
    """

    unit: Unit
    indicator: Indicator
    value: int
    doubts: frozenset[Doubt] = frozenset()
    whole: int | None = None
    so_far: bool = False


@frozen
class Share:
    """What a unit adds to the totals of itself and everything above it; `whole`: the denominators of a ratio."""

    reported: int = 0
    done: int = 0
    value: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.reported + other.reported,
            self.done + other.done,
            self.value + other.value,
            self.whole + other.whole,
        )

    def __sub__(self, other: Share) -> Share:
        return Share(
            self.reported - other.reported,
            self.done - other.done,
            self.value - other.value,
            self.whole - other.whole,
        )

    def __neg__(self) -> Share:
        return Share() - self

    def __bool__(self) -> bool:
        return self != Share()


def done_from(indicator: Indicator) -> int:
    """The smallest value that counts as done; a count is done once it is reported, be it zero."""
    match indicator.kind:
        case IndicatorKind.COMPLETION:
            return 1
        case IndicatorKind.STAGE:
            return max(1, len(indicator.steps))
        case IndicatorKind.COUNT | IndicatorKind.RATIO:
            return 0


def share(indicator: Indicator, value: int | None, whole: int | None = None) -> Share:
    """What `value` (of a ratio over `whole`) adds to totals; None is missing, which zero is not."""
    if value is None:
        return Share()
    return Share(1, int(value >= done_from(indicator)), value, whole or 0)


def settled(indicator: Indicator, value: int | None) -> bool:
    """Whether nothing more needs to be asked: a number known is never asked again, increments go on."""
    if value is None or adds(indicator):
        return False
    return value >= done_from(indicator)


def adds(indicator: Indicator) -> bool:
    """Whether what is said is added to the value before."""
    return indicator.kind is IndicatorKind.COUNT and indicator.mode is ValueMode.INCREMENT


def possible(indicator: Indicator, value: int, whole: int | None = None) -> bool:
    """Whether the indicator can have this value at all; a ratio is judged by its denominator, where one is given."""
    match indicator.kind:
        case IndicatorKind.COMPLETION:
            return value in (0, 1)
        case IndicatorKind.STAGE:
            return 0 <= value <= len(indicator.steps)
        case IndicatorKind.COUNT:
            return value >= 0
        case IndicatorKind.RATIO:
            return value >= 0 and (whole is None or value <= whole)


SUBMITTED, RETURNED = "submitted", "returned"
"""What a cell waits for that levels above have to agree to: a look at it, or a better number."""


def awaited(indicator: Indicator, by: Level) -> Level | None:
    """The level that has to agree next to what `by` has said or agreed to; None where none above it is asked."""
    return max((level for level in indicator.approvals if level < by), default=None)


def complete(claim: Claim) -> bool:
    """Whether the ledger can take the claim as it stands: a possible value, of a ratio both numbers."""
    both = (claim.whole is not None) is (claim.indicator.kind is IndicatorKind.RATIO)
    return both and possible(claim.indicator, claim.value, claim.whole)


def doubts(
    claim: Claim, *, own: bool, heard: bool, several: bool, before: int | None, most: int
) -> tuple[Doubt, ...]:
    """Every reason to ask first, the one to ask about in front; none: record it at once.

    `own`: the unit is one she holds a post in. `several`: she said two values of it. `before`: what the ledger says. `most`: believed without asking.
    """
    found = claim.doubts | doubts_of(
        claim.indicator, claim.value, own=own, heard=heard, before=before, most=most
    )
    if not possible(claim.indicator, claim.value, claim.whole):
        found |= {Doubt.ODD}
    if claim.so_far and before:
        found |= {Doubt.DECREASING if claim.value < before else Doubt.UNCLEAR}
    if several:
        found |= {Doubt.SEVERAL}
    return tuple(doubt for doubt in Doubt if doubt in found)


def doubts_of(
    indicator: Indicator, value: int, *, own: bool, heard: bool, before: int | None, most: int
) -> frozenset[Doubt]:
    """What is doubtful about a value by itself; see `doubts`."""
    found: set[Doubt] = set()
    if not possible(indicator, value):
        found.add(Doubt.ODD)
    if not own:
        found.add(Doubt.OTHER_UNIT)
    if heard:
        found.add(Doubt.HEARD)
    if indicator.kind is IndicatorKind.COUNT and value > most:
        found.add(Doubt.TOO_MANY)
    if before is not None and not adds(indicator) and value < before:
        found.add(Doubt.DECREASING)
    return frozenset(found)


def due_day(campaign: Campaign, indicator: Indicator) -> date:
    """The last day that is in time: of the first milestone that wants all units, else of the campaign."""
    full = [
        milestone.on
        for milestone in campaign.milestones
        if milestone.fraction >= 1
        and (not milestone.indicator_ids or indicator.id in milestone.indicator_ids)
    ]
    return min(full, default=campaign.ends)


def locked(said_on: date, today: date, *, after_days: int) -> bool:
    """Whether the week of `said_on` has been closed: from then on a correction needs a reason."""
    sunday = said_on + timedelta(days=6 - said_on.weekday())
    return today > sunday + timedelta(days=after_days)


def spoken(indicator: Indicator) -> str:
    """The name as a village says it: `新增执委·村` is 新增执委."""
    return indicator.name.partition("·")[0]


def meant(indicators: Sequence[Indicator]) -> int | None:
    """Which of several recorded values a bare number (「是11名」) mends: the only count, or the only one."""
    counts = [at for at, one in enumerate(indicators) if one.kind is IndicatorKind.COUNT]
    if len(counts) == 1:
        return counts[0]
    return 0 if len(indicators) == 1 else None
