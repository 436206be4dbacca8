"""The register of groups: whose owner has left, which lie unused, which are past their end; all of them, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from bot.core.model import GroupKind
from bot.core.tree import Interval
from bot.store import groups, slices, tables, units
from bot.store.database import Connection
from bot.store.groups import Group

_group, _unit, _person = tables.wechat_group.c, tables.unit.c, tables.person.c
_post, _binding = tables.post.c, tables.binding.c

# Nobody forwards any more: the owner has ended, holds no post, or there is none.
_POST = sa.exists().where(_post.person_id == _group.owner_person_id, _post.ended_at_ms.is_(None))
_GONE: Final = sa.and_(
    _group.kind == GroupKind.RELAY.value,
    sa.or_(_group.owner_person_id.is_(None), _person.ended_at_ms.is_not(None), ~_POST),
)
_HERS = tables.wechat_group.outerjoin(tables.person, _person.id == _group.owner_person_id)


@dataclass(frozen=True, slots=True)
class Kept:
    """A group as the register shows it; days are ISO text, moments epoch milliseconds."""

    id: int
    key: str
    name: str
    unit_id: int
    unit_code: str
    lo: int
    kind: str
    owner_id: int | None
    owner_key: str | None
    members: int
    purpose: str
    opened_on: str | None
    closes_on: str | None
    used_at_ms: int | None
    asked_at_ms: int | None
    orphan: bool
    registered: bool


def _query() -> sa.Select[Any]:
    return (
        sa.select(
            _group.id,
            _group.key,
            _group.name,
            _group.unit_id,
            _unit.code,
            _unit.lo,
            _group.kind,
            _group.owner_person_id,
            _person.key.label("owner_key"),
            _group.member_count,
            _group.purpose,
            _group.opened_on,
            _group.closes_on,
            _group.used_at_ms,
            _group.asked_at_ms,
            sa.case((_GONE, 1), else_=0).label("orphan"),
            _binding.person_id,
        )
        .select_from(
            _HERS.join(tables.unit, _unit.id == _group.unit_id).outerjoin(
                tables.binding, _binding.person_id == _group.owner_person_id
            )
        )
        .where(_group.ended_at_ms.is_(None))
        .order_by(_unit.lo, _group.id)
    )


def _of(row: Sequence[Any]) -> Kept:
    values = list(row)
    values[-2:] = bool(row[-2]), row[-1] is not None
    return Kept(*values)


async def page(
    c: Connection, scope: Sequence[Interval], *, after: tuple[int, int], limit: int
) -> list[Kept]:
    """Groups in use in `scope`, in tree order behind the place and id `after`."""
    lo, id_ = after
    rows = await c.execute(
        _query()
        .where(units.within(scope), sa.or_(_unit.lo > lo, sa.and_(_unit.lo == lo, _group.id > id_)))
        .limit(limit)
    )
    return [_of(row) for row in rows]


async def orphans(c: Connection, limit: int) -> list[Kept]:
    """Groups whose owner has left, of which nobody has been told yet."""
    rows = await c.execute(_query().where(_GONE, _group.orphan_at_ms.is_(None)).limit(limit))
    return [_of(row) for row in rows]


async def unused(c: Connection, before_ms: int, limit: int) -> list[Kept]:
    """Relay groups that nothing went into since then, and whose owner has not been asked since."""
    last = sa.func.coalesce(_group.used_at_ms, _group.made_at_ms)
    asked = sa.or_(_group.asked_at_ms.is_(None), _group.asked_at_ms < before_ms)
    relay = _group.kind == GroupKind.RELAY.value
    rows = await c.execute(_query().where(relay, ~_GONE, last < before_ms, asked).limit(limit))
    return [_of(row) for row in rows]


async def asked_of(c: Connection, person_id: int, since_ms: int) -> list[Group]:
    """Her relay groups that she has been asked about since then, and not answered."""
    asked = await c.scalars(
        sa.select(_group.id).where(
            _group.owner_person_id == person_id,
            _group.ended_at_ms.is_(None),
            _group.asked_at_ms >= since_ms,
        )
    )
    ids = set(asked)
    return [one for one in await groups.owned_by(c, person_id) if one.id in ids]


async def past(c: Connection, day: str, limit: int) -> list[Kept]:
    """Groups whose last day lies before `day`."""
    rows = await c.execute(_query().where(_group.closes_on < day).limit(limit))
    return [_of(row) for row in rows]


async def told(c: Connection, ids: Sequence[int], at_ms: int) -> None:
    """The level above has been told that the owner of these has left."""
    await _set(c, ids, {"orphan_at_ms": at_ms})


async def asked(c: Connection, ids: Sequence[int], at_ms: int) -> None:
    """The owners of these have been asked whether they may be closed."""
    await _set(c, ids, {"asked_at_ms": at_ms})


async def without_owner(c: Connection, ids: Sequence[int]) -> None:
    """Nobody forwards to these until the register names somebody."""
    await _set(c, ids, {"owner_person_id": None})


async def used(c: Connection, ids: Sequence[int], at_ms: int) -> None:
    """A notice went into these, or their owner says that they are in use."""
    await _set(c, ids, {"used_at_ms": at_ms, "asked_at_ms": None})


async def _set(c: Connection, ids: Sequence[int], values: dict[str, Any]) -> None:
    for some in slices.cut(ids, slices.VALUES):
        await c.execute(sa.update(tables.wechat_group).where(_group.id.in_(some)).values(values))
