"""What waits for a person until she speaks or registers, as nobody can write to her: notices and letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from bot.core import packing
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.store import amendments, batch_states, dialect, tables
from bot.store.database import Connection

_batch, _broadcast, _outbox = tables.batch.c, tables.broadcast.c, tables.outbox.c
_post, _span = tables.post.c, tables.unit_span.c


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that waits for her, by its number, and her place in it."""

    broadcast_id: int
    no: int
    position: int


async def notices(
    c: Connection,
    person_id: int,
    at_ms: int,
    *,
    state: State = State.TO_RELAY,
    phases: Sequence[Phase] = (Phase.SENDING, Phase.DONE),
) -> list[Notice]:
    """The notices of these phases in which she is in this state, oldest first; not those with a newer version."""
    near = sa.exists().where(
        _post.person_id == person_id,
        _span.unit_id == _post.unit_id,
        _span.epoch == _broadcast.epoch,
        dialect.Aside(_span.lo).between(_batch.lo, _batch.hi),
    )
    rows = await c.execute(
        sa.select(_batch.broadcast_id, _batch.no, _batch.members, _batch.states)
        .join(tables.broadcast, _broadcast.id == _batch.broadcast_id)
        .where(
            _broadcast.state.in_(phases),
            _broadcast.expires_at_ms > at_ms,
            _batch.channel == "template",
            ~amendments.SUPERSEDED,
            sa.or_(_batch.lo <= 0, near),
        )
        .order_by(_batch.broadcast_id)
    )
    found: list[Notice] = []
    for row in rows.all():
        hers = packing.members(row.members, len(row.states)) == person_id
        hers &= np.frombuffer(row.states, np.uint8) == state
        found += [Notice(row.broadcast_id, row.no, at) for at in np.flatnonzero(hers).tolist()]
    return found


async def give(
    c: Connection,
    notice: Notice,
    *,
    before: State = State.TO_RELAY,
    after: State = State.ACCEPTED,
) -> bool:
    """She gets it with the answer of this transaction, or (PENDING) as all others; False when she is not in `before`."""
    held = await batch_states.one(c, notice.broadcast_id, notice.no)
    if held is None or held.arrays.states[notice.position] != before:
        return False
    held.arrays.states[notice.position] = after
    await batch_states.put(c, held, reopen=after is State.PENDING)
    return True


async def letters(
    c: Connection, follower_id: int, person_id: int | None, limit: int
) -> list[tuple[int, str]]:
    """Ids and words of the messages that wait for her, oldest first, locked for this transaction."""
    hers = _outbox.follower_id == follower_id
    if person_id is not None:
        hers = sa.or_(hers, _outbox.person_id == person_id)
    rows = await c.execute(
        sa.select(_outbox.id, _outbox.text)
        .where(_outbox.state == "ready", _outbox.picture.is_(None), hers)
        .order_by(_outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [(row.id, row.text) for row in rows]


async def given(c: Connection, letter_ids: Sequence[int], at_ms: int) -> None:
    """These messages go with the answer of this transaction."""
    await c.execute(
        sa.update(tables.outbox)
        .where(_outbox.id.in_(letter_ids))
        .values(state="sent", note="with an answer", done_at_ms=at_ms)
    )
