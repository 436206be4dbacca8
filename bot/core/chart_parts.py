"""What the panels of a chart share: head, colours of lights, legend, dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.core import progress as rules
from bot.core import svg, wording
from bot.core.progress import Light, Progress

LEFT: Final = 16.0
RIGHT: Final = svg.WIDTH - LEFT
REAL: Final = "#1f5fa8"
PLAN: Final = "#8a8a90"
LIGHTS: Final = {Light.AHEAD: "#18845b", Light.NEAR: "#a86b00", Light.BEHIND: "#c8372d"}


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a picture from its own upper edge on."""

    body: Sequence[str]
    height: float


def title(words: wording.Words, one: Progress) -> str:
    """The line on top."""
    said = words.say("chart.title", unit=one.unit.short, indicator=one.indicator.name)
    return svg.text((LEFT, 32), svg.fitted(said, 20, RIGHT - LEFT), size=20, bold=True)


def pill(words: wording.Words, light: Light, base: float) -> list[str]:
    """A light in words on its colour, at the right edge."""
    said = words.say(f"progress.{light}")
    wide = svg.width(said, 15) + 20
    return [
        svg.box((RIGHT - wide, base - 20), (wide, 28), fill=LIGHTS[light], radius=14),
        svg.text((RIGHT - wide / 2, base), said, size=15, fill=svg.PAPER, anchor="middle"),
    ]


def day(words: wording.Words, on: date) -> str:
    """「11月23日」."""
    return words.say("chart.day", month=on.month, day=on.day)


def as_of(words: wording.Words, local: datetime) -> str:
    """「截至…」."""
    return rules.as_of(words, local)


def ratio(one: Progress) -> tuple[str, str]:
    """A ratio's percentage, and part and whole beside it: `90.0%`, `72/80`; where there is no whole `0/0` alone, or `—`."""
    total = one.total
    if not total.whole:
        return f"{total.value}/{total.whole}" if total.reported else "—", ""
    return wording.percent(total.value, total.whole), f"{total.value}/{total.whole}"
