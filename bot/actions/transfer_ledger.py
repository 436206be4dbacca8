"""Imports figures from an office's own table: all or nothing, in one person's name, the same again changes nothing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from bot import errors
from bot.actions import books, ledger_reading, ledger_rows, running
from bot.core import officesheet, sheet
from bot.core.changes import Changes, Progress, silent
from bot.core.model import Campaign, Person
from bot.core.officesheet import Layout, Line
from bot.runtime import Runtime
from bot.store import audits, people, units
from config import headers

MARK = b"file:"  # how the sources of such entries begin


class _OnlyChecked(Exception):
    """Undoes a trial run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: cells by what became of them, and those that said nothing."""

    changes: Changes
    zero: int
    missing: int
    not_expected: int
    totals: int


async def load(
    rt: Runtime,
    path: Path,
    *,
    campaign_code: str | None,
    by: str,
    check: bool = False,
    progress: Progress = silent,
) -> Outcome:
    """Import the figures of one file for one campaign: by default the newest one where `by` has her post.

    Raises BadInput with the faults, NotFound when there is no such person or campaign.
    """
    person, campaign = await _who(rt, by, campaign_code)
    progress("reading", 0, 0)
    lines = books.rows(path)
    top = await asyncio.to_thread(lambda: list(islice(lines, officesheet.LOOKED_AT)))
    layout = officesheet.Headings(headers.load(), campaign.indicators).find(top)
    if layout is None:
        names = ", ".join(one.name for one in campaign.indicators)
        raise errors.BadInput(
            f"{path.name}: no headings in the first {officesheet.LOOKED_AT} rows; there must be a column for"
            f" the unit and one for any of {names} (spellings are in config/headers.yaml)"
        )
    async with rt.read() as c:  # so that nobody's report waits for the reading
        epoch = await units.epoch(c)
        reading = await _read(
            rt,
            path,
            person,
            campaign,
            layout=layout,
            lines=chain(top, lines),
            progress=progress,
        )
    changes = Changes()
    try:
        async with rt.write() as c:
            if await units.epoch(c) != epoch:
                raise errors.Conflict("units were imported meanwhile; import the figures again")
            await _write(rt, path, reading, changes, progress)
            if check:
                raise _OnlyChecked
            await audits.note(
                c,
                at_ms=rt.now_ms(),
                actor=f"person:{person.id}",
                deed="import",
                thing=f"ledger:{path.name}"[:64],
                detail={"result": changes.sentence()},
            )
    except _OnlyChecked:
        pass
    return Outcome(changes, reading.zero, reading.missing, reading.not_expected, reading.totals)


async def _who(rt: Runtime, by: str, campaign_code: str | None) -> tuple[Person, Campaign]:
    async with rt.read() as c:
        person = await people.by_key(c, by)
        if person is None or not person.posts:
            raise errors.NotFound(f"there is no person {by!r} with a post")
    campaign = await running.one(rt, person.home, rt.now(), code=campaign_code)
    if campaign is None:
        which = repr(campaign_code) if campaign_code else f"that runs where {by} has her post"
        raise errors.NotFound(f"there is no campaign {which}")
    return person, campaign


async def _read(
    rt: Runtime,
    path: Path,
    person: Person,
    campaign: Campaign,
    *,
    layout: Layout,
    lines: Iterable[Line],
    progress: Progress,
) -> ledger_reading.Reading:
    faults = sheet.Faults(path.name)
    reading = await ledger_reading.begin(rt, campaign, person.id, layout, faults)
    await ledger_reading.read(rt, reading, lines, progress=progress)
    faults.close()
    return reading


async def _write(
    rt: Runtime, path: Path, reading: ledger_reading.Reading, changes: Changes, progress: Progress
) -> None:
    stamp = f"{path.name}\0{rt.now_ms()}\0{reading.actor.person.id}"
    book = ledger_rows.Book(
        path.name,
        MARK + hashlib.sha256(stamp.encode()).digest()[: 32 - len(MARK)],
        reading.labels,
        reading.campaign,
        reading.actor,
        reading.above,
    )
    await ledger_rows.write(
        rt, book, reading.found, reading.faults, changes=changes, progress=progress
    )
