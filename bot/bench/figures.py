"""What a measurement found: lines of figures, what they must not exceed, and how both are shown."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one thing that was measured, by name; `most`: the largest that is good enough."""

    name: str
    figures: Mapping[str, float]
    most: Mapping[str, float] = field(default_factory=dict)

    @property
    def reached(self) -> bool:
        """Whether no figure is larger than it may be."""
        return all(self.figures[name] <= most for name, most in self.most.items())

    def text(self) -> str:
        """For people: `import: seconds 38.1, peak_mb 376 (at most 60, 500: reached)`."""
        said = ", ".join(f"{name} {_short(value)}" for name, value in self.figures.items())
        if not self.most:
            return f"{self.name}: {said}"
        wanted = ", ".join(f"{name} {most:g}" for name, most in self.most.items())
        return f"{self.name}: {said} (at most {wanted}: {'reached' if self.reached else 'MISSED'})"


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median and slowest 1 % in milliseconds."""
    some = sorted(seconds)
    slow = some[min(len(some) - 1, len(some) * 99 // 100)]
    return {"median_ms": statistics.median(some) * 1000, "p99_ms": slow * 1000}


def both(seconds: Sequence[float], cpu: Sequence[float]) -> dict[str, float]:
    """The spread of a time, and of its CPU time, of which others of the machine take nothing."""
    return spread(seconds) | {f"cpu_{name}": value for name, value in spread(cpu).items()}


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
