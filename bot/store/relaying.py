"""Who has not forwarded a notice yet, and how often she was reminded of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.core.plan import Broadcast, Phase
from bot.core.receipt import State
from bot.store import amendments, batch_states, broadcasts, slices, tables
from bot.store.database import Connection

_broadcast, _group, _unit = tables.broadcast.c, tables.wechat_group.c, tables.unit.c
_reminded = tables.reminded.c


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group whose owner has the text and has not said 转了; `times` she was reminded, last at `last_at_ms`."""

    group_id: int
    owner_id: int
    unit_id: int
    unit: str
    parent_id: int | None
    times: int
    last_at_ms: int


async def live(c: Connection, *, approved_before_ms: int, now_ms: int) -> list[Broadcast]:
    """Notices to groups that were approved before that, are not over, stopped or corrected."""
    ids = await c.scalars(
        sa.select(_broadcast.id)
        .where(
            _broadcast.purpose == "notice",
            _broadcast.groups_n > 0,
            _broadcast.state.in_([Phase.SENDING, Phase.DONE]),
            _broadcast.approved_at_ms <= approved_before_ms,
            _broadcast.expires_at_ms > now_ms,
            ~amendments.SUPERSEDED,
        )
        .order_by(_broadcast.id)
    )
    return [await broadcasts.get(c, n) for n in ids.all()]


async def waiting(c: Connection, broadcast: Broadcast, thing: str) -> list[Waiting]:
    """Every group of the notice that waits for its owner, in tree order."""
    ids: list[int] = []
    for batch in await batch_states.of(c, broadcast.id, ["relay"], None):
        ids += batch.members[batch.arrays.states == State.TO_RELAY].tolist()
    found: dict[int, Waiting] = {}
    for some in slices.cut(ids, slices.VALUES):
        rows = await c.execute(_asked(some, thing))
        found.update((row[0], Waiting(*row)) for row in rows)
    return [found[id_] for id_ in ids if id_ in found]


def _asked(ids: Sequence[int], thing: str) -> sa.Select[Any]:
    hers = sa.and_(
        _reminded.thing == thing,
        _reminded.member_kind == "person",
        _reminded.member_id == _group.owner_person_id,
    )
    return (
        sa.select(
            _group.id,
            _group.owner_person_id,
            _group.unit_id,
            _unit.short,
            _unit.parent_id,
            sa.func.coalesce(_reminded.times, 0),
            sa.func.coalesce(_reminded.last_at_ms, 0),
        )
        .select_from(
            tables.wechat_group.join(tables.unit, _unit.id == _group.unit_id).outerjoin(
                tables.reminded, hers
            )
        )
        .where(_group.id.in_(ids), _group.owner_person_id.is_not(None))
    )
