"""WeChat groups: which unit's, served by a robot or by a person, and how many members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.core.model import GroupKind
from bot.core.seal import Sealer
from bot.core.tree import Interval
from bot.store import slices, tables, units
from bot.store.database import Connection

_group, _unit = tables.wechat_group.c, tables.unit.c


@dataclass(frozen=True, slots=True)
class Group:
    """微信群; a robot's key never leaves the store by this."""

    id: int
    key: str
    name: str
    unit_id: int
    kind: GroupKind
    owner_person_id: int | None
    member_count: int
    robot_key_digest: bytes | None
    ended: bool
    purpose: str
    opened_on: str | None
    closes_on: str | None


_COLUMNS = (
    _group.id,
    _group.key,
    _group.name,
    _group.unit_id,
    _group.kind,
    _group.owner_person_id,
    _group.member_count,
    _group.robot_key_digest,
    _group.ended_at_ms,
    _group.purpose,
    _group.opened_on,
    _group.closes_on,
)


def _of(row: Sequence[Any]) -> Group:
    (id_, key, name, unit_id, kind, owner, count, digest, ended, *more) = row
    of = GroupKind(kind)
    return Group(id_, key, name, unit_id, of, owner, count, digest, ended is not None, *more)


async def by_id(c: Connection, group_id: int) -> Group | None:
    """The group, ended or not."""
    row = (await c.execute(sa.select(*_COLUMNS).where(_group.id == group_id))).first()
    return _of(row) if row else None


async def many(c: Connection, ids: Iterable[int]) -> dict[int, Group]:
    """The groups under their ids, as many as there are."""
    found: dict[int, Group] = {}
    for some in slices.cut(sorted(set(ids)), slices.VALUES):
        rows = await c.execute(sa.select(*_COLUMNS).where(_group.id.in_(some)))
        found.update((row[0], _of(row)) for row in rows)
    return found


async def owned_by(c: Connection, person_id: int) -> list[Group]:
    """The relay groups a person forwards to."""
    rows = await c.execute(
        sa.select(*_COLUMNS)
        .where(
            _group.owner_person_id == person_id,
            _group.kind == GroupKind.RELAY.value,
            _group.ended_at_ms.is_(None),
        )
        .order_by(_group.id)
    )
    return [_of(row) for row in rows]


async def inside(c: Connection, scope: Sequence[Interval]) -> list[Group]:
    """The groups of units in `scope`, in tree order."""
    rows = await c.execute(
        sa.select(*_COLUMNS)
        .join(tables.unit, _unit.id == _group.unit_id)
        .where(units.within(scope), _group.ended_at_ms.is_(None))
        .order_by(_unit.lo, _group.id)
    )
    return [_of(row) for row in rows]


async def robot_key(c: Connection, seal: Sealer, group_id: int) -> str | None:
    """The key of a group's robot in the clear, for one call; None if it has none."""
    sealed = await c.scalar(sa.select(_group.robot_key_sealed).where(_group.id == group_id))
    return seal.open(sealed) if sealed else None


async def by_keys(c: Connection, keys: Iterable[str]) -> dict[str, Group]:
    """Groups by their keys in files, ended ones too."""
    found: dict[str, Group] = {}
    for some in slices.cut(sorted(set(keys)), slices.VALUES):
        rows = await c.execute(sa.select(*_COLUMNS).where(_group.key.in_(some)))
        found.update((row[1], _of(row)) for row in rows)
    return found


async def with_robots(c: Connection, digests: Iterable[bytes]) -> dict[bytes, str]:
    """Which group (by its key in files) has a robot with this digest."""
    found: dict[bytes, str] = {}
    for some in slices.cut(sorted(set(digests)), slices.VALUES):
        rows = await c.execute(
            sa.select(_group.robot_key_digest, _group.key).where(
                _group.robot_key_digest.in_(some), _group.ended_at_ms.is_(None)
            )
        )
        found.update((bytes(digest), key) for digest, key in rows)
    return found


async def add(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert groups, all columns given."""
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(sa.insert(tables.wechat_group), list(some))


_CHANGED = (
    "name",
    "unit_id",
    "kind",
    "owner_person_id",
    "member_count",
    "robot_key_sealed",
    "robot_key_digest",
    "purpose",
    "opened_on",
    "closes_on",
)


async def change(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write all columns of `row_id`; an ended group is used again."""
    values: dict[str, Any] = {name: sa.bindparam(name) for name in _CHANGED}
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(
            sa.update(tables.wechat_group)
            .where(_group.id == sa.bindparam("row_id"))
            # Somebody has looked after it: what it was flagged for is over.
            .values(**values, ended_at_ms=None, asked_at_ms=None, orphan_at_ms=None),
            list(some),
        )


async def sealed_keys(c: Connection, ids: Iterable[int]) -> dict[int, bytes | None]:
    """The sealed robot keys, to be written back unchanged."""
    found: dict[int, bytes | None] = {}
    for some in slices.cut(sorted(set(ids)), slices.VALUES):
        rows = await c.execute(
            sa.select(_group.id, _group.robot_key_sealed).where(_group.id.in_(some))
        )
        found.update((id_, sealed) for id_, sealed in rows)
    return found


async def of_units(c: Connection, unit_ids: Iterable[int]) -> list[Group]:
    """The groups in use of these units themselves."""
    found: list[Group] = []
    for some in slices.cut(sorted(set(unit_ids)), slices.VALUES):
        rows = await c.execute(
            sa.select(*_COLUMNS).where(_group.unit_id.in_(some), _group.ended_at_ms.is_(None))
        )
        found.extend(_of(row) for row in rows)
    return found


async def end(c: Connection, ids: Sequence[int], at_ms: int) -> None:
    """End groups."""
    for some in slices.cut(ids, slices.VALUES):
        await c.execute(
            sa.update(tables.wechat_group).where(_group.id.in_(some)).values(ended_at_ms=at_ms)
        )
