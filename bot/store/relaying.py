"""Who has not forwarded a notice yet, and how often she was reminded of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from bot.core.plan import Broadcast, Phase
from bot.core.receipt import State
from bot.store import amendments, batch_states, broadcasts, reminders, slices, tables
from bot.store.database import Connection
from bot.store.dialect import insert

_broadcast, _group, _unit = tables.broadcast.c, tables.wechat_group.c, tables.unit.c
_reminded = tables.reminded.c
OFFICE: Final = "unit"  # what a line to an office is counted under


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit with a group whose owner has the text and has not said 转了; `times` she was reminded."""

    unit_id: int
    unit: str
    parent_id: int | None
    times: int


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


async def waiting(c: Connection, broadcast: Broadcast) -> list[int]:
    """The ids of the groups of the notice that wait for their owner, in tree order."""
    ids: list[int] = []
    for batch in await batch_states.of(c, broadcast.id, ["relay"], None):
        ids += batch.members[batch.arrays.states == State.TO_RELAY].tolist()
    return ids


async def due_owners(
    c: Connection, group_ids: Sequence[int], thing: str, since_ms: int
) -> list[int]:
    """Who owns one of these and was reminded of `thing` less than three times, last at `since_ms` or before."""
    due = sa.or_(
        _reminded.times.is_(None),
        sa.and_(_reminded.times < reminders.MOST, _reminded.last_at_ms <= since_ms),
    )
    found: dict[int, None] = {}
    for some in slices.cut(group_ids, slices.VALUES):
        rows = await c.scalars(
            sa.select(_group.owner_person_id)
            .select_from(tables.wechat_group.outerjoin(tables.reminded, _hers(thing)))
            .where(_group.id.in_(some), _group.owner_person_id.is_not(None), due)
            .order_by(_group.id)
        )
        found.update((owner, None) for owner in rows if owner is not None)
    return list(found)


async def spoken_of(
    c: Connection, group_ids: Sequence[int], thing: str, at_ms: int
) -> list[Waiting]:
    """The units of those of these groups whose owner was reminded a second or third time at `at_ms`, in the given order."""
    found: dict[int, Waiting] = {}
    for some in slices.cut(group_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_group.id, _unit.id, _unit.short, _unit.parent_id, _reminded.times)
            .select_from(
                tables.wechat_group.join(tables.unit, _unit.id == _group.unit_id).join(
                    tables.reminded, _hers(thing)
                )
            )
            .where(_group.id.in_(some), _reminded.times > 1, _reminded.last_at_ms == at_ms)
        )
        found.update((row[0], Waiting(*row[1:])) for row in rows)
    return [found[id_] for id_ in group_ids if id_ in found]


async def count(
    c: Connection, thing: str, kind: str, ids: Sequence[int], *, since_ms: int, at_ms: int
) -> dict[int, int]:
    """Count one more reminder of `thing` for those it is due for; whom, and how many she has had now.

    Due is who had fewer than three, the last at `since_ms` or before. Of two who count at once only one counts.
    """
    due = sa.and_(_reminded.times < reminders.MOST, _reminded.last_at_ms <= since_ms)
    statement = (
        insert(c, tables.reminded)
        .on_conflict_do_update(
            index_elements=["thing", "member_kind", "member_id"],
            set_={"times": _reminded.times + 1, "last_at_ms": at_ms},
            where=due,
        )
        .returning(_reminded.member_id, _reminded.times)
    )
    found: dict[int, int] = {}
    fixed = {"thing": thing, "member_kind": kind, "times": 1, "last_at_ms": at_ms}
    for some in slices.cut(sorted(ids), slices.ROWS):  # sorted: two never wait for each other
        rows = await c.execute(statement, [fixed | {"member_id": id_} for id_ in some])
        found.update((row.member_id, row.times) for row in rows)
    return found


async def counted(c: Connection, thing: str, at_ms: int) -> tuple[int, int]:
    """How many owners were reminded of `thing` for the first time at `at_ms`, and how many offices were told."""
    counts = sa.select(sa.func.count()).where(
        _reminded.thing == thing, _reminded.last_at_ms == at_ms
    )
    owners = await c.scalar(counts.where(_reminded.member_kind == "person", _reminded.times == 1))
    offices = await c.scalar(counts.where(_reminded.member_kind == OFFICE))
    return owners or 0, offices or 0


def _hers(thing: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        _reminded.thing == thing,
        _reminded.member_kind == "person",
        _reminded.member_id == _group.owner_person_id,
    )
