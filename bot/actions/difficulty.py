"""困难: raised, forwarded to the level above, answered there, solved or not, passed on, 销号."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from bot import errors
from bot.actions import tell
from bot.core import access
from bot.core.model import Person, Role, Unit
from bot.runtime import Runtime
from bot.store import database, difficulties, people, units
from bot.store.difficulties import Difficulty, State
from config import analysis

_LEADERS: Final = (Role.CHAIR, Role.DEPUTY, Role.STAFF)
_SHOWN: Final = 60  # characters of its text when it is named in passing
_LIVE: Final = (State.OPEN, State.ANSWERED, State.UNSOLVED)
_SAID: Final = (State.ANSWERED, State.OPEN)


async def raise_(
    rt: Runtime, person: Person, text: str, at: datetime, *, unit: Unit | None = None
) -> Difficulty:
    """Keep a difficulty of `unit` (her own by default) and forward it to the level above.

    Raises NotAllowed if she holds no post there or above, BadInput without a text.
    """
    about = unit or (person.home if person.posts else None)
    if not text.strip():
        raise errors.BadInput
    async with rt.write() as c:
        actor = await people.actor(c, person)
        if about is None or not actor.sees(about):
            raise errors.NotAllowed
        owner = await units.parent(c, about) or about
        number = await difficulties.add(
            c,
            unit_id=about.id,
            person_id=person.id,
            text=text.strip(),
            owner_id=owner.id,
            due_on=_due(rt, at),
            at=at,
        )
        one = await _known(c, number)
        await _forward(rt, c, one, "difficulty.forwarded")
        return one


async def answer(
    rt: Runtime, person: Person, number: int | None, text: str, at: datetime
) -> Difficulty:
    """答复: keep the owner's answer and tell her who raised it.

    Without a number the only one that waits for her units. Raises NotFound for one she cannot see or if it is
    not plain which is meant, NotAllowed if another unit has to answer, Conflict if it is closed.
    """
    if not text.strip():
        raise errors.BadInput
    async with rt.write() as c:
        one = await _hers_to_answer(c, person, number, difficulties.WAITING)
        if one.state is State.CLOSED:
            raise errors.Conflict
        await difficulties.answer(c, one.id, text=text.strip(), person_id=person.id, at=at)
        one = await _known(c, one.id)
        if one.person_id is not None and one.person_id != person.id:
            said = rt.words.say(
                "difficulty.answered", number=one.id, owner=one.owner.display, text=one.answer
            )
            await tell.person(rt, one.person_id, said)
        return one


async def solved(rt: Runtime, person: Person, number: int | None, at: datetime) -> Difficulty:
    """解决了: by her who raised it or somebody of that unit; the owner may close it now.

    Without a number the newest that was answered to her. Raises NotFound, or Conflict if it is closed.
    """
    async with rt.write() as c:
        one = await _raised_by_her(c, person, number)
        if one.state is State.SOLVED:
            return one
        await difficulties.settle(c, one.id, State.SOLVED, at)
        await _tell_owner(rt, c, one, "difficulty.solved_told")
        return await _known(c, one.id)


async def not_solved(rt: Runtime, person: Person, number: int | None, at: datetime) -> Difficulty:
    """没解决: the owner has to answer again, with a new day due. Raises as `solved` does."""
    async with rt.write() as c:
        one = await _raised_by_her(c, person, number)
        await difficulties.reopen(c, one.id, due_on=_due(rt, at), at=at)
        one = await _known(c, one.id)
        await _tell_owner(rt, c, one, "difficulty.unsolved_told")
        return one


async def close(rt: Runtime, person: Person, number: int | None, at: datetime) -> Difficulty:
    """销号: only by the level above, once it was answered. Raises NotFound, NotAllowed, or Conflict."""
    async with rt.write() as c:
        one = await _hers_to_answer(c, person, number, (State.SOLVED, State.ANSWERED))
        if one.state in difficulties.WAITING:
            raise errors.Conflict
        if one.state is not State.CLOSED:
            await difficulties.settle(c, one.id, State.CLOSED, at)
            if one.person_id is not None and one.person_id != person.id:
                said = rt.words.say(
                    "difficulty.closed_told", number=one.id, owner=one.owner.display
                )
                await tell.person(rt, one.person_id, said)
        return await _known(c, one.id)


async def transfer(rt: Runtime, person: Person, number: int | None, at: datetime) -> Difficulty:
    """转交: to the level above the owner, with a new day due. Raises NotFound, NotAllowed, or Conflict at the top."""
    async with rt.write() as c:
        one = await _hers_to_answer(c, person, number, difficulties.WAITING)
        above = await units.parent(c, one.owner)
        if above is None or one.state is State.CLOSED:
            raise errors.Conflict
        await difficulties.pass_to(c, one.id, owner_id=above.id, due_on=_due(rt, at), at=at)
        one = await _known(c, one.id)
        await _forward(rt, c, one, "difficulty.forwarded")
        if one.person_id is not None and one.person_id != person.id:
            said = rt.words.say(
                "difficulty.passed_told",
                number=one.id,
                owner=one.owner.display,
                month=one.due_on.month,
                day=one.due_on.day,
            )
            await tell.person(rt, one.person_id, said)
        return one


async def ask(rt: Runtime, person: Person, number: int | None) -> Difficulty:
    """12号解决没有: the difficulty, or her newest one. Raises NotFound, also for one outside her scope."""
    async with rt.read() as c:
        if number is not None:
            return await _visible(c, person, number)
        mine = await difficulties.of_person(c, person.id, tuple(State), limit=1)
        if not mine:
            raise errors.NotFound
        return mine[0]


def _due(rt: Runtime, at: datetime) -> date:
    return rt.calendar.workdays_later(rt.calendar.day(at), analysis.load().answer_workdays)


async def _known(c: database.Connection, number: int) -> Difficulty:
    one = await difficulties.by_id(c, number)
    if one is None:
        raise errors.NotFound
    return one


async def _visible(c: database.Connection, person: Person, number: int) -> Difficulty:
    """One that she raised, or that arose in her scope."""
    one = await _known(c, number)
    actor = await people.actor(c, person)
    if one.person_id != person.id and not actor.sees(one.unit) and not actor.sees(one.owner):
        raise errors.NotFound
    return one


async def _hers_to_answer(
    c: database.Connection, person: Person, number: int | None, states: tuple[State, ...]
) -> Difficulty:
    actor = await people.actor(c, person)
    if number is None:
        held = [post.unit.id for post in person.posts if access.may_answer(actor, owner=post.unit)]
        found = await difficulties.owned(c, held, states, limit=2)
        if len(found) != 1:
            raise errors.NotFound
        return found[0]
    one = await _visible(c, person, number)
    if not access.may_answer(actor, owner=one.owner):
        raise errors.NotAllowed
    return one


async def _raised_by_her(c: database.Connection, person: Person, number: int | None) -> Difficulty:
    if number is None:
        for states in ((State.ANSWERED,), difficulties.WAITING):
            mine = await difficulties.of_person(c, person.id, states, limit=1)
            if mine:
                return mine[0]
        raise errors.NotFound
    one = await _visible(c, person, number)
    if one.person_id != person.id and all(post.unit.id != one.unit.id for post in person.posts):
        raise errors.NotAllowed
    if one.state is State.CLOSED:
        raise errors.Conflict
    return one


async def _forward(rt: Runtime, c: database.Connection, one: Difficulty, key: str) -> None:
    """Tell those who have to answer; where nobody is registered, the nearest level above that has somebody."""
    place: Unit | None = one.owner
    while place is not None:
        if await _tell_leaders(rt, c, place, one, key):
            return
        place = await units.parent(c, place)


async def _tell_owner(rt: Runtime, c: database.Connection, one: Difficulty, key: str) -> None:
    await _tell_leaders(rt, c, one.owner, one, key)


async def _tell_leaders(
    rt: Runtime, c: database.Connection, place: Unit, one: Difficulty, key: str
) -> int:
    """How many registered leaders of `place` were told; she who raised it is not told of herself."""
    said = rt.words.say(
        key,
        number=one.id,
        unit=one.unit.short,
        text=one.text[:_SHOWN],
        month=one.due_on.month,
        day=one.due_on.day,
    )
    told = 0
    for holder in await people.holders(c, place.id, _LEADERS):
        if holder.id != one.person_id and await people.registered(c, holder.id):
            await tell.person(rt, holder.id, said)
            told += 1
    return told
