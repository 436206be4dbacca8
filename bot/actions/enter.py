"""Writes one entry into the ledger: its cell, its history and what it changes in totals.

The rules of time: an entry holds from the moment it was said (WeChat's CreateTime) until the next one of its
cell; of two said in the same second the one that arrives later holds. One that arrives after a newer one is
kept in the history and changes nothing that came after it. What is added (increments) is never too late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import errors
from bot.core import access, ledger
from bot.core.frozen import frozen
from bot.core.ledger import Kind
from bot.core.model import Indicator, Person, Post, Role, Unit
from bot.runtime import Runtime
from bot.store import campaigns, cells, database, entries, people, tallies, units


@frozen
class Noted:
    """A value that stands in the ledger. `before`, `value` None: nothing reported. `stale`: a newer one holds."""

    unit: Unit
    indicator: Indicator
    value: int | None
    before: int | None
    entry_id: int
    late: bool
    on_behalf: bool
    stale: bool
    whole: int | None = None  # of a ratio the denominators of `value` and `before`
    whole_before: int | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who says it, when, in which message."""

    person: Person
    post: Post
    said_at: datetime
    source: bytes
    part: int
    kind: Kind = Kind.REPORT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What is to be written: like a claim, but the value may be none at all (an undo of the first report).

    `so_far`: of what is added up all there was when it was said, and not what is to be added.
    """

    unit: Unit
    indicator: Indicator
    value: int | None
    whole: int | None = None
    so_far: bool = False


async def append(
    rt: Runtime,
    c: database.Connection,
    by: By,
    said: Saying,
    changes: list[tallies.Change],
) -> Noted:
    """Write one entry into the history of its cell; what that changes in totals is added to `changes`."""
    key = (said.indicator.id, said.unit.id)
    held = (await cells.held(c, [key])).get(key)
    at = by.said_at
    if held and (by.kind is Kind.UNDO or ledger.adds(said.indicator)):
        at = max(at, held.as_of)
    stale = held is not None and at < held.as_of
    earlier = await entries.before(c, *key, at) if stale else None
    before, whole_before = (earlier.value, earlier.whole) if earlier else (None, None)
    if held is not None and not stale:
        before, whole_before = held.value, held.whole
    value = said.value
    if by.kind is Kind.REPORT and value is not None and ledger.adds(said.indicator):
        value += before or 0
        if said.so_far:
            value = max(0, value - await _then(c, key, held, by.said_at))
    was = Saying(said.unit, said.indicator, before, whole_before)
    new = await _new(rt, c, by, said, value=value, was=was, at=at)
    entry_id = await entries.add(c, new)
    if entry_id is None:
        raise errors.Conflict  # the same message in another process: that one records it
    share = ledger.share(said.indicator, value, said.whole)
    change = share - ledger.share(said.indicator, before, whole_before)
    steps = tallies.steps(said.indicator, value, before)
    changes.append(tallies.Change(*key, new.day, change, steps))
    if stale:
        later = await entries.after(c, *key, at)
        assert later is not None
        back = tallies.steps(said.indicator, before, value)
        changes.append(tallies.Change(*key, later.day, -change, back))
    else:
        level = ledger.awaited(said.indicator, by.post.unit.level) if value is not None else None
        state = ledger.SUBMITTED if level else None
        await cells.put(c, key, cells.Held(value, entry_id, at, said.whole, state, level))
        more = (level is not None) - (held is not None and held.waiting is not None)
        if more:
            changes.append(tallies.Change(*key, new.day, ledger.Share(), waiting=more))
    return Noted(
        said.unit,
        said.indicator,
        value,
        before,
        entry_id,
        new.late,
        new.on_behalf,
        stale,
        said.whole,
        whole_before,
    )


async def _then(
    c: database.Connection, key: tuple[int, int], held: cells.Held | None, at: datetime
) -> int:
    """What stood when it was said: what was added since then comes on top of it."""
    if held is None or held.as_of <= at:
        return (held.value if held else None) or 0
    earlier = await entries.before(c, *key, at)
    return (earlier.value if earlier else None) or 0


async def _new(
    rt: Runtime,
    c: database.Connection,
    by: By,
    said: Saying,
    *,
    value: int | None,
    was: Saying,
    at: datetime,
) -> entries.New:
    campaign = await campaigns.by_id(c, said.indicator.campaign_id)
    assert campaign is not None
    on_behalf = by.post.unit.id != said.unit.id
    chairs = await people.holders(c, said.unit.id, [Role.CHAIR]) if on_behalf else []
    return entries.New(
        campaign_id=campaign.id,
        indicator_id=said.indicator.id,
        unit_id=said.unit.id,
        value=value,
        whole=said.whole,
        said=said.value,
        before=was.value,
        whole_before=was.whole,
        kind=by.kind,
        person_id=by.person.id,
        source=by.source,
        part=by.part,
        said_at=by.said_at,
        made_at=rt.now(),
        at=at,
        day=rt.calendar.day(at).toordinal(),
        late=rt.calendar.day(by.said_at) > ledger.due_day(campaign, said.indicator),
        reason=by.reason,
        on_behalf=on_behalf,
        for_person_id=chairs[0].id if chairs else None,
    )


async def noted(rt: Runtime, some: Sequence[entries.Entry]) -> tuple[Noted, ...]:
    """Entries as `append` described them when it wrote them."""
    found: dict[int, Indicator] = {}
    async with rt.read() as c:
        places = await units.many(c, {entry.unit_id for entry in some})
        held = await cells.held(c, [(entry.indicator_id, entry.unit_id) for entry in some])
        for campaign_id in {entry.campaign_id for entry in some}:
            campaign = await campaigns.by_id(c, campaign_id)
            assert campaign is not None
            found.update({indicator.id: indicator for indicator in campaign.indicators})
    return tuple(
        Noted(
            places[entry.unit_id],
            found[entry.indicator_id],
            entry.value,
            entry.before,
            entry.id,
            entry.late,
            entry.on_behalf,
            held[entry.indicator_id, entry.unit_id].as_of > entry.at,
            entry.whole,
            entry.whole_before,
        )
        for entry in some
    )


async def may(rt: Runtime, actor: access.Actor, unit: Unit, indicator: Indicator) -> Post:
    """The post in which she reports the indicator for the unit.

    Raises NotAllowed for a unit she may not report for, Conflict for a number nobody expects of it.
    """
    post = access.report_post(actor, unit)
    if post is None:
        raise errors.NotAllowed
    async with rt.read() as c:
        if not await campaigns.is_expected(c, indicator, unit):
            raise errors.Conflict(f"{indicator.code} is not expected of {unit.code}")
    return post
