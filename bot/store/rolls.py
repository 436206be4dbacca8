"""The roll of each broadcast: bitmaps of its people, brought up to date by the worker, exact for whoever reads.

A batch whose bits may be old stands in `stir` or is being sent. Readers lay what such batches say over the roll;
the worker writes it in. A stir is written after its batch and taken away before its batch is read: so whatever
a reader finds neither stirred nor being sent is in the roll that it reads afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.core import packing, roll
from bot.core.audience import Cut
from bot.core.roll import Part
from bot.core.way import GROUPS
from bot.store import dialect, slices, tables
from bot.store.database import Connection
from bot.store.prepared import Statement, bind, several

_batch, _mark, _roll, _stir = tables.batch.c, tables.mark.c, tables.roll.c, tables.stir.c

_TOUCH: Final = Statement(
    lambda into: (
        into(tables.stir)
        .values(broadcast_id=bind("n"), no=bind("number"), times=0)
        # Never DO NOTHING: the row must be locked, or it could go away before we are seen.
        .on_conflict_do_update(
            index_elements=["broadcast_id", "no"], set_={"times": 1 - _stir.times}
        )
    )
)
_KEPT = (_roll.first, *(_roll[name] for name in ("sizes", "places", "counts", *roll.KINDS)))
_PARTS: Final = Statement(
    sa.select(*_KEPT).where(_roll.broadcast_id == bind("n")).order_by(_roll.first)
)
_KNOWN = (
    sa.select(_batch.no, _batch.states, _batch.places, _batch.lo, _mark.marks)
    .outerjoin(
        tables.mark, sa.and_(_mark.broadcast_id == _batch.broadcast_id, _mark.no == _batch.no)
    )
    .where(_batch.broadcast_id == bind("n"), _batch.channel.not_in(GROUPS))
    .order_by(_batch.no)
)
_MOVING: Final = Statement(
    _KNOWN.where(
        _batch.no.in_(
            sa.union(
                sa.select(_stir.no).where(_stir.broadcast_id == bind("n")),
                sa.select(_batch.no).where(
                    _batch.broadcast_id == bind("n"), _batch.state == "claimed"
                ),
            )
        )
    )
)
_EVERY: Final = Statement(_KNOWN)
_SOME: Final = Statement(_KNOWN.where(_batch.no.in_(several("numbers"))))
_MEMBERS: Final = Statement(
    sa.select(_batch.no, _batch.members, _batch.n).where(
        _batch.broadcast_id == bind("n"), _batch.no.in_(several("numbers"))
    )
)


async def make(c: Connection, broadcast_id: int, cuts: Sequence[Cut]) -> None:
    """The empty roll of a broadcast that is cut."""
    people = [cut for cut in cuts if cut.channel not in GROUPS]
    if people:
        part = Part.of(people[0].no, [cut.part.places for cut in people])
        row = {"broadcast_id": broadcast_id, "first": part.first} | part.columns()
        await c.execute(sa.insert(tables.roll), row)


async def touch(c: Connection, broadcast_id: int, no: int) -> None:
    """A batch, or what its members did, has changed in this transaction; last of all in it."""
    await _TOUCH.run(c, {"n": broadcast_id, "number": no})


async def read(c: Connection, broadcast_id: int) -> list[Part]:
    """The roll as of now, in parts; without those of people whose batches are of no part, that stand alone."""
    moving = await _MOVING.all(c, {"n": broadcast_id})
    parts = await _kept(c, broadcast_id)
    return _laid(parts, moving) if parts else await _anew(c, broadcast_id)


async def _kept(c: Connection, broadcast_id: int) -> list[Part]:
    return [_part(row) for row in await _PARTS.all(c, {"n": broadcast_id})]


async def _anew(c: Connection, broadcast_id: int) -> list[Part]:
    """From all batches: of a broadcast that was cut before there were rolls."""
    return _laid([], await _EVERY.all(c, {"n": broadcast_id}))


def _part(row: Any) -> Part:
    first, *kept = row
    names = ("sizes", "places", "counts", *roll.KINDS)
    return Part.read(first, dict(zip(names, kept, strict=True)))


def _laid(parts: list[Part], batches: Sequence[Any]) -> list[Part]:
    """The parts with what these batches say; those that lie in none, in more parts behind."""
    new = [row for row in batches if not any(part.holds(row.no) for part in parts)]
    parts = [*parts, *(_of(rows) for rows in _runs(new))]
    for row in batches:
        part = next(one for one in parts if one.holds(row.no))
        marks = np.frombuffer(row.marks or bytes(len(row.states)), np.uint8)
        part.put(row.no, np.frombuffer(row.states, packing.STATES), marks)
    return parts


def _of(rows: Sequence[Any]) -> Part:
    where = [packing.places(row.places, len(row.states), row.lo) for row in rows]
    return Part.of(rows[0].no, where)


def _runs(rows: Sequence[Any]) -> list[list[Any]]:
    """Batches with numbers in a row."""
    found: list[list[Any]] = []
    for row in rows:
        if not found or found[-1][-1].no + 1 != row.no:
            found.append([])
        found[-1].append(row)
    return found


async def stirred(c: Connection) -> dict[int, int]:
    """How many batches wait to be written into the roll of which broadcast."""
    rows = await c.execute(
        sa.select(_stir.broadcast_id, sa.func.count()).group_by(_stir.broadcast_id)
    )
    return {row[0]: row[1] for row in rows}


async def settle(c: Connection, broadcast_id: int, most: int) -> int:
    """Write up to `most` stirred batches into the roll; how many there were."""
    of = _stir.broadcast_id == broadcast_id
    # Whoever writes the roll, one at a time.
    await c.execute(
        sa.select(_roll.first).where(_roll.broadcast_id == broadcast_id).with_for_update()
    )
    some = dialect.locked(c, sa.select(_stir.no).where(of).order_by(_stir.no).limit(most))
    numbers = [row[0] for row in await c.execute(some)]
    for slice_ in slices.cut(numbers, slices.VALUES):
        await c.execute(sa.delete(tables.stir).where(of, _stir.no.in_(slice_)))
    parts = await _kept(c, broadcast_id)
    batches: list[Any] = []
    for slice_ in slices.cut(numbers, slices.VALUES):
        batches += await _SOME.all(c, {"n": broadcast_id, "numbers": list(slice_)})
    laid = _laid(parts, batches) if parts else await _anew(c, broadcast_id)
    changed = [part for part in parts if any(part.holds(row.no) for row in batches)]
    for part in changed:
        await c.execute(
            sa.update(tables.roll)
            .where(_roll.broadcast_id == broadcast_id, _roll.first == part.first)
            .values(part.marks())
        )
    for part in laid[len(parts) :]:
        row = {"broadcast_id": broadcast_id, "first": part.first} | part.columns()
        await c.execute(sa.insert(tables.roll), row)
    return len(numbers)


async def members(
    c: Connection, broadcast_id: int, numbers: Sequence[int]
) -> dict[int, NDArray[np.int64]]:
    """The members of these batches by number."""
    found: dict[int, NDArray[np.int64]] = {}
    for slice_ in slices.cut(sorted(set(numbers)), slices.VALUES):
        for row in await _MEMBERS.all(c, {"n": broadcast_id, "numbers": list(slice_)}):
            found[row.no] = packing.members(row.members, row.n)
    return found
