"""New members come in by a code, once each, no more than were reported; and what was a mistake is undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot import errors
from bot.actions import enrol, offices, tell, welcome
from bot.core import access, invite, period, wording
from bot.core.model import Indicator, Person, Role, Unit
from bot.runtime import Runtime
from bot.store import (
    admissions,
    bindings,
    campaigns,
    cells,
    followers,
    newcomers,
    people,
    questions,
    units,
)
from bot.store.admissions import Admission
from bot.store.database import Connection
from config import newcomers as rules

DEED: Final = "join"
_JUDGES: Final = (Role.CHAIR, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Door:
    """Where a code leads to; `indicator` says how many may come in."""

    admission_id: int
    unit: Unit
    indicator: Indicator


async def door(
    rt: Runtime, follower: followers.Follower, person: Person | None, typed: str, at: datetime
) -> Door:
    """Where the code leads, if she may still go in.

    Raises BadInput or Conflict with the sentence to answer; wrong codes count like those of 绑定.
    """
    at_ms = period.ms(at)
    async with rt.write() as c:
        if refusal := await enrol.blocked(rt, c, follower, at_ms):
            raise refusal
        code = invite.read_open(typed)
        digests = rt.seal.digests("open code", code) if code else []
        known = await admissions.by_code(c, digests)
        if known is None:
            wrong = await enrol.wrong(rt, c, follower.id, at_ms)
    if known is None:
        raise wrong
    return await _enter(rt, known, follower, person, at_ms)


async def _enter(
    rt: Runtime,
    known: Admission,
    follower: followers.Follower,
    person: Person | None,
    at_ms: int,
) -> Door:
    """The door, if it is open for her now."""
    async with rt.write() as c:
        unit = await units.by_id(c, known.unit_id)
        indicator = await _indicator(c, known.indicator_id)
        if unit is None or indicator is None or unit.lo < 0 or not welcome.lets_in(indicator):
            raise errors.Conflict(rt.words.say("joining.gone"))
        if known.expires_at_ms <= at_ms:
            raise errors.Conflict(rt.words.say("joining.expired"))
        if person and any(post.unit.id == unit.id for post in person.posts):
            raise errors.Conflict(rt.words.say("joining.already", unit=unit.display))
        sent_away = await newcomers.refusals(c, unit.id, follower.openid_digest)
        if sent_away >= rules.load().refusals:
            raise errors.Conflict(rt.words.say("joining.refused", unit=unit.display))
        key = (indicator.id, unit.id)
        held = (await cells.held(c, [key])).get(key)
        if await newcomers.count(c, known.id) >= ((held and held.value) or 0):
            raise errors.Conflict(rt.words.say("joining.full", unit=unit.display))
        return Door(known.id, unit, indicator)


async def _indicator(c: Connection, indicator_id: int) -> Indicator | None:
    campaign = await campaigns.of_indicator(c, indicator_id)
    return (
        next((one for one in campaign.indicators if one.id == indicator_id), None)
        if campaign
        else None
    )


async def join(
    rt: Runtime,
    follower: followers.Follower,
    person: Person | None,
    admission_id: int,
    *,
    name: str,
    at: datetime,
) -> str:
    """She comes in: a new person called `name`, or a further post for `person`; what to answer.

    Of several who come at once for the last place one gets it. Raises Conflict with the sentence to answer.
    """
    async with rt.write() as c:
        known = await admissions.by_id(c, admission_id)
        if known is None:
            raise errors.Conflict(rt.words.say("joining.gone"))
        await cells.hold(c, [known.unit_id])  # from here on nobody else comes in, no number changes
        entrance = await _enter(rt, known, follower, person, period.ms(at))
        person_id = person.id if person else await newcomers.person(c, name)
        post_id = await newcomers.post(
            c, person_id, known.unit_id, title=rules.load().title, at_ms=rt.now_ms()
        )
        if post_id is None:
            raise errors.Conflict(rt.words.say("joining.already", unit=entrance.unit.display))
        number = await newcomers.add(c, known.id, person_id, post_id, rt.now_ms())
        if person is None:
            await bindings.put(c, person_id, follower.id, rt.now_ms())
        await followers.right_code(c, follower.id)
        await questions.clear(c, follower.id)
        deed = questions.Deed(DEED, {"newcomer": number}, rt.now_ms())
        await questions.did(c, follower.id, deed)
        she = await people.by_id(c, person_id)
        assert she is not None
        await _tell(rt, c, entrance, she, number)
        post = next(one for one in she.posts if one.id == post_id)
        return rt.words.say("joining.done", **await enrol.who(rt, she, post))


async def _tell(rt: Runtime, c: Connection, entrance: Door, she: Person, number: int) -> None:
    """Ask the unit's chair, or the leaders above where nobody is registered, whether she belongs there."""
    unit = entrance.unit
    key = (entrance.indicator.id, unit.id)
    held = (await cells.held(c, [key])).get(key)
    roll = welcome.Roll(
        unit,
        entrance.indicator,
        (held and held.value) or 0,
        await newcomers.count(c, entrance.admission_id),
    )
    text = rt.words.say(
        "joining.told",
        name=wording.masked(she.name),
        unit=unit.short,
        n=number,
        roll=welcome.said(rt, roll),
    )
    told = False
    for one in await people.holders(c, unit.id, _JUDGES):
        if one.id != she.id and await people.registered(c, one.id):
            await tell.person(rt, one.id, text)
            told = True
    above = await units.parent(c, unit)
    if not told and above is not None:
        await offices.tell_leaders(rt, above, text)


async def remove(rt: Runtime, actor: access.Actor, number: int) -> str | None:
    """不是 3: she does not belong there; what to answer. None if there is no such newcomer for the speaker."""
    async with rt.write() as c:
        found = await newcomers.by_id(c, number)
        unit = await units.by_id(c, found.unit_id) if found else None
        if found is None or unit is None or not access.may_judge_newcomers(actor, unit):
            return None
        await cells.hold(c, [unit.id])
        found = await newcomers.by_id(c, number)
        if found is None or not found.stands:
            return rt.words.say("joining.removed_before", n=number)
        follower = await followers.of_person(c, found.person_id)
        digest = follower.openid_digest if follower else None
        if follower is not None:
            await tell.follower(
                rt, follower.id, rt.words.say("joining.sent_away", unit=unit.display)
            )
        await newcomers.end(c, found, rt.now_ms(), openid_digest=digest)
    name = wording.masked(found.name)
    return rt.words.say("joining.removed", name=name, unit=unit.short)


async def take_back(rt: Runtime, follower_id: int) -> str | None:
    """不是我 after she came in by a code; what to answer, None if that was not what she did last."""
    async with rt.write() as c:
        since = rt.now_ms() - enrol.UNDO_MS
        deed = await questions.last(c, follower_id, DEED, since)
        other = await questions.last(c, follower_id, enrol.DEED, since)
        if deed is None or (other is not None and other.done_at_ms > deed.done_at_ms):
            return None
        await questions.undone(c, follower_id, DEED)
        found = await newcomers.by_id(c, deed.payload["newcomer"])
        if found is None or not found.stands:
            return None
        await newcomers.end(c, found, rt.now_ms())
        return rt.words.say("joining.taken_back")


async def leave(rt: Runtime, follower_id: int) -> None:
    """She no longer follows the account: what she registered herself goes, her place is free again."""
    async with rt.write() as c:
        person_id = await bindings.person_of(c, follower_id)
        if person_id is not None:
            for found in await newcomers.of_person(c, person_id):
                await newcomers.end(c, found, rt.now_ms())


async def settle(rt: Runtime, at: datetime) -> None:
    """Whom her chair has let stand long enough may report like any other member."""
    async with rt.write() as c:
        before = at - timedelta(days=rules.load().settle_days)
        await newcomers.settle(c, period.ms(before))
