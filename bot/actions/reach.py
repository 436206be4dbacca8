"""Whom a draft reaches and how: the preview, its hash, and the same again at 同意."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import errors
from bot.actions import quota, ways
from bot.core import access, audience, notice, period, plan, tree
from bot.core.access import Actor
from bot.core.estimate import Part
from bot.core.model import Unit
from bot.core.plan import Broadcast, Draft, Earlier, Preview
from bot.core.receipt import State
from bot.core.way import Way
from bot.runtime import Runtime
from bot.store import amendments, audiences, broadcasts, people, units
from bot.store.audiences import Audience, Means
from bot.store.database import Connection

_LATELY = timedelta(days=1)  # the same words again are asked about
FARTHEST = timedelta(days=3660)  # of a time in a draft: it must still be a time in every zone


async def shown(rt: Runtime, c: Connection, draft: Draft, found: Audience) -> Preview:
    """The preview of a draft whose audience is at hand."""
    people_states = found.people.states.tolist()
    total = len(found.people) + found.groups_n
    return Preview(
        people=len(found.people),
        groups=found.groups_n,
        unregistered=people_states.count(State.UNREGISTERED),
        paused=people_states.count(State.SUPPRESSED),
        parts=await _parts(rt, c, draft, found),
        minutes=plan.READ_MINUTES,
        starts_at=start(rt, draft.not_before, urgent=draft.urgent),
        needs_second=draft.purpose == "notice" and total > rt.settings.approval_threshold,
        hash=_hash(draft, found),
        same=await _same(rt, c, draft),
    )


async def _same(rt: Runtime, c: Connection, draft: Draft) -> Earlier | None:
    """Somebody may have sent these words already: pressed twice, or two of one office did."""
    if draft.purpose != "notice":
        return None
    since_ms = period.ms(rt.now() - _LATELY)
    return await broadcasts.same(
        c, draft.unit.id, draft.title, draft.body, since_ms=since_ms, before=None
    )


async def _parts(rt: Runtime, c: Connection, draft: Draft, found: Audience) -> tuple[Part, ...]:
    """What each channel has to do."""
    parts: list[Part] = []
    for cut in audience.tally(found.channels(), sizes(rt)):
        limits = rt.channels.sending[quota.carrier(cut.channel)].limits
        people = limits.people.value
        calls = cut.owners if cut.channel == "relay" else -(-cut.members // people)
        room = await quota.left(rt, c, cut.channel, urgent=draft.urgent)
        counted = limits.people_per_day or limits.per_day
        each = people if limits.people_per_day else 1
        daily = max(1, counted.value // each) if counted else None
        # Words for a group's owner go as a template too: they come after the others.
        same = [one for one in parts if quota.carrier(one.channel) == quota.carrier(cut.channel)]
        left = None if room is None else max(0, room // people - sum(one.calls for one in same))
        parts.append(Part(cut.channel, cut.members, calls, cut.batches, left, daily))
    return tuple(parts)


def sizes(rt: Runtime) -> dict[str, int]:
    """Members of one batch of the channels whose calls are for many: a batch is one call."""
    limits = {name: one.limits.people.value for name, one in rt.channels.sending.items()}
    return {name: people for name, people in limits.items() if people > 1}


def _hash(draft: Draft, found: Audience) -> bytes:
    """Who is registered is not part of it: somebody joining between preview and 确认发送 changes nothing said.

    Nor which way is taken to each, which changes by the minute; but that a mass message is, which
    takes one of everybody's four of this month.
    """
    times = [period.ms(at) if at else None for at in (draft.deadline, draft.not_before)]
    mass = any(name == Way.MASS.channel for name, _ in found.by_way())
    terms = (draft.unit.id, *times, draft.receipt, draft.urgent, mass)
    members = [part.ids.tobytes() for part in (found.people, found.robots, found.relays)]
    return plan.digest(
        kind=draft.kind,
        title=draft.title,
        body=draft.body,
        joint=draft.joint,
        terms=terms,
        members=members,
    )


async def resolve(rt: Runtime, c: Connection, author: Actor | None, draft: Draft) -> Audience:
    """Who the draft is for, now, and by which way; raises NotAllowed when a unit lies outside the author's send scope, or 通报 does not come from above, BadInput when nobody is left or a time is absurd."""
    if any(at > rt.now() + FARTHEST for at in (draft.deadline, draft.not_before) if at):
        raise errors.BadInput(rt.words.say("broadcast.too_far"))
    if draft.amends is not None:
        persons, groups = await amendments.members(c, draft.amends, acted=draft.acted)
        find = _named(c, persons, groups)
    elif draft.explicit:
        find = _named(c, draft.persons, draft.group_ids)
    else:
        _within_scope(rt, author, draft.scope_units)
        if draft.kind == notice.FIGURES and author is not None:
            _from_above(rt, author, draft.scope_units)
        scope = tree.merge((unit.lo, unit.hi) for unit in draft.scope_units)
        find = functools.partial(_chosen, c, scope, draft)
    found = await ways.taken(rt, c, draft, find)
    if not len(found.people) and not found.groups_n:
        raise errors.BadInput(rt.words.say("broadcast.nobody"))
    return found


def _named(c: Connection, persons: Sequence[int], groups: Sequence[int]) -> ways.Find:
    async def find(means: Means) -> Audience:
        return await audiences.named(c, persons, groups, means=means)

    return find


async def _chosen(
    c: Connection, scope: Sequence[tree.Interval], draft: Draft, means: Means
) -> Audience:
    return await audiences.chosen(c, scope, draft.items, groups=draft.groups, means=means)


def _within_scope(rt: Runtime, author: Actor | None, wanted: tuple[Unit, ...]) -> None:
    if author is None:
        return
    scope = access.send_scope(author)
    if not wanted or not all(tree.holds(scope, unit.lo) for unit in wanted):
        raise errors.NotAllowed(rt.words.say("broadcast.out_of_scope"))


def _from_above(rt: Runtime, author: Actor, wanted: tuple[Unit, ...]) -> None:
    if not access.shows_figures(author, wanted):
        raise errors.NotAllowed(rt.words.say("notice.figures_only_above"))


def start(rt: Runtime, not_before: datetime | None, *, urgent: bool) -> datetime | None:
    """When sending may begin; None for at once."""
    now = rt.now()
    begin = max(now, not_before) if not_before else now
    if not urgent:
        begin = rt.quiet.over_at(begin, rt.settings.zone)
    return begin if begin > now else None


async def redraft(rt: Runtime, broadcast: Broadcast) -> tuple[Actor | None, Draft]:
    """The author and the draft a kept broadcast was made from, with the units as they are now."""
    asked = broadcast.audience
    async with rt.read() as c:
        unit = await units.by_id(c, broadcast.unit_id)
        chosen = await units.many(c, _ids(asked, "units"))
    assert unit is not None  # units are ended, never deleted
    draft = Draft(
        kind=broadcast.kind,
        title=broadcast.title,
        body=broadcast.body,
        unit=unit,
        scope_units=tuple(chosen.values()),
        items=plan.items_of(asked),
        groups=asked.get("groups") is True,
        deadline=_at(broadcast.deadline_ms),
        receipt=broadcast.receipt,
        not_before=_at(broadcast.not_before_ms),
        urgent=broadcast.urgent,
        joint=broadcast.joint,
        persons=_ids(asked, "persons"),
        group_ids=_ids(asked, "groups"),
        explicit="persons" in asked or "amends" in asked,
        purpose=broadcast.purpose,
        amends=broadcast.amends,
        acted=asked.get("acted") is not False,
    )
    if broadcast.author_id is None:
        return None, draft
    async with rt.read() as c:
        person = await people.by_id(c, broadcast.author_id)
        if person is None:
            raise errors.Conflict
        return await people.actor(c, person), draft


def _ids(asked: dict[str, object], name: str) -> tuple[int, ...]:
    raw = asked.get(name, [])
    return tuple(raw) if isinstance(raw, list) else ()


def _at(moment_ms: int | None) -> datetime | None:
    return period.at(moment_ms) if moment_ms is not None else None
