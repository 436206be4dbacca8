"""What is written down and told of each step of a difficulty: for good, to its owner, to her who raised it."""

from __future__ import annotations

from typing import Final

from bot.actions import desk, tell
from bot.core.model import Person, Role, Unit
from bot.runtime import Runtime
from bot.store import audits, people
from bot.store.database import Connection
from bot.store.difficulties import Difficulty

_SHOWN: Final = 60  # characters of its text when it is named in passing
_LEADERS: Final = (Role.CHAIR, Role.DEPUTY, Role.STAFF)
_STOPS: Final = "。.！!；; "


async def note(rt: Runtime, c: Connection, one: Difficulty, person: Person, deed: str) -> None:
    """Who did what and what was promised, for good: an answer that is replaced is not lost."""
    await audits.note(
        c,
        at_ms=rt.now_ms(),
        actor=f"person:{person.id}",
        deed=f"difficulty {deed}",
        thing=f"difficulty:{one.id}",
        detail={
            "owner": one.owner.id,
            "due": one.due_on.isoformat(),
            "answer": one.answer,
            "reason": one.reason,
        },
    )


async def owner(rt: Runtime, one: Difficulty, key: str, *, besides: int | None = None) -> None:
    """Tell those who have to answer the sentence `key`."""
    await desk.inform(rt, one.owner, said(rt, one, key), besides=besides)


async def forwarded(rt: Runtime, one: Difficulty, *, besides: int | None = None) -> None:
    """Tell those who have to answer now what it is, and why the last answer did not solve it."""
    words = said(rt, one, "forwarded_why" if one.reason else "forwarded")
    await desk.inform(rt, one.owner, words + pass_on(rt, one.owner, one.id), besides=besides)


def pass_on(rt: Runtime, owner: Unit, number: int) -> str:
    """How to let the level above answer, and a full stop; only that where there is no level above."""
    key = "passed_on" if owner.parent_id is not None else "not_passed_on"
    return rt.words.say(f"difficulty.{key}", number=number)


async def raiser(
    rt: Runtime,
    c: Connection,
    one: Difficulty,
    key: str,
    *,
    besides: int | None = None,
    above: Unit | None = None,
) -> None:
    """Tell her who raised it; once she holds no post any more, those who lead the unit now. `besides` knows already."""
    words = said(rt, one, key, above=above)
    her = await people.by_id(c, one.person_id) if one.person_id is not None else None
    if her is not None and her.posts:
        some = [her]
    else:
        some = await people.holders(c, one.unit.id, _LEADERS)
    for person in some:
        if person.id != besides:
            await tell.politely(rt, person, words)


def said(rt: Runtime, one: Difficulty, key: str, *, above: Unit | None = None) -> str:
    """The sentence `key` of the group difficulty about this one; `above`: the level that has been told of it."""
    return rt.words.say(
        f"difficulty.{key}",
        number=one.id,
        unit=one.unit.short,
        owner=one.owner.display,
        text=one.text[:_SHOWN].rstrip(_STOPS),
        answer=one.answer.rstrip(_STOPS),
        reason=one.reason[:_SHOWN].rstrip(_STOPS),
        above=above.display if above else "",
        month=one.due_on.month,
        day=one.due_on.day,
    )
