"""Bearer tokens of the API: only their keyed hash is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core.model import Role
from bot.store import tables
from bot.store.database import Connection

_token = tables.api_token.c


@dataclass(frozen=True, slots=True)
class Token:
    """What a token may do: as somebody with this role in this unit."""

    id: int
    unit_id: int
    role: Role


async def add(
    c: Connection, *, digest: bytes, unit_id: int, role: Role, at_ms: int, expires_at_ms: int | None
) -> int:
    """Keep a token; its id."""
    token_id: int = (
        await c.execute(
            sa.insert(tables.api_token)
            .values(
                digest=digest,
                unit_id=unit_id,
                role=role.value,
                made_at_ms=at_ms,
                expires_at_ms=expires_at_ms,
            )
            .returning(_token.id)
        )
    ).scalar_one()
    return token_id


async def find(c: Connection, digests: Sequence[bytes], at_ms: int) -> Token | None:
    """The token that is still good; `digests` are `seal.digests("token", …)`."""
    row = (
        await c.execute(
            sa.select(_token.id, _token.unit_id, _token.role).where(
                _token.digest.in_(digests),
                _token.revoked_at_ms.is_(None),
                sa.or_(_token.expires_at_ms.is_(None), _token.expires_at_ms > at_ms),
            )
        )
    ).first()
    return Token(row.id, row.unit_id, Role(row.role)) if row else None
