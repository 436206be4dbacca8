"""里程碑: which one a unit has reached, missed or has before it, and telling the offices so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.actions import offices, progress
from bot.core import wording
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
    """A milestone of which there is something to tell; `one` are the figures of the evening before."""

    milestone: Milestone
    standing: Standing
    one: Progress

    @property
    def short(self) -> int:
        """How many units were missing to the target."""
        return max(0, needed(self.milestone, self.one.expected) - self.one.done)


def needed(milestone: Milestone, expected: int) -> int:
    """How many units the milestone wants: the fraction of those expected, rounded up."""
    # 1/3 of 129 is 43, whatever the binary fraction says.
    return -int(-(milestone.fraction * expected - 1e-6) // 1)


async def news(rt: Runtime, unit: Unit, campaign: Campaign, day: date) -> list[News]:
    """What is new for the unit on the morning of the local `day`, in the order of the milestones."""
    yesterday = day - timedelta(days=1)
    found: list[News] = []
    for milestone in campaign.milestones:
        for indicator in campaign.indicators:
            if milestone.indicator_ids and indicator.id not in milestone.indicator_ids:
                continue
            one = await progress.of(rt, unit, indicator, rt.calendar.moment(yesterday, 23, 59))
            evening = rt.calendar.moment(yesterday - timedelta(days=1), 23, 59)
            former = await progress.of(rt, unit, indicator, evening)
            standing = _standing(milestone, one, former, day)
            if standing:
                found.append(News(milestone, standing, one))
    return found


def _standing(milestone: Milestone, one: Progress, former: Progress, day: date) -> Standing | None:
    goal = needed(milestone, one.expected)
    if goal == 0:
        return None
    if one.done >= goal:
        return Standing.REACHED if former.done < goal else None
    if milestone.on == day - timedelta(days=1):
        return Standing.MISSED
    if milestone.on == day + timedelta(days=analysis.load().soon_days):
        return Standing.SOON
    return None


def text(rt: Runtime, campaign: Campaign, new: News) -> str:
    """One sentence about it."""
    return rt.words.say(
        f"milestone.{new.standing}",
        campaign=campaign.name,
        unit=new.one.unit.short,
        indicator=new.one.indicator.name,
        month=new.milestone.on.month,
        day=new.milestone.on.day,
        percent=wording.percent(round(new.milestone.fraction * 1000), 1000),
        actual=wording.percent(new.one.done, new.one.expected),
        done=new.one.done,
        expected=new.one.expected,
        short=new.short,
    )


async def check(rt: Runtime, due: datetime) -> str:
    """Tell the leaders of every office what is new of its milestones on the day of `due`; one English line.

    Writes only messages to be sent, inside the caller's transaction if there is one.
    """
    day = rt.calendar.day(due)
    told = texts = 0
    async with rt.write() as c:
        for campaign in await campaigns.active(c, day - timedelta(days=1)):
            for unit in await offices.concerned(rt, campaign):
                some = await news(rt, unit, campaign, day)
                if some:
                    said = "\n".join(text(rt, campaign, new) for new in some)
                    texts += len(some)
                    told += await offices.tell_leaders(
                        rt, unit, wording.shorten(said, wording.LIMIT)
                    )
    return f"{texts} news of milestones to {told} leaders"
