"""Writes the figures of a table into the ledger, thousands at once: entries, cells, totals.

The same rules as `enter.append` for what is said now: a table gives whole values, of increments too.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.actions import report
from bot.core import access, ledger, period
from bot.core.changes import Changes, Progress
from bot.core.ledger import Kind, Share
from bot.core.model import Campaign, Indicator, IndicatorKind, Unit
from bot.core.officevalue import Value
from bot.core.sheet import Faults
from bot.runtime import Runtime
from bot.store import cells, entry_rows, tallies

_AT_ONCE = 1000  # entries


@dataclass(slots=True)
class Found:
    """Values with where they stood; packed, as a table may have a hundred thousand of them."""

    lines: array[int] = field(default_factory=lambda: array("q"))
    columns: array[int] = field(default_factory=lambda: array("q"))
    indicators: array[int] = field(default_factory=lambda: array("q"))  # places in the campaign
    units: array[int] = field(default_factory=lambda: array("q"))
    parents: array[int] = field(default_factory=lambda: array("q"))  # 0: none
    values: array[int] = field(default_factory=lambda: array("q"))
    wholes: array[int] = field(default_factory=lambda: array("q"))  # -1: none
    behalf: array[int] = field(default_factory=lambda: array("b"))

    def add(
        self, line: int, column: int, indicator: int, unit: Unit, value: Value, *, own: bool
    ) -> None:
        """Keep one value; `own`: the unit is one she has her post in."""
        self.lines.append(line)
        self.columns.append(column)
        self.indicators.append(indicator)
        self.units.append(unit.id)
        self.parents.append(unit.parent_id or 0)
        self.values.append(value.value)
        self.wholes.append(-1 if value.whole is None else value.whole)
        self.behalf.append(not own)

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Book:
    """Whose table it is: `source` marks its entries, `labels` are the headings of its columns."""

    file: str
    source: bytes
    labels: tuple[str, ...]
    campaign: Campaign
    actor: access.Actor
    above: Mapping[int, Unit]


async def write(
    rt: Runtime, book: Book, found: Found, faults: Faults, *, changes: Changes, progress: Progress
) -> None:
    """Write what differs from the ledger, inside the caller's transaction; odd values go to `faults`."""
    async with rt.write() as c:
        await tallies.own_tree(c)
        for start in range(0, len(found), _AT_ONCE):
            some = range(start, min(start + _AT_ONCE, len(found)))
            progress("writing", start, len(found))
            keys = [(_indicator(book, found, at).id, found.units[at]) for at in some]
            held = await cells.held(c, keys)
            behalf = sorted({found.units[at] for at in some if found.behalf[at]})
            chairs = await entry_rows.chairs(c, behalf) if behalf else {}
            rows, shares = [], _Shares(book.above)
            for at, key in zip(some, keys, strict=True):
                row = _row(rt, book, found, at, held=held.get(key), faults=faults, changes=changes)
                if row is not None:
                    row["for_person_id"] = chairs.get(key[1]) if found.behalf[at] else None
                    rows.append(row)
                    was = held.get(key)
                    waited = was is not None and was.waiting is not None
                    shares.add(_indicator(book, found, at), found.parents[at], row, waited=waited)
            if rows:
                await entry_rows.add(c, rows)
                await entry_rows.total(c, shares.sums, shares.steps)
        faults.close()
        await entry_rows.hold(c, book.source)
        progress("writing", len(found), len(found))


def _indicator(book: Book, found: Found, at: int) -> Indicator:
    return book.campaign.indicators[found.indicators[at]]


def _row(
    rt: Runtime,
    book: Book,
    found: Found,
    at: int,
    *,
    held: cells.Held | None,
    faults: Faults,
    changes: Changes,
) -> dict[str, Any] | None:
    """The entry to be written; None where the ledger says the same."""
    indicator, value = _indicator(book, found, at), found.values[at]
    whole = found.wholes[at] if found.wholes[at] >= 0 else None
    before, whole_before = (held.value, held.whole) if held else (None, None)
    same = (before, whole_before) == (value, whole)
    what = "same" if same else "new" if before is None else "changed"
    changes.add(what, f"row {found.lines[at]} {book.labels[found.columns[at]]}")
    if what == "same":
        return None
    if indicator.kind is IndicatorKind.COUNT and value > report.most(indicator):
        most = report.most(indicator)
        said = (
            f"{value} is more than {most}, which nobody believes without asking; report it in chat"
        )
        faults.add(found.lines[at], book.labels[found.columns[at]], said)
    now = rt.now()
    when = max(now, held.as_of) if held else now
    return {
        "campaign_id": book.campaign.id,
        "indicator_id": indicator.id,
        "unit_id": found.units[at],
        "value": value,
        "said": value,
        "before": before,
        "whole": whole,
        "whole_before": whole_before,
        "kind": Kind.FILE.value,
        "reason": book.file[:256],
        "person_id": book.actor.person.id,
        "on_behalf": bool(found.behalf[at]),
        "for_person_id": None,
        "source": book.source,
        "part": at,
        "said_at_ms": period.ms(now),
        "made_at_ms": period.ms(now),
        "at_ms": period.ms(when),
        "day": rt.calendar.day(when).toordinal(),
        "late": rt.calendar.day(now) > ledger.due_day(book.campaign, indicator),
    }


class _Shares:
    """What entries change in the totals of their units and of those above."""

    def __init__(self, above: Mapping[int, Unit]) -> None:
        self.sums: dict[tuple[int, int, int], Share] = {}
        self.steps: dict[tuple[int, int, int, int], int] = {}
        self._above = above

    def add(
        self, indicator: Indicator, parent: int, row: Mapping[str, Any], *, waited: bool
    ) -> None:
        """Count an entry in; a table is agreed to, whatever `waited` there."""
        value, before = row["value"], row["before"]
        share = ledger.share(indicator, value, row["whole"])
        share -= ledger.share(indicator, before, row["whole_before"])
        for unit_id in (row["unit_id"], *self._line(parent)):
            key = (indicator.id, unit_id, row["day"])
            self.sums[key] = self.sums.get(key, Share()) + share
            for step, n in tallies.steps(indicator, value, before):
                self.steps[*key, step] = self.steps.get((*key, step), 0) + n
            if waited:
                now = (indicator.id, unit_id, 0, tallies.WAITING)
                self.steps[now] = self.steps.get(now, 0) - 1

    def _line(self, parent: int | None) -> Iterator[int]:
        while parent:
            yield parent
            parent = self._above[parent].parent_id
