"""How figures went: week by week, and milestones with their targets, reached or missed by days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core import progress as rules
from bot.core.ledger import Share
from bot.core.model import Campaign, Indicator

Days = Sequence[tuple[date, Share]]
"""Changes of a unit's totals, ascending by local day."""


@dataclass(frozen=True, slots=True)
class Week:
    """The state at the end of the day `ends` (a Sunday, or the last day looked at) and the week's change.

    `planned`: the fraction that plan wants by then.
    """

    ends: date
    total: Share
    change: Share
    planned: float | None


@dataclass(frozen=True, slots=True)
class Stone:
    """A milestone for one unit and indicator: `target` units of those expected by the end of the day `on`.

    `reached_on`: since when the target is reached and kept; None while it is not. `late`: the days from `on` to
    then, or to the day looked at; 0 in time, and as long as its day is not over.
    """

    on: date
    fraction: float
    target: int
    reached_on: date | None
    late: int


def weeks(campaign: Campaign, indicator: Indicator, days: Days, upto: date) -> list[Week]:
    """Every week from the campaign's first to that of `upto`; changes before the start count in the first."""
    found: list[Week] = []
    first = min(campaign.starts, upto)
    ends = first + timedelta(days=6 - first.weekday())
    total, at = Share(), 0
    while True:
        ends = min(ends, upto)
        before = total
        while at < len(days) and days[at][0] <= ends:
            total += days[at][1]
            at += 1
        plan = rules.planned(campaign, indicator, ends)
        found.append(Week(ends, total, total - before, plan))
        if ends >= upto:
            return found
        ends += timedelta(days=7)


def stones(
    campaign: Campaign, indicator: Indicator, expected: int, days: Days, upto: date
) -> list[Stone]:
    """The milestones of the indicator, by day, as they stand at the end of `upto`; those of no unit are left out."""
    found = []
    for milestone in sorted(campaign.milestones, key=lambda one: one.on):
        if milestone.indicator_ids and indicator.id not in milestone.indicator_ids:
            continue
        target = rules.needed(milestone.fraction, expected)
        if target == 0:
            continue
        reached = _since(days, target, upto)
        late = max(0, ((reached or upto) - milestone.on).days)
        found.append(Stone(milestone.on, milestone.fraction, target, reached, late))
    return found


def _since(days: Days, target: int, upto: date) -> date | None:
    """The day from which on at least `target` units are done until `upto`."""
    done, since = 0, None
    for day, change in days:
        if day > upto:
            break
        done += change.done
        if done < target:
            since = None
        elif since is None:
            since = day
    return since
