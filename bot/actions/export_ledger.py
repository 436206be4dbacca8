"""Exports figures in the office's own table: every unit that is asked, with its values or empty to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from bot import errors
from bot.actions import running, tables
from bot.core import officesheet, officevalue, period, tree
from bot.core.changes import Progress, silent
from bot.core.model import Campaign, Indicator, Level, Unit
from bot.runtime import Runtime
from bot.store import campaign_rows, campaigns, cells, entry_rows, unit_lookup, units
from bot.store.cells import Key
from bot.store.database import Connection
from config import headers

_AT_ONCE: Final = 1000  # units
_WIDTH: Final = 16

_Held = tuple[int | None, int | None]
"""Value, and of a ratio the denominator."""
_NOTHING: Final[_Held] = (None, None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported: `until` is the end of a past period, None for now; `blank`: no values."""

    unit: Unit
    campaign: Campaign
    indicators: tuple[Indicator, ...]
    until: datetime | None
    blank: bool


@dataclass(frozen=True, slots=True)
class _Expected:
    """Which units an indicator asks."""

    places: tuple[tree.Interval, ...]
    listed: Mapping[int, frozenset[int]]

    def has(self, indicator: Indicator, unit: Unit) -> bool:
        if unit.level is not indicator.level or not tree.holds(self.places, unit.lo):
            return False
        listed = self.listed.get(indicator.id)
        return listed is None or unit.id in listed


async def ask(
    rt: Runtime,
    *,
    unit_code: str,
    campaign_code: str | None,
    indicator_codes: Sequence[str],
    span: str | None,
    blank: bool,
) -> Asked:
    """What those words of a command mean. Raises NotFound or BadInput with what is wrong."""
    async with rt.read() as c:
        unit = await units.by_code(c, unit_code)
        if unit is None:
            raise errors.NotFound(f"there is no unit {unit_code!r}")
    campaign = await running.one(rt, unit, rt.now(), code=campaign_code)
    if campaign is None:
        which = repr(campaign_code) if campaign_code else f"that runs in {unit_code}"
        raise errors.NotFound(f"there is no campaign {which}")
    known = {one.code: one for one in campaign.indicators}
    wrong = [code for code in indicator_codes if code not in known]
    if wrong:
        raise errors.NotFound(
            f"there is no indicator {wrong[0]!r}; the campaign has {', '.join(known)}"
        )
    chosen = [known[code] for code in dict.fromkeys(indicator_codes)] or [
        one for one in campaign.indicators if one.level >= unit.level
    ]
    until = _until(rt, span) if span else None
    return Asked(unit, campaign, tuple(chosen), until, blank)


async def save(rt: Runtime, path: Path, asked: Asked, *, progress: Progress = silent) -> int:
    """Write the table; how many units are in it."""
    words = headers.load()
    levels = {one.level for one in asked.indicators}
    own = asked.unit.level in levels  # its own row has a name too
    places = [
        level
        for level in Level
        if asked.unit.level < level <= max(levels) or (own and level is asked.unit.level)
    ]
    figures = list(_columns(asked))
    heads = [words.code[0], *(words.places[level.word][0] for level in places), *figures]
    widths = [_WIDTH, *[_WIDTH] * len(places), *[_WIDTH] * len(figures)]
    written, seen, after = 0, 0, -1
    above: dict[int, Unit] = {}
    place = (asked.unit.lo, asked.unit.hi)
    async with rt.read() as c:
        expected = await _expected(c, asked)
        counted = await units.count_by_level(c, *place)
        of = sum(counted.get(level, 0) for level in levels)
        with tables.writing(path, title=asked.campaign.code, widths=widths) as table:
            table.row(heads)
            while some := await unit_lookup.page(c, levels, place, after=after, limit=_AT_ONCE):
                after = some[-1].lo
                for row in await _rows(c, asked, expected, some, above=above, places=places):
                    table.row(row)
                    written += 1
                seen += len(some)
                progress("writing", seen, of)
    return written


def _columns(asked: Asked) -> dict[str, list[Indicator]]:
    """The headings of figures with what stands below each: one column may serve several levels."""
    words = headers.load()
    found: dict[str, list[Indicator]] = {}
    for one in asked.indicators:
        head = officesheet.heading(words, one, asked.campaign.indicators)
        found.setdefault(head, []).append(one)
    return found


async def _expected(c: Connection, asked: Asked) -> _Expected:
    stored = await campaign_rows.indicators(c, asked.campaign.id)
    listed = {
        one.id: frozenset(await campaign_rows.listed(c, one.id))
        for one in asked.indicators
        if stored[one.code].values["by_list"]
    }
    return _Expected(await campaigns.intervals(c, asked.campaign.id), listed)


async def _rows(
    c: Connection,
    asked: Asked,
    expected: _Expected,
    some: Sequence[Unit],
    *,
    above: dict[int, Unit],
    places: Sequence[Level],
) -> list[list[tables.Cell]]:
    """The rows of those units that are asked for something."""
    write = officevalue.Cells(headers.load()).write
    missing = {unit.parent_id for unit in some} - above.keys()
    while wanted := [one for one in missing if one is not None]:
        more = await units.many(c, wanted)
        above |= more
        missing = {unit.parent_id for unit in more.values()} - above.keys()
    values = {} if asked.blank else await _values(c, asked, some)
    columns = _columns(asked)
    rows: list[list[tables.Cell]] = []
    for unit in some:
        hers = {one.id for one in asked.indicators if expected.has(one, unit)}
        if not hers:
            continue
        row: list[tables.Cell] = [unit.code, *_names(unit, above, places)]
        for indicators in columns.values():
            one = next((one for one in indicators if one.id in hers), None)
            value, whole = values.get((one.id, unit.id), _NOTHING) if one else _NOTHING
            row.append(write(one or indicators[0], value, whole, expected=one is not None))
        rows.append(row)
    return rows


async def _values(c: Connection, asked: Asked, some: Sequence[Unit]) -> dict[Key, _Held]:
    ids = [one.id for one in asked.indicators]
    if asked.until is not None:
        until = period.ms(asked.until)
        return await entry_rows.values_at(c, ids, [unit.id for unit in some], until)
    held = await cells.held(c, [(one, unit.id) for one in ids for unit in some])
    return {key: (one.value, one.whole) for key, one in held.items()}


def _names(unit: Unit, above: Mapping[int, Unit], places: Sequence[Level]) -> list[str]:
    """The names of the unit and of those above it, each in the column of its level."""
    line = {unit.level: unit.short}
    parent = above.get(unit.parent_id or 0)
    while parent is not None:
        line[parent.level] = parent.short
        parent = above.get(parent.parent_id or 0)
    return [line.get(level, "") for level in places]


def _until(rt: Runtime, span: str) -> datetime:
    """The end (exclusive) of `2026-W47` or `2026-11-20`."""
    try:
        if "W" in span.upper():
            return rt.calendar.week_of(span)[1]
        return rt.calendar.moment(date.fromisoformat(span) + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise errors.BadInput(
            f"there is no period {span!r}; write a week like 2026-W47 or a day like 2026-11-20"
        ) from error
