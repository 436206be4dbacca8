"""Which way a notice takes to each person: what the accounts have, what is left of it today, who gets which."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import numpy as np

from bot.actions import quota
from bot.core import period, way
from bot.core.plan import Draft, Receipt
from bot.core.receipt import State
from bot.core.way import Room, Way, Ways
from bot.runtime import Runtime
from bot.store import audiences, masses
from bot.store.audiences import Audience, Means
from bot.store.database import Connection
from config import ways

_AROUND: Final = 300  # bytes of a notice besides title, body and senders: deadline, what to answer

Find = Callable[[Means], Awaitable[Audience]]


async def taken(rt: Runtime, c: Connection, draft: Draft, find: Find) -> Audience:
    """The audience that `find` gives, and the way that is taken to each of its people now."""
    found = await find(means(rt))
    order = order_of(rt, draft, len(found.people))
    rooms = await _rooms(rt, c, order, urgent=draft.urgent)
    if _short(found, order, rooms):
        found = await find(all_means(rt))
    assert found.people.ways is not None  # `audiences` gives them
    ways_there = np.where(found.people.states == State.PENDING, found.people.ways, 0)
    if Way.MASS in order:
        ways_there = await _with_mass(rt, c, found, ways_there)
    return dataclasses.replace(found, taken=way.choose(ways_there.astype(np.uint8), order, rooms))


def means(rt: Runtime) -> Means:
    """What there is besides templates and costs no look at each follower."""
    return Means(wecom=Way.WECOM_APP.channel in rt.channels.sending)


def all_means(rt: Runtime) -> Means:
    """Everything but mass messages."""
    subscribed = Way.SUBSCRIBE.channel in rt.channels.sending
    return Means(
        wecom=Way.WECOM_APP.channel in rt.channels.sending,
        windows_ms=rt.now_ms(),
        subscribe=rt.settings.wechat_subscribe_template_id if subscribed else "",
    )


def order_of(rt: Runtime, draft: Draft, people: int) -> tuple[Way, ...]:
    """The ways that a draft to so many people may take, the first one first."""
    known = [way.of(name) for name in ways.load().order if name in rt.channels.sending]
    if rt.passive:  # what she has not read in her open window she gets with her next answer
        return tuple(one for one in known if one in (Way.WECOM_APP, Way.TEMPLATE))
    if not _fits(rt, draft):
        return tuple(one for one in known if one is not Way.MASS)
    if Way.MASS in known and _for_many(draft, people):
        known.remove(Way.MASS)
        known.insert(known.index(Way.TEMPLATE), Way.MASS)
    return tuple(known)


def _for_many(draft: Draft, people: int) -> bool:
    """Whether it is news for many, which nobody has to answer."""
    plan = ways.load()
    quiet = draft.receipt is Receipt.NONE and draft.deadline is None
    return quiet and draft.kind in plan.mass_kinds and people >= plan.mass_from


def _fits(rt: Runtime, draft: Draft) -> bool:
    """Whether the whole text goes into a mass message; what the program itself says never does."""
    channel = rt.channels.sending.get(Way.MASS.channel)
    if channel is None or draft.purpose != "notice" or channel.limits.text_bytes is None:
        return False
    words = (draft.title, draft.body, draft.unit.display, draft.joint)
    return sum(len(one.encode()) for one in words) + _AROUND <= channel.limits.text_bytes.value


async def _rooms(
    rt: Runtime, c: Connection, order: Sequence[Way], *, urgent: bool
) -> dict[Way, Room]:
    """For how many people each way has calls left today."""
    found: dict[Way, Room] = {}
    for one in order:
        left = await quota.left(rt, c, one.channel, urgent=urgent)
        limits = rt.channels.sending[one.channel].limits
        found[one] = Room(sys.maxsize if left is None else left, limits.least.value)
    return found


def _short(found: Audience, order: Sequence[Way], rooms: dict[Way, Room]) -> bool:
    """Whether templates are too few, so that other ways are worth a look."""
    assert found.people.ways is not None  # `audiences` gives them
    if order == () or Way.TEMPLATE not in order or Way.TEMPLATE is order[-1]:
        return False
    first = way.choose(found.people.ways, [Way.WECOM_APP, Way.TEMPLATE], {})
    wanted = (first == Way.TEMPLATE) & (found.people.states == State.PENDING)
    return int(wanted.sum()) > rooms[Way.TEMPLATE].most


async def _with_mass(rt: Runtime, c: Connection, found: Audience, there: Ways) -> Ways:
    """Add MASS for those who are registered and have not had this month's yet."""
    most = rt.channels.sending[Way.MASS.channel].limits.per_person_month
    ids = found.people.ids
    may = there & Way.TEMPLATE > 0
    if most is not None:
        people, times = await masses.had(c, since_ms=month_ms(rt))
        may &= ~np.isin(ids, people[times >= most.value])
    return np.where(may, there | Way.MASS, there).astype(np.uint8)


def month_ms(rt: Runtime) -> int:
    """When this calendar month began, in epoch ms."""
    return period.ms(rt.calendar.moment(rt.calendar.day(rt.now()).replace(day=1)))


def falling(rt: Runtime) -> tuple[Way, ...]:
    """The ways that somebody may fall over to, the first one first: any but a mass message, which is for many."""
    return tuple(
        way.of(name)
        for name in ways.load().order
        if name in rt.channels.sending and name != Way.MASS.channel
    )


async def next_ways(
    rt: Runtime, c: Connection, order: Sequence[Way], persons: Sequence[int], tried: int
) -> dict[int, Way]:
    """For each of these persons the next way that is there now and is not `tried`; those without one are left out."""
    found = await audiences.named(c, persons, (), means=all_means(rt))
    assert found.people.ways is not None  # `audiences` gives them
    open_now = found.people.states == State.PENDING
    there = zip(
        found.people.ids[open_now].tolist(), found.people.ways[open_now].tolist(), strict=True
    )
    ways_of = {one: way.after(bits, order, tried) for one, bits in there}
    return {one: next_way for one, next_way in ways_of.items() if next_way is not None}
