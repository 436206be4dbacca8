"""Messages to one person that are no passive reply: kept in the caller's transaction, sent by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import dialect, slices, tables
from bot.store.database import Connection
from bot.store.prepared import Statement, binds

PICTURES = 2  # at a time: each takes a tenth of a second of a processor to draw
CUT = "begins on a card"  # the note of a letter of which she has not read the end
CALL_MS = 60_000  # a call nobody has reported on for so long is in doubt

_outbox, _binding = tables.outbox.c, tables.binding.c

_ADD = Statement(
    sa.insert(tables.outbox).values(
        binds("person_id", "follower_id", "text", "not_before_ms", "made_at_ms", "picture")
        | {"state": "ready", "attempts": 0, "due_ms": 0, "note": ""}
    )
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message under way; `follower_id` is None when she is not registered (any more).

    With a `picture` (its key) `text` is what is said if that cannot be had.
    """

    id: int
    person_id: int | None
    follower_id: int | None
    openid_sealed: bytes | None
    text: str
    attempts: int
    note: str
    picture: bytes | None


async def add(
    c: Connection,
    *,
    person_id: int | None,
    follower_id: int | None,
    text: str,
    at_ms: int,
    not_before_ms: int = 0,
    picture: bytes | None = None,
) -> None:
    """Keep a message for a person (wherever she is registered when it is sent) or for a follower.

    `not_before_ms`: when her quiet hours end, in the program's time; 0 for at once.
    """
    to = {"person_id": person_id, "follower_id": follower_id}
    when = {"not_before_ms": not_before_ms, "made_at_ms": at_ms}
    await _ADD.run(c, {**to, **when, "text": text, "picture": picture})


async def add_all(
    c: Connection, letters: Sequence[tuple[int, str]], *, at_ms: int, not_before_ms: int = 0
) -> None:
    """Keep many messages at once: (person id, text); `not_before_ms` as of `add`."""
    same = {"due_ms": 0, "made_at_ms": at_ms, "not_before_ms": not_before_ms}
    for some in slices.cut(letters, slices.ROWS):
        rows = [{"person_id": person_id, "text": text, **same} for person_id, text in some]
        await c.execute(sa.insert(tables.outbox), rows)


def _due(now_ms: int, at_ms: int) -> sa.Select[int]:
    """The messages that may be sent now, oldest first, locked; for each person only her first one."""
    earlier = tables.outbox.alias()
    waits = (
        earlier.c.id < _outbox.id,
        earlier.c.state.in_(["ready", "calling"]),
        earlier.c.not_before_ms <= at_ms,
    )
    # Two questions, each with an index of its own: an OR of both would look at every letter for every letter.
    first = sa.and_(
        ~sa.exists().where(earlier.c.person_id == _outbox.person_id, *waits),
        ~sa.exists().where(earlier.c.follower_id == _outbox.follower_id, *waits),
    )
    return (
        sa.select(_outbox.id)
        .where(
            _outbox.state == "ready",
            _outbox.due_ms <= now_ms,
            _outbox.not_before_ms <= at_ms,
            first,
        )
        .order_by(_outbox.id)
        .with_for_update(skip_locked=True)
    )


async def claim(c: Connection, limit: int, *, at_ms: int) -> list[Letter]:
    """Take messages to be sent now, oldest first, for each person only her first one, and few pictures.

    An answer that comes late must not wait until a hundred pictures have been drawn.
    `at_ms` is the program's time; leases go by the database's.
    """
    now_ms = await dialect.clock_ms(c)
    due = _due(now_ms, at_ms)
    words = due.where(_outbox.picture.is_(None)).limit(limit)
    drawn = due.where(_outbox.picture.is_not(None)).limit(PICTURES)
    taken = [*await c.scalars(words), *await c.scalars(drawn)]
    if not taken:
        return []
    await c.execute(
        sa.update(tables.outbox)
        .where(_outbox.id.in_(taken))
        .values(state="calling", attempts=_outbox.attempts + 1, due_ms=now_ms + CALL_MS)
    )
    rows = await c.execute(
        sa.select(
            _outbox.id,
            _outbox.person_id,
            tables.follower.c.id,
            tables.follower.c.openid_sealed,
            _outbox.text,
            _outbox.attempts,
            _outbox.note,
            _outbox.picture,
        )
        .select_from(
            tables.outbox.outerjoin(
                tables.binding, _binding.person_id == _outbox.person_id
            ).outerjoin(
                tables.follower,
                tables.follower.c.id == sa.func.coalesce(_outbox.follower_id, _binding.follower_id),
            )
        )
        .where(_outbox.id.in_(taken))
        .order_by(_outbox.id)
    )
    return [Letter(*row) for row in rows]


async def settle(c: Connection, letter_id: int, *, state: str, note: str, at_ms: int) -> None:
    """Write what became of a message: sent, dropped or unknown."""
    await c.execute(
        sa.update(tables.outbox)
        .where(_outbox.id == letter_id, _outbox.state == "calling")
        .values(state=state, note=note[:128], done_at_ms=at_ms)
    )


async def cut(c: Connection, person_id: int, limit: int) -> list[str]:
    """The newest letters to her of which a card held only the beginning, newest first."""
    rows = await c.scalars(
        sa.select(_outbox.text)
        .where(_outbox.person_id == person_id, _outbox.state == "sent", _outbox.note == CUT)
        .order_by(_outbox.id.desc())
        .limit(limit)
    )
    return list(rows)


async def again(c: Connection, letter_id: int, *, wait_ms: int, note: str) -> None:
    """Put a message back that was surely not taken."""
    now_ms = await dialect.clock_ms(c)
    await c.execute(
        sa.update(tables.outbox)
        .where(_outbox.id == letter_id, _outbox.state == "calling")
        .values(state="ready", due_ms=now_ms + wait_ms, note=note[:128])
    )


async def in_doubt(c: Connection, at_ms: int) -> int:
    """Messages whose worker died during the call become unknown, never sent again; how many."""
    now_ms = await dialect.clock_ms(c)
    rows = await c.execute(
        sa.update(tables.outbox)
        .where(_outbox.state == "calling", _outbox.due_ms < now_ms)
        .values(state="unknown", note="the worker died during the call", done_at_ms=at_ms)
        .returning(_outbox.id)
    )
    return len(rows.all())


async def forget(c: Connection, before_ms: int) -> None:
    """Delete messages that were settled before then."""
    await c.execute(sa.delete(tables.outbox).where(_outbox.done_at_ms < before_ms))
