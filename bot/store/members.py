"""Members of the WeCom corp: which person is who there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import slices, tables
from bot.store.database import Connection
from bot.store.dialect import insert

_member, _person = tables.member.c, tables.person.c


@dataclass(frozen=True, slots=True)
class Member:
    """A person under her sealed userid, and whether she has said 暂停接收."""

    person_id: int
    userid_sealed: bytes
    paused: bool


@dataclass(frozen=True, slots=True)
class New:
    """A person and her userid, sealed and as a keyed hash."""

    person_id: int
    userid_digest: bytes
    userid_sealed: bytes


async def of(c: Connection, person_ids: Sequence[int]) -> dict[int, Member]:
    """Those of these persons whom WeCom knows, by person id."""
    found: dict[int, Member] = {}
    for some in slices.cut(person_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_member.person_id, _member.userid_sealed, _person.paused_at_ms.is_not(None))
            .join(tables.person, _person.id == _member.person_id)
            .where(
                _member.person_id.in_(some),
                _member.lost_at_ms.is_(None),
                _person.ended_at_ms.is_(None),
            )
        )
        found |= {row[0]: Member(row[0], row[1], bool(row[2])) for row in rows}
    return found


async def put(c: Connection, new: Sequence[New], at_ms: int) -> None:
    """These persons have these userids now, whoever had them before."""
    for one in new:
        await c.execute(
            sa.delete(tables.member).where(
                _member.userid_digest == one.userid_digest, _member.person_id != one.person_id
            )
        )
        values = {
            "userid_digest": one.userid_digest,
            "userid_sealed": one.userid_sealed,
            "at_ms": at_ms,
            "lost_at_ms": None,
        }
        made = insert(c, tables.member).values(person_id=one.person_id, **values)
        await c.execute(made.on_conflict_do_update(index_elements=["person_id"], set_=values))


async def join(c: Connection, person_id: int, follower_id: int, at_ms: int) -> None:
    """Whoever writes to the app under this account is this person."""
    follower = tables.follower.c
    row = (
        await c.execute(
            sa.select(follower.openid_digest, follower.openid_sealed).where(
                follower.id == follower_id
            )
        )
    ).one()
    await put(c, [New(person_id, bytes(row.openid_digest), row.openid_sealed)], at_ms)


async def leave(c: Connection, person_id: int) -> None:
    """She is no member of the corp, or that was a mistake."""
    await c.execute(sa.delete(tables.member).where(_member.person_id == person_id))


async def is_(c: Connection, person_id: int, follower_id: int) -> bool:
    """Whether this person writes to the app under this account."""
    follower = tables.follower.c
    found = sa.select(_member.person_id).join(
        tables.follower, follower.openid_digest == _member.userid_digest
    )
    mine = sa.and_(_member.person_id == person_id, follower.id == follower_id)
    return await c.scalar(found.where(mine, _member.lost_at_ms.is_(None))) is not None


async def kept(c: Connection, person_ids: Sequence[int]) -> dict[int, bytes]:
    """The keyed hashes of the userids of these persons, of those who are not lost."""
    found: dict[int, bytes] = {}
    for some in slices.cut(person_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_member.person_id, _member.userid_digest).where(
                _member.person_id.in_(some), _member.lost_at_ms.is_(None)
            )
        )
        found |= {row[0]: bytes(row[1]) for row in rows}
    return found


async def lost(c: Connection, person_ids: Sequence[int], at_ms: int) -> None:
    """WeCom says that it knows nobody of these userids."""
    for some in slices.cut(person_ids, slices.VALUES):
        await c.execute(
            sa.update(tables.member)
            .where(_member.person_id.in_(some), _member.lost_at_ms.is_(None))
            .values(lost_at_ms=at_ms)
        )


async def heard(c: Connection, userid_digest: bytes) -> None:
    """She wrote to the app: she is there."""
    await c.execute(
        sa.update(tables.member)
        .where(_member.userid_digest == userid_digest, _member.lost_at_ms.is_not(None))
        .values(lost_at_ms=None)
    )
