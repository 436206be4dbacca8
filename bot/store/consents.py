"""Who agreed to subscription notices, and how many she may still get."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.dialect import insert

_consent = tables.consent.c


async def said(
    c: Connection, follower_id: int, answers: Sequence[tuple[str, bool]], *, at_ms: int
) -> None:
    """She answered for these templates: a yes is good for one more, a no ends them all.

    What she said before is not heard again: a repeat of a push changes nothing, nor does a late one.
    """
    for template_id, yes in dict(answers).items():
        made = insert(c, tables.consent).values(
            follower_id=follower_id, template_id=template_id, remaining=int(yes), said_at_ms=at_ms
        )
        await c.execute(
            made.on_conflict_do_update(
                index_elements=["follower_id", "template_id"],
                set_={"remaining": _consent.remaining + 1 if yes else 0, "said_at_ms": at_ms},
                where=_consent.said_at_ms < at_ms,
            )
        )


async def left(c: Connection, template_id: str, follower_ids: Sequence[int]) -> dict[int, int]:
    """How many notices each of these may get; those who may get none are left out."""
    rows = await c.execute(
        sa.select(_consent.follower_id, _consent.remaining).where(
            _consent.template_id == template_id,
            _consent.follower_id.in_(follower_ids),
            _consent.remaining > 0,
        )
    )
    return {row.follower_id: row.remaining for row in rows}


async def spend(c: Connection, template_id: str, follower_ids: Sequence[int]) -> None:
    """Each got one notice of a template that is agreed to once for each."""
    await c.execute(
        sa.update(tables.consent)
        .where(
            _consent.template_id == template_id,
            _consent.follower_id.in_(follower_ids),
            _consent.remaining > 0,
        )
        .values(remaining=_consent.remaining - 1)
    )


async def end(c: Connection, template_id: str, follower_ids: Sequence[int]) -> None:
    """The platform says that these have agreed to nothing (43101): so it counts differently than we do."""
    await c.execute(
        sa.update(tables.consent)
        .where(_consent.template_id == template_id, _consent.follower_id.in_(follower_ids))
        .values(remaining=0)
    )
