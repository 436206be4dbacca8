"""Made-up rows of a weekly analysis, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core import weekly_prose, wording
from bot.core.forecast import Outlook, Standing
from bot.core.ledger import Share
from bot.core.model import Level
from bot.core.progress import Light
from bot.core.weekly import Child, Figures, Measure, Odd, Place, Row, Sentence, Stone
from bot.core.weekly_rules import Limits
from config import words as sentences

WORDS = wording.Words(sentences.load())
LIMITS = Limits(0.05, 0.05, 2, 3.5, 0.1, 5)
AT = datetime(2026, 11, 20, 16, 7, tzinfo=UTC)
MEASURE = Measure("reform", "会改联", "completion", "个", int(Level.VILLAGE), leads=False)


def child(
    code: str, done: int, expected: int = 100, *, value: int = 0, name: str | None = None
) -> Child:
    place = Place(code, name or f"{code}乡", code, int(Level.TOWNSHIP))
    return Child(place, expected, Share(done, done, value), Share(1, 1, 3), Light.NEAR, 0, 2)


def row(*children: Child, leads: bool = False) -> Row:
    measure = replace(MEASURE, leads=leads, kind="count" if leads else "completion")
    total = sum((one.total for one in children), Share())
    outlook = Outlook(Standing.OPEN, None, date(2026, 12, 1), date(2026, 12, 9), None)
    return Row(
        measure,
        sum(one.expected for one in children),
        total,
        Share(5, 5, 9),
        Share(),
        0.5,
        Light.NEAR,
        7,
        date(2026, 12, 31),
        None if leads else outlook,
        (Stone(date(2026, 11, 15), 1 / 3, 43, None, 5),),
        Odd(),
        ((date(2026, 11, 2), 0), (date(2026, 11, 20), total.done)),
        ((date(2026, 11, 2), 0.0), (date(2026, 12, 31), 1.0)),
        children,
    )


def figures(*rows: Row) -> Figures:
    place = Place("c0", "政和县", "政和县妇联", int(Level.COUNTY))
    first, last = date(2026, 11, 2), date(2026, 12, 31)
    return Figures(
        place, "hundred", "百日攻坚", first, last, "2026-W47", date(2026, 11, 16), AT, None, rows, 2, 1, 1
    )  # fmt: skip


def told(one: Figures) -> tuple[Sentence, ...]:
    return weekly_prose.Teller(WORDS, one, LIMITS, 5).sentences()


def texts(one: Figures) -> list[str]:
    return [sentence.text for sentence in told(one)]


def slow(code: str, done: int, *, idle: int = 0, expected: int = 100, value: int = 0) -> Child:
    return replace(child(code, done, expected, value=value), light=Light.BEHIND, idle=idle)
