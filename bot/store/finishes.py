"""Outcomes WeChat pushes later (TEMPLATESENDJOBFINISH), kept until the msgid they speak of is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Statement, several

KEEP_MS = 72 * 3600 * 1000  # one that fits nothing by then speaks of no broadcast

_finish = tables.finish.c
_OF_MSGIDS = Statement(
    sa.select(_finish.id, _finish.msgid, _finish.status).where(_finish.msgid.in_(several("msgids")))
)


@dataclass(frozen=True, slots=True)
class Finish:
    """`status` is `success` or `failed:<why>`."""

    id: int
    msgid: int
    status: str


class Arrived(NamedTuple):
    """An outcome as it was pushed: of which message, to whom, `success` or `failed:<why>`, when (epoch ms)."""

    msgid: int
    openid_digest: bytes
    status: str
    at_ms: int


async def add(c: Connection, some: Sequence[Arrived]) -> None:
    """Keep outcomes; a repeat changes nothing."""
    await c.execute(
        insert(c, tables.finish).on_conflict_do_nothing(index_elements=["msgid", "openid_digest"]),
        [{**one._asdict(), "status": one.status[:64]} for one in some],
    )


async def after(c: Connection, finish_id: int, limit: int) -> list[Finish]:
    """The kept outcomes with greater ids, in the order of their arrival."""
    rows = await c.execute(
        sa.select(_finish.id, _finish.msgid, _finish.status)
        .where(_finish.id > finish_id)
        .order_by(_finish.id)
        .limit(limit)
    )
    return [Finish(*row) for row in rows]


async def of_msgids(c: Connection, msgids: Sequence[int]) -> list[Finish]:
    """The kept outcomes that speak of these messages."""
    if not msgids:
        return []
    return [Finish(*row) for row in await _OF_MSGIDS.all(c, {"msgids": list(msgids)})]


async def take(c: Connection, ids: Sequence[int]) -> set[int]:
    """Delete outcomes that are being applied; those that were still there."""
    rows = await c.scalars(
        sa.delete(tables.finish).where(_finish.id.in_(ids)).returning(_finish.id)
    )
    return set(rows)


async def forget(c: Connection, before_ms: int) -> None:
    """Delete what arrived before then and fits nothing."""
    await c.execute(sa.delete(tables.finish).where(_finish.at_ms < before_ms))
