"""Mends what is in the ledger: the last message, a new value over an old one, taking back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot import errors
from bot.actions import enter
from bot.actions.enter import Noted
from bot.core import ledger
from bot.core.ledger import Claim, Kind
from bot.core.model import Person
from bot.runtime import Runtime
from bot.store import cells, database, entries, people, tallies
from config import analysis

UNDO_WITHIN: Final = timedelta(days=1)


async def last(rt: Runtime, person: Person, at: datetime) -> tuple[Noted, ...]:
    """What her last message put into the ledger less than a day ago and still stands; what 「是11名」 speaks of."""
    async with rt.read() as c:
        standing = await _standing(c, person, at)
    return await enter.noted(rt, standing)


async def correct(
    rt: Runtime,
    person: Person,
    claim: Claim,
    *,
    source: bytes,
    said_at: datetime,
    reason: str = "",
) -> Noted:
    """A new entry over the old one: the cell has `claim.value` from now on, of increments the whole value too.

    Raises ReasonNeeded once the week is closed or if somebody else said the old value; NotAllowed, Conflict
    and BadInput as `record` does.
    """
    if not ledger.complete(claim):
        raise errors.BadInput(f"{claim.indicator.code} cannot be {claim.value}")
    async with rt.write() as c:
        known = await entries.of_source(c, source)
        if known:
            return (await enter.noted(rt, known))[0]
        await tallies.share_tree(c)
        await cells.hold(c, [claim.unit.id])
        post = await enter.may(rt, await people.actor(c, person), claim.unit, claim.indicator)
        if not reason and await _needs_reason(rt, c, person, claim, said_at):
            raise errors.ReasonNeeded
        changes: list[tallies.Change] = []
        by = enter.By(person, post, said_at, source, 0, Kind.CORRECTION, reason)
        said = enter.Saying(claim.unit, claim.indicator, claim.value, claim.whole)
        noted = await enter.append(rt, c, by, said, changes)
        await tallies.add(c, changes)
        return noted


async def undo(
    rt: Runtime, person: Person, *, source: bytes, said_at: datetime
) -> tuple[Noted, ...]:
    """写错了, 算了: take back what her last message put into the ledger; each cell has again what it had before.

    Raises Conflict if there is nothing of hers of the last day that still stands.
    """
    async with rt.write() as c:
        known = await entries.of_source(c, source)
        if known:
            return await enter.noted(rt, known)
        await tallies.share_tree(c)
        mine = await _held(c, person, said_at)
        if not mine:
            raise errors.Conflict
        actor = await people.actor(c, person)
        items: list[Noted] = []
        changes: list[tallies.Change] = []
        for part, noted in enumerate(await enter.noted(rt, mine)):
            post = await enter.may(rt, actor, noted.unit, noted.indicator)
            by = enter.By(person, post, said_at, source, part, Kind.UNDO)
            under = await entries.under(c, mine[part])
            value, whole = (under.value, under.whole) if under else (None, None)
            said = enter.Saying(noted.unit, noted.indicator, value, whole)
            items.append(await enter.append(rt, c, by, said, changes))
        await tallies.add(c, changes)
        return tuple(items)


async def _held(c: database.Connection, person: Person, at: datetime) -> list[entries.Entry]:
    """`_standing` of units that nobody else writes to until the end of this transaction.

    While it waits for one, she may have said something of another unit; then that is what she takes back.
    """
    held: set[int] = set()
    while True:
        mine = await _standing(c, person, at)
        wanted = {entry.unit_id for entry in mine}
        if wanted <= held:
            return mine
        await cells.hold(c, wanted)
        held |= wanted


async def _standing(c: database.Connection, person: Person, at: datetime) -> list[entries.Entry]:
    """The entries of her last message that are not older than a day and that their cells still hold."""
    mine = [
        entry
        for entry in await entries.last_of(c, person.id)
        if entry.kind is not Kind.UNDO and entry.said_at > at - UNDO_WITHIN
    ]
    held = await cells.held(c, [(entry.indicator_id, entry.unit_id) for entry in mine])
    return [entry for entry in mine if held[entry.indicator_id, entry.unit_id].entry_id == entry.id]


async def needs_reason(rt: Runtime, person: Person, claim: Claim, at: datetime) -> bool:
    """Whether correcting this cell takes a reason: its week is closed, or somebody else said the value."""
    async with rt.read() as c:
        return await _needs_reason(rt, c, person, claim, at)


async def _needs_reason(
    rt: Runtime, c: database.Connection, person: Person, claim: Claim, at: datetime
) -> bool:
    key = (claim.indicator.id, claim.unit.id)
    held = (await cells.held(c, [key])).get(key)
    entry = await entries.by_id(c, held.entry_id) if held else None
    if entry is None:
        return False
    said_on, today = rt.calendar.day(entry.said_at), rt.calendar.day(at)
    closed = ledger.locked(said_on, today, after_days=analysis.load().lock_after_days)
    return closed or entry.person_id != person.id
