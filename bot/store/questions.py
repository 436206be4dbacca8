"""What stands open with a person (one question at most) and what she did last of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.core.frozen import frozen
from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Into, Statement, bind, binds

_question, _deed = tables.question.c, tables.last_deed.c

_CURRENT = Statement(
    sa.select(tables.question).where(
        _question.follower_id == bind("follower"), _question.expires_at_ms > bind("now")
    )
)
_LAST = Statement(
    sa.select(tables.last_deed).where(
        _deed.follower_id == bind("follower"),
        _deed.kind == bind("kind"),
        _deed.done_at_ms >= bind("since"),
    )
)


_ASKED = ("kind", "payload", "asked_at_ms", "expires_at_ms")


def _ask(into: Into) -> sa.Executable:
    made = into(tables.question).values(binds("follower_id", *_ASKED))
    now = {name: made.excluded[name] for name in _ASKED}
    return made.on_conflict_do_update(index_elements=["follower_id"], set_=now)


def _did(into: Into) -> sa.Executable:
    made = into(tables.last_deed).values(binds("follower_id", "kind", "payload", "done_at_ms"))
    now = {name: made.excluded[name] for name in ("payload", "done_at_ms")}
    return made.on_conflict_do_update(index_elements=["follower_id", "kind"], set_=now)


_ASK = Statement(_ask)
_TAKE = Statement(
    sa.delete(tables.question)
    .where(
        _question.follower_id == bind("follower"),
        _question.kind == bind("kind"),
        _question.asked_at_ms == bind("asked"),
    )
    .returning(_question.follower_id)
)
_DID = Statement(_did)

Payload = Mapping[str, Any]
"""JSON: what the answer will act on."""


@frozen
class Question:
    """An open question. `kind` is for whoever asked; `payload` holds all that an acceptance needs."""

    follower_id: int
    kind: str
    payload: Payload
    asked_at_ms: int
    expires_at_ms: int


@frozen
class Deed:
    """What she did last of a kind."""

    kind: str
    payload: Payload
    done_at_ms: int


async def current(c: Connection, follower_id: int, now_ms: int) -> Question | None:
    """The question that stands open with her, or None; an expired one is none."""
    row = await _CURRENT.first(c, {"follower": follower_id, "now": now_ms})
    if row is None:
        return None
    return Question(row.follower_id, row.kind, row.payload, row.asked_at_ms, row.expires_at_ms)


async def ask(c: Connection, question: Question) -> None:
    """Open a question in place of whatever stood open with her."""
    new = {
        "kind": question.kind,
        "payload": dict(question.payload),
        "asked_at_ms": question.asked_at_ms,
        "expires_at_ms": question.expires_at_ms,
    }
    await _ASK.run(c, {"follower_id": question.follower_id, **new})


async def take(c: Connection, question: Question) -> bool:
    """Close exactly this question; False when somebody else was quicker, so that it is answered once."""
    exactly = {"follower": question.follower_id, "kind": question.kind}
    return await _TAKE.first(c, {**exactly, "asked": question.asked_at_ms}) is not None


async def did(c: Connection, follower_id: int, deed: Deed) -> None:
    """Remember a deed as the last of its kind."""
    new = {"kind": deed.kind, "payload": dict(deed.payload), "done_at_ms": deed.done_at_ms}
    await _DID.run(c, {"follower_id": follower_id, **new})


async def last(c: Connection, follower_id: int, kind: str, since_ms: int) -> Deed | None:
    """What she did last of this kind, if it was not before `since_ms`."""
    row = await _LAST.first(c, {"follower": follower_id, "kind": kind, "since": since_ms})
    return None if row is None else Deed(row.kind, row.payload, row.done_at_ms)


async def undone(c: Connection, follower_id: int, kind: str) -> None:
    """Forget a deed that was taken back."""
    await c.execute(
        sa.delete(tables.last_deed).where(
            tables.last_deed.c.follower_id == follower_id, tables.last_deed.c.kind == kind
        )
    )


async def clear(c: Connection, follower_id: int) -> None:
    """Forget everything of her: she left, or somebody else speaks now."""
    for table in (tables.question, tables.last_deed):
        await c.execute(sa.delete(table).where(table.c.follower_id == follower_id))
