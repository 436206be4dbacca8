"""事项: a unit says how far it is with a task, a document, a statistic; the level above sends back or closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot import errors
from bot.actions import desk, tell
from bot.core import access, period, text
from bot.core.access import Actor
from bot.core.item import Item, Part, State
from bot.core.model import Person, Unit
from bot.runtime import Runtime
from bot.store import audits, item_parts, people, units
from bot.store.database import Connection
from bot.store.item_parts import Sum

MOST_PICTURES: Final = 9


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as one person sees it: her own unit's part if it is asked of it, the sums of her scope, by child."""

    item: Item
    part: Part | None
    sums: Sum | None
    children: tuple[tuple[Unit, int, int], ...]  # done, asked


@dataclass(frozen=True, slots=True)
class Said:
    """What she says of her part; None leaves a value as it is."""

    state: State
    text: str = ""
    value: int | None = None
    picture: str = ""


async def mine(rt: Runtime, actor: Actor) -> list[Part]:
    """What her own units have still to do, the nearest day first."""
    async with rt.read() as c:
        return [part for part in await _held(c, actor) if not part.done]


def reports_for(actor: Actor) -> list[int]:
    """Her units for which she may report as one of their own."""
    some = (post.unit for post in actor.person.posts)
    return [unit.id for unit in some if access.report_post(actor, unit) is not None]


async def see(rt: Runtime, person: Person, number: int) -> Seen:
    """An item that is asked of her units or below them; NotFound for any other, whether it exists or not."""
    async with rt.read() as c:
        actor = await people.actor(c, person)
        own = await _held(c, actor, number)
        home = person.home
        found = await item_parts.sums(c, (home.lo + 1, home.hi), number)
        if not own and not found:
            raise errors.NotFound
        below = await units.children(c, home.id) if found else []
        rows = await item_parts.rows(c, number, (home.lo + 1, home.hi)) if found else []
    counts = []
    for child in below:
        inside = [row for row in rows if child.lo <= row.lo < child.hi]
        if inside:
            counts.append((child, sum(row.done for row in inside), len(inside)))
    part = _first(own)
    item = part.item if part else found[0].item
    return Seen(item, part, found[0] if found else None, tuple(counts))


async def missing(rt: Runtime, person: Person, number: int) -> tuple[Item, list[Unit]]:
    """谁没办: the units below hers that have not done it, in tree order. Raises NotFound."""
    seen = await see(rt, person, number)
    async with rt.read() as c:
        some = await item_parts.inside(c, number, (person.home.lo, person.home.hi))
    return seen.item, [part.unit for part in some if not part.done]


async def put(rt: Runtime, person: Person, number: int, said: Said, at: datetime) -> Part:
    """Keep what she says of her own unit's part. Raises NotFound, or Conflict when it is closed."""
    async with rt.write() as c:
        actor = await people.actor(c, person)
        part = _first(await _held(c, actor, number))
        part = await item_parts.hold(c, number, part.unit.id) if part else None
        if part is None:
            raise errors.NotFound
        if part.state is State.CLOSED:
            raise errors.Conflict
        pictures = (*part.evidence, said.picture) if said.picture else part.evidence
        late = said.state is State.DONE and rt.calendar.day(at) > part.item.due_on
        values: dict[str, Any] = {
            "state": said.state.value,
            "said": said.text or part.said,
            "evidence": list(pictures[-MOST_PICTURES:]),
            "late": part.late if part.state is State.DONE else late,
            "person_id": person.id,
            "said_at_ms": period.ms(at),
        }
        if said.value is not None:
            values["value"] = said.value
        await item_parts.write(c, part, values)
        return await _noted(rt, c, part, person, said.state.value)


async def send_back(rt: Runtime, person: Person, number: int, words: str) -> Part:
    """退回: one unit's part, with the reason; the unit is told. `words`: [unit] reason.

    Only the level above may. Raises NotFound, NotAllowed, BadInput without a reason, Several when it is not
    plain which unit is meant, Conflict when nothing was handed in or it is closed.
    """
    async with rt.write() as c:
        part, reason = await _from_below(rt, c, person, number, words)
        if not reason:
            raise errors.BadInput
        if part.state is State.CLOSED or not part.done:
            raise errors.Conflict
        values = {"state": State.RETURNED.value, "reason": reason, "late": False}
        await item_parts.write(c, part, values)
        part = await _noted(rt, c, part, person, "returned")
        said = rt.words.say(
            "items.returned_told", n=number, title=part.item.title, reason=part.reason
        )
        doer = await people.by_id(c, part.person_id) if part.person_id is not None else None
        if doer is not None and doer.posts:
            await tell.politely(rt, doer, said)
        else:
            await desk.inform(rt, part.unit, said, besides=person.id)
        return part


async def close(rt: Runtime, person: Person, number: int, words: str) -> list[Part]:
    """办结: the parts that were done, of the unit that `words` name or of all units directly below hers.

    Raises NotFound, NotAllowed, or Conflict when nothing of it is done.
    """
    async with rt.write() as c:
        if words.strip():
            some = [(await _from_below(rt, c, person, number, words))[0]]
        else:
            some = await _below(rt, c, await people.actor(c, person), number)
        done = [part for part in some if part.done and part.state is not State.CLOSED]
        if not done:
            raise errors.Conflict
        for part in done:
            await item_parts.write(c, part, {"state": State.CLOSED.value})
            await _noted(rt, c, part, person, "closed")
        return done


async def _held(c: Connection, actor: Actor, number: int | None = None) -> list[Part]:
    """What is asked of units she may report for as one of their own."""
    own = reports_for(actor)
    return await item_parts.of_units(c, own, number) if own else []


def _first(some: Sequence[Part]) -> Part | None:
    """The part that still waits, else the first."""
    return next((part for part in some if not part.done), some[0] if some else None)


async def _below(rt: Runtime, c: Connection, actor: Actor, number: int) -> list[Part]:
    """The parts of units whose level above she acts for."""
    found: list[Part] = []
    seen = False
    may: dict[int, bool] = {}
    for post in actor.person.posts:
        for part in await item_parts.inside(c, number, (post.unit.lo, post.unit.hi)):
            seen = True
            above = await units.parent(c, part.unit)
            if above is None:
                continue
            if above.id not in may:
                may[above.id] = await desk.may_act(rt, actor, above)
            if may[above.id]:
                found.append(part)
    if not seen:
        raise errors.NotFound
    if not found:
        raise errors.NotAllowed
    return found


async def _from_below(
    rt: Runtime, c: Connection, person: Person, number: int, words: str
) -> tuple[Part, str]:
    """The one part that is meant, and the words behind the unit's name."""
    some = await _below(rt, c, await people.actor(c, person), number)
    said = words.strip()
    for part in sorted(some, key=lambda one: -len(one.unit.short)):
        for name in (part.unit.display, part.unit.name, part.unit.short, part.unit.code):
            if text.fold(said).startswith(name):
                return part, said[len(name) :].lstrip(" ,，:：。、")
    done = [part for part in some if part.done]
    if len(done) > 1:
        raise errors.Several([part.unit.id for part in done])
    if not done:
        raise errors.Conflict
    return done[0], said


async def _noted(rt: Runtime, c: Connection, part: Part, person: Person, deed: str) -> Part:
    """Write the deed down for good; the part as it stands now."""
    now = await item_parts.hold(c, part.item.id, part.unit.id)
    assert now is not None
    await audits.note(
        c,
        at_ms=rt.now_ms(),
        actor=f"person:{person.id}",
        deed=f"item {deed}",
        thing=f"item:{part.item.id}:{part.unit.id}",
        detail={"said": now.said, "value": now.value, "reason": now.reason, "late": now.late},
    )
    return now
