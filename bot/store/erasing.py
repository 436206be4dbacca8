"""What is known of a person, and the deleting of it: a nameless tombstone stays, so that figures keep their history."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection

_person, _binding, _evidence = tables.person.c, tables.binding.c, tables.evidence.c
# Rows that are about her and nothing else.
_HERS: Final = (tables.binding, tables.member, tables.invite, tables.outbox, tables.evidence)


async def openid_digest(c: Connection, person_id: int) -> bytes | None:
    """The look-up key of the account she is bound to."""
    follower = tables.follower
    found: bytes | None = await c.scalar(
        sa.select(follower.c.openid_digest)
        .join(tables.binding, _binding.follower_id == follower.c.id)
        .where(_binding.person_id == person_id)
    )
    return found


async def photos(c: Connection, person_id: int) -> list[str]:
    """The file names of the photos she sent."""
    rows = await c.execute(
        sa.select(_evidence.sha256, _evidence.kind)
        .where(_evidence.person_id == person_id, _evidence.sha256.is_not(None))
        .distinct()
    )
    return [f"{row.sha256.hex()}.{row.kind}" for row in rows]


async def erase(c: Connection, person_id: int, at_ms: int) -> None:
    """Delete her name, phone, posts, codes, receipts and photos; what she reported stays, said by nobody by name."""
    for table in _HERS:
        await c.execute(sa.delete(table).where(table.c.person_id == person_id))
    receipt, post = tables.receipt, tables.post
    await c.execute(
        sa.delete(receipt).where(
            receipt.c.member_kind == "person", receipt.c.member_id == person_id
        )
    )
    await c.execute(
        sa.update(post)
        .where(post.c.person_id == person_id, post.c.ended_at_ms.is_(None))
        .values(ended_at_ms=at_ms)
    )
    await c.execute(
        sa.update(tables.person)
        .where(_person.id == person_id)
        .values(
            key=f"erased-{person_id}", name="", phone_sealed=None, ended_at_ms=at_ms,
            erased_at_ms=at_ms,
        )
    )  # fmt: skip
