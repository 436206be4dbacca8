"""`yihu bench forecast`: how often the 80 % interval of the forecast holds the day that came."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import numpy as np

from bot.bench import simulated
from bot.core import forecast
from bot.core.changes import Progress
from bot.core.forecast import Standing

GOAL: Final = (0.7, 0.9)  # of all shapes together
_BEGUN: Final = 0.1  # forecasts are made from a tenth done on


@dataclass(slots=True)
class Side:
    """Forecasts of one shape: how they stood to the real day; days and parts of the time that was left."""

    inside: int = 0
    before: int = 0  # the real day came before the interval
    after: int = 0
    silent: int = 0
    off: list[int] = field(default_factory=list)
    width: list[float] = field(default_factory=list)

    @property
    def made(self) -> int:
        """How many forecasts there were."""
        return self.inside + self.before + self.after

    @property
    def coverage(self) -> float:
        """The part of them whose interval held the day."""
        return self.inside / self.made if self.made else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """By shape."""

    sides: dict[str, Side]

    @property
    def coverage(self) -> float:
        """Every shape counts the same."""
        return statistics.mean(side.coverage for side in self.sides.values())

    def reached(self) -> bool:
        """Whether the coverage of all together lies in the goal."""
        return GOAL[0] <= self.coverage <= GOAL[1]

    def table(self) -> str:
        """For people."""
        names = ("inside", "before", "after", "off d", "width", "silent")
        lines = [f"{'shape':<14}{'made':>6}" + "".join(f"{name:>8}" for name in names)]
        for shape, side in self.sides.items():
            made = max(1, side.made)
            lines.append(
                f"{shape:<14}{side.made:>6}{side.coverage:>8.0%}{side.before / made:>8.0%}"
                f"{side.after / made:>8.0%}{statistics.median(side.off or [0]):>8.0f}"
                f"{statistics.median(side.width or [0]):>8.1f}{side.silent:>8}"
            )
        verdict = "within" if self.reached() else "outside"
        lines.append(f"the 80 % interval held {self.coverage:.1%}: {verdict} 70 to 90 %")
        lines.append("off: median days between likely and real; width: interval over the time left")
        return "\n".join(lines)


def measure(*, campaigns: int, seed: int, progress: Progress | None = None) -> Result:
    """Forecast every Friday of `campaigns` made-up campaigns of each shape; the same for the same seed."""
    rng = np.random.default_rng(seed)
    sides = {shape: Side() for shape in simulated.SHAPES}
    for at, (shape, side) in enumerate(sides.items()):
        for _ in range(campaigns):
            _follow(simulated.draw(rng, shape), side)
        if progress is not None:
            progress("campaigns", (at + 1) * campaigns, len(sides) * campaigns)
    return Result(sides)


def _follow(course: simulated.Course, side: Side) -> None:
    for day in _fridays(course):
        if course.done[day] < _BEGUN * course.units:
            continue
        upto = course.first + timedelta(day)
        days = forecast.Days(course.first, upto, course.is_workday)
        said = forecast.finish(course.done[: day + 1], course.units, days)
        if said.standing is not Standing.OPEN:
            side.silent += 1
            continue
        beyond = forecast.HORIZON + 1
        early, likely, late = (
            (one - upto).days if one else beyond
            for one in (said.earliest, said.likely, said.latest)
        )
        left = course.finish - day
        side.inside += early <= left <= late
        side.before += left < early
        side.after += left > late
        side.off.append(abs(likely - left))
        side.width.append((late - early) / max(left, forecast.WEEK))


def _fridays(course: simulated.Course) -> Iterable[int]:
    first = (4 - course.first.weekday()) % 7
    return range(first + forecast.WEEK, course.finish, forecast.WEEK)
