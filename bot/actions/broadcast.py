"""Preview, submit, approve, pause, resume, stop and count broadcasts."""

from __future__ import annotations

from datetime import timedelta

from bot import errors
from bot.actions import reach, release, tell
from bot.core import access, period, plan
from bot.core.access import Actor
from bot.core.model import Person, Role
from bot.core.plan import Broadcast, Draft, Phase, Preview
from bot.core.receipt import Sums, Tally
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import broadcasts, people, units
from bot.store.database import Connection

_LIFE = timedelta(days=30)  # how long a notice without a deadline may be sent and signed


async def preview(rt: Runtime, author: Actor | None, draft: Draft) -> Preview:
    """What confirming the draft would do; nothing is written. Raises NotAllowed, BadInput."""
    async with rt.read() as c:
        found = await reach.resolve(rt, c, author, draft)
        return await reach.shown(rt, c, draft, found)


async def submit(
    rt: Runtime,
    author: Actor | None,
    draft: Draft,
    *,
    expected: bytes | None,
    idem_key: str | None,
) -> Broadcast:
    """Send the draft, or have it wait for 同意 when it reaches more than the threshold.

    The same `idem_key` again returns the first broadcast without effect. Raises Conflict when text,
    audience or channels are not those of `expected` (the token of a preview), or the same words were
    sent since, else as `preview`.
    """
    async with rt.write() as c:
        if draft.purpose == "notice":
            await units.locked(c, draft.unit.id)  # of two who send the same at once one is told
        if idem_key is not None:
            first = await broadcasts.by_idem_key(c, idem_key)
            if first is not None:
                return first
        found = await reach.resolve(rt, c, author, draft)
        shown = await reach.shown(rt, c, draft, found)
        if expected is not None and shown.token != expected:
            raise errors.Conflict(rt.words.say("broadcast.changed"))
        values = _values(rt, author, draft, shown)
        kept, new = await broadcasts.add(c, values | {"idem_key": idem_key})
        if not new:
            return kept
        if not shown.needs_second:
            return await release.freeze(rt, c, kept, found, actor=author)
        await _ask(rt, c, kept)
        return kept


def _values(rt: Runtime, author: Actor | None, draft: Draft, shown: Preview) -> dict[str, object]:
    now = rt.now()
    ends = draft.deadline or now + _LIFE
    if ends <= max(now, shown.starts_at or now):
        raise errors.BadInput(rt.words.say("broadcast.too_late"))
    return {
        "author_id": release.person_id(author),
        "unit_id": draft.unit.id,
        "kind": draft.kind,
        "title": draft.title,
        "body": draft.body,
        "joint": draft.joint,
        "deadline_ms": period.ms(draft.deadline) if draft.deadline else None,
        "receipt": draft.receipt.value,
        "urgent": draft.urgent,
        "audience": plan.asked(draft),
        "purpose": draft.purpose,
        "amends": draft.amends,
        "not_before_ms": period.ms(draft.not_before) if draft.not_before else None,
        "expires_at_ms": period.ms(ends),
        "body_hash": shown.hash,
        "people_n": shown.people,
        "groups_n": shown.groups,
        "state": Phase.WAITING.value,
        "state_ver": 0,
        "stop_reason": "",
        "made_at_ms": period.ms(now),
    }


async def deciders(rt: Runtime, broadcast: Broadcast) -> list[Person]:
    """Who is asked for 同意: chairs and admins of the sending unit, or of the nearest unit above that has others than the author."""
    async with rt.read() as c:
        unit = await units.by_id(c, broadcast.unit_id)
        while unit is not None:
            held = await people.holders(c, unit.id, frozenset({Role.CHAIR, Role.ADMIN}))
            others = [person for person in held if person.id != broadcast.author_id]
            if others:
                return others
            unit = await units.parent(c, unit)
    return []


async def _ask(rt: Runtime, c: Connection, broadcast: Broadcast) -> None:
    unit = await units.by_id(c, broadcast.unit_id)
    text = rt.words.say(
        "broadcast.please_decide",
        n=broadcast.id,
        title=broadcast.title,
        unit=unit.display if unit else "",
        people=broadcast.people_n,
        groups=broadcast.groups_n,
    )
    for person in await deciders(rt, broadcast):
        await tell.person(rt, person.id, text)


async def approve(rt: Runtime, actor: Actor, n: int) -> Broadcast:
    """同意: freeze the audience and send. OwnDraft for the author, Conflict when it no longer waits, or the audience has changed (its new size is then kept and shown)."""
    changed = False
    async with rt.write() as c:
        broadcast = await _for_decision(rt, c, actor, n)
        author, draft = await reach.redraft(rt, broadcast)
        found = await reach.resolve(rt, c, author, draft)
        shown = await reach.shown(rt, c, draft, found)
        if shown.hash != broadcast.body_hash:
            changed = True
            await broadcasts.resize(
                c, broadcast, people=shown.people, groups=shown.groups, body_hash=shown.hash
            )
        else:
            async with rt.db.savepoint():
                broadcast = await release.freeze(rt, c, broadcast, found, actor=actor)
            await release.tell_author(rt, broadcast, "broadcast.approved")
    if changed:
        raise errors.Conflict(
            rt.words.say("broadcast.audience_changed", people=shown.people, groups=shown.groups)
        )
    return broadcast


async def decidable(rt: Runtime, actor: Actor, n: int) -> None:
    """Nothing, if she may say 同意 or 不同意 now. Raises NotFound, OwnDraft, Conflict as `approve` does."""
    async with rt.write() as c:
        await _for_decision(rt, c, actor, n)


async def disapprove(rt: Runtime, actor: Actor, n: int, reason: str) -> Broadcast:
    """不同意: nothing is sent; the author is told why."""
    async with rt.write() as c:
        broadcast = await _for_decision(rt, c, actor, n)
        refused = await broadcasts.move(
            c,
            broadcast,
            Phase.REFUSED,
            at_ms=rt.now_ms(),
            actor=release.actor_name(actor),
            reason=reason,
            also={},
        )
        await release.tell_author(rt, refused, "broadcast.disapproved")
        return refused


async def pause(rt: Runtime, actor: Actor, n: int) -> Broadcast:
    """暂停: the workers stop within their window of calls."""
    return await _control(rt, actor, n, Phase.PAUSED)


async def stop(rt: Runtime, actor: Actor, n: int) -> Broadcast:
    """撤回: what is not sent stays unsent, what is in doubt becomes unknown; the sum still holds."""
    return await _control(rt, actor, n, Phase.STOPPED)


async def resume(rt: Runtime, actor: Actor, n: int) -> Broadcast:
    """继续 a paused broadcast: at once, or when its time comes."""
    async with rt.write() as c:
        ready = await _control(rt, actor, n, Phase.READY)
        planned = period.at(ready.not_before_ms) if ready.not_before_ms else None
        start = reach.start(rt, planned, urgent=ready.urgent)
        if start is not None:
            return await broadcasts.hold(c, ready, period.ms(start))
        return await release.release(rt, c, ready, actor=release.actor_name(actor))


async def _control(rt: Runtime, actor: Actor, n: int, to: Phase) -> Broadcast:
    async with rt.write() as c:
        broadcast = await broadcasts.locked(c, n)
        unit = await units.by_id(c, broadcast.unit_id)
        if unit is None or not access.may_control(actor, author_id=broadcast.author_id, unit=unit):
            raise access.refusal(actor, unit)
        if not (plan.allowed(broadcast.state, to) or plan.taken_over(broadcast, to, "")):
            raise errors.Conflict(
                rt.words.say("broadcast.cannot", n=n, state=_state(rt, broadcast.state))
            )
        rt.wake(wake.WORK)
        # The time it was planned for stays; that at which a pause of the program's would end does not.
        halted = broadcast.state is Phase.PAUSED and broadcast.stop_reason
        return await broadcasts.move(
            c,
            broadcast,
            to,
            at_ms=rt.now_ms(),
            actor=release.actor_name(actor),
            reason="",
            also={"not_before_ms": None} if halted else {},
        )


async def _for_decision(rt: Runtime, c: Connection, actor: Actor, n: int) -> Broadcast:
    broadcast = await broadcasts.locked(c, n)
    unit = await units.by_id(c, broadcast.unit_id)
    own = broadcast.author_id is not None and broadcast.author_id == actor.person.id
    may = unit is not None and access.may_decide(actor, author_id=broadcast.author_id, unit=unit)
    if not own and not may:
        raise access.refusal(actor, unit)
    if broadcast.state is not Phase.WAITING:
        raise errors.Conflict(
            rt.words.say("broadcast.cannot", n=n, state=_state(rt, broadcast.state))
        )
    if own:
        raise errors.OwnDraft
    return broadcast


def _state(rt: Runtime, state: Phase) -> str:
    return rt.words.say(f"broadcast.state_{state}")


async def tally(rt: Runtime, n: int) -> Tally:
    """The sum of a broadcast, counted now; raises NotFound."""
    async with rt.read() as c:
        return await broadcasts.tally(c, await broadcasts.get(c, n))


def sum_line(rt: Runtime, n: int, counted: Tally) -> str:
    """`12号通知：对象 2382＝接受 a＋…`, and the groups on a second line if there are any."""
    lines = [rt.words.say("broadcast.sum", n=n, **_blanks(counted.people))]
    if counted.groups.n:
        lines.append(rt.words.say("broadcast.sum_groups", **_blanks(counted.groups)))
    return "\n".join(lines)


def _blanks(sums: Sums) -> dict[str, int]:
    return {
        "all": sums.n,
        "a": sums.accepted,
        "d": sums.delivered,
        "r": sums.refused,
        "u": sums.unknown,
        "x": sums.unregistered,
        "y": sums.to_relay,
        "z": sums.unsent,
    }
