"""The demo: the program on a sandbox platform, with the federation of Nanping in it."""

from __future__ import annotations

import asyncio
import shlex
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bot import errors, runtime
from bot.actions import transfer
from bot.core import period
from bot.roles import federation, scenery, serve
from bot.roles.playground import Sandbox
from bot.shared import embedded
from bot.store import database, metas, upgrades
from config.settings import Settings

_OPENS, _CLOSES = 10, 17  # hours of the demo's day


def run(settings: Settings, sandbox: Sandbox) -> None:
    """Start everything, say what to open, serve until Ctrl-C."""
    server = embedded.open(settings.data_dir)
    try:
        asyncio.run(_demo(settings, server.url, sandbox))
    finally:
        embedded.close(server)


async def _demo(settings: Settings, redis_url: str, sandbox: Sandbox) -> None:
    """The program on the sandbox, its federation imported at the first start."""
    try:
        await asyncio.to_thread(upgrades.upgrade_now, settings.sql_url)
    except database.Unavailable as error:
        raise errors.SetupError(database.trouble(error)) from error
    await asyncio.to_thread(sandbox.wait)
    async with runtime.opened(settings, redis_url) as rt:
        await _set_clock(rt, sandbox)
        rooms = settings.data_dir / "federation"
        if not rooms.exists():
            today = rt.calendar.day(rt.now())
            part = Path(tempfile.mkdtemp(dir=settings.data_dir, prefix=".federation-"))
            files = federation.write(part, today)
            for kind, path in files:
                await transfer.load(rt, kind, path)
            await scenery.hand_out(rt, sandbox, today)
            await asyncio.to_thread(part.rename, rooms)
        await asyncio.to_thread(scenery.tell, rooms, sandbox)
        served = asyncio.create_task(serve.serve(settings, "all"))
        await _ready(settings, served)
        url = f"http://{settings.host}:{settings.port}/"
        ready = rt.words.say("demo.ready", url=url, sandbox=sandbox.url, again=_again())
        sys.stdout.write(ready + "\n")
        if sandbox.guests:
            sys.stdout.write(rt.words.say("demo.phone", url=sandbox.guests) + "\n")
        sys.stdout.flush()
        following = asyncio.create_task(_follow_clock(rt, sandbox))
        try:
            await served
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


def _again() -> str:
    """How this demo is begun anew: the command as it was called, which need not be on the PATH, its options included."""
    called = [word for word in sys.argv if word != "--reset"]
    return shlex.join([*called, "--reset"])


async def _ready(settings: Settings, served: asyncio.Task[None]) -> None:
    """Wait until the port answers, or until serving has failed."""
    while not served.done():
        try:
            _, writer = await asyncio.open_connection(settings.host, settings.port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    served.result()


async def _set_clock(rt: runtime.Runtime, sandbox: Sandbox) -> None:
    """Start on a workday at 10:00: a newcomer at midnight must not meet quiet hours.

    A later start never goes back; it goes on where the clock stands if offices work then.
    """
    now = rt.now()
    local = now.astimezone(rt.settings.zone)
    async with rt.write() as c:
        offset = await metas.get(c, "clock_offset_ms")
        at_work = rt.calendar.is_workday(local.date()) and _OPENS <= local.hour < _CLOSES
        if offset is None or not at_work:
            later = offset is not None and local.hour >= _OPENS
            day = local.date() + timedelta(days=1) if later else local.date()
            start = rt.calendar.moment(rt.calendar.next_workday(day), _OPENS)
            offset = str(int(offset or 0) + period.ms(start) - period.ms(now))
            await metas.put(c, "clock_offset_ms", offset)
    await rt.refresh_clock()
    await asyncio.to_thread(sandbox.control, "clock", {"offset_ms": int(offset)})


async def _follow_clock(rt: runtime.Runtime, sandbox: Sandbox) -> None:
    """Whoever moves the time at the page moves ours: the platform's clock and the program's stay one."""
    known = await asyncio.to_thread(sandbox.offset_ms, None)
    while True:
        try:
            moved = await asyncio.to_thread(sandbox.offset_ms, known)
            if moved != known:
                async with rt.write() as c:
                    await metas.put(c, "clock_offset_ms", str(moved))
                known = moved
        except (OSError, *database.Unavailable):
            await asyncio.sleep(1)  # the sandbox or the database is away for a moment
