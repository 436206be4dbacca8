"""The register of groups is kept: owners who left, groups that lie unused or are past their end; and its export."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot import errors
from bot.actions import tables, tell
from bot.core import groupsfile, period
from bot.core import text as texts
from bot.core.changes import Progress, silent
from bot.core.model import GroupKind, Person, Role, Unit
from bot.core.tree import Interval
from bot.runtime import Runtime
from bot.store import groups, people, register, units
from bot.store.database import Connection
from bot.store.register import Kept

UNUSED: Final = timedelta(days=30)
_LEADERS: Final = frozenset({Role.CHAIR, Role.DEPUTY, Role.STAFF})
_AT_ONCE: Final = 5000  # groups of one run; the next run goes on
_PAGE: Final = 2000
_NAMED: Final = 5  # groups in one line
_EVERYWHERE: Final = ((0, 2**31 - 1),)


async def tend(rt: Runtime, due: datetime) -> str:
    """Tell who must know of orphaned groups, ask owners of unused ones, end what is past its day; one English line.

    Part of the caller's transaction, which has claimed (job, due).
    """
    at_ms, day = period.ms(due), rt.calendar.day(due).isoformat()
    async with rt.write() as c:
        over = await register.past(c, day, _AT_ONCE)
        await groups.end(c, [one.id for one in over], at_ms)
        left = await register.orphans(c, _AT_ONCE)
        await _tell_above(rt, c, left)
        await register.told(c, [one.id for one in left], at_ms)
        idle = await register.unused(c, at_ms - UNUSED // timedelta(milliseconds=1), _AT_ONCE)
        await _ask_owners(rt, c, idle)
        await register.asked(c, [one.id for one in idle], at_ms)
    return f"{len(left)} without owner, {len(idle)} unused, {len(over)} ended"


async def _tell_above(rt: Runtime, c: Connection, left: Sequence[Kept]) -> None:
    """One line to the nearest office, from the group's own unit upward, that somebody leads."""
    by_unit: dict[int, list[Kept]] = {}
    for one in left:
        by_unit.setdefault(one.unit_id, []).append(one)
    homes = await units.many(c, by_unit)
    for unit_id, some in by_unit.items():
        home = homes[unit_id]
        line = rt.words.say(
            "register.orphans", unit=home.display, n=len(some), list=_list(rt, some)
        )
        for office in [home, *reversed(await units.ancestors(c, home))]:
            if await _tell(rt, c, office, line):
                break


async def _tell(rt: Runtime, c: Connection, office: Unit, line: str) -> bool:
    """Whether anybody leads it who can be told; at night it waits."""
    told = False
    for holder in await people.holders(c, office.id, _LEADERS):
        if not holder.paused and await people.registered(c, holder.id):
            await tell.politely(rt, holder, line)
            told = True
    return told


async def _ask_owners(rt: Runtime, c: Connection, idle: Sequence[Kept]) -> None:
    by_owner: dict[int, list[Kept]] = {}
    for one in idle:
        if one.owner_id is not None:
            by_owner.setdefault(one.owner_id, []).append(one)
    for owner, person in (await people.many(c, list(by_owner))).items():
        some = by_owner[owner]
        line = rt.words.say("register.unused", n=len(some), list=_list(rt, some))
        await tell.politely(rt, person, line)


def _list(rt: Runtime, some: Sequence[Kept]) -> str:
    named = rt.words.say("broadcast.separator").join(one.name for one in some[:_NAMED])
    more = rt.words.say("register.more", n=len(some)) if len(some) > _NAMED else ""
    return named + more


async def close(rt: Runtime, person: Person, words: str) -> list[str]:
    """关群: end those of her own relay groups that `words` name, or her only one; their names.

    Empty when she has none of that name, or has several and named none.
    """
    async with rt.write() as c:
        mine = await groups.owned_by(c, person.id)
        wanted = texts.key(words)
        if wanted:
            mine = [one for one in mine if wanted in texts.key(one.name)]
        elif len(mine) > 1:
            mine = []
        await groups.end(c, [one.id for one in mine], rt.now_ms())
    return [one.name for one in mine]


async def problems(rt: Runtime) -> list[str]:
    """What somebody should look at, an English line for each group, in tree order."""
    now = rt.now()
    since_ms = period.ms(now - UNUSED)
    found: list[str] = []
    seen: dict[tuple[str, str], str] = {}
    async for one in _all(rt, _EVERYWHERE):
        wrong = _wrong(one, since_ms, rt.calendar.day(now).isoformat())
        before = seen.setdefault(groupsfile.looks(one.unit_code, one.name), one.key)
        if before != one.key:
            wrong.append(f"looks like group {before!r}")
        found += [f"{one.key} {one.name} ({one.unit_code}): {what}" for what in wrong]
    return found


def _wrong(one: Kept, since_ms: int, day: str) -> list[str]:
    found = []
    if one.orphan:
        found.append("its owner has left; give it another owner_person_id, or end it")
    elif one.kind == GroupKind.RELAY and not one.registered:
        found.append("its owner is not registered, so nothing reaches it")
    if one.used_at_ms is not None and one.used_at_ms < since_ms:
        found.append("unused for 30 days")
    if one.closes_on is not None and one.closes_on < day:
        found.append(f"its last day was {one.closes_on}")
    return found


async def _all(rt: Runtime, scope: Sequence[Interval]) -> AsyncIterator[Kept]:
    after = (-1, 0)
    async with rt.read() as c:
        while some := await register.page(c, scope, after=after, limit=_PAGE):
            after = (some[-1].lo, some[-1].id)
            for one in some:
                yield one


async def save(
    rt: Runtime, path: Path, unit_code: str | None, *, progress: Progress = silent
) -> int:
    """Write the register of a unit and all below (None: everything) as a file that can be imported again; how many groups.

    Keys of robots are never in it. Raises BadInput for a unit that is not there or a kind of file we do not write.
    """
    async with rt.read() as c:
        unit = await units.by_code(c, unit_code) if unit_code else await units.root(c)
    if unit is None:
        raise errors.BadInput(f"there is no unit {unit_code!r}")
    count = 0
    with tables.writing(path, title="groups", widths=[16] * len(groupsfile.WRITTEN)) as table:
        table.row(groupsfile.WRITTEN)
        async for one in _all(rt, [(unit.lo, unit.hi)]):
            table.row(_cells(rt, one))
            count += 1
            progress("writing", count, 0)
    return count


def _cells(rt: Runtime, one: Kept) -> list[tables.Cell]:
    used = period.at(one.used_at_ms) if one.used_at_ms is not None else None
    state = "owner-left" if one.orphan else ""
    if not state and one.kind == GroupKind.RELAY and not one.registered:
        state = "owner-not-registered"
    return [
        one.key,
        one.name,
        one.unit_code,
        one.kind,
        one.owner_key or "",
        one.members,
        "",
        one.purpose,
        one.opened_on or "",
        one.closes_on or "",
        rt.calendar.day(used).isoformat() if used else "",
        state,
    ]
