"""预计完成日: when the last unit will be done, with an interval; the method is told in docs/analysis.md.

Five ways in which campaigns go on are laid over the weeks so far. Each says when all would be done; how well
it fitted decides how much it counts, and how uneven the weeks were how far its answer is spread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WEEK: Final = 7
LEAST_WEEKS: Final = 3  # before that nothing is said
LEAST_UNITS: Final = 5
HORIZON: Final = 366  # days ahead; what lies beyond has no date
INSIDE: Final = 0.8  # the part of the probability between the earliest and the latest day
# A day off counts as a quarter of a workday; a week with less than half its workdays is passed over.
_FREE: Final = 0.25
_LEAST_WORK: Final = 2.5
# Tuned on `yihu bench forecast`; the figures reached are in docs/analysis.md.
_FADE: Final = 0.8  # a week counts so much less than the one after it for the pace …
_FADE_FIT: Final = 0.95  # … and for how well a way fits
_PRIOR: Final = np.array([1.0, 0.3, 1.0, 1.0, 1.0])
_LEAST_SPREAD: Final = 0.2  # of weekly increments, as a log ratio: nothing fits better than this
_PACE_SPREAD: Final = 0.1
_OTHER_SPREAD: Final = 0.25  # what no history shows
_START: Final = 0.02  # the share that a growth in proportion to what is done begins with
_GRID: Final = np.array([NormalDist().inv_cdf((at + 0.5) / 41) for at in range(41)])


class Standing(StrEnum):
    """What can be said."""

    DONE = "done"
    OPEN = "open"  # there is a forecast
    TOO_EARLY = "too_early"  # too few weeks or too few units
    STALLED = "stalled"  # nothing moved for two working weeks: no date follows from that


@dataclass(frozen=True, slots=True)
class Outlook:
    """`done_on` only of DONE; the others only of OPEN. `likely`, `latest` None: beyond a year."""

    standing: Standing
    done_on: date | None = None
    earliest: date | None = None
    likely: date | None = None
    latest: date | None = None


class Days:
    """The local days of a campaign from its first one, with how much work each holds."""

    def __init__(self, first: date, upto: date, is_workday: Callable[[date], bool]) -> None:
        """`upto`: the day of the figures; the days of a year after it are weighed too."""
        self.first, self.upto = first, upto
        count = (upto - first).days + 1 + HORIZON
        work = [1.0 if is_workday(first + timedelta(at)) else _FREE for at in range(count)]
        self.before: Floats = np.concatenate([[0.0], np.cumsum(work)])

    def __len__(self) -> int:
        """The days from the first to `upto`, both included."""
        return (self.upto - self.first).days + 1


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Weeks that count, newest first: what was done in each, its work, done before and after it.

    `since`: the work from the first movement to the middle of each week; `begun`: to now.
    """

    made: Floats
    work: Floats
    low: Floats
    high: Floats
    since: Floats
    begun: float


def finish(done: Sequence[int] | npt.NDArray[np.int64], expected: int, days: Days) -> Outlook:
    """When `expected` units will be done, of `done` units at the end of each of `days`.

    A correction may take back; only the net of a week counts.
    """
    course = np.asarray(done, dtype=np.float64)
    assert len(course) == len(days)
    if expected > 0 and course[-1] >= expected:
        short = np.flatnonzero(course < expected)
        at = int(short[-1]) + 1 if len(short) else 0
        return Outlook(Standing.DONE, done_on=days.first + timedelta(at))
    if expected < LEAST_UNITS:
        return Outlook(Standing.TOO_EARLY)
    weeks = _weeks(course, days)
    if weeks is None or len(weeks.made) < 2:
        return Outlook(Standing.TOO_EARLY)
    if not weeks.made[:2].any():
        return Outlook(Standing.STALLED)
    if len(weeks.made) < LEAST_WEEKS or np.count_nonzero(weeks.made) < 2:
        return Outlook(Standing.TOO_EARLY)
    return _forecast(course[-1], float(expected), weeks, days)


def _weeks(course: Floats, days: Days) -> _Weeks | None:
    """The weeks back from the newest day to the first movement; None before it."""
    moved = np.flatnonzero(course > 0)
    if not len(moved):
        return None
    first = int(moved[0])
    # The week of the first movement counts if at least half of it lies in it.
    ends = np.arange(len(course), max(0, first - WEEK // 2) + WEEK - 1, -WEEK)
    padded = np.concatenate([[0.0], course])
    low, high = padded[ends - WEEK], padded[ends]
    worked = days.before[: len(days) + 1] - days.before[max(0, first - 1)]
    work = worked[ends] - worked[ends - WEEK]
    since = np.maximum((worked[ends] + worked[ends - WEEK]) / 2, 1.0)
    held = work >= _LEAST_WORK
    made = np.maximum(high - low, 0.0)[held]
    return _Weeks(made, work[held], low[held], high[held], since[held], float(worked[-1]))


def _forecast(done: float, expected: float, weeks: _Weeks, days: Days) -> Outlook:
    age = np.arange(len(weeks.made), dtype=np.float64)
    pace: Floats = np.power(_FADE, age)
    weigh: Floats = np.power(_FADE_FIT, age)
    shapes = _shapes(weeks, expected)
    scale = np.maximum((weeks.made * pace).sum() / (shapes * pace).sum(axis=1), 1e-9)
    off = np.log((weeks.made + 0.5) / (shapes * scale[:, None] + 0.5))
    spread = (weigh * off**2).sum(axis=1) / weigh.sum()
    weights = _PRIOR * (spread + _LEAST_SPREAD**2) ** (-0.5 * _count(weigh))
    plain = _times(scale[:, None], done, expected, weeks.begun)[:, 0]
    ahead = np.maximum(plain / 5, 1.0)  # weeks still to come, which even each other out
    variance = (spread + _PACE_SPREAD**2) * (1 / _count(pace) + 1 / ahead) + _OTHER_SPREAD**2
    paces = scale[:, None] * np.exp(np.sqrt(variance)[:, None] * _GRID)
    work = np.maximum(_times(paces, done, expected, weeks.begun), 0.3)
    future = days.before[len(days) :] - days.before[len(days)]
    ends = np.searchsorted(future, work).ravel()
    each = np.repeat(weights / weights.sum() / len(_GRID), len(_GRID))
    return _outlook(ends, each, days.upto)


def _count(weights: Floats) -> float:
    """How many equal weights would tell as much."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _shapes(weeks: _Weeks, expected: float) -> Floats:
    """What each way (a row) would have done in each week, but for its pace."""
    middle = (weeks.low + weeks.high) / 2
    left = np.maximum(expected - middle, 0.0)
    rows = [
        np.ones_like(middle),  # even
        left / expected,  # in proportion to what is left: a long tail
        middle * left / expected**2 + 1e-9,  # an S
        weeks.since / weeks.begun,  # growing evenly
        middle / expected + _START,  # in proportion to what is done: a rush
    ]
    return np.array(rows) * weeks.work


def _times(paces: Floats, done: float, expected: float, begun: float) -> Floats:
    """How much work is left by each way (a row) at each pace; half a unit left is done."""
    left = expected - done
    even, tail, curve, growing, rush = paces
    rows = [
        left / even,
        expected * np.log(max(left, 0.6) / 0.5) / tail,
        expected * np.log((expected - 0.5) / 0.5 * left / max(done, 0.5)) / curve,
        np.sqrt(begun**2 + 2 * left * begun / growing) - begun,
        expected * np.log((1 + _START) / (done / expected + _START)) / rush,
    ]
    return np.array(rows)


def _outlook(ends: npt.NDArray[np.intp], weights: Floats, upto: date) -> Outlook:
    """The days before which a tenth, a half and nine tenths of the weight lie."""
    order = np.argsort(ends, kind="stable")
    upon = np.cumsum(weights[order])
    found: list[date | None] = []
    for part in ((1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2):
        ahead = int(ends[order][min(int(np.searchsorted(upon, part)), len(ends) - 1)])
        found.append(upto + timedelta(ahead) if ahead <= HORIZON else None)
    return Outlook(Standing.OPEN, None, *found)
