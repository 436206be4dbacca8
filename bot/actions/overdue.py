"""Difficulties whose day has passed: the owner is reminded once, then the level above hears of it, then it stops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.actions import desk, tell
from bot.actions import difficulty_news as news
from bot.core.model import Person, Unit
from bot.runtime import Runtime
from bot.store import difficulties, units
from bot.store.database import Connection
from bot.store.difficulties import Difficulty

_NAMED: Final = 5  # in one line
_CLIMBS_AFTER: Final = 2  # workdays behind the day that was promised


async def check(rt: Runtime, due: datetime) -> str:
    """Remind and report on the day of `due`, if it is a workday; one English line.

    Part of the caller's transaction, which has claimed (job, due). One message to a person, however many
    difficulties there are.
    """
    day = rt.calendar.day(due)
    if not rt.calendar.is_workday(day):
        return "no workday"
    count = [0, 0]
    async with rt.write() as c:
        letters: dict[int, tuple[Person, list[str]]] = {}
        for owner, some in _by_owner(await difficulties.overdue(c, day)):
            late = [one for one in some if one.pressed == 0]
            later = [one for one in some if one.pressed and _climbs(rt, one, day)]
            count = [count[0] + len(late), count[1] + len(later)]
            if late:
                await difficulties.press(c, [one.id for one in late], 1)
                said = rt.words.say(
                    "difficulty.overdue", n=len(late), list=_list(rt, late), number=late[0].id
                )
                await _add(rt, letters, owner, said + news.pass_on(rt, owner, late[0].id))
            if later:
                await _climb(rt, c, letters, later)
        for person, lines in letters.values():
            await tell.politely(rt, person, "\n".join(lines))
    return f"{count[0]} reminded, {count[1]} told to the level above"


def _by_owner(some: Sequence[Difficulty]) -> list[tuple[Unit, list[Difficulty]]]:
    found: dict[int, tuple[Unit, list[Difficulty]]] = {}
    for one in some:
        found.setdefault(one.owner.id, (one.owner, []))[1].append(one)
    return list(found.values())


async def _add(
    rt: Runtime, letters: dict[int, tuple[Person, list[str]]], unit: Unit, line: str
) -> None:
    """One more line for everybody at the desk of the unit."""
    for person in await desk.hearers(rt, unit):
        letters.setdefault(person.id, (person, []))[1].append(line)


def _climbs(rt: Runtime, one: Difficulty, day: date) -> bool:
    return rt.calendar.workdays_later(one.due_on, _CLIMBS_AFTER) <= day


async def _climb(
    rt: Runtime,
    c: Connection,
    letters: dict[int, tuple[Person, list[str]]],
    some: Sequence[Difficulty],
) -> None:
    """One line to the level above the owner; who raised it hears that the day was not kept."""
    owner = some[0].owner
    above = await units.parent(c, owner)
    await difficulties.press(c, [one.id for one in some], difficulties.MOST_PRESSED)
    if above is None:
        return
    said = rt.words.say("difficulty.climbs", owner=owner.display, n=len(some), list=_list(rt, some))
    await _add(rt, letters, above, said)
    for one in some:
        await news.raiser(rt, c, one, "overdue_told", above=above)


def _list(rt: Runtime, some: Sequence[Difficulty]) -> str:
    comma = rt.words.say("analysis.comma")
    named = comma.join(news.said(rt, one, "overdue_one") for one in some[:_NAMED])
    return named + (rt.words.say("analysis.more", n=len(some)) if len(some) > _NAMED else "")
