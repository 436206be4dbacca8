"""Invitations: a code's keyed hash, whom it is for, whether it is still good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core.model import Role
from bot.core.tree import Interval
from bot.store import slices, tables, units
from bot.store.database import Connection
from bot.store.dialect import insert

_invite, _person, _post = tables.invite.c, tables.person.c, tables.post.c


@dataclass(frozen=True, slots=True)
class Invite:
    """One code that was given out; times in epoch ms."""

    id: int
    person_id: int
    expires_at_ms: int
    used_at_ms: int | None
    revoked_at_ms: int | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who can be invited, with the code of her highest unit."""

    person_id: int
    key: str
    name: str
    unit_code: str


async def guests(
    c: Connection, scope: Sequence[Interval], roles: Sequence[Role], *, keys: Sequence[str] = ()
) -> list[Guest]:
    """Who holds a post (of these roles, if any are given) in `scope`, in tree order, each once.

    With `keys` only these persons, wherever they are.
    """
    unit = tables.unit.c
    clauses: list[sa.ColumnElement[bool]] = [
        _post.ended_at_ms.is_(None),
        _person.ended_at_ms.is_(None),
        _person.key.in_(keys) if keys else units.within(scope),
    ]
    if roles:
        clauses.append(_post.role.in_([role.value for role in roles]))
    rows = await c.execute(
        sa.select(_person.id, _person.key, _person.name, unit.code)
        .select_from(tables.person.join(tables.post, _post.person_id == _person.id))
        .join(tables.unit, unit.id == _post.unit_id)
        .where(*clauses)
        .order_by(unit.lo, _person.id)
    )
    found: dict[int, Guest] = {}
    for row in rows:
        found.setdefault(row[0], Guest(*row))
    return list(found.values())


async def revoke(c: Connection, person_ids: Sequence[int], at_ms: int) -> None:
    """Make every open code of these persons useless."""
    for some in slices.cut(person_ids, slices.VALUES):
        await c.execute(
            sa.update(tables.invite)
            .where(
                _invite.person_id.in_(some),
                _invite.used_at_ms.is_(None),
                _invite.revoked_at_ms.is_(None),
            )
            .values(revoked_at_ms=at_ms)
        )


async def add(
    c: Connection, codes: Sequence[tuple[int, bytes]], *, at_ms: int, expires_at_ms: int
) -> set[bytes]:
    """Keep (person, digest) pairs; the digests that were free. A code given out before is not taken."""
    free: set[bytes] = set()
    for some in slices.cut(codes, slices.VALUES):
        rows = [
            {
                "person_id": person_id,
                "code_digest": digest,
                "made_at_ms": at_ms,
                "expires_at_ms": expires_at_ms,
            }
            for person_id, digest in some
        ]
        statement = insert(c, tables.invite).values(rows).on_conflict_do_nothing()
        added = await c.execute(statement.returning(_invite.code_digest))
        free.update(bytes(digest) for (digest,) in added)
    return free


async def find(c: Connection, digests: Sequence[bytes]) -> Invite | None:
    """The invitation with this code, good or not; `digests` are of one code under every key."""
    row = (
        await c.execute(
            sa.select(
                _invite.id,
                _invite.person_id,
                _invite.expires_at_ms,
                _invite.used_at_ms,
                _invite.revoked_at_ms,
            ).where(_invite.code_digest.in_(digests))
        )
    ).first()
    return Invite(*row) if row else None


async def open_for(c: Connection, digests: Sequence[bytes], at_ms: int) -> int | None:
    """Whom an unused, unrevoked, unexpired code is for."""
    person_id: int | None = await c.scalar(
        sa.select(_invite.person_id).where(_invite.code_digest.in_(digests), _good(at_ms))
    )
    return person_id


async def use(c: Connection, invite_id: int, at_ms: int) -> bool:
    """Use the code up; of two who try at once, one gets True."""
    used = await c.scalar(
        sa.update(tables.invite)
        .where(_invite.id == invite_id, _good(at_ms))
        .values(used_at_ms=at_ms)
        .returning(_invite.id)
    )
    return used is not None


async def give_back(c: Connection, invite_id: int) -> None:
    """Let a code that was used by mistake be used again."""
    await c.execute(sa.update(tables.invite).where(_invite.id == invite_id).values(used_at_ms=None))


def _good(at_ms: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        _invite.used_at_ms.is_(None),
        _invite.revoked_at_ms.is_(None),
        _invite.expires_at_ms > at_ms,
    )
