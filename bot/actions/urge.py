"""Reminding along the chain: the owner of a silent group once, then one line to the level above, then to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.actions import broadcast, tell
from bot.core import period
from bot.core.plan import Broadcast, Draft
from bot.runtime import Runtime
from bot.store import people, relaying, reminders, slices, units
from bot.store.database import Connection
from bot.store.relaying import Waiting

AFTER: Final = timedelta(hours=24)  # of silence, before each of the three
_OWNERS: Final = 100_000  # of one notice in one run; the next goes on
_AT_ONCE: Final = 1000  # owners, or offices, of one transaction
_NAMED: Final = 5  # units in one line
_SECOND: Final = 2  # of the three: the level directly above


async def along(rt: Runtime, due: datetime) -> None:
    """Remind whoever is due of each notice that is on its way through groups.

    Three in all for an owner and a notice, those by hand (提醒) among them; whoever forwards, or says that she
    cannot, is not spoken of any more. In transactions of a thousand: who is counted in one is told in it, so that
    it may be done again from the start after it was killed, or twice at once, and nobody hears it twice.
    """
    since_ms, due_ms = period.ms(due - AFTER), period.ms(due)
    for notice in await _notices(rt, due):
        thing = _thing(notice)
        async with rt.read() as c:
            groups = await relaying.waiting(c, notice)
            owners = (await relaying.due_owners(c, groups, thing, since_ms))[:_OWNERS]
        for some in slices.cut(owners, _AT_ONCE):
            async with rt.write() as c:
                times = await relaying.count(
                    c, thing, "person", some, since_ms=since_ms, at_ms=due_ms
                )
                await _owners(rt, notice, [owner for owner, n in times.items() if n == 1])
        async with rt.read() as c:
            offices = await _offices(c, await relaying.spoken_of(c, groups, thing, due_ms))
        for some in slices.cut(sorted(offices), _AT_ONCE):
            async with rt.write() as c:
                await _above(rt, c, notice, {office: offices[office] for office in some}, due_ms)


async def told(rt: Runtime, due: datetime) -> str:
    """What `along` did for this due, in one English line."""
    owners = offices = 0
    notices = await _notices(rt, due)
    async with rt.read() as c:
        for notice in notices:
            some, more = await relaying.counted(c, _thing(notice), period.ms(due))
            owners, offices = owners + some, offices + more
    return f"{owners} owners reminded, {offices} lines to the levels above"


async def _notices(rt: Runtime, due: datetime) -> list[Broadcast]:
    """Those that were under way a day before."""
    before_ms, now_ms = period.ms(due - AFTER), period.ms(due)
    async with rt.read() as c:
        return await relaying.live(c, approved_before_ms=before_ms, now_ms=now_ms)


async def _owners(rt: Runtime, notice: Broadcast, owners: Sequence[int]) -> None:
    """One short notice to those who are reminded for the first time."""
    if not owners:
        return
    async with rt.read() as c:
        unit = await units.by_id(c, notice.unit_id)
    assert unit is not None  # units are ended, never deleted
    draft = Draft(
        kind=rt.words.say("remind.kind"),
        title=rt.words.say("remind.title"),
        body=rt.words.say("missing.text_relayed", n=notice.id, title=notice.title),
        unit=unit,
        persons=tuple(sorted(owners)),
        explicit=True,
        purpose="reminder",
    )
    await broadcast.submit(rt, None, draft, expected=None, idem_key=None)


async def _offices(c: Connection, some: Sequence[Waiting]) -> dict[int, list[str]]:
    """Whom to tell of which units: the level directly above first, the one above that a day later."""
    found: dict[int, dict[int, str]] = {}
    parents = await units.many(c, [one.parent_id for one in some if one.parent_id is not None])
    for one in some:
        parent = parents.get(one.parent_id or 0)
        if parent is not None:
            office = parent.id if one.times == _SECOND else parent.parent_id
            if office is not None:
                found.setdefault(office, {})[one.unit_id] = one.unit
    return {office: list(names.values()) for office, names in found.items()}


async def _above(
    rt: Runtime, c: Connection, notice: Broadcast, offices: Mapping[int, list[str]], due_ms: int
) -> None:
    """One line to whoever answers for each office, if anybody does; three for a notice at most."""
    speakers = await reminders.speakers(c, list(offices))
    known = await people.many(c, list(speakers.values()))
    there = [office for office in offices if speakers.get(office) in known]
    counted = await relaying.count(
        c, _thing(notice), relaying.OFFICE, there, since_ms=due_ms - 1, at_ms=due_ms
    )
    for office in counted:
        silent = offices[office]
        names = rt.words.say("broadcast.separator").join(silent[:_NAMED])
        more = rt.words.say("remind.more_units", n=len(silent)) if len(silent) > _NAMED else ""
        line = rt.words.say(
            "remind.relay_upward",
            n=notice.id,
            title=notice.title,
            list=names + more,
        )
        await tell.politely(rt, known[speakers[office]], line)


def _thing(notice: Broadcast) -> str:
    """Under what the reminders of a notice are counted; 提醒 by hand counts there too."""
    return f"relay:{notice.id}"
