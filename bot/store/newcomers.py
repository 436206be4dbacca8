"""Members who registered themselves: their person and post, how many of a unit, who was sent away."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from bot.core.model import Role, Unit
from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Statement, bind

OWN: Final = "self-"  # keys of persons whom no file brought

_it, _admission = tables.newcomer.c, tables.admission.c
_person, _post, _unit = tables.person.c, tables.post.c, tables.unit.c

_STANDS = sa.and_(_it.ended_at_ms.is_(None), _post.ended_at_ms.is_(None))
_COUNT = Statement(
    sa.select(sa.func.count())
    .select_from(tables.newcomer.join(tables.post, _post.id == _it.post_id))
    .where(_it.admission_id == bind("admission"), _STANDS)
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One who registered herself under the number that is said of her; `stands`: her post has not ended."""

    id: int
    admission_id: int
    unit_id: int
    person_id: int
    post_id: int
    name: str
    stands: bool


async def person(c: Connection, name: str) -> int:
    """A new person who is known by nothing but her name; her id."""
    key = OWN + secrets.token_hex(12)
    made: int = (
        await c.execute(sa.insert(tables.person).values(key=key, name=name).returning(_person.id))
    ).scalar_one()
    return made


async def post(
    c: Connection, person_id: int, unit_id: int, *, title: str, at_ms: int
) -> int | None:
    """Make her a member of the unit, waiting since now; None if she is one."""
    now = {"title": title, "waiting_ms": at_ms, "ended_at_ms": None}
    key = {"person_id": person_id, "unit_id": unit_id, "role": Role.MEMBER.value}
    statement = insert(c, tables.post).values(**key, **now)
    made: int | None = await c.scalar(
        statement.on_conflict_do_update(
            index_elements=["person_id", "unit_id", "role"],
            set_=now,
            where=_post.ended_at_ms.is_not(None),
        ).returning(_post.id)
    )
    return made


async def add(c: Connection, admission_id: int, person_id: int, post_id: int, at_ms: int) -> int:
    """Keep that she came in by this code; the number that is said of her. Of one post only the last counts."""
    await c.execute(
        sa.update(tables.newcomer)
        .where(_it.post_id == post_id, _it.ended_at_ms.is_(None))
        .values(ended_at_ms=at_ms)
    )
    made: int = (
        await c.execute(
            sa.insert(tables.newcomer)
            .values(
                admission_id=admission_id,
                person_id=person_id,
                post_id=post_id,
                made_at_ms=at_ms,
            )
            .returning(_it.id)
        )
    ).scalar_one()
    return made


async def by_id(c: Connection, number: int) -> Newcomer | None:
    """The newcomer under her number."""
    found = await _some(c, _it.id == number)
    return found[0] if found else None


async def of_person(c: Connection, person_id: int) -> list[Newcomer]:
    """As what she registered herself and still stands."""
    return await _some(c, sa.and_(_it.person_id == person_id, _STANDS))


async def count(c: Connection, admission_id: int) -> int:
    """How many who came in by this code are members still."""
    return await _COUNT.scalar(c, {"admission": admission_id}) or 0


async def counts(c: Connection, indicator_id: int, some: Sequence[Unit]) -> dict[int, int]:
    """How many registered themselves for the indicator in each of these units or below it, by unit id."""
    place = tables.unit.alias("place")
    rows = await c.execute(
        sa.select(place.c.id, sa.func.count())
        .select_from(place)
        .join(tables.unit, sa.and_(_unit.lo >= place.c.lo, _unit.lo < place.c.hi))
        .join(tables.admission, _admission.unit_id == _unit.id)
        .join(tables.newcomer, _it.admission_id == _admission.id)
        .join(tables.post, _post.id == _it.post_id)
        .where(
            place.c.id.in_([unit.id for unit in some]),
            place.c.lo >= 0,
            _admission.indicator_id == indicator_id,
            _STANDS,
        )
        .group_by(place.c.id)
    )
    found: dict[int, int] = {row[0]: row[1] for row in rows}
    return {unit.id: found.get(unit.id, 0) for unit in some}


async def refusals(c: Connection, unit_id: int, openid_digest: bytes) -> int:
    """How often the unit's chair has sent this account away."""
    found = await c.scalar(
        sa.select(sa.func.count())
        .select_from(tables.newcomer.join(tables.admission, _admission.id == _it.admission_id))
        .where(_admission.unit_id == unit_id, _it.openid_digest == openid_digest)
    )
    return found or 0


async def end(
    c: Connection, newcomer: Newcomer, at_ms: int, *, openid_digest: bytes | None = None
) -> None:
    """She is no member by her own registration any more; without another post she is forgotten as a person.

    `openid_digest`: of the account that her chair sent away.
    """
    await c.execute(
        sa.update(tables.newcomer)
        .where(_it.id == newcomer.id)
        .values(ended_at_ms=at_ms, openid_digest=openid_digest)
    )
    await c.execute(
        sa.update(tables.post)
        .where(_post.id == newcomer.post_id)
        .values(ended_at_ms=at_ms, waiting_ms=None)
    )
    another = sa.exists().where(_post.person_id == newcomer.person_id, _post.ended_at_ms.is_(None))
    gone = await c.scalar(
        sa.update(tables.person)
        .where(_person.id == newcomer.person_id, _person.key.startswith(OWN), ~another)
        .values(name="", ended_at_ms=at_ms, erased_at_ms=at_ms)
        .returning(_person.id)
    )
    if gone is not None:
        for table in (tables.binding, tables.member):
            await c.execute(sa.delete(table).where(table.c.person_id == gone))


async def settle(c: Connection, before_ms: int) -> None:
    """Whoever has waited since before then, and was not sent away, is a member like the others."""
    await c.execute(
        sa.update(tables.post).where(_post.waiting_ms < before_ms).values(waiting_ms=None)
    )


async def _some(c: Connection, which: sa.ColumnElement[bool]) -> list[Newcomer]:
    rows = await c.execute(
        sa.select(
            _it.id,
            _it.admission_id,
            _admission.unit_id,
            _it.person_id,
            _it.post_id,
            _person.name,
            _STANDS.label("stands"),
        )
        .join(tables.admission, _admission.id == _it.admission_id)
        .join(tables.post, _post.id == _it.post_id)
        .join(tables.person, _person.id == _it.person_id)
        .where(which)
        .order_by(_it.id)
    )
    return [
        Newcomer(
            row.id,
            row.admission_id,
            row.unit_id,
            row.person_id,
            row.post_id,
            row.name,
            bool(row.stands),
        )
        for row in rows
    ]
