"""意见: what people want those above to hear, kept without any trace of who said it."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection


async def add(c: Connection, *, county_unit_id: int | None, text: str) -> None:
    """Keep a text. There is no column for a person, a unit below the county or a time: the reply promised so."""
    await c.execute(sa.insert(tables.opinion).values(county_unit_id=county_unit_id, text=text))
