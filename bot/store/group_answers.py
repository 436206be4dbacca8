"""What readers in groups opened, said 知道了 to and wrote on the page of a notice; names and words are sealed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.core.tree import Interval
from bot.store import slices, tables
from bot.store.database import Connection
from bot.store.dialect import insert

MOST = 2000  # answers kept for one group and notice; WeChat groups have at most 500 members

_answer, _open, _group = tables.group_answer.c, tables.group_open.c, tables.wechat_group.c


@dataclass(frozen=True, slots=True)
class Opened:
    """More readers of a group's link, and more who said 知道了, since the last time."""

    broadcast_id: int
    group_id: int
    place: int
    readers: int
    known: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reader wrote."""

    group_id: int
    group: str
    place: int
    words_sealed: bytes
    at_ms: int


async def add_opened(c: Connection, some: Sequence[Opened], at_ms: int) -> None:
    """Add to the numbers of these groups."""
    statement = insert(c, tables.group_open)
    statement = statement.on_conflict_do_update(
        index_elements=["broadcast_id", "group_id"],
        set_={
            "readers": _open.readers + statement.excluded.readers,
            "known": _open.known + statement.excluded.known,
        },
    )
    rows = [{**dataclasses.asdict(one), "first_at_ms": at_ms} for one in some]
    for part in slices.cut(rows, slices.ROWS):
        await c.execute(statement, list(part))


async def readers(c: Connection, broadcast_id: int, group_ids: Sequence[int]) -> dict[int, int]:
    """How many have opened the link of each of these groups."""
    found: dict[int, int] = {}
    for part in slices.cut(group_ids, slices.VALUES):
        rows = await c.execute(
            sa.select(_open.group_id, _open.readers).where(
                _open.broadcast_id == broadcast_id, _open.group_id.in_(part)
            )
        )
        found.update((row.group_id, row.readers) for row in rows)
    return found


async def keep(
    c: Connection,
    key: Mapping[str, object],
    *,
    words_sealed: bytes,
    at_ms: int,
) -> bool:
    """Keep what a reader wrote (`key`: broadcast_id, group_id, reader_digest, place); False when the group's page is full."""
    there = await c.scalar(
        sa.select(sa.func.count()).where(
            _answer.broadcast_id == key["broadcast_id"], _answer.group_id == key["group_id"]
        )
    )
    if (there or 0) >= MOST:
        return False
    statement = insert(c, tables.group_answer).values(
        {**key, "words_sealed": words_sealed, "at_ms": at_ms}
    )
    await c.execute(
        statement.on_conflict_do_update(
            index_elements=["broadcast_id", "group_id", "reader_digest"],
            set_={"words_sealed": words_sealed, "at_ms": at_ms},
        )
    )
    return True


async def count(c: Connection, broadcast_id: int, span: Interval) -> tuple[int, int]:
    """Answers from groups of these places, and how many said 知道了 there."""
    answers = await c.scalar(
        sa.select(sa.func.count()).where(
            _answer.broadcast_id == broadcast_id, _answer.place >= span[0], _answer.place < span[1]
        )
    )
    known = await c.scalar(
        sa.select(sa.func.sum(_open.known)).where(
            _open.broadcast_id == broadcast_id, _open.place >= span[0], _open.place < span[1]
        )
    )
    return int(answers or 0), int(known or 0)


async def page(
    c: Connection, broadcast_id: int, span: Interval, *, start: int, limit: int
) -> list[Answer]:
    """Answers from groups of these places, the first written first."""
    rows = await c.execute(
        sa.select(_answer.group_id, _group.name, _answer.place, _answer.words_sealed, _answer.at_ms)
        .join(tables.wechat_group, _group.id == _answer.group_id)
        .where(
            _answer.broadcast_id == broadcast_id, _answer.place >= span[0], _answer.place < span[1]
        )
        .order_by(_answer.at_ms, _answer.group_id, _answer.reader_digest)
        .offset(start)
        .limit(limit)
    )
    return [Answer(*row) for row in rows]
