"""Why a member was refused or is unknown: rows for the unhappy few only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert

SENT_AGAIN = "sent again"  # the reason kept for a first copy that failed at the platform

_refusal = tables.refusal.c


@dataclass(frozen=True, slots=True)
class Refusal:
    """The platform's code (None where it gave none) and one English phrase for a member of a batch."""

    batch_no: int
    position: int
    code: int | None
    reason: str


async def note(c: Connection, broadcast_id: int, found: Sequence[Refusal], at_ms: int) -> None:
    """Keep reasons; a later one for the same member replaces the earlier."""
    for item in found:
        news = {"code": item.code, "reason": item.reason[:64], "at_ms": at_ms}
        await c.execute(
            insert(c, tables.refusal)
            .values(
                broadcast_id=broadcast_id, batch_no=item.batch_no, position=item.position, **news
            )
            .on_conflict_do_update(
                index_elements=["broadcast_id", "batch_no", "position"], set_=news
            )
        )


async def of(c: Connection, broadcast_id: int) -> list[Refusal]:
    """All reasons of a broadcast, in its order."""
    rows = await c.execute(
        sa.select(_refusal.batch_no, _refusal.position, _refusal.code, _refusal.reason)
        .where(_refusal.broadcast_id == broadcast_id)
        .order_by(_refusal.batch_no, _refusal.position)
    )
    return [Refusal(*row) for row in rows]


async def one(c: Connection, broadcast_id: int, batch_no: int, position: int) -> Refusal | None:
    """The reason kept for a member."""
    row = (
        await c.execute(
            sa.select(_refusal.batch_no, _refusal.position, _refusal.code, _refusal.reason).where(
                _refusal.broadcast_id == broadcast_id,
                _refusal.batch_no == batch_no,
                _refusal.position == position,
            )
        )
    ).first()
    return Refusal(*row) if row else None
