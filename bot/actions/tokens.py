"""Lets broadcasts that were paused for want of an access token go on when the platform takes one again."""

from __future__ import annotations

import structlog

from bot import errors
from bot.channels import account
from bot.core.outcome import Kind
from bot.runtime import Runtime
from bot.store import broadcasts

EVERY_S = 30.0

_log = structlog.get_logger()


async def look(rt: Runtime) -> None:
    """Ask the platform anything if such a broadcast waits; once it answers they are due now."""
    async with rt.read() as c:
        waiting = await broadcasts.paused_for(c, Kind.TOKEN)
    if not waiting or not await _accepted(rt):
        return
    async with rt.write() as c:
        for broadcast in await broadcasts.paused_for(c, Kind.TOKEN):
            await broadcasts.hold(c, broadcast, rt.now_ms())
            _log.info("broadcast.token_works", n=broadcast.id)


async def _accepted(rt: Runtime) -> bool:
    try:
        await account.callback_ips(rt.channels.mp)
    except errors.YihuError:
        return False
    return True
