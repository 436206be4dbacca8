"""Numbers of one unit and indicator, their plan, and the lines in which they are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from bot.core import wording
from bot.core.ledger import Share
from bot.core.model import Campaign, Indicator, IndicatorKind, Unit


class Light(StrEnum):
    """Against plan, by the thresholds of `config/analysis.yaml`."""

    AHEAD = "ahead"
    NEAR = "near"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Progress:
    """进度 of a unit: `total` up to `as_of`, `week` the change since Monday, `expected` units in all.

    `planned` is the fraction of the expected units that plan wants done by `as_of`; None without a plan.
    """

    unit: Unit
    indicator: Indicator
    as_of: datetime
    expected: int
    total: Share
    week: Share
    planned: float | None
    light: Light | None
    steps: tuple[int, ...] = ()  # of a stage: units that stand at each step, those not begun first
    waiting: int = 0  # of the reported values those that nobody above has agreed to, as of now
    stated: int | None = None  # what the unit itself says that those below come to, as of now

    @property
    def beyond(self) -> tuple[int, ...]:
        """Of a stage: how many units have reached each step or gone beyond it, the first step first."""
        return tuple(sum(self.steps[at:]) for at in range(1, len(self.steps)))

    @property
    def reported(self) -> int:
        """Units that said anything, zero too."""
        return self.total.reported

    @property
    def done(self) -> int:
        """Units that have reached the goal."""
        return self.total.done

    @property
    def fraction(self) -> float:
        """Done of expected; 0 where nothing is expected."""
        return self.total.done / self.expected if self.expected else 0.0

    @property
    def wanted(self) -> int | None:
        """The target of the day: `planned` of the expected units, rounded up to a whole one; None without a plan.

        Rounded up, who has it is never behind, and who is behind has not got it.
        """
        return None if self.planned is None else needed(self.planned, self.expected)

    @property
    def change(self) -> int:
        """This week's change of what the first line leads with: units done, or the sum of a count."""
        return self.week.value if counts(self.indicator) else self.week.done


def counts(indicator: Indicator) -> bool:
    """Whether its lines lead with a sum (新增执委 412, 到会 1520/1841) and not with units done."""
    return indicator.kind in (IndicatorKind.COUNT, IndicatorKind.RATIO)


def figure(indicator: Indicator, total: Share) -> str:
    """What a line of a count or a ratio leads with: `412名`, `1520/1841（82.6%）`."""
    if indicator.kind is IndicatorKind.RATIO:
        return wording.ratio(total.value, total.whole)
    return f"{total.value}{indicator.unit_word}"


def brief(words: wording.Words, one: Progress) -> str:
    """What stands behind a unit's name in a row: `3/5`, `12名`; of who reports it herself `已完成`, `选举会`; `没报`."""
    alone, total = one.unit.level == one.indicator.level, one.total
    if not one.reported and (alone or counts(one.indicator)):
        return words.say("progress.row_silent")
    if counts(one.indicator):
        return figure(one.indicator, total)
    if not alone:
        return f"{one.done}/{one.expected}"
    if one.indicator.kind is IndicatorKind.STAGE:
        steps = one.indicator.steps
        reached = 1 <= total.value <= len(steps)
        return steps[total.value - 1] if reached else words.say("progress.row_no_step")
    return words.say("progress.row_done" if one.done else "progress.row_undone")


def summed(one: Progress) -> int:
    """What those below come to, as a unit above states it: units done, or the sum of a count."""
    return one.total.value if counts(one.indicator) else one.done


def differs_line(words: wording.Words, one: Progress) -> str:
    """「乡里报 30，各村合计 28」 where the unit's own sum is another one; else ''."""
    if one.stated is None or one.stated == summed(one):
        return ""
    return words.say(
        "progress.differs",
        unit=one.unit.short,
        said=one.stated,
        below=summed(one),
        place=words.say(f"place.{one.indicator.level.word}"),
    )


def led(indicator: Indicator, total: Share) -> int:
    """What a curve follows: units done, the sum of a count, of a ratio its percentage, rounded."""
    if indicator.kind is IndicatorKind.RATIO:
        return round(100 * total.value / total.whole) if total.whole else 0
    return total.value if counts(indicator) else total.done


def needed(fraction: float, expected: int) -> int:
    """The target of a unit: a fraction of the units expected there, rounded up to a whole unit."""
    # 1/3 of 129 is 43, whatever the binary fraction says.
    return -int(-(fraction * expected - 1e-6) // 1)


def plan_points(campaign: Campaign, indicator: Indicator) -> list[tuple[date, float]]:
    """The corners of the plan's line as (day, fraction): the start (0), the milestones, the end of the campaign (1).

    The end only where no milestone wants all of it before; a later milestone never wants less than an earlier one.
    """
    points = [(campaign.starts, 0.0)]
    for milestone in sorted(campaign.milestones, key=lambda one: one.on):
        if not milestone.indicator_ids or indicator.id in milestone.indicator_ids:
            points.append((milestone.on, max(points[-1][1], min(1.0, milestone.fraction))))
    if points[-1][1] < 1 and points[-1][0] < campaign.ends:
        points.append((campaign.ends, 1.0))
    return points


def planned(campaign: Campaign, indicator: Indicator, day: date) -> float | None:
    """The fraction that plan wants at the end of `day`: straight lines through `plan_points`; None before the start."""
    if day < campaign.starts:
        return None
    points = plan_points(campaign, indicator)
    for (left, low), (right, high) in pairwise(points):
        if day < right:
            return low + (high - low) * ((day - left).days / (right - left).days)
    return points[-1][1]


def light(
    fraction: float, plan: float | None, *, ahead: float, behind: float, finished: bool
) -> Light | None:
    """快于, 接近 or 滞后; None where there is no plan. What is finished is never behind."""
    if plan is None:
        return None
    # Both sides are rounded to a millionth: 0.30 - 0.25 is 0.049999… in binary.
    difference = round(fraction - plan, 6)
    if difference >= ahead:
        return Light.AHEAD
    return Light.NEAR if finished or difference >= -behind else Light.BEHIND


def steady(now: Light | None, last_week: Light | None) -> Light | None:
    """From behind back through near: who was behind at the end of last week is near, not ahead, until this one ends.

    Nobody jumps from the one end of the list to the other by a single good day.
    """
    if now is Light.AHEAD and last_week is Light.BEHIND:
        return Light.NEAR
    return now


def first_line(words: wording.Words, one: Progress) -> str:
    """`政和县 会改联 31/129（24.0%）`; of a count `政和县 新增执委 412（已报 31/129）`.

    Of a ratio `政和县 到会 1520/1841（82.6%），已报 31/129`; of a stage as of a completion, its last step being
    the goal, but for the unit that reports itself: `东山村 换届 选举会（第3步，共5步）`.
    """
    kind, own = one.indicator.kind, one.unit.level == one.indicator.level
    if kind is IndicatorKind.STAGE and own and one.reported:
        return _own_step(words, one)
    key = "progress.count" if counts(one.indicator) else "progress.units"
    if kind is IndicatorKind.RATIO:
        key = "progress.ratio"
    return words.say(
        key,
        unit=one.unit.short,
        indicator=one.indicator.name,
        value=one.total.value,
        done=one.done,
        reported=one.reported,
        expected=one.expected,
        percent=wording.percent(one.done, one.expected),
        ratio=wording.ratio(one.total.value, one.total.whole),
    )


def _own_step(words: wording.Words, one: Progress) -> str:
    steps, reached = one.indicator.steps, one.total.value
    named = 1 <= reached <= len(steps)
    return words.say(
        "progress.stage_own" if named else "progress.stage_own_none",
        unit=one.unit.short,
        indicator=one.indicator.name,
        step=steps[reached - 1] if named else "",
        n=reached,
        of=len(steps),
    )


def steps_line(words: wording.Words, one: Progress) -> str:
    """「走到各步及以后的：摸底120，推荐90…」 of a stage of several units; else ''."""
    if not one.beyond or one.unit.level == one.indicator.level:
        return ""
    said = [
        words.say("progress.step", step=step, n=n)
        for step, n in zip(one.indicator.steps, one.beyond, strict=True)
    ]
    return words.say("progress.steps", list=words.say("pointed.between").join(said))


def lines(words: wording.Words, one: Progress, local: datetime) -> list[str]:
    """The first line, then this week's change, against plan, and as-of. `local`: `as_of` in local time."""
    said = [
        first_line(words, one),
        words.say("progress.waiting", n=one.waiting) if one.waiting else "",
        differs_line(words, one),
        steps_line(words, one),
        week_line(words, one),
    ]
    said = [line for line in said if line]
    if one.light is not None and one.wanted is not None:
        plan = words.say(
            "progress.plan_count" if counts(one.indicator) else "progress.plan",
            planned=one.wanted,
            light=words.say(f"progress.{one.light}"),
        )
        said.append(plan)
    said.append(as_of(words, local))
    return said


def as_of(words: wording.Words, local: datetime) -> str:
    """「截至…时」; the last minute of a day is its 24时."""
    hour = 24 if (local.hour, local.minute) == (23, 59) else local.hour
    return words.say("progress.as_of", month=local.month, day=local.day, hour=hour)


def week_line(words: wording.Words, one: Progress) -> str:
    """This week's change in one phrase; of a ratio from which percentage to which."""
    if one.indicator.kind is IndicatorKind.RATIO and one.week:
        before = one.total - one.week
        now = wording.percent(one.total.value, one.total.whole)
        was = wording.percent(before.value, before.whole)
        if not before.whole:
            return words.say("progress.week_ratio_first")
        if now != was:
            return words.say("progress.week_ratio", before=was, now=now)
        return words.say("progress.week_same")
    if one.change == 0 and one.indicator.kind is IndicatorKind.STAGE and one.week.value > 0:
        return words.say("progress.week_steps", n=one.week.value)
    if one.change == 0:
        return words.say("progress.week_same")
    key = "progress.week_more" if one.change > 0 else "progress.week_less"
    word = one.indicator.unit_word if counts(one.indicator) else ""
    return words.say(key, n=abs(one.change), word=word or words.say("progress.unit_word"))
