"""Receipts of persons and groups: who has signed, who has not, counted by places in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.core import packing
from bot.core.model import Unit
from bot.core.plan import Broadcast, Phase, Receipt
from bot.core.receipt import REACHED
from bot.core.tree import Interval
from bot.store import amendments, batch_states, broadcasts, tables, units
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Statement, bind

Item = TypeVar("Item", bound=np.generic)

SIGNS = ("signed", "answered")  # an answer signs too

_receipt, _batch, _broadcast = tables.receipt.c, tables.batch.c, tables.broadcast.c
_post, _span = tables.post.c, tables.unit_span.c

# The batches that may hold the person: she has, or had, a post between their first place and their last.
_NEAR = sa.exists().where(
    _post.person_id == bind("person"),
    _span.unit_id == _post.unit_id,
    _span.epoch == _broadcast.epoch,
    _span.lo.between(_batch.lo, _batch.hi),
)
_SIGNED = sa.exists().where(
    _receipt.broadcast_id == _batch.broadcast_id,
    _receipt.member_kind == "person",
    _receipt.member_id == bind("person"),
    _receipt.kind.in_(SIGNS),
)
_BATCHES = (
    sa.select(_batch.broadcast_id, _batch.members, _batch.places, _batch.states, _batch.lo)
    .join(tables.broadcast, _broadcast.id == _batch.broadcast_id)
    .where(_batch.channel == "template", sa.or_(_batch.lo <= 0, _NEAR))
    .order_by(_batch.broadcast_id.desc())
)
_OWED = Statement(
    _BATCHES.where(
        _broadcast.receipt != Receipt.NONE,
        _broadcast.expires_at_ms > bind("now"),
        _broadcast.state.in_([Phase.SENDING, Phase.PAUSED, Phase.STOPPED, Phase.DONE]),
        ~_SIGNED,
        ~amendments.SUPERSEDED,
    )
)
_OF_NUMBER = Statement(_BATCHES.where(_broadcast.id == bind("n")))


@dataclass(frozen=True, slots=True)
class Received:
    """A notice that reached a person, and her place in its audience."""

    broadcast: Broadcast
    place: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Who has not done what was asked; `name` is a person's or a group's."""

    member_id: int
    name: str
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class Outstanding:
    """The first of those who are missing, in tree order, and how many there are; `ids` are all of them."""

    first: tuple[Missing, ...]
    total: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChildCount:
    """People of one child unit (or of the unit itself): in the audience, reached, signed."""

    unit: Unit
    people: int
    reached: int
    signed: int


async def add(c: Connection, what: Received, *, kind: str, person_id: int, at_ms: int) -> None:
    """Keep a person's receipt (opened, signed, answered); the first of a kind stays."""
    await c.execute(
        insert(c, tables.receipt)
        .values(
            broadcast_id=what.broadcast.id,
            kind=kind,
            member_kind="person",
            member_id=person_id,
            place=what.place,
            at_ms=at_ms,
        )
        .on_conflict_do_nothing()
    )


async def owed(c: Connection, person_id: int, at_ms: int) -> list[Received]:
    """The notices that ask her for a receipt, reached her, are unsigned and not over; newest first."""
    return await _reached(c, person_id, await _OWED.all(c, {"person": person_id, "now": at_ms}))


async def received(c: Connection, person_id: int, n: int) -> Received | None:
    """Notice `n` if it reached her."""
    found = await _reached(c, person_id, await _OF_NUMBER.all(c, {"person": person_id, "n": n}))
    return found[0] if found else None


async def _reached(c: Connection, person_id: int, batches: Sequence[Any]) -> list[Received]:
    """Those of the batches that reached her.

    Her place is that of one of her units in the broadcast's epoch, posts she has left included; 0 without any.
    """
    found: list[Received] = []
    for row in batches:
        at = np.flatnonzero(packing.members(row.members, len(row.states)) == person_id)
        if len(at) and row.states[at[0]] in REACHED:
            broadcast = await broadcasts.get(c, row.broadcast_id)
            places = packing.places(row.places, len(row.states), row.lo)
            found.append(Received(broadcast, int(places[at[0]])))
    return found


@dataclass(frozen=True, slots=True)
class _People:
    """All people of an audience with what we know of them, in its order."""

    ids: NDArray[np.int64]
    places: NDArray[np.int32]
    reached: NDArray[np.bool_]
    signed: NDArray[np.bool_]


async def _people(c: Connection, broadcast: Broadcast, places: tuple[int, int] | None) -> _People:
    found = await batch_states.of(c, broadcast.id, ["template"], places)
    ids = _joined([batch.members for batch in found], np.int64)
    states = _joined([batch.arrays.states for batch in found], np.uint8)
    query = sa.select(_receipt.member_id).where(
        _receipt.broadcast_id == broadcast.id,
        _receipt.member_kind == "person",
        _receipt.kind.in_(SIGNS),
    )
    if places is not None:
        query = query.where(_receipt.place >= places[0], _receipt.place < places[1])
    signers = np.array((await c.scalars(query)).all(), packing.MEMBERS)
    return _People(
        ids,
        _joined([batch.places for batch in found], np.int32),
        np.isin(states, REACHED),
        np.isin(ids, signers),
    )


def _joined(parts: Sequence[NDArray[Item]], kind: type[Item]) -> NDArray[Item]:
    return np.concatenate(parts) if parts else np.zeros(0, kind)


async def unsigned(
    c: Connection, broadcast: Broadcast, scope: Sequence[Interval], limit: int
) -> Outstanding:
    """Whom the notice reached inside `scope` (intervals of today) without her signing it."""
    everybody = await _people(c, broadcast, None)
    wanted = everybody.reached & ~everybody.signed
    wanted &= await inside(c, broadcast, scope, everybody.places)
    ids = everybody.ids[wanted]
    first = await names_of_people(
        c, ids[:limit].tolist(), everybody.places[wanted][:limit].tolist(), broadcast
    )
    return Outstanding(first, len(ids), tuple(ids.tolist()))


async def counts_by_child(c: Connection, broadcast: Broadcast, unit: Unit) -> list[ChildCount]:
    """People of the unit itself (first) and of each child that has any, as the tree was when the broadcast was frozen."""
    spans = await _spans(c, broadcast, unit)
    if not spans:
        return []
    own = spans[0]
    everybody = await _people(c, broadcast, (own[1], own[2]))
    counts: list[ChildCount] = []
    for key, (whose, lo, hi) in enumerate(spans):
        here = (everybody.places >= lo) & (everybody.places < (lo + 1 if key == 0 else hi))
        if here.any():
            counts.append(
                ChildCount(
                    whose,
                    int(here.sum()),
                    int((here & everybody.reached).sum()),
                    int((here & everybody.signed).sum()),
                )
            )
    return counts


async def _spans(c: Connection, broadcast: Broadcast, unit: Unit) -> list[tuple[Unit, int, int]]:
    """The unit and its children with their intervals in the broadcast's epoch."""
    family = [unit, *await units.children(c, unit.id)]
    rows = await c.execute(
        sa.select(_span.unit_id, _span.lo, _span.hi).where(
            _span.epoch == broadcast.epoch, _span.unit_id.in_([member.id for member in family])
        )
    )
    spans = {row.unit_id: (row.lo, row.hi) for row in rows}
    return [(member, *spans[member.id]) for member in family if member.id in spans]


async def inside(
    c: Connection, broadcast: Broadcast, scope: Sequence[Interval], places: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which places of the broadcast's epoch lie in `scope`, which is given in intervals of today."""
    if broadcast.epoch == await units.epoch(c):
        chosen = np.zeros(len(places), np.bool_)
        for lo, hi in scope:
            chosen |= (places >= lo) & (places < hi)
        return chosen
    then = await c.scalars(
        sa.select(_span.lo)
        .join(tables.unit, tables.unit.c.id == _span.unit_id)
        .where(_span.epoch == broadcast.epoch, units.within(scope))
    )
    return np.isin(places, np.array(then.all(), packing.PLACES))


async def names_of_people(
    c: Connection, ids: Sequence[int], places: Sequence[int], broadcast: Broadcast
) -> tuple[Missing, ...]:
    """Persons with the units they were chosen by."""
    rows = await c.execute(
        sa.select(tables.person.c.id, tables.person.c.name).where(tables.person.c.id.in_(ids))
    )
    names = {row.id: row.name for row in rows}
    where = await places_of(c, broadcast, places)
    return tuple(
        Missing(member, names.get(member, ""), *where.get(place, (0, "")))
        for member, place in zip(ids, places, strict=True)
    )


async def places_of(
    c: Connection, broadcast: Broadcast, places: Sequence[int]
) -> dict[int, tuple[int, str]]:
    """Unit ids and short names by place in the broadcast's epoch."""
    rows = await c.execute(
        sa.select(_span.lo, tables.unit.c.id, tables.unit.c.short)
        .join(tables.unit, tables.unit.c.id == _span.unit_id)
        .where(_span.epoch == broadcast.epoch, _span.lo.in_(sorted(set(places))))
    )
    return {row.lo: (row.id, row.short) for row in rows}
