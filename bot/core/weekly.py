"""周报 as it is kept: the figures of one unit and campaign in one week, and sentences with what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core import progress as plans
from bot.core.forecast import Outlook
from bot.core.ledger import Share
from bot.core.model import IndicatorKind
from bot.core.progress import Light


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it was called then."""

    code: str
    short: str
    display: str
    level: int


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator as it was then; `leads`: its lines lead with a sum and not with units done."""

    code: str
    name: str
    kind: str
    unit_word: str
    level: int
    leads: bool

    @property
    def ratio(self) -> bool:
        """Whether it is a part of a whole, which is never averaged nor added to."""
        return self.kind == IndicatorKind.RATIO


@dataclass(frozen=True, slots=True)
class Child:
    """A unit directly below. `idle`: whole weeks since anything in it moved; `silent`: units of it that said nothing."""

    place: Place
    expected: int
    total: Share
    week: Share
    light: Light | None
    idle: int
    silent: int

    @property
    def begun(self) -> bool:
        """Whether anything is done there, be it a step: who reported that nothing is has not begun."""
        return bool(self.total.done or self.total.value)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do there."""
        return self.total.done >= self.expected


@dataclass(frozen=True, slots=True)
class Stone:
    """A milestone: `days` it was reached late, or is late by now; below zero: reached before its day."""

    on: date
    fraction: float
    needed: int
    reached_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Odd:
    """Children far from the others, as their codes; `middle` is the median of those compared.

    Where most are zero, `zeros` counts them and only the others are compared; else it is 0.
    """

    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    middle: float = 0.0
    zeros: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator. `corrected`: what changed in the weeks before after the last analysis was published.

    `history`: what the first line leads with at the end of days; `plan`: the corners of the plan's line;
    `due`: the last day in time.
    """

    measure: Measure
    expected: int
    total: Share
    week: Share
    corrected: Share
    planned: float | None
    light: Light | None
    silent: int
    due: date
    outlook: Outlook | None
    stones: tuple[Stone, ...]
    odd: Odd
    history: tuple[tuple[date, int], ...]
    plan: tuple[tuple[date, float], ...]
    children: tuple[Child, ...]

    @property
    def wanted(self) -> int | None:
        """The target of the day in units; None without a plan."""
        return None if self.planned is None else plans.needed(self.planned, self.expected)

    @property
    def change(self) -> int:
        """This week's change of what the first line leads with."""
        return self.week.value if self.measure.leads else self.week.done


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything an analysis says of a unit in the week like `2026-W47`, at `as_of`.

    `corrected_since`: when the analysis before was made, if there was one. `waiting`: difficulties without
    an answer, `overdue`: past their day, `newly_overdue`: since last week.
    """

    place: Place
    campaign: str
    campaign_name: str
    starts: date
    ends: date
    week: str
    monday: date
    as_of: datetime
    corrected_since: date | None
    rows: tuple[Row, ...]
    waiting: int
    overdue: int
    newly_overdue: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure behind a sentence: whose, of what, called `what`, and where the API gives it."""

    unit: str
    unit_name: str
    indicator: str
    indicator_name: str
    what: str
    value: str
    as_of: datetime
    path: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `kind` is its place in the wording."""

    kind: str
    text: str
    evidence: tuple[Evidence, ...]
