"""Reminding along the chain: the owner of a silent group once, then one line to the level above, then to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.actions import broadcast, tell
from bot.core import period
from bot.core.plan import Broadcast, Draft
from bot.runtime import Runtime
from bot.store import people, relaying, reminders, units
from bot.store.database import Connection
from bot.store.relaying import Waiting

AFTER: Final = timedelta(hours=24)  # of silence, before each of the three
_OWNERS: Final = 20_000  # of one run; the next goes on
_NAMED: Final = 5  # units in one line


async def along(rt: Runtime, due: datetime) -> str:
    """Remind whoever is due of each notice that is on its way through groups; one English line.

    Part of the caller's transaction, which has claimed (job, due). Three in all for an owner and a notice,
    those by hand (提醒) among them; whoever forwards, or says that she cannot, is not spoken of any more.
    """
    reminded = lines = 0
    since_ms = period.ms(due - AFTER)
    async with rt.write() as c:
        for notice in await relaying.live(c, approved_before_ms=since_ms, now_ms=period.ms(due)):
            thing = f"relay:{notice.id}"
            silent = await relaying.waiting(c, notice, thing)
            chosen = [
                one
                for one in silent
                if one.times < reminders.MOST and (not one.times or one.last_at_ms <= since_ms)
            ]
            owners = dict.fromkeys(one.owner_id for one in chosen)
            some = set(list(owners)[:_OWNERS])
            chosen = [one for one in chosen if one.owner_id in some]
            await reminders.count(c, thing, sorted(some), period.ms(due))
            reminded += await _owners(rt, notice, [one for one in chosen if one.times == 0])
            lines += await _above(rt, c, notice, [one for one in chosen if one.times > 0])
    return f"{reminded} owners reminded, {lines} lines to the levels above"


async def _owners(rt: Runtime, notice: Broadcast, first: Sequence[Waiting]) -> int:
    """One short notice to those who are reminded for the first time."""
    owners = sorted({one.owner_id for one in first})
    if not owners:
        return 0
    async with rt.read() as c:
        unit = await units.by_id(c, notice.unit_id)
    assert unit is not None  # units are ended, never deleted
    draft = Draft(
        kind=rt.words.say("remind.kind"),
        title=rt.words.say("remind.title"),
        body=rt.words.say("missing.text_relayed", n=notice.id, title=notice.title),
        unit=unit,
        persons=tuple(owners),
        explicit=True,
        purpose="reminder",
    )
    await broadcast.submit(rt, None, draft, expected_hash=None, idem_key=None)
    return len(owners)


async def _above(rt: Runtime, c: Connection, notice: Broadcast, later: Sequence[Waiting]) -> int:
    """One line for each office: the level directly above first, the one above that a day later."""
    offices: dict[int, dict[int, Waiting]] = {}
    parents = await units.many(c, [one.parent_id for one in later if one.parent_id is not None])
    for one in later:
        parent = parents.get(one.parent_id or 0)
        office = one.parent_id if one.times == 1 or parent is None else parent.parent_id
        if office is not None:
            offices.setdefault(office, {})[one.unit_id] = one
    speakers = await reminders.speakers(c, list(offices))
    known = await people.many(c, list(speakers.values()))
    told = 0
    for office, some in offices.items():
        speaker = known.get(speakers.get(office, 0))
        if speaker is None:
            continue
        named = [one.unit for one in list(some.values())[:_NAMED]]
        names = rt.words.say("broadcast.separator").join(named)
        more = rt.words.say("remind.more_units", n=len(some)) if len(some) > _NAMED else ""
        line = rt.words.say(
            "remind.relay_upward",
            n=notice.id,
            title=notice.title,
            count=len(some),
            list=names + more,
        )
        await tell.politely(rt, speaker, line)
        told += 1
    return told
