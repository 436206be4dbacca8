"""里程碑: which one a unit has reached, missed or has before it, and telling the offices so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.actions import offices, progress
from bot.core import progress as rules
from bot.core import wording
from bot.core.ledger import Share
from bot.core.model import Campaign, Milestone, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import campaigns
from config import analysis


class Standing(StrEnum):
    """What is new about a milestone on the morning of a day."""

    REACHED = "reached"  # yesterday, for the first time
    MISSED = "missed"  # yesterday was its day, and it was not reached
    SOON = "soon"  # in a few days, and it is not reached yet


@dataclass(frozen=True, slots=True)
class News:
    """A milestone of which there is something to tell; `one` are the figures of the evening before.

    `late`: the days after the milestone's own on which it was reached; 0 in time.
    """

    milestone: Milestone
    standing: Standing
    one: Progress
    late: int

    @property
    def short(self) -> int:
        """How many units were missing to the target."""
        return max(0, needed(self.milestone, self.one.expected) - self.one.done)


def needed(milestone: Milestone, expected: int) -> int:
    """How many units the milestone wants: the fraction of those expected, rounded up."""
    return rules.needed(milestone.fraction, expected)


async def news(
    rt: Runtime, some: Sequence[Unit], campaign: Campaign, day: date
) -> dict[int, list[News]]:
    """What is new on the morning of the local `day`, in the order of the milestones, under the units' ids."""
    yesterday = day - timedelta(days=1)
    tables = await progress.tables(
        rt, some, campaign, campaign.indicators, rt.calendar.moment(yesterday, 23, 59)
    )
    changes = await progress.changes(rt, some, campaign.indicators, yesterday)
    found: dict[int, list[News]] = {}
    for milestone in campaign.milestones:
        late = max(0, (yesterday - milestone.on).days)
        for indicator, table in zip(campaign.indicators, tables, strict=True):
            if milestone.indicator_ids and indicator.id not in milestone.indicator_ids:
                continue
            for one in table:
                former = one.done - changes.get((indicator.id, one.unit.id), Share()).done
                standing = _standing(milestone, one, former, day)
                if standing:
                    found.setdefault(one.unit.id, []).append(News(milestone, standing, one, late))
    return found


def _standing(milestone: Milestone, one: Progress, former: int, day: date) -> Standing | None:
    goal = needed(milestone, one.expected)
    if goal == 0:
        return None
    if one.done >= goal:
        return Standing.REACHED if former < goal else None
    if milestone.on == day - timedelta(days=1):
        return Standing.MISSED
    if milestone.on == day + timedelta(days=analysis.load().soon_days):
        return Standing.SOON
    return None


def text(rt: Runtime, campaign: Campaign, new: News) -> str:
    """One sentence about it; of a sum what counts is how many units have reported, and it says so."""
    indicator = new.one.indicator.name
    if rules.counts(new.one.indicator):
        indicator = rt.words.say("milestone.reporting", indicator=indicator)
    late = new.standing is Standing.REACHED and new.late > 0
    return rt.words.say(
        "milestone.reached_late" if late else f"milestone.{new.standing}",
        campaign=campaign.name,
        unit=new.one.unit.short,
        indicator=indicator,
        month=new.milestone.on.month,
        day=new.milestone.on.day,
        percent=wording.percent(round(new.milestone.fraction * 1000), 1000),
        actual=wording.percent(new.one.done, new.one.expected),
        done=new.one.done,
        expected=new.one.expected,
        short=new.short,
        late=new.late,
    )


async def check(rt: Runtime, due: datetime) -> str:
    """Tell the leaders of every office what is new of its milestones on the day of `due`; one English line.

    Writes only messages to be sent, inside the caller's transaction if there is one. All offices of a campaign
    are looked at together, so that the country costs some dozens of statements.
    """
    day = rt.calendar.day(due)
    told = texts = 0
    async with rt.write() as c:
        for campaign in await campaigns.active(c, day - timedelta(days=1)):
            some = await offices.concerned(rt, campaign)
            found = await news(rt, some, campaign, day)
            texts += sum(map(len, found.values()))
            said = {
                unit_id: wording.shorten(
                    "\n".join(text(rt, campaign, new) for new in mine), wording.LIMIT
                )
                for unit_id, mine in found.items()
            }
            told += await offices.tell_all(rt, said)
    return f"{texts} news of milestones to {told} leaders"
