"""Persons with their posts: who she is, what she answers for, who holds a post here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from bot.core.access import Actor, Grant
from bot.core.model import Person, Post, Role
from bot.store import memory, tables, units
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, several

_person, _post, _unit = tables.person.c, tables.post.c, tables.unit.c
WECOM: Final = "wecom"  # the account of those who write to the WeCom app
_RANK: Final = (Role.CHAIR, Role.DEPUTY, Role.STAFF, Role.MEMBER, Role.ADMIN)

# A person with her posts and their units, a row for each.
_WHOLE = (
    sa.select(
        *units.COLUMNS,
        _person.id.label("person"),
        _person.key,
        _person.name.label("person_name"),
        _person.paused_at_ms,
        _post.id.label("post"),
        _post.role,
        _post.title,
        _post.waiting_ms,
    )
    .select_from(
        tables.person.outerjoin(
            tables.post, sa.and_(_post.person_id == _person.id, _post.ended_at_ms.is_(None))
        ).outerjoin(tables.unit, _unit.id == _post.unit_id)
    )
    .where(_person.ended_at_ms.is_(None))
    .order_by(_person.id)
)
_BOUND = sa.select(tables.binding.c.person_id).where(
    tables.binding.c.follower_id == bind("follower")
)
# Who writes to the WeCom app is known by her userid.
_MEMBER = (
    sa.select(tables.member.c.person_id)
    .join(tables.follower, tables.follower.c.openid_digest == tables.member.c.userid_digest)
    .where(tables.follower.c.id == bind("follower"), tables.follower.c.account == WECOM)
)
_BY_FOLLOWER = Statement(
    _WHOLE.where(
        _person.id == sa.func.coalesce(_BOUND.scalar_subquery(), _MEMBER.scalar_subquery())
    )
)
_HOLDERS = Statement(
    _WHOLE.where(
        _person.id.in_(
            sa.select(_post.person_id).where(
                _post.unit_id == bind("unit"),
                _post.role.in_(several("roles")),
                _post.ended_at_ms.is_(None),
            )
        )
    )
)
_REGISTERED = Statement(
    sa.select(tables.binding.c.person_id).where(tables.binding.c.person_id == bind("person"))
)
_GRANTING = Statement(sa.select(sa.exists().where(tables.grant.c.id > 0)))
_GRANTED = Statement(
    sa.select(tables.grant.c.holder_unit_id, _unit.lo, _unit.hi)
    .join(tables.grant, tables.grant.c.unit_id == _unit.id)
    .where(tables.grant.c.holder_unit_id.in_(several("held")), _unit.ended_at_ms.is_(None))
    .order_by(_unit.lo)
)


async def by_id(c: Connection, person_id: int) -> Person | None:
    """The person; None if she was ended or never was."""
    return _first(await _people(c, _person.id == person_id))


async def by_key(c: Connection, key: str) -> Person | None:
    """The person whose `person_id` in files is `key`."""
    return _first(await _people(c, _person.key == key))


async def by_follower(c: Connection, follower_id: int) -> Person | None:
    """The person registered with this WeChat account."""
    return _first(_gathered(await _BY_FOLLOWER.all(c, {"follower": follower_id})))


async def many(c: Connection, ids: Iterable[int]) -> dict[int, Person]:
    """The persons under their ids, as many as there are."""
    found: dict[int, Person] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 1000):
        some = await _people(c, _person.id.in_(wanted[start : start + 1000]))
        found.update((person.id, person) for person in some)
    return found


async def holders(c: Connection, unit_id: int, roles: Iterable[Role]) -> list[Person]:
    """Who holds one of these roles in the unit itself, by rank."""
    wanted = frozenset(roles)
    some = _gathered(await _HOLDERS.all(c, {"unit": unit_id, "roles": sorted(wanted)}))
    return sorted(some, key=lambda person: _best(person, unit_id, wanted))


@memory.once
async def actor(c: Connection, person: Person) -> Actor:
    """The person with the intervals that her units were given beyond their own sub-trees."""
    if not await _granting(c):
        return Actor(person)
    rows = await _GRANTED.all(c, {"held": [post.unit.id for post in person.posts]})
    return Actor(person, tuple(Grant(holder, (lo, hi)) for holder, lo, hi in rows))


@memory.kept
async def _granting(c: Connection) -> bool:
    """Whether anything is granted to anybody; most federations grant nothing."""
    return bool(await _GRANTING.scalar(c))


async def registered(c: Connection, person_id: int) -> bool:
    """Whether a WeChat account is bound to her."""
    return await _REGISTERED.first(c, {"person": person_id}) is not None


async def pause(c: Connection, person_id: int, at_ms: int) -> None:
    """暂停接收 from now on; a second time changes nothing."""
    await c.execute(
        sa.update(tables.person)
        .where(_person.id == person_id, _person.paused_at_ms.is_(None))
        .values(paused_at_ms=at_ms)
    )


async def resume(c: Connection, person_id: int) -> None:
    """恢复接收."""
    await c.execute(
        sa.update(tables.person).where(_person.id == person_id).values(paused_at_ms=None)
    )


def sort_posts(posts: Iterable[Post]) -> tuple[Post, ...]:
    """The highest unit first, in it chair, deputy, staff, member, admin."""
    return tuple(
        sorted(posts, key=lambda post: (post.unit.level, _RANK.index(post.role), post.unit.lo))
    )


async def _people(c: Connection, which: sa.ColumnElement[bool]) -> list[Person]:
    return _gathered((await c.execute(_WHOLE.where(which))).all())


def _gathered(rows: Sequence[Any]) -> list[Person]:
    posts: dict[int, list[Post]] = {}
    heads: dict[int, Any] = {}
    for row in rows:
        heads[row.person] = row
        mine = posts.setdefault(row.person, [])
        if row.post is not None:
            waiting = row.waiting_ms is not None
            mine.append(Post(row.post, units.of(row), Role(row.role), row.title, waiting))
    return [
        Person(key, row.key, row.person_name, sort_posts(posts[key]), row.paused_at_ms is not None)
        for key, row in heads.items()
    ]


def _first(found: Sequence[Person]) -> Person | None:
    return found[0] if found else None


def _best(person: Person, unit_id: int, roles: frozenset[Role]) -> tuple[int, int]:
    ranks = [_RANK.index(p.role) for p in person.posts if p.unit.id == unit_id and p.role in roles]
    return min(ranks, default=len(_RANK)), person.id
