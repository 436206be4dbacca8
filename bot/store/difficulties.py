"""困难: what stands in the way, raised upward, with an owner, a day due and an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from bot.core import period
from bot.core.model import Unit
from bot.core.tree import Interval
from bot.core.trouble import Kind
from bot.store import tables, units
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, several

_it, _unit = tables.difficulty.c, tables.unit.c


class State(StrEnum):
    """Where it stands."""

    OPEN = "open"
    ANSWERED = "answered"
    UNSOLVED = "unsolved"  # answered, but she says 没解决
    SOLVED = "solved"  # she says 解决了
    CLOSED = "closed"  # 销号 by the level above


WAITING: Final = (State.OPEN, State.UNSOLVED)
"""The owner has to answer."""
MOST_PRESSED: Final = 2
AT_ONCE: Final = 5000  # overdue ones that one run looks at

_WHOLE = (
    sa.select(tables.difficulty)
    .join(tables.unit, _unit.id == _it.unit_id)
    .order_by(_it.id.desc())
    .limit(bind("most"))
)
_SO = _it.state.in_(several("states"))
_OF_PERSON = Statement(
    _WHOLE.where(sa.or_(_it.person_id == bind("person"), _it.unit_id.in_(several("units"))), _SO)
)
_OWNED = Statement(_WHOLE.where(_it.owner_unit_id.in_(several("units")), _SO))


@dataclass(frozen=True, slots=True)
class Difficulty:
    """`id` is the number people say. `owner`: who has to answer by the end of `due_on`.

    `reason` is why she says 没解决; `pressed` counts what was done about an answer that is overdue.
    """

    id: int
    unit: Unit
    person_id: int | None
    text: str
    owner: Unit
    due_on: date
    state: State
    answer: str
    answered_by: int | None
    made_at: datetime
    kind: Kind
    reason: str
    pressed: int


async def add(
    c: Connection,
    *,
    unit_id: int,
    person_id: int | None,
    text: str,
    kind: Kind,
    owner_id: int,
    due_on: date,
    at: datetime,
) -> int:
    """A new one; its number."""
    number: int = (
        await c.execute(
            sa.insert(tables.difficulty)
            .values(
                unit_id=unit_id,
                person_id=person_id,
                text=text,
                kind=kind.value,
                owner_unit_id=owner_id,
                due_on=due_on.isoformat(),
                state=State.OPEN.value,
                made_at_ms=period.ms(at),
                changed_at_ms=period.ms(at),
            )
            .returning(_it.id)
        )
    ).scalar_one()
    return number


async def answer(
    c: Connection, number: int, *, text: str, person_id: int | None, at: datetime
) -> None:
    """Keep the owner's answer, over an earlier one."""
    await _change(c, number, State.ANSWERED, at, {"answer": text, "answered_by": person_id})


async def settle(c: Connection, number: int, state: State, at: datetime) -> None:
    """Solved or closed."""
    await _change(c, number, state, at, {})


async def pass_to(c: Connection, number: int, *, owner_id: int, due_on: date, at: datetime) -> None:
    """Another owner has to answer now."""
    columns = {"owner_unit_id": owner_id, "due_on": due_on.isoformat(), "pressed": 0}
    await _change(c, number, State.OPEN, at, columns)


async def reopen(c: Connection, number: int, *, reason: str, due_on: date, at: datetime) -> None:
    """没解决: the same owner has to answer once more."""
    columns = {"due_on": due_on.isoformat(), "reason": reason, "pressed": 0}
    await _change(c, number, State.UNSOLVED, at, columns)


async def say_why(c: Connection, one: Difficulty, reason: str, at: datetime) -> None:
    """What she says of one that waits for an answer: the day it is due and what was done about it stay."""
    await _change(c, one.id, one.state, at, {"reason": reason})


async def press(c: Connection, numbers: Sequence[int], times: int) -> None:
    """Remember what was done about answers that are overdue."""
    await c.execute(sa.update(tables.difficulty).where(_it.id.in_(numbers)).values(pressed=times))


async def hold(c: Connection, number: int) -> Difficulty | None:
    """The difficulty, locked until the transaction ends: of two who act at once the second sees what the first did."""
    await c.execute(sa.select(_it.id).where(_it.id == number).with_for_update())
    return await by_id(c, number)


async def by_id(c: Connection, number: int) -> Difficulty | None:
    """The difficulty with this number."""
    return next(iter(await some(c, _it.id == number, limit=1)), None)


async def of_person(
    c: Connection,
    person_id: int,
    states: tuple[State, ...],
    *,
    unit_ids: Sequence[int] = (),
    limit: int = 20,
) -> list[Difficulty]:
    """What she, or anybody of these units, raised and stands so, the newest first."""
    hers = {"person": person_id, "units": unit_ids}
    return await _gathered(c, await _OF_PERSON.all(c, {**hers, "states": states, "most": limit}))


async def overdue(c: Connection, day: date) -> list[Difficulty]:
    """Those of which an answer was promised before `day` and which may still be pressed, oldest first."""
    found = await some(
        c,
        _it.state.in_([state.value for state in WAITING]),
        _it.due_on < day.isoformat(),
        _it.pressed < MOST_PRESSED,
        limit=AT_ONCE,
    )
    return found[::-1]


async def owned(
    c: Connection, unit_ids: Sequence[int], states: tuple[State, ...], *, limit: int = 20
) -> list[Difficulty]:
    """What these units have to answer and stands so, the newest first."""
    which = {"units": unit_ids, "states": states, "most": limit}
    return await _gathered(c, await _OWNED.all(c, which))


async def waiting(
    c: Connection, place: Interval, *, due_before: date | None = None, limit: int = 20
) -> list[Difficulty]:
    """What units in `place` raised and nobody has answered, the newest first; or only what was due before a day."""
    return await some(c, *_waits(place, due_before), limit=limit)


async def count_waiting(c: Connection, place: Interval, *, due_before: date | None = None) -> int:
    """How many `waiting` would name without a limit."""
    statement = sa.select(sa.func.count()).select_from(
        tables.difficulty.join(tables.unit, _unit.id == _it.unit_id)
    )
    return await c.scalar(statement.where(*_waits(place, due_before))) or 0


def _waits(place: Interval, due_before: date | None) -> list[sa.ColumnElement[bool]]:
    clauses = [
        _unit.lo >= place[0],
        _unit.lo < place[1],
        _it.state.in_([state.value for state in WAITING]),
    ]
    if due_before is not None:
        clauses.append(_it.due_on < due_before.isoformat())
    return clauses


async def _change(
    c: Connection, number: int, state: State, at: datetime, columns: Mapping[str, Any]
) -> None:
    await c.execute(
        sa.update(tables.difficulty)
        .where(_it.id == number)
        .values({"state": state.value, "changed_at_ms": period.ms(at), **columns})
    )


async def some(c: Connection, *clauses: sa.ColumnElement[bool], limit: int) -> list[Difficulty]:
    """Those that fulfil the clauses (about `tables.difficulty` and the unit that raised it), the newest first."""
    return await _gathered(c, (await c.execute(_WHOLE.where(*clauses), {"most": limit})).all())


async def _gathered(c: Connection, rows: Sequence[Any]) -> list[Difficulty]:
    ids = {row.unit_id for row in rows} | {row.owner_unit_id for row in rows}
    places = await units.many(c, ids)
    return [
        Difficulty(
            row.id,
            places[row.unit_id],
            row.person_id,
            row.text,
            places[row.owner_unit_id],
            date.fromisoformat(row.due_on),
            State(row.state),
            row.answer,
            row.answered_by,
            period.at(row.made_at_ms),
            Kind(row.kind or Kind.OTHER),
            row.reason,
            row.pressed,
        )
        for row in rows
    ]
