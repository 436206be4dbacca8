"""Relay groups of a broadcast: whose they are, which wait to be forwarded, and the proofs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.core import packing
from bot.core.plan import Broadcast, Phase
from bot.core.receipt import State
from bot.core.tree import Interval
from bot.store import amendments, batch_states, epochs, tables
from bot.store.batch_states import Held
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Statement, bind
from bot.store.receipts import Missing, Outstanding

_batch, _broadcast, _group = tables.batch.c, tables.broadcast.c, tables.wechat_group.c
_span = tables.unit_span.c

_GROUPS_OF = Statement(
    sa.select(_group.id)
    .where(_group.owner_person_id == bind("person"), _group.ended_at_ms.is_(None))
    .order_by(_group.id)
)

_PLACES = Statement(
    sa.select(_batch.places, _batch.n, _batch.lo).where(
        _batch.broadcast_id == bind("n"), _batch.no == bind("no")
    )
)


async def groups_of(c: Connection, person_id: int) -> list[int]:
    """The groups a person owns, in the order of their ids."""
    return [row.id for row in await _GROUPS_OF.all(c, {"person": person_id})]


async def waiting(
    c: Connection, person_id: int, n: int | None = None
) -> tuple[Held, list[int]] | None:
    """The batch of broadcast `n`, else the newest, with groups of hers to forward, under its lock, and their positions."""
    which = sa.true() if n is None else _batch.broadcast_id == n
    async for held, positions in _with_hers(c, person_id, [State.TO_RELAY], which):
        return held, positions
    return None


async def asked(c: Connection, person_id: int, n: int) -> tuple[Held, list[int]] | None:
    """The batch of broadcast `n` by which she was asked to forward, whatever she did since, and her groups' positions."""
    states = [State.TO_RELAY, State.DELIVERED, State.REFUSED]
    async for held, positions in _with_hers(c, person_id, states, _batch.broadcast_id == n):
        return held, positions
    return None


async def late(
    c: Connection, person_id: int, at_ms: int, phases: Sequence[Phase], after: State
) -> list[tuple[Held, list[int]]]:
    """Groups of hers that were passed over as she was not registered, in notices of these phases: from now on `after`."""
    which = sa.and_(_broadcast.state.in_(phases), _broadcast.expires_at_ms > at_ms)
    found: list[tuple[Held, list[int]]] = []
    async for held, positions in _with_hers(c, person_id, [State.UNREGISTERED], which):
        held.arrays.states[positions] = after
        await batch_states.put(c, held, reopen=after is State.PENDING)
        found.append((held, positions))
    return found


async def _with_hers(
    c: Connection, person_id: int, states: Sequence[State], which: sa.ColumnElement[bool]
) -> AsyncIterator[tuple[Held, list[int]]]:
    """Batches of notices, newest first, in which groups of hers are in one of these states, each under its lock."""
    mine = await groups_of(c, person_id)
    if not mine:
        return
    near = sa.exists().where(
        _group.id.in_(mine),
        _span.unit_id == _group.unit_id,
        _span.epoch == _broadcast.epoch,
        _span.lo.between(_batch.lo, _batch.hi),
    )
    rows = await c.execute(
        sa.select(_batch.broadcast_id, _batch.no)
        .join(tables.broadcast, _broadcast.id == _batch.broadcast_id)
        .where(_batch.channel == "relay", near, ~amendments.SUPERSEDED, which)
        .order_by(_batch.broadcast_id.desc())
        .limit(50)
    )
    for broadcast_id, no in rows.all():
        held = await batch_states.one(c, broadcast_id, no)
        if held is None:
            continue
        hers = np.isin(held.members, mine) & np.isin(held.arrays.states, states)
        if hers.any():
            yield held, np.flatnonzero(hers).tolist()


async def prove(
    c: Connection, held: Held, positions: Sequence[int], *, people: int | None, at_ms: int
) -> None:
    """Keep that these groups were forwarded to; `people` is what the owner said, for all of them together."""
    for position in positions:
        value = {"people": people, "groups": len(positions)} if people is not None else None
        await c.execute(
            insert(c, tables.receipt)
            .values(
                broadcast_id=held.broadcast_id,
                kind="relayed",
                member_kind="group",
                member_id=int(held.members[position]),
                place=int(held.places[position]),
                value=value,
                at_ms=at_ms,
            )
            .on_conflict_do_nothing()
        )


async def places(c: Connection, broadcast_id: int, no: int) -> NDArray[np.int32]:
    """Where the units of a batch's members stand in the broadcast's epoch."""
    row = await _PLACES.first(c, {"n": broadcast_id, "no": no})
    return packing.places(row.places, row.n, row.lo)


async def outstanding(
    c: Connection, broadcast: Broadcast, scope: Sequence[Interval], limit: int
) -> Outstanding:
    """The groups inside `scope` whose owner has the text and has not said 转了; names are the groups'."""
    ids: list[int] = []
    places: list[int] = []
    for batch in await batch_states.of(c, broadcast.id, ["relay"], None):
        wanted = batch.arrays.states == State.TO_RELAY
        wanted &= await epochs.inside(c, broadcast, scope, batch.places)
        ids += batch.members[wanted].tolist()
        places += batch.places[wanted].tolist()
    rows = await c.execute(sa.select(_group.id, _group.name).where(_group.id.in_(ids[:limit])))
    names = {row.id: row.name for row in rows}
    where = await epochs.places_of(c, broadcast, places[:limit])
    first = tuple(
        Missing(member, names.get(member, ""), *where.get(place, (0, "")))
        for member, place in zip(ids[:limit], places[:limit], strict=True)
    )
    return Outstanding(first, len(ids), tuple(ids), tuple(sorted(places)))


async def owners(c: Connection, group_ids: Sequence[int]) -> list[int]:
    """The persons who own these groups, each once."""
    rows = await c.scalars(
        sa.select(_group.owner_person_id)
        .where(_group.id.in_(group_ids), _group.owner_person_id.is_not(None))
        .distinct()
        .order_by(_group.owner_person_id)
    )
    return [owner for owner in rows if owner is not None]
