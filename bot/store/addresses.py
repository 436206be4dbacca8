"""Where a message for a person or a group goes, looked up at the moment of sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Statement, several

_person, _follower = tables.person.c, tables.follower.c
_binding, _group = tables.binding.c, tables.wechat_group.c
_PEOPLE = Statement(
    sa.select(_person.id, _follower.id, _follower.openid_sealed, _person.paused_at_ms.is_not(None))
    .select_from(
        tables.binding.join(tables.person, _person.id == _binding.person_id).join(
            tables.follower, _follower.id == _binding.follower_id
        )
    )
    .where(
        _binding.person_id.in_(several("ids")),
        _person.ended_at_ms.is_(None),
        _follower.openid_sealed != b"",
    )
)


@dataclass(slots=True)
class Address:
    """Of a registered person: her account and whether she has said 暂停接收."""

    person_id: int
    follower_id: int
    openid_sealed: bytes
    paused: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A WeChat group: its robot's sealed key (None without one) or its owner's person id."""

    id: int
    name: str
    key_sealed: bytes | None
    owner_id: int | None


async def people(c: Connection, ids: Sequence[int]) -> dict[int, Address]:
    """The addresses of those who are registered now, by person id."""
    rows = await _PEOPLE.all(c, {"ids": list(ids)})
    return {row[0]: Address(row[0], row[1], row[2], bool(row[3])) for row in rows}


async def sealed(c: Connection, ids: Sequence[int]) -> dict[int, tuple[bytes, bool]]:
    """As `people`, of thousands: the sealed openid of each and whether she has said 暂停接收."""
    rows = await _PEOPLE.all(c, {"ids": list(ids)})
    return {person_id: (openid, bool(paused)) for person_id, _, openid, paused in rows}


async def groups(c: Connection, ids: Sequence[int]) -> dict[int, Group]:
    """The groups that still exist, by id."""
    rows = await c.execute(
        sa.select(_group.id, _group.name, _group.robot_key_sealed, _group.owner_person_id).where(
            _group.id.in_(ids), _group.ended_at_ms.is_(None)
        )
    )
    return {row[0]: Group(*row) for row in rows}


async def families(
    c: Connection, members: NDArray[np.int64], positions: Sequence[int]
) -> dict[int, list[int]]:
    """For each position of a relay batch the positions with the same owner: they share one message."""
    known = await groups(c, [int(members[position]) for position in positions])
    by_owner: dict[int, list[int]] = {}
    for position in positions:
        group = known.get(int(members[position]))
        if group is not None and group.owner_id is not None:
            by_owner.setdefault(group.owner_id, []).append(position)
    return {position: family for family in by_owner.values() for position in family}


async def shut(c: Connection, follower_id: int) -> None:
    """The platform says that her window for customer-service messages is closed: believe it."""
    await c.execute(
        sa.update(tables.follower).where(_follower.id == follower_id).values(window_left=0)
    )
