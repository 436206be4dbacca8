"""The figures of the units of one level below a unit, in the official order."""

from __future__ import annotations

from typing import Final

from bot import errors
from bot.actions import progress
from bot.core.model import Level, Unit
from bot.core.progress import Progress
from bot.runtime import Runtime
from bot.store import units

MOST: Final = 400  # units of a level in one table


class TooMany(errors.BadInput):
    """There are too many units of that level for one table; ask for a unit in between."""

    def __init__(self, count: int, between: Unit) -> None:
        super().__init__()
        self.count = count
        self.between = between


async def rows(rt: Runtime, one: Progress, level: Level | None) -> list[Progress]:
    """Like `one`, for the units of `level` below (None: directly below) of which something is expected.

    TooMany when there are more than `MOST` of them.
    """
    unit = one.unit
    async with rt.read() as c:
        some = await units.children(c, unit.id)
        if level is not None and any(child.level is not level for child in some):
            count = (await units.count_by_level(c, unit.lo + 1, unit.hi)).get(level, 0)
            if count > MOST:
                raise TooMany(count, some[0])
            some = await units.at_level(c, unit.lo + 1, unit.hi, level)
    if not some:
        return []
    found = await progress.many(rt, some, one.indicator, one.as_of)
    return [row for row in found if row.expected]
