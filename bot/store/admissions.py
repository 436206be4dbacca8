"""The codes by which the new members of a unit let themselves in: one for each unit and indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Into, Statement, bind, binds

_it = tables.admission.c


@dataclass(frozen=True, slots=True)
class Admission:
    """One code: for whom, until when (epoch ms), and which number was announced with it."""

    id: int
    indicator_id: int
    unit_id: int
    code_sealed: bytes
    announced: int
    expires_at_ms: int


_COLUMNS = tuple(_it[name] for name in Admission.__dataclass_fields__)
_FRESH = ("code_digest", "code_sealed", "made_at_ms", "expires_at_ms")


def _put(into: Into) -> sa.Executable:
    made = into(tables.admission).values(binds("indicator_id", "unit_id", "announced", *_FRESH))
    now = {name: made.excluded[name] for name in _FRESH}
    return made.on_conflict_do_update(
        index_elements=["unit_id", "indicator_id"], set_=now
    ).returning(*_COLUMNS)


_OF = Statement(
    sa.select(*_COLUMNS).where(_it.indicator_id == bind("indicator"), _it.unit_id == bind("unit"))
)
_PUT = Statement(_put)
_ANNOUNCE = Statement(
    sa.update(tables.admission).where(_it.id == bind("row_id")).values(announced=bind("number"))
)


async def of(c: Connection, indicator_id: int, unit_id: int) -> Admission | None:
    """The code of a unit for an indicator, good or not."""
    row = await _OF.first(c, {"indicator": indicator_id, "unit": unit_id})
    return Admission(*row) if row else None


async def by_id(c: Connection, admission_id: int) -> Admission | None:
    """The code under its number."""
    return await _one(c, _it.id == admission_id)


async def by_code(c: Connection, digests: Sequence[bytes]) -> Admission | None:
    """Whose code this is, good or not; `digests` are of one code under every key."""
    return await _one(c, _it.code_digest.in_(digests))


async def put(
    c: Connection,
    indicator_id: int,
    unit_id: int,
    *,
    digest: bytes,
    sealed: bytes,
    at_ms: int,
    expires_at_ms: int,
) -> Admission:
    """Give the unit a fresh code; the one it had is good for nothing from now on."""
    new = {
        "code_digest": digest,
        "code_sealed": sealed,
        "made_at_ms": at_ms,
        "expires_at_ms": expires_at_ms,
    }
    key = {"indicator_id": indicator_id, "unit_id": unit_id, "announced": 0}
    return Admission(*await _PUT.first(c, {**key, **new}))


async def announce(c: Connection, admission_id: int, number: int) -> None:
    """Remember which number the chair was told of."""
    await _ANNOUNCE.run(c, {"row_id": admission_id, "number": number})


async def _one(c: Connection, which: sa.ColumnElement[bool]) -> Admission | None:
    row: Any = (await c.execute(sa.select(*_COLUMNS).where(which))).first()
    return Admission(*row) if row else None
