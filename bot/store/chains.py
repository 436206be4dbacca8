"""The chain of each notice that goes to groups, packed a thousand places to a row: any unit is a few rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.core import chain
from bot.core.chain import BLOCK, News, Part
from bot.core.model import Unit
from bot.core.plan import Broadcast
from bot.core.tree import Interval
from bot.store import slices, tables, units
from bot.store.database import Connection
from bot.store.prepared import Statement, bind

_chain, _unit, _span = tables.chain.c, tables.unit.c, tables.unit_span.c
_person = tables.person.c
_U1, _U2, _U4 = np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4")
_FEW: Final = 500  # units asked one by one

_HELD = Statement(
    sa.select(
        _chain.marks,
        _chain.since,
        _chain.people,
        _chain.readers,
        _chain.people_n,
        _chain.readers_n,
    )
    .where(_chain.broadcast_id == bind("n"), _chain.block == bind("at"))
    .with_for_update()
)
_SAVE = Statement(
    sa.update(tables.chain)
    .where(_chain.broadcast_id == bind("of"), _chain.block == bind("at"))
    .values(
        marks=bind("new_marks"),
        since=bind("new_since"),
        people=bind("new_people"),
        readers=bind("new_readers"),
        people_n=bind("new_people_n"),
        readers_n=bind("new_readers_n"),
    )
)
_ROWS = Statement(
    sa.select(
        _chain.block,
        _chain.asked,
        _chain.marks,
        _chain.since,
        _chain.people_n,
        _chain.readers_n,
    )
    .where(_chain.broadcast_id == bind("n"), _chain.block.between(bind("first"), bind("last")))
    .order_by(_chain.block)
)
_ANY = Statement(sa.select(_chain.block).where(_chain.broadcast_id == bind("n")).limit(1))
_EDGE = Statement(
    sa.select(_chain.people, _chain.readers).where(
        _chain.broadcast_id == bind("n"), _chain.block == bind("at")
    )
)


def _read(kept: bytes, kind: np.dtype[Any]) -> NDArray[Any]:
    return np.frombuffer(kept, kind) if kept else np.zeros(BLOCK, kind)


def _kept(values: NDArray[Any]) -> bytes:
    return values.tobytes() if values.any() else b""


async def begin(c: Connection, n: int, places: NDArray[np.int32]) -> None:
    """Note at which places of today's tree units are asked; a place may be given several times."""
    wanted = np.unique(places[places >= 0]).astype(np.int64)
    if not len(wanted):
        return
    levels = np.zeros((int(wanted[-1]) // BLOCK + 1) * BLOCK, _U1)
    levels[wanted] = await _levels(c, wanted)
    await keep(c, n, levels)


async def keep(c: Connection, n: int, levels: NDArray[np.uint8]) -> None:
    """Begin the chain of a broadcast: by place the level of the unit that is asked there, 0 for none; whole blocks."""
    nothing: dict[str, object] = {"people_n": 0, "readers_n": 0}
    nothing |= dict.fromkeys(("marks", "since", "people", "readers"), b"")
    rows = [
        {"broadcast_id": n, "block": block, "asked": asked.tobytes(), **nothing}
        for block, asked in enumerate(levels.reshape(-1, BLOCK))
        if asked.any()
    ]
    if rows:
        await c.execute(sa.insert(tables.chain), rows)


async def _levels(c: Connection, places: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The level of the unit at each place (ascending)."""
    found = np.zeros(len(places), _U1)
    query = sa.select(_unit.lo, _unit.level)
    if len(places) <= _FEW:
        rows = (await c.execute(query.where(_unit.lo.in_(places.tolist())))).all()
    else:
        span = _unit.lo.between(int(places[0]), int(places[-1]))
        rows = (await c.execute(query.where(span))).all()
    table = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
    at = np.searchsorted(places, table[:, 0])
    at[at == len(places)] = 0
    hit = places[at] == table[:, 0]
    found[at[hit]] = table[hit, 1]
    return found


async def note(c: Connection, broadcast: Broadcast, news: Sequence[News], at_ms: int) -> None:
    """Add what became known at `at_ms`; what a broadcast without a chain says is left."""
    minute = chain.minutes(at_ms, broadcast.approved_at_ms or broadcast.made_at_ms)
    by_block: dict[int, list[News]] = {}
    for one in news:
        by_block.setdefault(one.place // BLOCK, []).append(one)
    # Always in this order, so that two who hold several do not wait for each other.
    for block, some in sorted(by_block.items()):
        row = await _HELD.first(c, {"n": broadcast.id, "at": block})
        if row is None:
            continue
        marks, since = _read(row.marks, _U1).copy(), _read(row.since, _U2).copy()
        people, readers = _read(row.people, _U4).copy(), _read(row.readers, _U4).copy()
        for one in some:
            at = one.place - block * BLOCK
            marks[at] |= one.mark
            people[at] += one.people
            readers[at] += one.readers
            if one.mark & chain.HERE and (since[at] == 0 or since[at] > minute):
                since[at] = minute
        new = {
            "new_marks": _kept(marks),
            "new_since": _kept(since),
            "new_people": _kept(people),
            "new_readers": _kept(readers),
            "new_people_n": row.people_n + sum(one.people for one in some),
            "new_readers_n": row.readers_n + sum(one.readers for one in some),
        }
        await _SAVE.run(c, {"of": broadcast.id, "at": block, **new})


async def kept(c: Connection, n: int) -> bool:
    """Whether a notice has a chain."""
    return await _ANY.first(c, {"n": n}) is not None


async def part(c: Connection, n: int, span: Interval) -> Part:
    """What is known of the places [lo, hi) of the broadcast's epoch."""
    lo, hi = span
    first, last = lo // BLOCK, max(lo, hi - 1) // BLOCK
    rows = await _ROWS.all(c, {"n": n, "first": first, "last": last})
    asked, marks, since = (
        [bytes(BLOCK * kind.itemsize)] * (last - first + 1) for kind in (_U1, _U1, _U2)
    )
    people = readers = 0
    for block, levels, known, minutes, people_n, readers_n in rows:
        at = block - first
        asked[at] = levels
        marks[at], since[at] = known or marks[at], minutes or since[at]
        base = block * BLOCK
        if lo <= base and base + BLOCK <= hi:
            people, readers = people + people_n, readers + readers_n
        elif people_n or readers_n:
            edge = await _EDGE.first(c, {"n": n, "at": block})
            cut = slice(max(lo - base, 0), max(0, min(hi - base, BLOCK)))
            people += int(_read(edge.people, _U4)[cut].sum())
            readers += int(_read(edge.readers, _U4)[cut].sum())
    found = (np.frombuffer(b"".join(asked), _U1), np.frombuffer(b"".join(marks), _U1))
    whole = Part(first * BLOCK, *found, np.frombuffer(b"".join(since), _U2), people, readers)
    return whole.inside(lo, hi, people=people, readers=readers)


async def missing(
    c: Connection, broadcast: Broadcast, span: Interval, limit: int
) -> tuple[list[Unit], int]:
    """The first units inside [lo, hi) that it is not known to have come to, and how many there are."""
    found = await part(c, broadcast.id, span)
    away = np.flatnonzero((found.asked > 0) & ~found.arrived)
    first = (away[:limit] + found.lo).tolist()
    there = await at_places(c, broadcast, first)
    return [there[place] for place in first if place in there], len(away)


async def contacts(c: Connection, person_ids: Sequence[int]) -> dict[int, tuple[str, bytes | None]]:
    """Names and sealed telephone numbers of these persons."""
    found: dict[int, tuple[str, bytes | None]] = {}
    for some in slices.cut(sorted(set(person_ids)), slices.VALUES):
        rows = await c.execute(
            sa.select(_person.id, _person.name, _person.phone_sealed).where(_person.id.in_(some))
        )
        found.update((row[0], (row[1], row[2])) for row in rows)
    return found


async def at_places(c: Connection, broadcast: Broadcast, places: Sequence[int]) -> dict[int, Unit]:
    """The units that stood at these places when the broadcast was frozen."""
    found: dict[int, Unit] = {}
    for some in slices.cut(sorted(set(places)), slices.VALUES):
        rows = await c.execute(
            sa.select(*units.COLUMNS, _span.lo.label("place"))
            .join(tables.unit_span, _span.unit_id == _unit.id)
            .where(_span.epoch == broadcast.epoch, _span.lo.in_(some))
        )
        found.update((row.place, units.of(row)) for row in rows)
    return found
