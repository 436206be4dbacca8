"""Imports files: units, people, groups, campaigns, items; all or nothing, and the same again changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

from bot import errors
from bot.actions import (
    robots,
    transfer_campaign,
    transfer_groups,
    transfer_items,
    transfer_people,
    transfer_units,
)
from bot.core.changes import Changes, Progress, silent
from bot.runtime import Runtime
from bot.store import audits
from bot.store.database import Connection


class Plan(Protocol):
    """A file that was read; its rows' faults are raised when it is applied."""

    async def apply(
        self, rt: Runtime, c: Connection, *, prune: bool, progress: Progress
    ) -> Changes:
        """Write what differs inside the caller's transaction."""
        ...


_READ: Final[Mapping[str, Callable[[Path], Plan]]] = {
    "units": transfer_units.read,
    "people": transfer_people.read,
    "groups": transfer_groups.read,
    "campaign": transfer_campaign.read,
    "items": transfer_items.read,
}
KINDS: Final = tuple(_READ)


class _OnlyChecked(Exception):
    """Undoes a trial run."""


async def load(
    rt: Runtime,
    kind: str,
    path: Path,
    *,
    check: bool = False,
    prune: bool = False,
    ask: bool = False,
    progress: Progress = silent,
) -> Changes:
    """Import one file of `kind` (units, people, groups, campaign, items).

    `check` does everything and then undoes it, so what it tells is what an import would do.
    `prune` ends what the file lacks inside the units it names; with `ask` the platform is asked whether it
    knows the robots' keys that are new. Raises BadInput with the faults.
    """
    if kind not in _READ:
        raise errors.BadInput(f"{kind!r} cannot be imported; {', '.join(KINDS)} can")
    progress("reading", 0, 0)
    plan = await asyncio.to_thread(_READ[kind], path)
    changes = Changes()
    try:
        async with rt.write() as c:
            changes = await plan.apply(rt, c, prune=prune, progress=progress)
            if check:
                raise _OnlyChecked
            await audits.note(
                c,
                at_ms=rt.now_ms(),
                actor="program",
                deed="import",
                thing=f"{kind}:{path.name}"[:64],
                detail={"result": changes.sentence()},
            )
    except _OnlyChecked:
        pass
    if ask and isinstance(plan, transfer_groups.Plan):
        changes.notes += await robots.asked(rt, plan.robots)
    return changes
