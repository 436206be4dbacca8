"""事项: tasks, documents to hand in, special statistics; what a unit has done of one, and what an answer says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.core import numerals, short, text
from bot.core.model import Unit


class Kind(StrEnum):
    """What is asked: that something is done, handed in, or counted once."""

    TASK = "task"
    DOCUMENT = "document"
    STATISTIC = "statistic"


class State(StrEnum):
    """Where one unit stands with it."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    RETURNED = "returned"  # by the level above, with a reason
    CLOSED = "closed"  # accepted by the level above


@dataclass(frozen=True, slots=True)
class Item:
    """`id` is the number people say, `key` that of files; `indicator_id`: the ledger may know the number already."""

    id: int
    key: str
    kind: Kind
    title: str
    detail: str
    due_on: date
    indicator_id: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit has done: `said` her words or link, `evidence` media ids, `reason` why it came back.

    `known` is the number that the ledger holds, `late` whether it was done after its day.
    """

    item: Item
    unit: Unit
    state: State
    value: int | None
    said: str
    evidence: tuple[str, ...]
    reason: str
    late: bool
    person_id: int | None
    known: int | None

    @property
    def done(self) -> bool:
        """Whether nothing more is wanted of the unit."""
        if self.state in (State.DONE, State.CLOSED):
            return True
        return self.known is not None and self.state is not State.RETURNED

    def overdue(self, day: date) -> bool:
        """Whether its day has passed without it."""
        return not self.done and self.item.due_on < day


def number(said: str) -> int | None:
    """The one certain number of an answer to a statistic, 0 for 没有; None when it is not certain."""
    line = text.line(said)
    if short.read(line).none:
        return 0
    found = numerals.find(line.text)
    return found[0].value if len(found) == 1 else None


def link(said: str) -> bool:
    """Whether there is an address in it."""
    return "://" in said


_DOING: Final = re.compile("(?:已经?|还|都|正|正在|我们?|这个?)*在办(?:理?中|着|理)?[呢了的]*")


def under_way(said: str) -> bool:
    """Whether her words say that it is under way and nothing else: 在办, 还在办呢."""
    return _DOING.fullmatch(text.key(said)) is not None


_COUNTED: Final = "(?:的?(?:个数|人数|数量|总数|数))"
_TITLE: Final = re.compile(f"{_COUNTED}$")
_NUMBER: Final = re.compile(
    _COUNTED
    + "?[是有:：为]{0,2}(?P<n>[0-9零〇一二三四五六七八九十百千万两]+)(?:个|名|人|户|件|次|场|处|所|位)?"
)
_LEAST: Final = 3  # characters of a title that mean it


def titled(title: str, key: str) -> int | None:
    """The number of a line that is the title of a statistic and one number, 妇女之家3个 of 妇女之家数; None for any other."""
    stem = _TITLE.sub("", title)
    if len(stem) < _LEAST or stem not in key:
        return None
    before, _, behind = key.partition(stem)
    if before and behind:
        return None
    found = _NUMBER.fullmatch(behind or before)
    return numerals.value(found["n"]) if found else None
