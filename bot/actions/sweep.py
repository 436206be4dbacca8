"""Look for what is missing: batches of dead workers, broadcasts nobody closed, calls nobody reported on."""

from __future__ import annotations

import structlog

from bot.actions import release
from bot.runtime import Runtime
from bot.shared import alive, wake
from bot.store import batches, broadcasts, finishes, outbox

EVERY_S = 10.0
_LETTERS_MS = 30 * 24 * 3600 * 1000

_log = structlog.get_logger()


async def sweep(rt: Runtime) -> None:
    """All of it once; may run anywhere, as often as one likes."""
    await batches_of_the_dead(rt)
    async with rt.write() as c:
        lost = await outbox.in_doubt(c, rt.now_ms())
        await outbox.forget(c, rt.now_ms() - _LETTERS_MS)
        await finishes.forget(c, rt.now_ms() - finishes.KEEP_MS)
    if lost:
        _log.warning("letters.unknown", count=lost)
    async with rt.read() as c:
        under_way = await broadcasts.sending(c)
    for broadcast in under_way:
        await release.finish(rt, broadcast.id)


async def peers(rt: Runtime) -> None:
    """Count the processes that send: without Redis, which may be gone any moment, each keeps to its part of the pace."""
    async with rt.read() as c:
        rt.pace.peers = len({owner.partition("#")[0] for owner in await batches.owners(c)})


async def batches_of_the_dead(rt: Runtime) -> None:
    """Batches of processes that are surely gone need not wait for their lease to end."""
    async with rt.read() as c:
        dead = [owner for owner in await batches.owners(c) if alive.surely_dead(owner)]
    for owner in dead:
        async with rt.write() as c:
            count = await batches.orphan(c, owner)
        _log.warning("batches.orphaned", owner=owner, count=count)
    if dead:
        rt.wake(wake.WORK)
