"""Which broadcasts have a batch to claim now, for whoever chooses between them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.core import priority
from bot.core.plan import Phase
from bot.core.priority import Priority
from bot.store import dialect, tables
from bot.store.database import Connection
from bot.store.prepared import Statement, bind

_batch, _broadcast = tables.batch.c, tables.broadcast.c

_READY = sa.exists().where(
    _batch.broadcast_id == _broadcast.id,
    _batch.state == "ready",
    sa.or_(_batch.not_before_ms.is_(None), _batch.not_before_ms <= dialect.Clock()),
)
# What was held for the night has a time of its own in the morning, so that not all begin in one second.
_RELEASED = sa.or_(
    _broadcast.urgent, _broadcast.not_before_ms.is_(None), _broadcast.not_before_ms <= bind("now")
)
_OVER = sa.exists().where(_batch.broadcast_id == _broadcast.id, _batch.state == "ready")
_LOST = _broadcast.id.in_(
    sa.select(_batch.broadcast_id).where(
        _batch.state == "claimed", _batch.lease_until_ms < dialect.Clock()
    )
)
_WAITING = Statement(
    sa.select(_broadcast.id, _broadcast.urgent, _broadcast.purpose, _broadcast.state).where(
        sa.or_(
            sa.and_(_broadcast.state == Phase.SENDING, _RELEASED, _READY),
            sa.and_(_broadcast.state.in_([Phase.STOPPED, Phase.EXPIRED]), _OVER),
            _LOST,
        )
    )
)


async def waiting(c: Connection, at_ms: int, *, quiet: bool) -> dict[int, Priority]:
    """Broadcasts with a batch to claim and their priorities; in quiet hours of those under way only urgent ones.

    What is over counts too: somebody has to settle what is in doubt. `at_ms` is the program's time.
    """
    rows = await _WAITING.all(c, {"now": at_ms})
    return {
        row.id: priority.of(urgent=row.urgent, purpose=row.purpose)
        for row in rows
        if row.urgent or not (quiet and row.state == Phase.SENDING)
    }
