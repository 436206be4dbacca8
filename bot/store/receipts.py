"""Receipts of persons and groups: who has signed, who has not, counted by places in the tree."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from bot.core import chain, packing, roll
from bot.core.model import Unit
from bot.core.packing import Arrays
from bot.core.plan import Broadcast, Phase, Receipt
from bot.core.receipt import IN_DOUBT, REACHED, Mark, State
from bot.core.roll import Slot
from bot.core.tree import Interval
from bot.core.way import GROUPS
from bot.store import (
    aiosqlite_short,
    amendments,
    broadcasts,
    chains,
    dialect,
    epochs,
    rolls,
    tables,
)
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, binds

_receipt, _batch, _broadcast = tables.receipt.c, tables.batch.c, tables.broadcast.c
_mark = tables.mark.c
_post, _span, _unit = tables.post.c, tables.unit_span.c, tables.unit.c

# The batches that may hold the person: she has, or had, a post between their first place and their last. Her few
# posts are looked at, not every place of every batch.
_NEAR = sa.exists().where(
    _post.person_id == bind("person"),
    _span.unit_id == _post.unit_id,
    _span.epoch == _broadcast.epoch,
    dialect.Aside(_span.lo).between(_batch.lo, _batch.hi),
)
_SIGNED = sa.exists().where(
    _receipt.broadcast_id == _batch.broadcast_id,
    _receipt.member_kind == "person",
    _receipt.member_id == bind("person"),
    _receipt.kind.in_(["signed", "answered"]),
)
_BATCHES = (
    sa.select(
        _batch.broadcast_id, _batch.no, _batch.members, _batch.places, _batch.states, _batch.lo
    )
    .join(tables.broadcast, _broadcast.id == _batch.broadcast_id)
    .where(_batch.channel.not_in(GROUPS), sa.or_(_batch.lo <= 0, _NEAR))
    .order_by(_batch.broadcast_id.desc())
)
OWED = _BATCHES.where(
    _broadcast.receipt != Receipt.NONE,
    _broadcast.expires_at_ms > bind("now"),
    _broadcast.state.in_([Phase.SENDING, Phase.PAUSED, Phase.STOPPED, Phase.DONE]),
    ~_SIGNED,
    ~amendments.SUPERSEDED,
)
"""The batches in which she may be, of notices that ask `person` for a receipt which she has not given."""
_OWED = Statement(OWED)
_ADD = Statement(
    lambda into: (
        into(tables.receipt)
        .values(
            binds("broadcast_id", "kind", "member_id", "place", "at_ms")
            | {"member_kind": "person", "value": sa.null()}
        )
        .on_conflict_do_nothing()
        .returning(_receipt.member_id)
    )
)
_EMPTY = Statement(
    lambda into: (
        into(tables.mark).values(binds("broadcast_id", "no", "marks")).on_conflict_do_nothing()
    )
)
_MARKS = Statement(
    sa.select(_mark.marks)
    .where(_mark.broadcast_id == bind("broadcast_id"), _mark.no == bind("no"))
    .with_for_update()
)
_MARK = Statement(
    sa.update(tables.mark)
    .where(_mark.broadcast_id == bind("of"), _mark.no == bind("number"))
    .values(marks=bind("new"))
)
_OF_NUMBER = Statement(_BATCHES.where(_broadcast.id == bind("n")))
DOUBTFUL = (*IN_DOUBT, State.UNKNOWN)
_NUMBERS = ("people", "reached", "signed", "delivered", "opened")


@dataclass(frozen=True, slots=True)
class Received:
    """A notice that reached a person, or may have, and her place in its audience: in the tree, and in which batch."""

    broadcast: Broadcast
    place: int
    no: int
    position: int
    n: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """Who has not done what was asked; `name` is a person's or a group's."""

    member_id: int
    name: str
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class Outstanding:
    """The first of those who are missing, in tree order, and how many there are.

    Of groups: `ids` are all of them, `places` where they stand in the broadcast's epoch, ascending.
    """

    first: tuple[Missing, ...]
    total: int
    ids: tuple[int, ...] = ()
    places: tuple[int, ...] = ()


@dataclass(slots=True)
class ChildCount:
    """People of one child unit (or of the unit itself): in the audience, and what is known of them."""

    unit: Unit
    people: int
    reached: int
    signed: int
    delivered: int
    opened: int


async def add(c: Connection, what: Received, *, kind: str, person_id: int, at_ms: int) -> None:
    """Keep a person's receipt (opened, signed, answered); the first of a kind stays."""
    given = {"broadcast_id": what.broadcast.id, "kind": kind, "member_id": person_id}
    if not await _ADD.all(c, given | {"place": what.place, "at_ms": at_ms}):
        return
    batch = {"broadcast_id": what.broadcast.id, "no": what.no}
    await _EMPTY.run(c, batch | {"marks": bytes(what.n)})
    row = await _MARKS.first(c, batch)
    marks = bytearray(row.marks)
    marks[what.position] |= Mark[kind.upper()]
    await _MARK.run(c, {"of": what.broadcast.id, "number": what.no, "new": bytes(marks)})
    await rolls.touch(c, what.broadcast.id, what.no)
    if what.broadcast.groups_n:
        here = chain.Mark.OPENED if kind == "opened" else chain.Mark.SIGNED
        await chains.note(c, what.broadcast, [chain.News(what.place, here)], at_ms)


async def believe(c: Connection, broadcast_id: int, no: int, arrays: Arrays) -> None:
    """Whoever has done something with it has it, though nobody knows how her call ended; under the batch's lock."""
    unknown, batch = arrays.states == State.UNKNOWN, {"broadcast_id": broadcast_id, "no": no}
    if unknown.any() and (row := await _MARKS.first(c, batch)) is not None:
        arrays.states[unknown & (np.frombuffer(row.marks, np.uint8) > 0)] = State.DELIVERED


async def owed(
    c: Connection, person_id: int, at_ms: int, *, states: Sequence[int] = REACHED
) -> list[Received]:
    """The notices that ask her for a receipt, reached her, are unsigned and not over; newest first."""
    given = {"person": person_id, "now": at_ms}
    return await _reached(c, person_id, await _OWED.all(c, given), states)


async def received(c: Connection, person_id: int, n: int) -> Received | None:
    """Notice `n` if it reached her, or may have."""
    found = await _OF_NUMBER.all(c, {"person": person_id, "n": n})
    mine = await _reached(c, person_id, found, (*REACHED, *DOUBTFUL))
    return mine[0] if mine else None


async def _reached(
    c: Connection, person_id: int, batches: Sequence[Any], states: Sequence[int]
) -> list[Received]:
    """Those of the batches that reached her, in one of these states.

    Her place is that of one of her units in the broadcast's epoch, posts she has left included; 0 without any.
    """
    found: list[Received] = []
    for row in batches:
        at = np.flatnonzero(packing.members(row.members, len(row.states)) == person_id)
        if len(at) and row.states[at[0]] in states:
            broadcast = await broadcasts.get(c, row.broadcast_id)
            places = packing.places(row.places, len(row.states), row.lo)
            position = int(at[0])
            place = int(places[position])
            here = row.no, position, len(row.states), row.states[position] in REACHED
            found.append(Received(broadcast, place, *here))
    return found


async def unsigned(
    c: Connection, broadcast: Broadcast, scope: Sequence[Interval], limit: int
) -> Outstanding:
    """Whom the notice reached inside `scope` (intervals of today) without her signing it: how many, and the first."""
    total, slots = await _unsigned(c, broadcast, scope, limit)
    ids = await _ids(c, broadcast, slots)
    first = await names_of_people(c, ids, [slot.place for slot in slots], broadcast)
    return Outstanding(first, total)


async def unsigned_ids(c: Connection, broadcast: Broadcast, scope: Sequence[Interval]) -> list[int]:
    """Persons, as `unsigned`: all of them."""
    _, slots = await _unsigned(c, broadcast, scope, sys.maxsize)
    return await _ids(c, broadcast, slots)


async def _unsigned(
    c: Connection, broadcast: Broadcast, scope: Sequence[Interval], limit: int
) -> tuple[int, list[Slot]]:
    parts = await rolls.read(c, broadcast.id)
    where = np.unique(np.concatenate([np.zeros(0, np.int32), *(part.places for part in parts)]))
    allowed = where[await epochs.inside(c, broadcast, scope, where)]
    return roll.missing(parts, lambda places: np.isin(places, allowed), limit)


async def _ids(c: Connection, broadcast: Broadcast, slots: Sequence[Slot]) -> list[int]:
    members = await rolls.members(c, broadcast.id, [slot.no for slot in slots])
    return [int(members[slot.no][slot.position]) for slot in slots]


async def counts_by_child(c: Connection, broadcast: Broadcast, unit: Unit) -> list[ChildCount]:
    """People of the unit itself (first) and of each child that has any, as the tree was when the broadcast was frozen."""
    with aiosqlite_short.short():  # a row for each child by an index, and the roll by its key
        where = await epochs.spans(c, broadcast, unit)
        parts = await rolls.read(c, broadcast.id) if where else []
    if not where:
        return []
    lo = where[0][1]
    wanted = [(lo, lo + 1), *((lo, hi) for _, lo, hi in where[1:])]
    found = roll.totals(parts, wanted)
    numbers = zip(*(found[name] for name in _NUMBERS), strict=True)
    whose = (span[0] for span in where)
    return [ChildCount(unit, *some) for unit, some in zip(whose, numbers, strict=True) if some[0]]


async def names_of_people(
    c: Connection, ids: Sequence[int], places: Sequence[int], broadcast: Broadcast
) -> tuple[Missing, ...]:
    """Persons with the units they were chosen by."""
    rows = await c.execute(
        sa.select(tables.person.c.id, tables.person.c.name).where(tables.person.c.id.in_(ids))
    )
    names = {row.id: row.name for row in rows}
    where = await epochs.places_of(c, broadcast, places)
    return tuple(
        Missing(member, names.get(member, ""), *where.get(place, (0, "")))
        for member, place in zip(ids, places, strict=True)
    )
