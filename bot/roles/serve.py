"""Runs the roles of one process until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine

from bot import runtime
from bot.actions import abilities
from bot.roles import clock, playground, web, worker
from bot.shared import connection, embedded, wake
from bot.store import database
from config import logs
from config.settings import Settings

ROLES = ("all", "web", "worker", "clock")

# A worker has done with a transaction in milliseconds, a web process in seconds: what one holds for longer, frozen, keeps
# everybody else from sending. The jobs of a clock may compute for a while in theirs.
_FROZEN_S = {"web": 15, "worker": 15}
_DRAIN = 10.0  # seconds from the signal to the end

_log = logs.get()
_Role = Callable[[runtime.Runtime, asyncio.Event], Coroutine[object, object, None]]
_RUNS: dict[str, _Role] = {"web": web.run, "worker": worker.run, "clock": clock.run}


async def serve(settings: Settings, role: str) -> None:
    """Run `role` until SIGTERM or SIGINT; `all` runs the three in this process.

    Raises SetupError (StaleSchema) before anything is served.
    """
    if role in ("all", "web"):
        playground.check_port(settings)
    server = (
        None if settings.redis_url else await asyncio.to_thread(embedded.open, settings.data_dir)
    )
    try:
        url = server.url if server is not None else settings.redis_url
        frozen_s = _FROZEN_S.get(role, database.FROZEN_S)
        async with runtime.opened(settings, url, frozen_s=frozen_s) as rt:
            await connection.check(rt.redis)
            await _run(rt, role, server)
    finally:
        if server is not None:
            await asyncio.to_thread(embedded.close, server)


async def _run(rt: runtime.Runtime, role: str, server: embedded.Server | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    names = list(_RUNS) if role == "all" else [role]
    helpers = [
        asyncio.create_task(rt.waker.listen(wake.WORK)),
        asyncio.create_task(abilities.watch(rt)),
    ]
    if server is not None:
        helpers.append(asyncio.create_task(embedded.watch(server)))
    running = {asyncio.create_task(_RUNS[name](rt, stop), name=name) for name in names}
    _log.info("serve.started", roles=names, port=rt.settings.port)
    try:
        # A role that ends by itself has failed: the others stop with it, and the supervisor starts anew.
        done, _ = await asyncio.wait({*running}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        _, left = await asyncio.wait(running, timeout=_DRAIN)
        for task in left:
            task.cancel()
        for task in done:
            task.result()
    finally:
        for task in helpers:
            task.cancel()
        await asyncio.gather(*helpers, return_exceptions=True)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
    _log.info("serve.stopped", roles=names)
