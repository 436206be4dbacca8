"""Under which unit each one stood, by day: only of those that ever moved or ended, so that the past stays.

A unit without rows has stood where it stands since there were units. `from_day` is a local day as an ordinal;
on the day of a move a unit counts where it stands in the evening.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.store import memory, slices, tables
from bot.store.database import Connection
from bot.store.dialect import insert

_it, _unit = tables.placement.c, tables.unit.c

Placed = list[tuple[int, int | None]]
"""(from day, parent) ascending; None: nowhere, for a unit that has ended or was not there yet, and for the root."""


async def remember(c: Connection, unit_ids: Sequence[int]) -> None:
    """Keep where these stand as where they always stood; to be called before they are moved or ended."""
    known = sa.select(_it.unit_id)
    for some in slices.cut(unit_ids, slices.VALUES):
        standing = sa.select(
            _unit.id,
            sa.literal(0),
            # One that lives again after it had ended before anybody kept this was nowhere.
            sa.case((_unit.ended_at_ms.is_(None), _unit.parent_id)),
        ).where(_unit.id.in_(some), _unit.id.not_in(known))
        await c.execute(
            sa.insert(tables.placement).from_select(["unit_id", "from_day", "parent_id"], standing)
        )


async def note(c: Connection, unit_ids: Sequence[int], day: int) -> None:
    """From this day on these stand where they stand now; to be called after they were moved or ended."""
    for some in slices.cut(unit_ids, slices.VALUES):
        standing = sa.select(
            _unit.id,
            sa.literal(day),
            sa.case((_unit.ended_at_ms.is_(None), _unit.parent_id)),
        ).where(_unit.id.in_(some))
        made = insert(c, tables.placement).from_select(
            ["unit_id", "from_day", "parent_id"], standing
        )
        await c.execute(
            made.on_conflict_do_update(
                index_elements=["unit_id", "from_day"], set_={"parent_id": made.excluded.parent_id}
            )
        )


@memory.kept
async def last_day(c: Connection) -> int:
    """The day of the newest move of any unit; 0 if none ever moved."""
    return await c.scalar(sa.select(sa.func.max(_it.from_day))) or 0


async def of(c: Connection, unit_id: int) -> Placed:
    """Where one unit stood."""
    rows = await c.execute(
        sa.select(_it.from_day, _it.parent_id).where(_it.unit_id == unit_id).order_by(_it.from_day)
    )
    found: Placed = [(row[0], row[1]) for row in rows]
    if found:
        return found
    return [(0, await c.scalar(sa.select(_unit.parent_id).where(_unit.id == unit_id)))]


async def climb(c: Connection, unit_id: int, day: int) -> dict[tuple[int, int], int]:
    """How often something said of the unit on that day counts where and when, as {(unit, day): times}.

    At the unit itself and those above it then; wherever one of them moved later, it leaves the old place on
    that day (-1) and comes to the new one.
    """
    found = here = {(unit_id, day): 1}
    while here:
        above: dict[tuple[int, int], int] = {}
        for (one, since), times in here.items():
            for when, parent, sign in _moves(await of(c, one), since):
                key = (parent, when)
                above[key] = above.get(key, 0) + sign * times
        here = {key: times for key, times in above.items() if times}
        found = found | {key: found.get(key, 0) + times for key, times in here.items()}
    return found


def _moves(placed: Placed, since: int) -> list[tuple[int, int, int]]:
    """(day, parent, +1 or -1) for what is there from `since` on."""
    now = [parent for day, parent in placed if day <= since][-1]
    moves = [] if now is None else [(since, now, 1)]
    for day, parent in placed:
        if day > since:
            moves += [(day, now, -1)] if now is not None else []
            moves += [(day, parent, 1)] if parent is not None else []
            now = parent
    return moves
