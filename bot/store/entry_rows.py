"""Entries as an import writes them: thousands in one statement, their cells and totals after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.core.ledger import Share
from bot.core.model import Role
from bot.store import tables
from bot.store.cells import Key
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.tallies import SUMS

_entry, _tally = tables.entry.c, tables.tally.c


async def add(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append entries, all columns but the id given; at most a slice at once."""
    await c.execute(sa.insert(tables.entry), list(rows))


async def hold(c: Connection, source: bytes) -> None:
    """Let the cells hold what the entries of this source say; of a cell there is one."""
    said = sa.select(
        _entry.indicator_id, _entry.unit_id, _entry.value, _entry.whole, _entry.id, _entry.at_ms
    ).where(_entry.source == source)
    statement = insert(c, tables.cell).from_select(
        ["indicator_id", "unit_id", "value", "whole", "entry_id", "as_of_ms"], said
    )
    new = statement.excluded
    await c.execute(
        statement.on_conflict_do_update(
            index_elements=["indicator_id", "unit_id"],
            set_={
                name: new[name]
                for name in ("value", "whole", "entry_id", "as_of_ms", "waiting", "awaits")
            },
        )
    )


async def total(
    c: Connection,
    shares: Mapping[tuple[int, int, int], Share],
    steps: Mapping[tuple[int, int, int, int], int],
) -> None:
    """Add to the totals of (indicator, unit, day), and of a stage to those of each step.

    The caller owns the tree: nobody else reports meanwhile.
    """
    await _steps(c, steps)
    rows = [
        {
            "indicator_id": indicator_id,
            "unit_id": unit_id,
            "day": day,
            "shard": 0,
            "reported": share.reported,
            "done": share.done,
            "value": share.value,
            "whole": share.whole,
        }
        for (indicator_id, unit_id, day), share in sorted(shares.items())
        if share
    ]
    if not rows:
        return
    names = ("indicator_id", "unit_id", "day", "shard", *SUMS)
    statement = insert(c, tables.tally).values({name: sa.bindparam(name) for name in names})
    await c.execute(
        statement.on_conflict_do_update(
            index_elements=["indicator_id", "unit_id", "day", "shard"],
            set_={name: _tally[name] + statement.excluded[name] for name in SUMS},
        ),
        rows,
    )


async def _steps(c: Connection, steps: Mapping[tuple[int, int, int, int], int]) -> None:
    names = ("indicator_id", "unit_id", "day", "step")
    rows = [
        {**dict(zip(names, key, strict=True)), "shard": 0, "n": n}
        for key, n in sorted(steps.items())
        if n
    ]
    if not rows:
        return
    table = tables.tally_step
    made = insert(c, table).values({name: sa.bindparam(name) for name in (*names, "shard", "n")})
    await c.execute(
        made.on_conflict_do_update(
            index_elements=[*names, "shard"], set_={"n": table.c.n + made.excluded.n}
        ),
        rows,
    )


async def chairs(c: Connection, unit_ids: Sequence[int]) -> dict[int, int]:
    """The chair of each unit, the first where there are two."""
    post, person = tables.post.c, tables.person.c
    rows = await c.execute(
        sa.select(post.unit_id, sa.func.min(post.person_id))
        .join(tables.person, person.id == post.person_id)
        .where(
            post.unit_id.in_(unit_ids),
            post.role == Role.CHAIR.value,
            post.ended_at_ms.is_(None),
            person.ended_at_ms.is_(None),
        )
        .group_by(post.unit_id)
    )
    return {row[0]: row[1] for row in rows}


async def values_at(
    c: Connection, indicator_ids: Sequence[int], unit_ids: Sequence[int], before_ms: int
) -> dict[Key, tuple[int | None, int | None]]:
    """What the ledger held just before that moment: value, and of a ratio the denominator."""
    place = sa.func.row_number().over(
        partition_by=(_entry.indicator_id, _entry.unit_id),
        order_by=(_entry.at_ms.desc(), _entry.id.desc()),
    )
    history = (
        sa.select(
            _entry.indicator_id,
            _entry.unit_id,
            _entry.value,
            _entry.whole,
            place.label("place"),
        )
        .where(
            _entry.indicator_id.in_(indicator_ids),
            _entry.unit_id.in_(unit_ids),
            _entry.at_ms < before_ms,
        )
        .subquery()
    )
    rows = await c.execute(
        sa.select(
            history.c.indicator_id, history.c.unit_id, history.c.value, history.c.whole
        ).where(history.c.place == 1)
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}
