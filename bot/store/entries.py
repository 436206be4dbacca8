"""The ledger itself, append-only: who said what of which unit, when, in which message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.core import period
from bot.core.frozen import frozen
from bot.core.ledger import Kind
from bot.store import tables
from bot.store.database import Connection
from bot.store.prepared import Into, Statement, bind, binds

_entry = tables.entry.c


_OF_SOURCE = Statement(
    sa.select(tables.entry).where(_entry.source == bind("source")).order_by(_entry.part)
)


def _add(into: Into) -> sa.Executable:
    columns = [column.name for column in _entry if column.name != "id"]
    made = into(tables.entry).values(binds(*columns))
    return made.on_conflict_do_nothing(index_elements=["source", "part"]).returning(_entry.id)


_ADD = Statement(_add)


@frozen
class New:
    """An entry to be written; see `Entry` for what is not plain. `day` is the local day of `at` as an ordinal."""

    campaign_id: int
    indicator_id: int
    unit_id: int
    value: int | None
    whole: int | None
    said: int | None
    before: int | None
    whole_before: int | None
    kind: Kind
    person_id: int | None
    source: bytes
    part: int
    said_at: datetime
    made_at: datetime
    at: datetime
    day: int
    late: bool
    reason: str = ""
    on_behalf: bool = False
    for_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger: `value` holds from `at` on (None: nothing reported), `said` is what was said.

    `whole`, `whole_before`: of a ratio the denominators of `value` and `before`.
    """

    id: int
    campaign_id: int
    indicator_id: int
    unit_id: int
    value: int | None
    whole: int | None
    said: int | None
    before: int | None
    whole_before: int | None
    kind: Kind
    reason: str
    person_id: int | None
    on_behalf: bool
    for_person_id: int | None
    source: bytes
    part: int
    said_at: datetime
    at: datetime
    day: int
    late: bool


async def add(c: Connection, new: New) -> int | None:
    """Append; the id, or None if this part of this message is in the ledger already."""
    values = {
        "campaign_id": new.campaign_id,
        "indicator_id": new.indicator_id,
        "unit_id": new.unit_id,
        "value": new.value,
        "whole": new.whole,
        "said": new.said,
        "before": new.before,
        "whole_before": new.whole_before,
        "kind": new.kind.value,
        "reason": new.reason,
        "person_id": new.person_id,
        "on_behalf": new.on_behalf,
        "for_person_id": new.for_person_id,
        "source": new.source,
        "part": new.part,
        "said_at_ms": period.ms(new.said_at),
        "made_at_ms": period.ms(new.made_at),
        "at_ms": period.ms(new.at),
        "day": new.day,
        "late": new.late,
    }
    found: int | None = await _ADD.scalar(c, values)
    return found


async def by_id(c: Connection, entry_id: int) -> Entry | None:
    """The entry."""
    return _first(await _some(c, sa.select(tables.entry).where(_entry.id == entry_id)))


async def many(c: Connection, ids: Sequence[int]) -> list[Entry]:
    """The entries, in the order in which they were written."""
    return await _some(c, sa.select(tables.entry).where(_entry.id.in_(ids)).order_by(_entry.id))


async def of_source(c: Connection, source: bytes) -> list[Entry]:
    """What one message put into the ledger, in the order it said it."""
    return _entries(await _OF_SOURCE.all(c, {"source": source}))


async def before(c: Connection, indicator_id: int, unit_id: int, at: datetime) -> Entry | None:
    """The entry that held at this moment."""
    return _first(
        await _some(
            c,
            _history(indicator_id, unit_id)
            .where(_entry.at_ms <= period.ms(at))
            .order_by(_entry.at_ms.desc(), _entry.id.desc())
            .limit(1),
        )
    )


async def after(c: Connection, indicator_id: int, unit_id: int, at: datetime) -> Entry | None:
    """The first entry that holds only from a later moment on."""
    return _first(
        await _some(
            c,
            _history(indicator_id, unit_id)
            .where(_entry.at_ms > period.ms(at))
            .order_by(_entry.at_ms, _entry.id)
            .limit(1),
        )
    )


async def under(c: Connection, entry: Entry) -> Entry | None:
    """The entry that held until this one did; what an undo goes back to."""
    at_ms = period.ms(entry.at)
    earlier = sa.or_(_entry.at_ms < at_ms, sa.and_(_entry.at_ms == at_ms, _entry.id < entry.id))
    return _first(
        await _some(
            c,
            _history(entry.indicator_id, entry.unit_id)
            .where(earlier)
            .order_by(_entry.at_ms.desc(), _entry.id.desc())
            .limit(1),
        )
    )


async def last_of(c: Connection, person_id: int) -> list[Entry]:
    """What the person's newest message put into the ledger (no table of hers); empty if she never reported."""
    newest = (
        sa.select(_entry.source)
        .where(_entry.person_id == person_id, _entry.kind != Kind.FILE.value)
        .order_by(_entry.id.desc())
        .limit(1)
    )
    return await _some(
        c,
        sa.select(tables.entry)
        .where(_entry.source == newest.scalar_subquery())
        .order_by(_entry.part),
    )


async def of_unit(
    c: Connection, unit_id: int, indicator_ids: Sequence[int], *, limit: int
) -> list[Entry]:
    """What was said of the unit, the newest first; what one message said in its order."""
    return await _some(
        c,
        sa.select(tables.entry)
        .where(_entry.indicator_id.in_(indicator_ids), _entry.unit_id == unit_id)
        .order_by(_entry.at_ms.desc(), _entry.source, _entry.part)
        .limit(limit),
    )


async def newest(c: Connection) -> int:
    """The highest entry id; 0 in an empty ledger."""
    return await c.scalar(sa.select(sa.func.max(_entry.id))) or 0


def _history(indicator_id: int, unit_id: int) -> sa.Select[Any]:
    return sa.select(tables.entry).where(
        _entry.indicator_id == indicator_id, _entry.unit_id == unit_id
    )


async def _some(c: Connection, statement: sa.Select[Any]) -> list[Entry]:
    return _entries((await c.execute(statement)).all())


def _entries(rows: Sequence[Any]) -> list[Entry]:
    return [
        Entry(
            row.id,
            row.campaign_id,
            row.indicator_id,
            row.unit_id,
            row.value,
            row.whole,
            row.said,
            row.before,
            row.whole_before,
            Kind(row.kind),
            row.reason,
            row.person_id,
            row.on_behalf,
            row.for_person_id,
            row.source,
            row.part,
            period.at(row.said_at_ms),
            period.at(row.at_ms),
            row.day,
            row.late,
        )
        for row in rows
    ]


def _first(found: Sequence[Entry]) -> Entry | None:
    return found[0] if found else None
