"""Registration: invites people, binds a WeChat account by a code, undoes what was a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot import errors
from bot.actions import missed, tell
from bot.channels import registry
from bot.core import invite as codes
from bot.core import period, wording
from bot.core.model import Level, Person, Post
from bot.runtime import Runtime
from bot.store import bindings, followers, invites, members, people, questions, units
from bot.store.database import Connection

DEED: Final = "bind"
UNDO_MS: Final = 30 * 60 * 1000  # as long as a question stands open


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation, the only time its code is in the clear."""

    person_key: str
    name: str
    unit_code: str
    code: str
    url: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A registration: `text` says it to her; `again` means that nothing had to change."""

    person: Person
    post: Post
    text: str
    moved: bool
    again: bool


async def invite(rt: Runtime, guests: Sequence[invites.Guest], days: int) -> list[Invited]:
    """A new code for each; the codes they had before are revoked."""
    at_ms = rt.now_ms()
    expires_at_ms = at_ms + days * 24 * 3600 * 1000
    given: dict[int, str] = {}
    async with rt.write() as c:
        waiting = [guest.person_id for guest in guests]
        await invites.revoke(c, waiting, at_ms)
        while waiting:
            drawn = {rt.seal.digest("code", code): code for code in _draw(len(waiting))}
            pairs = list(zip(waiting, drawn, strict=False))
            free = await invites.add(c, pairs, at_ms=at_ms, expires_at_ms=expires_at_ms)
            given |= {person: drawn[digest] for person, digest in pairs if digest in free}
            waiting = [person for person in waiting if person not in given]
    return [
        Invited(guest.key, guest.name, guest.unit_code, code, url(rt, code))
        for guest in guests
        for code in [given[guest.person_id]]
    ]


def _draw(count: int) -> set[str]:
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add(codes.new())
    return drawn


def url(rt: Runtime, code: str) -> str:
    """The page of a code, with the picture that registers in one scan."""
    home = rt.settings.public_url or f"http://{rt.settings.host}:{rt.settings.port}"
    return f"{home.rstrip('/')}/h5/join/{code}"


async def bind(rt: Runtime, follower: followers.Follower, code: str, at: datetime) -> Bound:
    """Register `follower` as the person `code` was made for.

    A code that is wrong, expired or used, or a fifth wrong one, raises BadInput or Conflict with the
    sentence to answer; what it counts is kept nevertheless.
    """
    async with rt.write() as c:
        result = await _bind(rt, c, follower, code, period.ms(at))
    if isinstance(result, errors.YihuError):
        raise result
    return result


async def _bind(
    rt: Runtime, c: Connection, follower: followers.Follower, typed: str, at_ms: int
) -> Bound | errors.YihuError:
    if refusal := await blocked(rt, c, follower, at_ms):
        return refusal
    code = codes.read(typed)
    found = await invites.find(c, rt.seal.digests("code", code)) if code else None
    if found is None:
        return await wrong(rt, c, follower.id, at_ms)
    person = await people.by_id(c, found.person_id)
    if person is None or not person.posts:
        return errors.Conflict(rt.words.say("enrol.gone"))
    corp = follower.account == registry.WECOM
    mine = await bindings.follower_of(c, person.id) == follower.id
    if mine or (corp and await members.is_(c, person.id, follower.id)):
        return await _again(rt, c, found, person, at_ms)
    if not await invites.use(c, found.id, at_ms):
        return _refused(rt, found, at_ms)
    if corp:
        return await _join(rt, c, follower.id, found, person)
    return await _move(rt, c, follower.id, found, person, at_ms=at_ms)


async def blocked(
    rt: Runtime, c: Connection, follower: followers.Follower, at_ms: int
) -> errors.Conflict | None:
    """Why no code of hers is looked at now; None if it may be."""
    now = await followers.by_id(c, follower.id) or follower
    if now.blocked_until_ms is None or now.blocked_until_ms <= at_ms:
        return None
    minutes = -(-(now.blocked_until_ms - at_ms) // 60_000)
    return errors.Conflict(rt.words.say("enrol.blocked", minutes=minutes))


async def wrong(rt: Runtime, c: Connection, follower_id: int, at_ms: int) -> errors.YihuError:
    """Count a code that does not exist; what to answer."""
    until = await followers.wrong_code(c, follower_id, at_ms)
    if until is not None:
        minutes = -(-(until - at_ms) // 60_000)
        return errors.Conflict(rt.words.say("enrol.blocked", minutes=minutes))
    return errors.BadInput(rt.words.say("enrol.wrong"))


def _refused(rt: Runtime, found: invites.Invite, at_ms: int) -> errors.YihuError:
    """Why a code that exists is not good any more."""
    if found.revoked_at_ms is not None:
        return errors.Conflict(rt.words.say("enrol.revoked"))
    if found.used_at_ms is None and found.expires_at_ms <= at_ms:
        return errors.Conflict(rt.words.say("enrol.expired"))
    return errors.Conflict(rt.words.say("enrol.used"))


async def _again(
    rt: Runtime, c: Connection, found: invites.Invite, person: Person, at_ms: int
) -> Bound:
    """Her own code once more: used up if it was new, and she is told that all is well."""
    await invites.use(c, found.id, at_ms)
    text = rt.words.say("enrol.again", **await who(rt, person, person.posts[0]))
    return Bound(person, person.posts[0], text, moved=False, again=True)


async def _move(
    rt: Runtime,
    c: Connection,
    follower_id: int,
    found: invites.Invite,
    person: Person,
    *,
    at_ms: int,
) -> Bound:
    """Bind her; whoever spoke for the person before is told."""
    person_before = await bindings.person_of(c, follower_id)
    follower_before = await bindings.follower_of(c, person.id)
    await bindings.put(c, person.id, follower_id, at_ms)
    await followers.right_code(c, follower_id)
    await questions.clear(c, follower_id)
    before = {"person": person_before, "follower": follower_before}
    payload = {"invite": found.id, "new": person.id, **before}
    await questions.did(c, follower_id, questions.Deed(DEED, payload, at_ms))
    if follower_before is not None:
        await questions.clear(c, follower_before)
        await tell.follower(rt, follower_before, rt.words.say("enrol.moved_away"))
    text = await _done(rt, c, person)
    return Bound(person, person.posts[0], text, moved=follower_before is not None, again=False)


async def _join(
    rt: Runtime, c: Connection, follower_id: int, found: invites.Invite, person: Person
) -> Bound:
    """She is a member of the WeCom corp; her registration with the account stays beside it."""
    await members.join(c, person.id, follower_id, rt.now_ms())
    await followers.right_code(c, follower_id)
    await questions.clear(c, follower_id)
    payload = {"invite": found.id, "member": person.id}
    await questions.did(c, follower_id, questions.Deed(DEED, payload, rt.now_ms()))
    return Bound(person, person.posts[0], await _done(rt, c, person), moved=False, again=False)


async def _done(rt: Runtime, c: Connection, person: Person) -> str:
    """What a registration is answered: who she is, and what was sent while she was not registered."""
    done = rt.words.say("enrol.done", **await who(rt, person, person.posts[0]))
    before = await missed.told(rt, c, person.id)
    return f"{done}\n{before}" if before else done


async def who(rt: Runtime, person: Person, post: Post) -> dict[str, str]:
    """Where she is and who, with her name masked: 政和县星溪乡东山村妇联 主席 张*英."""
    async with rt.read() as c:
        above = await units.ancestors(c, post.unit)
    path = "".join(unit.short for unit in above if unit.level >= Level.COUNTY)
    return {
        "unit": path + post.unit.display,
        "title": post.title,
        "name": wording.masked(person.name),
    }


async def not_me(rt: Runtime, follower_id: int) -> str:
    """Undo her last registration while its question stands open; the sentence to answer.

    Everybody is registered as before, and the code can be used by whom it was meant for.
    Raises Conflict when there is nothing to undo.
    """
    async with rt.write() as c:
        deed = await questions.last(c, follower_id, DEED, rt.now_ms() - UNDO_MS)
        if deed is None:
            raise errors.Conflict(rt.words.say("enrol.nothing_to_undo"))
        await questions.clear(c, follower_id)
        if "member" in deed.payload:
            await members.leave(c, deed.payload["member"])
            await invites.give_back(c, deed.payload["invite"])
            return rt.words.say("enrol.undone")
        await bindings.end(c, follower_id)
        await _restore(c, deed.payload, follower_id, rt.now_ms())
        await invites.give_back(c, deed.payload["invite"])
    return rt.words.say("enrol.undone")


async def _restore(c: Connection, before: Any, follower_id: int, at_ms: int) -> None:
    """Put back what the registration had replaced, where nobody has taken it meanwhile."""
    pairs = ((before["person"], follower_id), (before["new"], before["follower"]))
    for person_id, account_id in pairs:
        if person_id is None or account_id is None:
            continue
        free = await bindings.follower_of(c, person_id) is None
        alone = await bindings.person_of(c, account_id) is None
        if free and alone and await followers.by_id(c, account_id):
            await bindings.put(c, person_id, account_id, at_ms)
