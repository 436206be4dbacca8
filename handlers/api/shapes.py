"""The shapes of the API's answers about units and figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from bot.core import course
from bot.core.ledger import Share
from bot.core.model import IndicatorKind, Unit
from bot.core.progress import Progress


class UnitRef(BaseModel):
    """A unit by code and name."""

    code: str
    name: str = Field(description="as shown to people, with its organisation")
    short: str = Field(description="the short name that lines use")
    level: str = Field(description="national, province, city, county, township, village")


class UnitOut(UnitRef):
    """A unit with its place in the tree."""

    kind: str
    parent_code: str | None = Field(description="null at the top of the token's scope")
    children: list[UnitRef] = Field(description="directly below, in the official order")


class Sum(BaseModel):
    """Figures of a unit with everything below it."""

    reported: int = Field(description="units with a value, zero too")
    done: int = Field(description="units that have reached the goal")
    value: int = Field(description="the sum of the values; of a ratio of its numerators")
    whole: int | None = Field(
        default=None, description="of a ratio the sum of its denominators; null for other kinds"
    )

    @classmethod
    def of(cls, share: Share, kind: IndicatorKind) -> Sum:
        """As the ledger says it."""
        whole = share.whole if kind is IndicatorKind.RATIO else None
        return cls(reported=share.reported, done=share.done, value=share.value, whole=whole)


class Figures(Sum):
    """Figures beside what was expected."""

    expected: int = Field(description="units that are to report")
    fraction: float = Field(description="done of expected, 0 to 1")
    waiting: int = Field(
        default=0,
        description="of `reported`, those that the level which has to agree has not looked at, now",
    )
    stated: int | None = Field(
        default=None,
        description="what the unit itself says that those below it come to; never part of `value`",
    )
    week: Sum = Field(description="the change since Monday of the week of `as_of`")
    steps: list[int] | None = Field(
        description="of a stage: units that stand at each step, those that have not begun first"
    )
    planned: float | None = Field(description="the fraction that plan wants by then")
    target: int | None = Field(description="`planned` of the units expected, rounded up")
    light: str | None = Field(
        description="ahead, near or behind plan; who was behind at the end of last week is near before ahead"
    )
    registered: int | None = Field(
        description="new members who have registered themselves by now, beside `value` of those"
        " reported; null where the indicator lets nobody in, and above cities"
    )


class ChildFigures(Figures):
    """The figures of a unit directly below."""

    unit: UnitRef


class WeekOut(BaseModel):
    """The state at the end of a week."""

    ends: date = Field(description="a Sunday, or the last day looked at")
    reported: int
    done: int
    value: int
    whole: int = Field(description="of a ratio the sum of its denominators, else 0")
    planned: float | None = Field(description="the fraction that plan wants by then")


class MilestoneOut(BaseModel):
    """A milestone of the indicator for this unit."""

    on: date
    fraction: float
    target: int = Field(description="the fraction of the units expected, rounded up")
    reached_on: date | None = Field(description="since when the target is reached and kept")
    days_late: int = Field(description="from its day until it was reached, or until `as_of`")


class IndicatorFigures(Figures):
    """The figures of one indicator."""

    indicator: str
    name: str
    kind: str
    unit_word: str
    step_names: list[str] = Field(description="of a stage, in their order")
    line: str = Field(description="as chat says it")
    weeks: list[WeekOut] = Field(description="from the first week of the campaign on")
    milestones: list[MilestoneOut]
    children: list[ChildFigures] = Field(description="directly below, in the official order")


class ProgressOut(BaseModel):
    """进度 of a unit."""

    unit: UnitRef
    campaign: str
    over_since: date | None = Field(
        description="the campaign's last day where that is past at `as_of`; null while it runs"
    )
    as_of: datetime
    items: list[IndicatorFigures]


class MissingOut(BaseModel):
    """A unit that was asked and has said nothing: not a zero, and not one that nobody asks."""

    unit: UnitRef
    indicator: str
    state: Literal["missing"] = "missing"


class CellOut(BaseModel):
    """One value of the ledger."""

    unit: UnitRef
    indicator: str
    state: Literal["zero", "reported"]
    value: int = Field(description="of a stage the number of the step, of a ratio the numerator")
    whole: int | None = Field(description="of a ratio the denominator")
    as_of: datetime
    entry_id: int
    source: str = Field(description="the message it came with, as hexadecimal digits")
    kind: str = Field(description="report, correction, undo or file")
    on_behalf: bool = Field(description="somebody above reported it")
    late: bool
    waiting: str | None = Field(
        description="submitted or returned, as long as a level that has to agree has not"
    )
    awaits: str | None = Field(description="the level whose turn it is to agree")
    photos: list[str] = Field(description="names of the photos kept with the entry")


class CellsOut(BaseModel):
    """A page of cells in tree order."""

    items: list[CellOut]
    missing: list[MissingOut] = Field(
        description="with `missing=true`, at the end of the last page: who was asked and said nothing, at most 5000"
    )
    next: str | None = Field(description="give it as `after` for the next page; null: that was all")


def ref(unit: Unit) -> UnitRef:
    """A unit by code and name."""
    return UnitRef(code=unit.code, name=unit.display, short=unit.short, level=unit.level.word)


def figures(one: Progress, registered: int | None) -> Figures:
    """The figures of one progress, and how many new members have come."""
    return Figures(
        reported=one.reported,
        done=one.done,
        value=one.total.value,
        whole=one.total.whole if one.indicator.kind is IndicatorKind.RATIO else None,
        expected=one.expected,
        waiting=one.waiting,
        stated=one.stated,
        fraction=one.fraction,
        week=Sum.of(one.week, one.indicator.kind),
        steps=list(one.steps) if one.indicator.kind is IndicatorKind.STAGE else None,
        planned=one.planned,
        target=one.wanted,
        light=one.light,
        registered=registered,
    )


def week(one: course.Week) -> WeekOut:
    """A week of a course."""
    return WeekOut(
        ends=one.ends,
        reported=one.total.reported,
        done=one.total.done,
        value=one.total.value,
        whole=one.total.whole,
        planned=one.planned,
    )


def milestone(one: course.Stone) -> MilestoneOut:
    """A milestone as it stands."""
    return MilestoneOut(
        on=one.on,
        fraction=one.fraction,
        target=one.target,
        reached_on=one.reached_on,
        days_late=one.late,
    )
