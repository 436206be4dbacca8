"""Totals of every unit as changes by day, kept along the ancestors of that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from bot.core.ledger import Share
from bot.core.model import Indicator, IndicatorKind, Level
from bot.store import memory, placements, tables
from bot.store.database import Connection
from bot.store.dialect import insert
from bot.store.prepared import Into, Statement, bind, binds, several

_tally, _unit = tables.tally.c, tables.unit.c

# Rows a day of one unit that everybody reports into: at most this many reporters wait for one another
# a factor less. 8 is enough for some thousand reports a second at 2 ms each.
SHARDS: Final = 8
_SHARDED_TO: Final = Level.PROVINCE
_LOCK: Final = (
    7_420_115  # PostgreSQL's advisory lock between reports and recounts; the number is ours
)
_KEY: Final = ("indicator_id", "unit_id", "day", "shard")
_STEP_KEY: Final = ("indicator_id", "unit_id", "day", "step", "shard")
SUMS: Final = ("reported", "done", "value", "whole")
"""The columns of a total, in the order of `Share`."""


@cache
def _add(rows: int) -> Statement:
    """So many rows added to the totals: the parameters are `indicator_id0`, `unit_id0` and so on."""

    def build(into: Into) -> sa.Executable:
        values: list[dict[str, Any]] = [
            {name: bind(f"{name}{at}") for name in (*_KEY, *SUMS)} for at in range(rows)
        ]
        made = into(tables.tally).values(values)
        now = {name: _tally[name] + made.excluded[name] for name in SUMS}
        return made.on_conflict_do_update(index_elements=list(_KEY), set_=now)

    return Statement(build)


def _above() -> sa.Select[Any]:
    """The units `leaves` with their ancestors: by parent, whose cost does not grow with the country."""
    up = (
        sa.select(_unit.id.label("leaf"), _unit.id, _unit.level, _unit.parent_id)
        .where(_unit.id.in_(several("leaves")))
        .cte("up", recursive=True)
    )
    up = up.union_all(
        sa.select(up.c.leaf, _unit.id, _unit.level, _unit.parent_id).join(
            tables.unit, _unit.id == up.c.parent_id
        )
    )
    return sa.select(up.c.leaf, up.c.id, up.c.level)


_ABOVE = Statement(_above())


WAITING: Final = -1
"""Among the steps: how many values wait for the level that has to agree."""
Steps = tuple[tuple[int, int], ...]
"""Of a stage (step, how many units more or less stand at it)."""


def steps(indicator: Indicator, value: int | None, before: int | None) -> Steps:
    """From one step to another; nothing for other kinds, and for who stays where she was."""
    if indicator.kind is not IndicatorKind.STAGE or value == before:
        return ()
    return tuple((step, n) for step, n in ((value, 1), (before, -1)) if step is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """What a unit adds to the totals on one local day (an ordinal)."""

    indicator_id: int
    unit_id: int
    day: int
    share: Share
    steps: Steps = ()
    waiting: int = 0  # how many values more or less wait for somebody to agree


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals up to a day, and how they changed from another day to it."""

    total: Share
    since: Share


NOTHING: Final = Sums(Share(), Share())


async def share_tree(c: Connection) -> None:
    """Keep the tree from being renumbered until the end of this transaction, as other reports do."""
    if c.dialect.name == "postgresql":
        await c.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(_LOCK)))
        memory.anew(c)  # it may have been renumbered while we waited


async def own_tree(c: Connection) -> None:
    """Wait for the reports under way and let no other begin until the end of this transaction."""
    if c.dialect.name == "postgresql":
        await c.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


async def add(c: Connection, changes: Iterable[Change]) -> None:
    """Add changes to their units and all ancestors, always in one order so that no two wait in a ring."""
    every = list(changes)
    await _wait(c, [change for change in every if change.waiting])
    some = [change for change in every if change.share or change.steps]
    if not some:
        return
    if min(change.day for change in some) < await placements.last_day(c):
        some = [one for change in some for one in await _of_the_past(c, change)]
        above = await _levels(c, {change.unit_id for change in some})
    else:
        above = await _lines(c, {change.unit_id for change in some})
    rows: dict[tuple[int, int, int, int], Share] = {}
    stages: dict[tuple[int, int, int, int, int], int] = {}
    for change in some:
        for unit_id, level in above[change.unit_id]:
            shard = change.unit_id % SHARDS if level <= _SHARDED_TO else 0
            key = (change.indicator_id, unit_id, change.day, shard)
            rows[key] = rows.get(key, Share()) + change.share
            for step, n in change.steps:
                at_step = (change.indicator_id, unit_id, change.day, step, shard)
                stages[at_step] = stages.get(at_step, 0) + n
    values: dict[str, int] = {}
    for at, (key, share) in enumerate(sorted(rows.items())):
        one = (*key, share.reported, share.done, share.value, share.whole)
        values.update({f"{name}{at}": part for name, part in zip((*_KEY, *SUMS), one, strict=True)})
    await _add(len(rows)).run(c, values)
    if stages:
        await _add_steps(c, stages)


async def _wait(c: Connection, changes: list[Change]) -> None:
    """Waiting has no days: it is counted for now, under WAITING and day 0."""
    if not changes:
        return
    above = await _lines(c, {change.unit_id for change in changes})
    rows: dict[tuple[int, int, int, int, int], int] = {}
    for change in changes:
        for unit_id, level in above[change.unit_id]:
            shard = change.unit_id % SHARDS if level <= _SHARDED_TO else 0
            key = (change.indicator_id, unit_id, 0, WAITING, shard)
            rows[key] = rows.get(key, 0) + change.waiting
    await _add_steps(c, rows)


async def _add_steps(c: Connection, rows: dict[tuple[int, int, int, int, int], int]) -> None:
    given = [dict(zip(_STEP_KEY, key, strict=True), n=n) for key, n in sorted(rows.items()) if n]
    if given:
        await c.execute(_steps_added(c), given)


def _steps_added(c: Connection) -> sa.Executable:
    made = insert(c, tables.tally_step).values(binds(*_STEP_KEY, "n"))
    now = {"n": tables.tally_step.c.n + made.excluded.n}
    return made.on_conflict_do_update(index_elements=list(_STEP_KEY), set_=now)


async def _of_the_past(c: Connection, change: Change) -> list[Change]:
    """What is said late of a day before the tree changed: one change for each unit and day that it touches."""
    touched = await placements.climb(c, change.unit_id, change.day)
    return [
        Change(
            change.indicator_id,
            unit_id,
            day,
            Share(*(times * part for part in astuple(change.share))),
            tuple((step, times * n) for step, n in change.steps),
        )
        for (unit_id, day), times in touched.items()
    ]


async def _levels(c: Connection, unit_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Each unit with itself alone as (id, level)."""
    rows = await c.execute(sa.select(_unit.id, _unit.level).where(_unit.id.in_(sorted(unit_ids))))
    return {row[0]: [(row[0], row[1])] for row in rows}


async def _lines(c: Connection, unit_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Each unit with its ancestors as (id, level)."""
    found: dict[int, list[tuple[int, int]]] = {}
    for leaf, unit_id, level in await _ABOVE.all(c, {"leaves": sorted(set(unit_ids))}):
        found.setdefault(leaf, []).append((unit_id, level))
    return found
