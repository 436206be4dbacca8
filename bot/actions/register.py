"""The register of groups is kept: owners who left, groups that lie unused or are past their end; and its export."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot import errors
from bot.actions import tables, tell
from bot.core import groupsfile, intents, period
from bot.core import text as texts
from bot.core.changes import Progress, silent
from bot.core.model import GroupKind, Person, Role, Unit
from bot.core.tree import Interval
from bot.runtime import Runtime
from bot.store import groups, people, register, units
from bot.store.database import Connection
from bot.store.groups import Group
from bot.store.register import Kept

UNUSED: Final = timedelta(days=30)
_ANSWERED_WITHIN: Final = timedelta(days=7)  # later 不用了 may mean something else
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
        await _tell_nearest(rt, c, home, line, but=None)


async def _tell_nearest(
    rt: Runtime, c: Connection, home: Unit, line: str, *, but: Person | None
) -> None:
    """Whoever leads the nearest office, from `home` upward, that anybody leads but this person; at night it waits."""
    for office in [home, *reversed(await units.ancestors(c, home))]:
        told = False
        for holder in await people.holders(c, office.id, _LEADERS):
            hers = but is not None and holder.id == but.id
            if not hers and not holder.paused and await people.registered(c, holder.id):
                await tell.politely(rt, holder, line)
                told = True
        if told:
            break


async def _ask_owners(rt: Runtime, c: Connection, idle: Sequence[Kept]) -> None:
    by_owner: dict[int, list[Kept]] = {}
    for one in idle:
        if one.owner_id is not None:
            by_owner.setdefault(one.owner_id, []).append(one)
    for owner, person in (await people.many(c, list(by_owner))).items():
        some = by_owner[owner]
        key = "register.unused" if len(some) == 1 else "register.unused_several"
        line = rt.words.say(key, n=len(some), list=_list(rt, some))
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
        mine = meant(await groups.owned_by(c, person.id), words)
        await groups.end(c, [one.id for one in mine], rt.now_ms())
    return [one.name for one in mine]


@dataclass(frozen=True, slots=True)
class Said:
    """What became of her words: the names of the groups they were for, or (`of`) those that she may have meant."""

    done: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


async def used_or_not(rt: Runtime, person: Person, said: intents.GroupUse, at: datetime) -> Said:
    """还用, 不用了: keep, or end, the groups that she was asked about, or the one of hers that she names.

    Several that she does not name are kept together, but ended only when she says 都. Nothing in `Said`: she was
    not asked in the last days, or has none of that name.
    """
    async with rt.write() as c:
        if said.words:
            some = meant(await groups.owned_by(c, person.id), said.words)
        else:
            some = await register.asked_of(c, person.id, period.ms(at - _ANSWERED_WITHIN))
        if len(some) > 1 and not (said.used or said.every or said.words):
            return Said(of=tuple(one.name for one in some))
        ids = [one.id for one in some]
        if said.used:
            await register.used(c, ids, period.ms(at))
        else:
            await groups.end(c, ids, period.ms(at))
    return Said(done=tuple(one.name for one in some))


async def give_up(rt: Runtime, c: Connection, person: Person, some: Sequence[Group]) -> None:
    """These are not hers any more; the nearest office that somebody else leads is told at once."""
    ids = [one.id for one in some]
    await register.told(c, ids, rt.now_ms())
    await register.without_owner(c, ids)
    homes = await units.many(c, [one.unit_id for one in some])
    for one in some:
        home = homes[one.unit_id]
        line = rt.words.say("register.disowned", group=one.name, name=person.name)
        await _tell_nearest(rt, c, home, line, but=person)


def meant(mine: Sequence[Group], words: str) -> list[Group]:
    """Those whose names hold these words; without words the only one there is."""
    wanted = texts.key(words)
    if wanted:
        return [one for one in mine if wanted in texts.key(one.name)]
    return list(mine) if len(mine) == 1 else []


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
