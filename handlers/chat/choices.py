"""Numbered lists to choose from, with names that tell units of one name apart."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import Unit
from bot.runtime import Runtime
from bot.store import units


def listed(names: Sequence[str]) -> str:
    """`1东山村 2西山村`."""
    return " ".join(f"{number}{name}" for number, name in enumerate(names, 1))


async def full_names(rt: Runtime, some: Sequence[Unit]) -> list[str]:
    """Short names with that of the unit above."""
    async with rt.read() as c:
        above = await units.many(c, [unit.parent_id for unit in some if unit.parent_id])
    return [
        (above[unit.parent_id].short if unit.parent_id in above else "") + unit.short
        for unit in some
    ]
