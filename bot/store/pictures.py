"""Pictures as SVG under their hash, with the platform's name for what was uploaded of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Into, Statement, binds

_picture = tables.picture.c


def _keep(into: Into) -> sa.Executable:
    made = into(tables.picture).values(binds("key", "svg", "made_at_ms"))
    now = {"made_at_ms": made.excluded.made_at_ms}
    return made.on_conflict_do_update(index_elements=["key"], set_=now)


_KEEP = Statement(_keep)


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture; `media_id` is None as long as the platform does not have it (any more)."""

    svg: str
    media_id: str | None


async def keep(c: Connection, svg: str, *, at_ms: int) -> bytes:
    """Keep the picture; its key, 32 bytes. The same picture again is the same row."""
    key = hashlib.blake2b(svg.encode(), digest_size=32).digest()
    await _KEEP.run(c, {"key": key, "svg": svg, "made_at_ms": at_ms})
    return key


async def get(c: Connection, key: bytes, *, at_ms: int) -> Kept | None:
    """The picture, and its media id if that holds at `at_ms`; None when it has been forgotten."""
    row = (
        await c.execute(
            sa.select(_picture.svg, _picture.media_id, _picture.media_until_ms).where(
                _picture.key == key
            )
        )
    ).first()
    if row is None:
        return None
    return Kept(row.svg, row.media_id if (row.media_until_ms or 0) > at_ms else None)


async def uploaded(c: Connection, key: bytes, media_id: str, *, until_ms: int) -> None:
    """The platform has it under this name until then."""
    await c.execute(
        sa.update(tables.picture)
        .where(_picture.key == key)
        .values(media_id=media_id, media_until_ms=until_ms)
    )


async def lost(c: Connection, key: bytes) -> None:
    """The platform does not know its name any more."""
    await c.execute(
        sa.update(tables.picture)
        .where(_picture.key == key)
        .values(media_id=None, media_until_ms=None)
    )
