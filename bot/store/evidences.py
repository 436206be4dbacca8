"""Photos of what entries say: wanted, fetched by one worker, kept or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import slices, tables
from bot.store.database import Connection
from bot.store.dialect import insert

_it = tables.evidence.c


@dataclass(frozen=True, slots=True)
class Wanted:
    """A photo to be fetched: by `media_id`, or from `pic_url` where the account may not do that."""

    id: int
    person_id: int | None
    media_id: str
    pic_url: str
    attempts: int


async def want(
    c: Connection,
    entry_ids: Sequence[int],
    *,
    person_id: int,
    media_id: str,
    pic_url: str,
    source: bytes,
    at_ms: int,
) -> None:
    """Have the photo fetched for these entries; the same message again changes nothing."""
    for entry_id in entry_ids:
        made = insert(c, tables.evidence).values(
            entry_id=entry_id,
            person_id=person_id,
            media_id=media_id,
            pic_url=pic_url,
            source=source,
            state="wanted",
            attempts=0,
            due_ms=at_ms,
            kind="",
            size=0,
            note="",
            made_at_ms=at_ms,
        )
        await c.execute(made.on_conflict_do_nothing(index_elements=["entry_id", "source"]))


async def due(c: Connection, now_ms: int) -> bool:
    """Whether any photo is to be fetched now."""
    return bool(await c.scalar(sa.select(sa.exists().where(*_due(now_ms)))))


async def take(c: Connection, now_ms: int, *, lease_ms: int, limit: int) -> list[Wanted]:
    """Claim photos for the length of a lease; nobody else gets them before it ends."""
    some = sa.select(_it.id).where(*_due(now_ms)).order_by(_it.due_ms).limit(limit)
    rows = await c.execute(
        sa.update(tables.evidence)
        .where(_it.id.in_(some), *_due(now_ms))
        .values(due_ms=now_ms + lease_ms, attempts=_it.attempts + 1)
        .returning(_it.id, _it.person_id, _it.media_id, _it.pic_url, _it.attempts)
    )
    return [Wanted(*row) for row in rows]


async def later(c: Connection, wanted_id: int, due_ms: int) -> None:
    """Try again at that time."""
    await c.execute(sa.update(tables.evidence).where(_it.id == wanted_id).values(due_ms=due_ms))


async def kept(c: Connection, wanted_id: int, *, sha256: bytes, kind: str, size: int) -> None:
    """It is in the data directory under its hash."""
    await c.execute(
        sa.update(tables.evidence)
        .where(_it.id == wanted_id)
        .values(state="kept", sha256=sha256, kind=kind, size=size)
    )


async def refused(c: Connection, wanted_id: int, note: str) -> None:
    """It is not taken, and why."""
    await c.execute(
        sa.update(tables.evidence)
        .where(_it.id == wanted_id)
        .values(state="refused", note=note[:64])
    )


async def of_entries(c: Connection, entry_ids: Sequence[int]) -> dict[int, list[str]]:
    """The file names of the photos kept with each entry; nothing for entries without."""
    rows = await c.execute(
        sa.select(_it.entry_id, _it.sha256, _it.kind)
        .where(_it.entry_id.in_(entry_ids), _it.state == "kept")
        .order_by(_it.id)
    )
    found: dict[int, list[str]] = {}
    for entry_id, sha256, kind in rows:
        found.setdefault(entry_id, []).append(f"{sha256.hex()}.{kind}")
    return found


async def known(c: Connection, digests: Sequence[bytes]) -> set[bytes]:
    """Which of these photos belong to any entry."""
    found: set[bytes] = set()
    for some in slices.cut(digests, slices.VALUES):
        found.update(await c.scalars(sa.select(_it.sha256).where(_it.sha256.in_(some))))
    return found


def _due(now_ms: int) -> tuple[sa.ColumnElement[bool], ...]:
    return _it.state == "wanted", _it.due_ms <= now_ms
