"""Made-up entries by the million, for measurements: a ledger as it is after weeks of reports.

The database makes them itself, a round of reports from all units of a level at a time, in the order of their
time. Values follow from a unit's place and the round, so that every entry knows the value before. Cells are
taken from the entries, and so are totals, by `recount`, as after a change of the tree.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from bot.core.changes import Progress
from bot.core.model import Indicator, IndicatorKind, Level
from bot.store import metas, recount, slices, tables, tallies
from bot.store.database import Connection

_entry, _unit, _tally, _cell = tables.entry.c, tables.unit.c, tables.tally.c, tables.cell.c
_SUMS: Final = tallies.SUMS
_DAY_MS: Final = 86_400_000
_FIRST_DAY: Final = 719_163  # date(1970, 1, 1).toordinal()
# Neighbours in the tree do not report one after the other: `lo * _STRIDE % _PLACES`, both prime.
_STRIDE: Final = 7919
_PLACES: Final = 100_003


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when they report, in epoch milliseconds, and how far local days are from those of UTC."""

    start_ms: int
    end_ms: int
    offset_ms: int


@dataclass(frozen=True, slots=True)
class _Round:
    """The `turn`th report of one indicator, from this part of its units, in the `at`th of `of` parts of the span."""

    indicator: Indicator
    turn: int
    part: float
    at: int
    of: int


async def fill(
    c: Connection, indicators: Sequence[Indicator], span: Span, *, count: int, progress: Progress
) -> int:
    """Write about `count` entries of units that the campaign covers all of; how many were written.

    To be called on an empty ledger, in a transaction of its own.
    """
    rounds = await _rounds(c, indicators, count)
    written = 0
    for one in rounds:
        progress("filling the ledger", written, count)
        written += (await c.execute(_entries(c, one, span))).rowcount
    progress("filling the ledger", written, written)
    await c.execute(_cells())
    await recount.rebuild(c)
    await _shard(c)
    return written


async def settle(c: Connection) -> None:
    """What each database does by itself a little later: statistics, or the log written back at the next commit."""
    if c.dialect.name == "postgresql":
        await c.execute(sa.text("ANALYZE"))
    else:
        await metas.put(c, "filled", "1")


async def read(c: Connection) -> AsyncIterator[list[tuple[str, int, int | None, int | None, int]]]:
    """All entries in slices, in the order of their ids: unit code, indicator, value, before, day."""
    after = 0
    columns = (_entry.id, _unit.code, _entry.indicator_id, _entry.value, _entry.before, _entry.day)
    while True:
        rows = (
            await c.execute(
                sa.select(*columns)
                .join(tables.unit, _unit.id == _entry.unit_id)
                .where(_entry.id > after)
                .order_by(_entry.id)
                .limit(slices.ROWS)
            )
        ).all()
        if not rows:
            return
        after = rows[-1][0]
        yield [(row[1], row[2], row[3], row[4], row[5]) for row in rows]


async def _rounds(c: Connection, indicators: Sequence[Indicator], count: int) -> list[_Round]:
    """Everybody reports every indicator in turn until there are enough; of the last round only a part."""
    counted = await c.execute(
        sa.select(_unit.level, sa.func.count())
        .where(_unit.ended_at_ms.is_(None))
        .group_by(_unit.level)
    )
    sizes = {row[0]: row[1] for row in counted}
    found: list[tuple[Indicator, int, float]] = []
    missing = count
    while missing > 0:
        indicator = indicators[len(found) % len(indicators)]
        size = sizes[int(indicator.level)]
        found.append((indicator, len(found) // len(indicators), min(1.0, missing / size)))
        missing -= size
    return [_Round(*one, at, len(found)) for at, one in enumerate(found)]


def _entries(c: Connection, one: _Round, span: Span) -> sa.Insert:
    place = sa.cast(_unit.lo, sa.BigInteger) * _STRIDE % _PLACES
    step = (span.end_ms - span.start_ms) // one.of
    at_ms = place * step // _PLACES + (span.start_ms + one.at * step)
    day = (at_ms + span.offset_ms) // _DAY_MS + _FIRST_DAY
    value = _value(one.indicator, one.turn)
    before = _value(one.indicator, one.turn - 1) if one.turn else sa.null()
    given: dict[str, Any] = {
        "campaign_id": sa.literal(one.indicator.campaign_id),
        "indicator_id": sa.literal(one.indicator.id),
        "unit_id": _unit.id,
        "value": value,
        "said": value,
        "before": sa.cast(before, sa.BigInteger),
        "kind": sa.literal("report"),
        "reason": sa.literal(""),
        "on_behalf": sa.false(),
        "source": _source(c, one.at),
        "part": sa.literal(0),
        "said_at_ms": at_ms,
        "made_at_ms": at_ms,
        "at_ms": at_ms,
        "day": day,
        "late": sa.false(),
    }
    rows = (
        sa.select(*(expression.label(name) for name, expression in given.items()))
        .where(
            _unit.level == int(one.indicator.level),
            _unit.ended_at_ms.is_(None),
            _unit.lo % 1000 < int(1000 * one.part + 0.5),
        )
        .order_by(at_ms)
    )
    return sa.insert(tables.entry).from_select(list(given), rows, include_defaults=False)


def _value(indicator: Indicator, turn: int) -> sa.ColumnElement[int]:
    """What a unit says in this turn: a third more are done each time, counts grow."""
    if indicator.kind is IndicatorKind.COMPLETION:
        return sa.cast(sa.case((_unit.lo % 3 <= turn, 1), else_=0), sa.BigInteger)
    return sa.cast(_unit.lo % 7 + (_unit.lo % 5 + 1) * turn, sa.BigInteger)


def _source(c: Connection, at: int) -> sa.ColumnElement[bytes]:
    """32 bytes without any order, like the keys of real messages."""
    if c.dialect.name == "sqlite":
        return sa.func.randomblob(32)
    return sa.func.sha256(sa.func.int8send(_unit.id * 1000 + at))


def _cells() -> sa.Insert:
    """The newest entry of every unit and indicator."""
    last = sa.func.row_number().over(
        partition_by=(_entry.indicator_id, _entry.unit_id),
        order_by=(_entry.at_ms.desc(), _entry.id.desc()),
    )
    some = sa.select(tables.entry, last.label("place")).subquery().c
    newest = sa.select(some.indicator_id, some.unit_id, some.value, some.id, some.at_ms).where(
        some.place == 1
    )
    names = ["indicator_id", "unit_id", "value", "entry_id", "as_of_ms"]
    return sa.insert(tables.cell).from_select(names, newest)


async def _shard(c: Connection) -> None:
    """Spread the totals of the highest units over as many rows a day as reports make of them."""
    rows = (
        await c.execute(
            sa.select(tables.tally)
            .join(tables.unit, _unit.id == _tally.unit_id)
            .where(_unit.level <= int(Level.PROVINCE))
        )
    ).all()
    high = sa.select(_unit.id).where(_unit.level <= int(Level.PROVINCE))
    await c.execute(sa.delete(tables.tally).where(_tally.unit_id.in_(high)))
    count = tallies.SHARDS
    parts = [
        {
            "indicator_id": row.indicator_id,
            "unit_id": row.unit_id,
            "day": row.day,
            "shard": shard,
            # Parts that add up to the whole, whatever is left over by the division.
            **{
                name: getattr(row, name) * (shard + 1) // count
                - getattr(row, name) * shard // count
                for name in _SUMS
            },
        }
        for row in rows
        for shard in range(count)
    ]
    for some in slices.cut(parts, slices.ROWS):
        await c.execute(sa.insert(tables.tally), list(some))
