"""Persons, posts and registrations as an import writes them, in slices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.core.tree import Interval
from bot.store import slices, tables, units
from bot.store.database import Connection

_person, _post = tables.person.c, tables.post.c
_follower, _binding = tables.follower.c, tables.binding.c

PostKey = tuple[int, int, str]
"""Person, unit, role."""


class StoredPerson(NamedTuple):
    """A person as she is kept; `ended`: no longer with us."""

    id: int
    name: str
    phone_sealed: bytes | None
    ended: bool


class StoredPost(NamedTuple):
    """A post as it is kept."""

    id: int
    title: str
    kind: str
    term: str
    ended: bool


async def persons(c: Connection, keys: Iterable[str]) -> dict[str, StoredPerson]:
    """Persons by their keys, ended ones too."""
    found: dict[str, StoredPerson] = {}
    for some in slices.cut(sorted(set(keys)), slices.VALUES):
        rows = await c.execute(
            sa.select(
                _person.key,
                _person.id,
                _person.name,
                _person.phone_sealed,
                _person.ended_at_ms.is_not(None),
            ).where(_person.key.in_(some))
        )
        found.update(
            (key, StoredPerson(id_, name, phone, bool(ended)))
            for key, id_, name, phone, ended in rows
        )
    return found


async def add_persons(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert persons: key, name, phone_sealed."""
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(sa.insert(tables.person), list(some))


async def change_persons(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write name and phone_sealed of `row_id`; an ended person is back."""
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(
            sa.update(tables.person)
            .where(_person.id == sa.bindparam("row_id"))
            .values(
                name=sa.bindparam("name"),
                phone_sealed=sa.bindparam("phone_sealed"),
                ended_at_ms=None,
            ),
            list(some),
        )


async def posts(c: Connection, person_ids: Iterable[int]) -> dict[PostKey, StoredPost]:
    """All posts of these persons, ended ones too."""
    return await _posts(c, _post.person_id, person_ids)


async def posts_in(c: Connection, unit_ids: Iterable[int]) -> dict[PostKey, StoredPost]:
    """All posts in these units, ended ones too."""
    return await _posts(c, _post.unit_id, unit_ids)


async def _posts(
    c: Connection, column: sa.ColumnElement[int], values: Iterable[int]
) -> dict[PostKey, StoredPost]:
    found: dict[PostKey, StoredPost] = {}
    for some in slices.cut(sorted(set(values)), slices.VALUES):
        rows = await c.execute(
            sa.select(
                _post.person_id,
                _post.unit_id,
                _post.role,
                _post.id,
                _post.title,
                _post.kind,
                _post.term,
                _post.ended_at_ms.is_not(None),
            ).where(column.in_(some))
        )
        found.update(
            ((row[0], row[1], row[2]), StoredPost._make((*row[3:7], bool(row[7])))) for row in rows
        )
    return found


class Holder(NamedTuple):
    """A post that is held, with its person and its unit."""

    lo: int
    post_id: int
    key: str
    name: str
    phone_sealed: bytes | None
    unit_code: str
    role: str
    title: str
    kind: str
    term: str


async def page(
    c: Connection, place: Interval, *, after: tuple[int, int], limit: int
) -> list[Holder]:
    """Posts that are held in `place`, in tree order behind the place and post id `after`."""
    unit, (lo, post_id) = tables.unit.c, after
    rows = await c.execute(
        sa.select(
            unit.lo,
            _post.id,
            _person.key,
            _person.name,
            _person.phone_sealed,
            unit.code,
            _post.role,
            _post.title,
            _post.kind,
            _post.term,
        )
        .select_from(
            tables.post.join(tables.person, _person.id == _post.person_id).join(
                tables.unit, unit.id == _post.unit_id
            )
        )
        .where(
            _post.ended_at_ms.is_(None),
            _person.ended_at_ms.is_(None),
            units.within([place]),
            sa.or_(unit.lo > lo, sa.and_(unit.lo == lo, _post.id > post_id)),
        )
        .order_by(unit.lo, _post.id)
        .limit(limit)
    )
    return [Holder._make(row) for row in rows]


async def add_posts(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert posts: person_id, unit_id, role, title, kind, term."""
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(sa.insert(tables.post), list(some))


async def change_posts(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write title, kind and term of `row_id`; an ended post is held again."""
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(
            sa.update(tables.post)
            .where(_post.id == sa.bindparam("row_id"))
            .values(
                title=sa.bindparam("title"),
                kind=sa.bindparam("kind"),
                term=sa.bindparam("term"),
                ended_at_ms=None,
            ),
            list(some),
        )


async def end_posts(c: Connection, ids: Sequence[int], at_ms: int) -> None:
    """End posts."""
    for some in slices.cut(ids, slices.VALUES):
        await c.execute(sa.update(tables.post).where(_post.id.in_(some)).values(ended_at_ms=at_ms))


async def followers(c: Connection, digests: Iterable[bytes]) -> dict[bytes, int]:
    """Ids of followers by the digest of their openid."""
    found: dict[bytes, int] = {}
    for some in slices.cut(sorted(set(digests)), slices.VALUES):
        rows = await c.execute(
            sa.select(_follower.openid_digest, _follower.id).where(
                _follower.openid_digest.in_(some)
            )
        )
        found.update((bytes(digest), id_) for digest, id_ in rows)
    return found


async def add_followers(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert followers: account, openid_digest, openid_sealed, followed_at_ms."""
    for some in slices.cut(rows, slices.ROWS):
        await c.execute(sa.insert(tables.follower), list(some))


async def bindings(
    c: Connection, person_ids: Iterable[int], follower_ids: Iterable[int]
) -> dict[int, int]:
    """Person to follower, for all registrations that touch one of these."""
    found: dict[int, int] = {}
    for column, values in ((_binding.person_id, person_ids), (_binding.follower_id, follower_ids)):
        for some in slices.cut(sorted(set(values)), slices.VALUES):
            rows = await c.execute(
                sa.select(_binding.person_id, _binding.follower_id).where(column.in_(some))
            )
            found.update((person, follower) for person, follower in rows)
    return found


async def bind(c: Connection, pairs: Sequence[tuple[int, int]], at_ms: int) -> None:
    """Register (person, follower) where neither is registered."""
    for some in slices.cut(pairs, slices.ROWS):
        await c.execute(
            sa.insert(tables.binding),
            [
                {"person_id": person, "follower_id": follower, "bound_at_ms": at_ms}
                for person, follower in some
            ],
        )


async def unbind(c: Connection, person_ids: Sequence[int]) -> None:
    """End the registrations of these persons."""
    for some in slices.cut(person_ids, slices.VALUES):
        await c.execute(sa.delete(tables.binding).where(_binding.person_id.in_(some)))
