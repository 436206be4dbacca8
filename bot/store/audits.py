"""What was decided, by whom: rows are only ever added."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection


async def note(
    c: Connection, *, at_ms: int, actor: str, deed: str, thing: str, detail: Mapping[str, object]
) -> None:
    """Write down one deed: `actor` like `person:7` or `program`, `thing` like `broadcast:12`."""
    await c.execute(
        sa.insert(tables.audit).values(
            at_ms=at_ms, actor=actor, deed=deed, object=thing, detail=dict(detail)
        )
    )
