"""Whom offices have to be told through: their registered leaders, many offices at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from bot.core.model import Role
from bot.store import slices, tables
from bot.store.database import Connection

_post, _person, _binding = tables.post.c, tables.person.c, tables.binding.c


async def of(
    c: Connection, unit_ids: Sequence[int], roles: Iterable[Role]
) -> list[tuple[int, int]]:
    """(unit id, person id) of everybody who holds one of the roles there, is registered and receives."""
    found: list[tuple[int, int]] = []
    wanted = sorted(role.value for role in roles)
    for some in slices.cut(unit_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_post.unit_id, _post.person_id)
            .join(tables.person, _person.id == _post.person_id)
            .join(tables.binding, _binding.person_id == _post.person_id)
            .where(
                _post.unit_id.in_(some),
                _post.role.in_(wanted),
                _post.ended_at_ms.is_(None),
                _person.paused_at_ms.is_(None),
            )
            .distinct()
            .order_by(_post.unit_id, _post.person_id)
        )
        found.extend((row[0], row[1]) for row in rows)
    return found
