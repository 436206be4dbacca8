"""困难: raised, forwarded to the level above, answered there, solved or not, passed on, 销号."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from bot import errors
from bot.actions import desk
from bot.actions import difficulty_news as news
from bot.core import access, text, trouble
from bot.core.model import Person, Unit
from bot.runtime import Runtime
from bot.store import database, difficulties, people, units
from bot.store.difficulties import Difficulty, State
from config import analysis

_ASKED: Final = (State.ANSWERED, *difficulties.WAITING)  # she may say whether it is solved


async def raise_(
    rt: Runtime, person: Person, said: str, at: datetime, *, unit: Unit | None = None
) -> Difficulty:
    """Keep a difficulty of `unit` (her own by default) and forward it to the level above.

    The highest unit has nobody above it: what stands in its way is its own to answer and to close.
    The same words again while it waits are the same difficulty. Raises NotAllowed if she holds no post
    there or above, BadInput without a text.
    """
    about = unit or (person.home if person.posts else None)
    said = said.strip()
    if not said:
        raise errors.BadInput
    async with rt.write() as c:
        actor = await people.actor(c, person)
        if about is None or not actor.sees(about):
            raise errors.NotAllowed
        for one in await difficulties.of_person(c, person.id, difficulties.WAITING):
            if one.unit.id == about.id and one.text == said:
                return one
        owner = await units.parent(c, about) or about
        number = await difficulties.add(
            c,
            unit_id=about.id,
            person_id=person.id,
            text=said,
            kind=trouble.kind(said),
            owner_id=owner.id,
            due_on=_due(rt, at),
            at=at,
        )
        one = await _known(c, number)
        await news.note(rt, c, one, person, "raised")
        await news.forwarded(rt, one, besides=person.id)
        return one


async def answer(
    rt: Runtime, person: Person, number: int | None, said: str, at: datetime
) -> Difficulty:
    """答复: keep the owner's answer and tell her who raised it; who answered may answer once more.

    Without a number the only one that waits for her units. Raises NotFound for one she cannot see, Several if
    it is not plain which is meant, NotAllowed if another unit has to answer, Conflict if it is settled or
    somebody else was quicker.
    """
    said = said.strip()
    if not said:
        raise errors.BadInput
    async with rt.write() as c:
        one = await _hers_to_answer(rt, c, person, number, difficulties.WAITING)
        again = one.state is State.ANSWERED and one.answered_by == person.id
        if one.state not in difficulties.WAITING and not again:
            raise errors.Conflict
        if again and one.answer == said:
            return one
        await difficulties.answer(c, one.id, text=said, person_id=person.id, at=at)
        one = await _known(c, one.id)
        await news.note(rt, c, one, person, "answered")
        await news.raiser(rt, c, one, "answered", besides=person.id)
        return one


async def solved(rt: Runtime, person: Person, number: int | None, at: datetime) -> Difficulty:
    """解决了: by her who raised it or somebody of that unit; the owner may close it now.

    Without a number the only one that was answered, else the only one that waits. Raises NotFound, Several,
    NotAllowed, or Conflict if it is closed.
    """
    async with rt.write() as c:
        one = await _raised_by_her(c, person, number)
        if one.state is State.SOLVED:
            return one
        await difficulties.settle(c, one.id, State.SOLVED, at)
        one = await _known(c, one.id)
        await news.note(rt, c, one, person, "solved")
        await news.owner(rt, one, "solved_told", besides=person.id)
        return one


async def not_solved(
    rt: Runtime, person: Person, number: int | None, at: datetime, *, reason: str = ""
) -> Difficulty:
    """没解决: the owner has to answer again, with a new day due and her reason. Raises as `solved` does.

    What waits for an answer anyway keeps its day; a reason is kept and passed on all the same.
    """
    async with rt.write() as c:
        one = await _raised_by_her(c, person, number)
        was, waits = one.state, one.state in difficulties.WAITING
        if waits and reason in ("", one.reason):
            return one
        if waits:
            await difficulties.say_why(c, one, reason, at)
        else:
            reason, due = reason or one.reason, _due(rt, at)
            await difficulties.reopen(c, one.id, reason=reason, due_on=due, at=at)
        one = await _known(c, one.id)
        await news.note(rt, c, one, person, "not solved")
        unsolved = "unsolved_why" if one.reason else "unsolved_told"
        key = "open_why" if was is State.OPEN else unsolved
        await news.owner(rt, one, key, besides=person.id)
        return one


async def close(rt: Runtime, person: Person, number: int | None, at: datetime) -> Difficulty:
    """销号: only by the level above, once it was answered. Raises NotFound, Several, NotAllowed, or Conflict."""
    async with rt.write() as c:
        one = await _hers_to_answer(rt, c, person, number, (State.SOLVED, State.ANSWERED))
        if one.state in difficulties.WAITING:
            raise errors.Conflict
        if one.state is not State.CLOSED:
            await difficulties.settle(c, one.id, State.CLOSED, at)
            one = await _known(c, one.id)
            await news.note(rt, c, one, person, "closed")
            await news.raiser(rt, c, one, "closed_told", besides=person.id)
        return one


async def transfer(
    rt: Runtime, person: Person, number: int | None, at: datetime, *, to: str = ""
) -> Difficulty:
    """转交: to the level above the owner, or to the level or unit that `to` names in the line above the village.

    The new owner has a new day due. Raises NotFound (also for a unit outside the line), Several, NotAllowed,
    or Conflict when it no longer waits or there is nobody to pass it to.
    """
    async with rt.write() as c:
        one = await _hers_to_answer(rt, c, person, number, difficulties.WAITING)
        if one.state not in difficulties.WAITING:
            raise errors.Conflict
        target = await _target(c, one, to)
        await difficulties.pass_to(c, one.id, owner_id=target.id, due_on=_due(rt, at), at=at)
        one = await _known(c, one.id)
        await news.note(rt, c, one, person, "passed")
        await news.forwarded(rt, one, besides=person.id)
        await news.raiser(rt, c, one, "passed_told", besides=person.id)
        return one


async def ask(rt: Runtime, person: Person, number: int | None) -> Difficulty:
    """12号解决没有: the difficulty, or her only one that is not settled, or her newest.

    Raises NotFound, also for one outside her scope, and Several.
    """
    async with rt.read() as c:
        if number is not None:
            return await _visible(c, person, number)
        unsettled = await difficulties.of_person(c, person.id, _ASKED, unit_ids=_held(person))
        mine = unsettled or await difficulties.of_person(c, person.id, tuple(State), limit=1)
        return _only(mine)


def _due(rt: Runtime, at: datetime) -> date:
    return rt.calendar.workdays_later(rt.calendar.day(at), analysis.load().answer_workdays)


def _held(person: Person) -> list[int]:
    return [post.unit.id for post in person.posts]


def _only(some: list[Difficulty]) -> Difficulty:
    if not some:
        raise errors.NotFound
    if len(some) > 1:
        raise errors.Several([one.id for one in some])
    return some[0]


async def _known(c: database.Connection, number: int) -> Difficulty:
    one = await difficulties.by_id(c, number)
    if one is None:
        raise errors.NotFound
    return one


async def _visible(c: database.Connection, person: Person, number: int) -> Difficulty:
    """One that she raised, or that arose in her scope, or lies with a unit of it; locked in a transaction that writes."""
    one = await difficulties.hold(c, number)
    actor = await people.actor(c, person)
    if one is None:
        raise errors.NotFound
    if one.person_id != person.id and not actor.sees(one.unit) and not actor.sees(one.owner):
        raise errors.NotFound
    return one


async def _hers_to_answer(
    rt: Runtime,
    c: database.Connection,
    person: Person,
    number: int | None,
    states: tuple[State, ...],
) -> Difficulty:
    actor = await people.actor(c, person)
    if number is None:
        held = [post.unit.id for post in person.posts if access.may_answer(actor, owner=post.unit)]
        number = _only(await difficulties.owned(c, held, states)).id
    one = await _visible(c, person, number)
    if not await desk.may_act(rt, actor, one.owner):
        raise errors.NotAllowed
    return one


async def _raised_by_her(c: database.Connection, person: Person, number: int | None) -> Difficulty:
    if number is None:
        for states in ((State.ANSWERED,), difficulties.WAITING, (State.SOLVED,)):
            mine = await difficulties.of_person(c, person.id, states, unit_ids=_held(person))
            if mine:
                number = _only(mine[:1] if states == (State.SOLVED,) else mine).id
                break
        else:
            raise errors.NotFound
    one = await _visible(c, person, number)
    if one.person_id != person.id and one.unit.id not in _held(person):
        raise errors.NotAllowed
    if one.state is State.CLOSED:
        raise errors.Conflict
    return one


async def _target(c: database.Connection, one: Difficulty, to: str) -> Unit:
    """The unit that `to` names among those above the one with the difficulty; the owner itself is no target."""
    if trouble.above(to):
        found = await units.parent(c, one.owner)
    else:
        level, name = trouble.level(to), text.key(to)
        line = await units.ancestors(c, one.unit)
        found = next((unit for unit in line if level is unit.level or _is(unit, name)), None)
        if found is None:
            raise errors.NotFound
    if found is None or found.id == one.owner.id:
        raise errors.Conflict
    return found


def _is(unit: Unit, name: str) -> bool:
    called = {text.key(word) for word in (unit.code, unit.name, unit.display, unit.short)}
    return name in called or (len(name) > 1 and text.key(unit.short).startswith(name))
