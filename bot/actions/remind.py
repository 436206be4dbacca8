"""提醒: those who owe something, and only those; each week, or because a leader asks."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions import broadcast, progress, tell
from bot.core import access, period
from bot.core.access import Actor
from bot.core.model import Role, Unit
from bot.core.plan import Broadcast, Draft
from bot.runtime import Runtime
from bot.store import campaigns, cells, item_parts, reminders, units
from bot.store import people as persons
from bot.store.database import Connection

_EVERYWHERE = (0, 2**31 - 1)
_AHEAD = timedelta(days=7)  # an item is reminded of in the weeks of and before its day


@dataclass(frozen=True, slots=True, order=True)
class _Thing:
    """Something that is owed, under its name: a report of an indicator, or an item (its id below zero)."""

    id: int
    name: str
    report: bool


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a 提醒 did: the broadcast (None if nobody was left), how many it is for, how many have had three already.

    `today` had one of the same thing today and are left in peace until tomorrow.
    """

    broadcast: Broadcast | None
    people: int
    spared: int
    today: int


async def people(
    rt: Runtime,
    author: Actor | None,
    person_ids: Sequence[int],
    *,
    text: str,
    thing: str,
    at: datetime,
) -> Reminded:
    """Remind these persons of `thing` (`week:2026-W47:3` of a campaign, `sign:12`, `relay:12`), each once a day and at most three times.

    Persons outside the author's send scope are left out. After the third time the level above gets one line.
    """
    async with rt.write() as c:
        wanted = sorted(set(person_ids))
        if author is not None:
            wanted = await reminders.inside(c, wanted, access.send_scope(author))
        morning = rt.calendar.moment(rt.calendar.day(at))
        found = await reminders.count(c, thing, wanted, period.ms(at), since_ms=period.ms(morning))
        counted = found.times
        spared = len(wanted) - len(counted) - found.again
        if not counted:
            return Reminded(None, 0, spared, found.again)
        unit = await _sender(c, author)
        draft = Draft(
            kind=rt.words.say("remind.kind"),
            title=rt.words.say("remind.title"),
            body=text,
            unit=unit,
            persons=tuple(counted),
            explicit=True,
            purpose="reminder",
        )
        sent = await broadcast.submit(rt, author, draft, expected=None, idem_key=None)
        third = [member for member, times in counted.items() if times == reminders.MOST]
        await _tell_above(rt, c, third, text)
        return Reminded(sent, len(counted), spared, found.again)


async def _sender(c: Connection, author: Actor | None) -> Unit:
    post = access.send_post(author) if author is not None else None
    unit = post.unit if post is not None else await units.root(c)
    assert unit is not None  # somebody is being reminded, so there are units
    return unit


async def _tell_above(rt: Runtime, c: Connection, third: Sequence[int], text: str) -> None:
    """One line for each unit above whose people have been reminded three times."""
    counts: dict[int, int] = {}
    for person in (await persons.many(c, third)).values():
        above = person.home.parent_id if person.posts else None
        if above is not None:
            counts[above] = counts.get(above, 0) + 1
    for unit_id, count in counts.items():
        unit = await units.by_id(c, unit_id)
        chairs = await persons.holders(c, unit_id, {Role.CHAIR})
        if unit is not None and chairs:
            line = rt.words.say("remind.upward", unit=unit.display, count=count, title=text[:40])
            await tell.person(rt, chairs[0].id, line)


async def weekly(rt: Runtime, due: datetime) -> str:
    """Remind exactly the persons and groups that owe this week's report, once; one English line.

    Part of the caller's transaction, which has claimed (job, due): a second run plans nothing.
    """
    async with rt.write() as c:
        owed, askers = await _owed(rt, c, due)
        if not owed:
            return "nobody owes anything"
        speakers = await reminders.speakers(c, [one.id for one, _ in owed.values()])
        by_person: dict[int, set[_Thing]] = {}
        for one, missing in owed.values():
            if one.id in speakers:
                by_person.setdefault(speakers[one.id], set()).update(missing)
        reports = {
            lo: (one, {thing for thing in missing if thing.report})
            for lo, (one, missing) in owed.items()
            if any(thing.report for thing in missing)
        }
        by_group = _by_group(await reminders.groups(c), reports)
        planned = await _plan(rt, askers, due, by_person, kind="weekly")
        planned += await _plan(rt, askers, due, by_group, kind="group_weekly")
    return f"{len(by_person)} persons and {len(by_group)} groups in {planned} broadcasts"


async def _owed(
    rt: Runtime, c: Connection, due: datetime
) -> tuple[dict[int, tuple[Unit, set[_Thing]]], dict[int, Unit]]:
    """By place: the units that said nothing this week of what they have still to give, or have items due by next week, and of what.

    Also who asks for each thing: the lowest unit above that holds all of the campaign, or all that owe the item.
    """
    since, until = progress.week(rt, due)
    found: dict[int, tuple[Unit, set[_Thing]]] = {}
    askers: dict[int, Unit] = {}
    for campaign in await campaigns.active(c, rt.calendar.day(due)):
        places = await campaigns.intervals(c, campaign.id)
        for indicator in campaign.indicators:
            if not places:
                continue
            asker = await units.around(c, places, above=indicator.level)
            for unit in await cells.owing(c, indicator, _EVERYWHERE, since=since, until=until):
                askers[indicator.id] = asker or unit  # of the highest unit itself
                thing = _Thing(indicator.id, indicator.name, report=True)
                found.setdefault(unit.lo, (unit, set()))[1].add(thing)
    items: dict[int, list[Unit]] = {}
    for part in await item_parts.undone(c, rt.calendar.day(due + _AHEAD)):
        kind = rt.words.say(f"items.kind_{part.item.kind}")
        name = rt.words.say("items.digest", kind=kind, n=part.item.id, title=part.item.title)
        thing = _Thing(-part.item.id, name, report=False)
        found.setdefault(part.unit.lo, (part.unit, set()))[1].add(thing)
        items.setdefault(thing.id, []).append(part.unit)
    for number, some in items.items():
        level = min(unit.level for unit in some)
        asker = await units.around(c, [(unit.lo, unit.hi) for unit in some], above=level)
        askers[number] = asker or some[0]
    return found, askers


def _by_group(
    places: Sequence[reminders.Place], owed: dict[int, tuple[Unit, set[_Thing]]]
) -> dict[int, set[_Thing]]:
    """A group owes what its unit and the units below owe."""
    order = sorted(owed)
    found: dict[int, set[_Thing]] = {}
    for place in places:
        first, last = bisect.bisect_left(order, place.lo), bisect.bisect_left(order, place.hi)
        for lo in order[first:last]:
            found.setdefault(place.group_id, set()).update(owed[lo][1])
    return found


async def _plan(
    rt: Runtime,
    askers: Mapping[int, Unit],
    due: datetime,
    owing: dict[int, set[_Thing]],
    *,
    kind: str,
) -> int:
    """One broadcast for all who owe the same, from the nearest whose campaign it is; how many there are."""
    alike: dict[tuple[int, ...], list[int]] = {}
    names = {one.id: one.name for missing in owing.values() for one in missing}
    for member, missing in sorted(owing.items()):
        order = sorted(missing, key=lambda one: (not one.report, abs(one.id)))
        alike.setdefault(tuple(one.id for one in order), []).append(member)
    _, ends = progress.week(rt, due)
    for key, members in alike.items():
        words = rt.words.say("remind.separator").join(dict.fromkeys(names[one] for one in key))
        whose = [askers[one] for one in key if one > 0] or [askers[one] for one in key]
        draft = Draft(
            kind=rt.words.say("remind.kind"),
            title=rt.words.say("remind.title_weekly"),
            body=rt.words.say(f"remind.{kind}", indicators=words),
            unit=max(whose, key=lambda unit: unit.level),
            deadline=ends - timedelta(minutes=1),
            persons=tuple(members) if kind == "weekly" else (),
            group_ids=tuple(members) if kind != "weekly" else (),
            explicit=True,
            purpose="weekly",
        )
        owed = hashlib.sha256("-".join(map(str, key)).encode()).hexdigest()
        name = f"{kind}:{period.ms(due)}:{owed}"
        await broadcast.submit(rt, None, draft, expected=None, idem_key=name[:128])
    return len(alike)
