"""How long each kind of row is kept, and the deleting of what is older."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from bot.store import inbox, tables
from bot.store.database import Connection

_HOUR: Final = 3600 * 1000
_DAY: Final = 24 * _HOUR

# Milliseconds after the moment in the column; the numbers of the ledger are kept for good.
KEPT: Final[tuple[tuple[sa.Column[int], int], ...]] = (
    (tables.inbox.c.at_ms, inbox.KEPT_MS),  # answers to pushes: the platform repeats for seconds
    (tables.finish.c.at_ms, 72 * _HOUR),  # outcomes that fit no message of ours
    (tables.mass_end.c.at_ms, 180 * _DAY),
    (tables.question.c.expires_at_ms, _DAY),
    (tables.last_deed.c.done_at_ms, 7 * _DAY),
    (tables.outbox.c.done_at_ms, 72 * _HOUR),  # what single persons were told
    (
        tables.picture.c.made_at_ms,
        96 * _HOUR,
    ),  # what was drawn for somebody: the platform keeps it 72 h
    (tables.receipt.c.at_ms, 180 * _DAY),  # who signed what; afterwards only the sums are known
    (tables.refusal.c.at_ms, 180 * _DAY),
    (tables.group_answer.c.at_ms, 180 * _DAY),  # what the page promises to readers in groups
    (tables.evidence.c.made_at_ms, 180 * _DAY),  # photos; their files go with them
    (tables.job_run.c.due_ms, 30 * _DAY),
    (tables.newcomer.c.ended_at_ms, 30 * _DAY),  # who was sent away or left; a code lives as long
)


async def sweep(c: Connection, *, now_ms: int) -> dict[str, int]:
    """Delete what is older than it may be; how many rows of which table."""
    gone: dict[str, int] = {}
    for column, kept in KEPT:
        table = column.table
        assert isinstance(table, sa.Table)
        done = await c.execute(sa.delete(table).where(column < now_ms - kept))
        if done.rowcount:
            gone[table.name] = done.rowcount
    return gone
