"""Who answers for a unit, which groups belong to units that owe, and how often somebody was reminded of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core.model import Role
from bot.core.tree import Interval
from bot.store import tables, units
from bot.store.database import Connection
from bot.store.dialect import insert

MOST = 3  # reminders of one thing
_AT_ONCE = 1000

_person, _post, _unit = tables.person.c, tables.post.c, tables.unit.c
_group, _reminded = tables.wechat_group.c, tables.reminded.c

_RANK = (Role.CHAIR, Role.DEPUTY, Role.STAFF, Role.MEMBER)


@dataclass(frozen=True, slots=True)
class Place:
    """A group and the place of its unit in the tree of today."""

    group_id: int
    lo: int
    hi: int


async def speakers(c: Connection, unit_ids: Sequence[int]) -> dict[int, int]:
    """For each unit the one person who answers for it: chair, else deputy, staff, member; the longest known first."""
    rank = sa.case(
        {role.value: number for number, role in enumerate(_RANK)}, value=_post.role, else_=9
    )
    found: dict[int, int] = {}
    for start in range(0, len(unit_ids), _AT_ONCE):
        rows = await c.execute(
            sa.select(_post.unit_id, _post.person_id)
            .join(tables.person, _person.id == _post.person_id)
            .where(
                _post.unit_id.in_(unit_ids[start : start + _AT_ONCE]),
                _post.role.in_([role.value for role in _RANK]),
                _post.ended_at_ms.is_(None),
                _person.ended_at_ms.is_(None),
            )
            .order_by(_post.unit_id, rank, _post.person_id)
        )
        for unit_id, person_id in rows:
            found.setdefault(unit_id, person_id)
    return found


async def groups(c: Connection) -> list[Place]:
    """All groups of today, in tree order."""
    rows = await c.execute(
        sa.select(_group.id, _unit.lo, _unit.hi)
        .join(tables.unit, _unit.id == _group.unit_id)
        .where(_group.ended_at_ms.is_(None), _unit.ended_at_ms.is_(None))
        .order_by(_unit.lo, _group.id)
    )
    return [Place(*row) for row in rows]


async def inside(c: Connection, ids: Sequence[int], scope: Sequence[Interval]) -> list[int]:
    """Those of these persons who hold a post in `scope`."""
    found: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        found |= set(
            await c.scalars(
                sa.select(_post.person_id)
                .join(tables.unit, _unit.id == _post.unit_id)
                .where(
                    _post.person_id.in_(ids[start : start + _AT_ONCE]),
                    _post.ended_at_ms.is_(None),
                    units.within(scope),
                )
            )
        )
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Counted:
    """Whose reminder was counted: the new number of each, and how many had one `since` already (and fewer than three)."""

    times: dict[int, int]
    again: int


async def count(
    c: Connection, thing: str, ids: Sequence[int], at_ms: int, *, since_ms: int
) -> Counted:
    """Count one more reminder of `thing` for those who had fewer than three and none from `since_ms` on."""
    times: dict[int, int] = dict.fromkeys(ids, 0)
    lately: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        rows = await c.execute(
            sa.select(_reminded.member_id, _reminded.times, _reminded.last_at_ms).where(
                _reminded.thing == thing,
                _reminded.member_kind == "person",
                _reminded.member_id.in_(ids[start : start + _AT_ONCE]),
            )
        )
        for row in rows:
            times[row.member_id] = row.times
            if row.last_at_ms >= since_ms and row.times < MOST:
                lately.add(row.member_id)
    counted = {
        member: had + 1 for member, had in times.items() if had < MOST and member not in lately
    }
    if counted:
        statement = insert(c, tables.reminded)
        await c.execute(
            statement.on_conflict_do_update(
                index_elements=["thing", "member_kind", "member_id"],
                set_={"times": statement.excluded.times, "last_at_ms": at_ms},
            ),
            [
                {
                    "thing": thing,
                    "member_kind": "person",
                    "member_id": member,
                    "times": number,
                    "last_at_ms": at_ms,
                }
                for member, number in counted.items()
            ],
        )
    return Counted(counted, len(lately))
