"""Reads the rows of an office's table: which unit each means, what its cells say, what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.actions.ledger_rows import Found
from bot.core import access, officesheet, officetotals, officeunits, officevalue, sheet, tree
from bot.core.changes import Progress
from bot.core.model import Campaign, Level, Unit
from bot.core.officesheet import Layout, Line, Row, Total
from bot.core.officevalue import Empty, Value
from bot.runtime import Runtime
from bot.store import campaign_rows, campaigns, people, unit_lookup, units
from bot.store.database import Connection
from config import headers

_AT_ONCE = 400  # rows whose units are looked up together
_FEW = 20 * _AT_ONCE  # units that are rather read than searched by name


@dataclass(slots=True)
class Reading:
    """One table: who imports it, what its columns mean, and what was found in it so far."""

    campaign: Campaign
    actor: access.Actor
    layout: Layout
    faults: sheet.Faults
    places: tuple[tree.Interval, ...] = ()
    listed: dict[int, set[int]] = field(default_factory=dict)  # expected units, where a list says
    above: dict[int, Unit] = field(default_factory=dict)
    tops: dict[tuple[str, ...], list[Unit]] = field(default_factory=dict)
    found: Found = field(default_factory=Found)
    sums: officetotals.Sums = field(default_factory=officetotals.Sums)
    zero: int = 0
    missing: int = 0
    not_expected: int = 0
    totals: int = 0
    _cells: officevalue.Cells = field(default_factory=lambda: officevalue.Cells(headers.load()))
    _seen: set[tuple[int, int]] = field(default_factory=set)

    @property
    def labels(self) -> tuple[str, ...]:
        """The headings of the columns of figures."""
        return tuple(figure.label for figure in self.layout.figures)

    def total(self, total: Total) -> None:
        """Compare a row of sums with the rows."""
        self.totals += 1
        self._wrong(total, self.sums.meet(total))

    def end(self) -> None:
        """Compare the sums that are over everything."""
        for total, wrong in self.sums.end():
            self._wrong(total, wrong)

    def _wrong(self, total: Total, wrong: Iterable[tuple[int, str, int]]) -> None:
        for column, said, right in wrong:
            what = f"this row of sums says {said}, the rows add up to {right}"
            self.faults.add(total.line, self.labels[column], what)

    def row(self, row: Row, unit: Unit) -> None:
        """Take the cells of one unit."""
        post = access.report_post(self.actor, unit)
        if post is None:
            person = self.actor.person.key
            self.faults.add(row.line, "", f"{person} may not report for {unit.code} {unit.short}")
            return
        for column, (figure, cell) in enumerate(zip(self.layout.figures, row.cells, strict=True)):
            at = next(
                (n for n in figure.indicators if self.campaign.indicators[n].level is unit.level),
                None,
            )
            value = self._value(row, unit, column, at, cell)
            if value is not None and at is not None:
                if value.whole is None:  # ratios are not added up by anybody
                    self.sums.add(row, unit.level, column, value.value)
                self.zero += value.value == 0
                own = post.unit.id == unit.id
                self.found.add(row.line, column, at, unit, value, own=own)

    def _value(self, row: Row, unit: Unit, column: int, at: int | None, cell: str) -> Value | None:
        """What the cell says; None for nothing, and for what is wrong."""
        label = self.labels[column]
        indicator = self.campaign.indicators[at if at is not None else 0]
        value = self._cells.read(indicator, cell)
        if isinstance(value, Empty):
            if value is Empty.MISSING:
                self.missing += 1
            else:
                self.not_expected += 1
            return None
        if at is None or not self._expected(at, unit):
            self.faults.add(
                row.line, label, f"{unit.code} {unit.short} is not asked for this; write —"
            )
            return None
        if value is None:
            self.faults.add(row.line, label, f"{cell!r} is no value of this {indicator.kind}")
            return None
        if (at, unit.id) in self._seen:
            self.faults.add(row.line, label, f"{unit.code} {unit.short} is there twice")
            return None
        self._seen.add((at, unit.id))
        return value

    def _expected(self, at: int, unit: Unit) -> bool:
        listed = self.listed.get(at)
        return tree.holds(self.places, unit.lo) and (listed is None or unit.id in listed)


async def begin(
    rt: Runtime, campaign: Campaign, person_id: int, layout: Layout, faults: sheet.Faults
) -> Reading:
    """A reading that knows what the campaign asks of whom."""
    async with rt.read() as c:
        person = await people.by_id(c, person_id)
        assert person is not None
        reading = Reading(campaign, await people.actor(c, person), layout, faults)
        reading.places = await campaigns.intervals(c, campaign.id)
        stored = await campaign_rows.indicators(c, campaign.id)
        for at, indicator in enumerate(campaign.indicators):
            if stored[indicator.code].values["by_list"]:
                reading.listed[at] = await campaign_rows.listed(c, indicator.id)
    names = ", ".join(indicator.name for indicator in campaign.indicators)
    for _, label in layout.unknown:
        what = f"unknown column; figures are {names}; other spellings go into config/headers.yaml"
        faults.add(layout.ends, label, what)
    for figure in layout.figures:
        levels = [campaign.indicators[n].level for n in figure.indicators]
        if len(levels) > len(set(levels)):
            names = ", ".join(campaign.indicators[n].name for n in figure.indicators)
            faults.add(layout.ends, figure.label, f"may mean any of {names}; write which")
    return reading


async def read(rt: Runtime, reading: Reading, lines: Iterable[Line], *, progress: Progress) -> None:
    """Take every row below the headings."""
    rows = officesheet.Rows(reading.layout, headers.load())
    waiting: list[Row | Total] = []
    line = 0
    for line, raw in lines:
        if line <= reading.layout.ends:
            continue
        one = rows.read(line, raw)
        if one is not None:
            waiting.append(one)
        if len(waiting) >= _AT_ONCE:
            await _take(rt, reading, waiting)
            waiting.clear()
            progress("reading", line, 0)
    await _take(rt, reading, waiting)
    reading.end()
    progress("reading", line, line)


async def _take(rt: Runtime, reading: Reading, some: Sequence[Row | Total]) -> None:
    meant = await _units(rt, reading, [one for one in some if isinstance(one, Row)])
    for one in some:
        if isinstance(one, Total):
            reading.total(one)
        elif (unit := meant.get(one.line)) is not None:
            reading.row(one, unit)


async def _units(rt: Runtime, reading: Reading, rows: Sequence[Row]) -> dict[int, Unit]:
    """The unit of each row, by line; what is not clear goes to the faults."""
    scope = reading.actor.scope
    levels = {indicator.level for indicator in reading.campaign.indicators}
    async with rt.read() as c:
        coded = await unit_lookup.by_codes(c, {row.code for row in rows if row.code}, scope)
        await _climb(c, reading, coded.values())
        named = await _called(c, reading, [row for row in rows if not row.code], levels)
    shelf = officeunits.Shelf(named, reading.above, levels)
    found: dict[int, Unit] = {}
    for row in rows:
        unit = _coded(reading, row, coded) if row.code else _named(reading, row, shelf)
        if unit is not None:
            found[row.line] = unit
    return found


async def _called(
    c: Connection, reading: Reading, rows: Sequence[Row], levels: Collection[Level]
) -> list[Unit]:
    """The units that rows without a code may mean: of a thousand 东山村 those below the named township."""
    await _tops(c, reading, {row.above for row in rows})
    places: set[tree.Interval] = set()
    words: set[str] = set()
    for row in rows:
        below = {(unit.lo, unit.hi) for unit in reading.tops[row.above]}
        if below and sum(hi - lo for lo, hi in below | places) <= _FEW:
            places |= below
        else:
            words |= officeunits.spellings(row, levels)
    found = await unit_lookup.inside(c, tree.merge(places)) if places else []
    if words:
        found += await unit_lookup.called(c, words, reading.actor.scope)
    await _climb(c, reading, found)
    return found


async def _tops(c: Connection, reading: Reading, some: Collection[tuple[str, ...]]) -> None:
    """The units in scope that names of units above a row may mean, by those names; kept, as they come again."""
    fresh = {names for names in some if names not in reading.tops}
    rows = {names: Row(0, "", names[-1], None, names[:-1], ()) for names in fresh if names}
    words = {word for row in rows.values() for word in officeunits.spellings(row, Level)}
    known = await unit_lookup.called(c, words, reading.actor.scope) if words else []
    await _climb(c, reading, known)
    shelf = officeunits.Shelf(known, reading.above, Level)
    for names in fresh:
        reading.tops[names] = shelf.meant(rows[names]) if names else []


async def _climb(c: Connection, reading: Reading, some: Iterable[Unit]) -> None:
    """Know every unit above these."""
    missing = {unit.parent_id for unit in some} - reading.above.keys()
    while wanted := [one for one in missing if one is not None]:
        more = await units.many(c, wanted)
        reading.above |= more
        missing = {unit.parent_id for unit in more.values()} - reading.above.keys()


def _coded(reading: Reading, row: Row, known: Mapping[str, Unit]) -> Unit | None:
    unit = known.get(row.code)
    if unit is None:
        what = f"there is no unit {row.code!r} in the scope of {reading.actor.person.key}"
        reading.faults.add(row.line, "", what)
    elif row.name and not officeunits.answers(unit, row.name):
        what = f"{row.code} is {unit.short}, not {row.name}"
        reading.faults.add(row.line, "", what)
        return None
    return unit


def _named(reading: Reading, row: Row, shelf: officeunits.Shelf) -> Unit | None:
    fit = shelf.meant(row)
    if len(fit) == 1:
        return fit[0]
    name = "".join((*row.above, row.name))
    if fit:
        several = ", ".join(f"{unit.short} {unit.code}" for unit in fit[:4])
        what = f"{name} may be any of {several}; write the code"
    else:
        what = f"there is no unit {name!r} in the scope of {reading.actor.person.key}"
    reading.faults.add(row.line, "", what)
    return None
