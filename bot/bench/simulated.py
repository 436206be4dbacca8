"""Made-up campaigns of the shapes that real ones have, to test the forecast on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from bot.core.forecast import Floats

SHAPES: Final = ("even", "s-curve", "late start", "holiday gap", "stall", "early finish", "rush", "long tail")  # fmt: skip
SIZES: Final = (10, 40, 141, 600, 1841)  # units: a county's townships to a city's villages
_DAYS: Final = 400
_MONDAY: Final = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class Course:
    """One campaign: `done` at the end of each day from `first` on, of `units`; all are done on day `finish`."""

    shape: str
    first: date
    units: int
    done: np.typing.NDArray[np.int64]
    finish: int
    off: frozenset[date]

    def is_workday(self, day: date) -> bool:
        """Monday to Friday but for the holidays of this campaign."""
        return day.isoweekday() <= 5 and day not in self.off


def draw(rng: np.random.Generator, shape: str) -> Course:
    """A campaign of 6 to 16 weeks; people report on workdays, on Fridays most, and weeks are uneven."""
    first = _MONDAY + timedelta(int(rng.integers(0, 7)))
    units, length = int(rng.choice(SIZES)), int(rng.integers(42, 115))
    begun = np.arange(_DAYS)
    weekday = (begun + first.weekday()) % 7
    rate = np.where(weekday < 5, 1.0, 0.3) * np.where(weekday == 4, 1.6, 1.0)
    rate *= _density(rng, shape, (begun + 0.5) / length)
    off: frozenset[date] = frozenset()
    hole = int(rng.uniform(0.3, 0.7) * length)
    if shape == "holiday gap":
        rate[hole : hole + 8] *= 0.05
        off = frozenset(first + timedelta(day) for day in range(hole, hole + 8))
    elif shape == "stall":
        rate = np.insert(rate, hole, np.zeros(int(rng.integers(10, 25))))[:_DAYS]
    rate *= rng.gamma(6, 1 / 6, _DAYS // 7 + 2)[(begun + first.weekday()) // 7]
    done = np.cumsum(rng.multinomial(units, rate / rate.sum()))
    return Course(shape, first, units, done, int(np.argmax(done >= units)), off)


def _density(rng: np.random.Generator, shape: str, at: Floats) -> Floats:
    """How much is done at a moment, the campaign's length being 1."""
    if shape == "long tail":
        return np.asarray(np.exp(-at * rng.uniform(3, 5)))
    if shape == "rush":
        return np.where(at < 1, np.exp(3 * at), 0.0)
    if shape in ("even", "stall"):
        return np.where(at < 1, 1.0, 0.0)
    if shape == "late start":
        start = rng.uniform(0.2, 0.45)
        return _hill((at - start) / (1 - start), *rng.uniform(1.2, 2.5, 2))
    if shape == "early finish":
        return _hill(at, rng.uniform(2, 3.5), rng.uniform(1.0, 1.5))
    return _hill(at, rng.uniform(2, 4), rng.uniform(1.5, 3.5))


def _hill(at: Floats, left: float, right: float) -> Floats:
    inside = (at > 0) & (at < 1)
    held = np.clip(at, 1e-9, 1 - 1e-9)
    return np.where(inside, held ** (left - 1) * (1 - held) ** (right - 1), 0.0)
