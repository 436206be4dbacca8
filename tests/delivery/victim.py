"""A worker as a process of its own, to be killed; its arguments are the settings and the address of Redis."""

from __future__ import annotations

import asyncio
import json
import signal
import sys

from bot import runtime
from bot.roles import worker
from config.settings import Settings


async def _work(settings: Settings, redis_url: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with runtime.opened(settings, redis_url) as rt:
        await worker.run(rt, stop)


def main() -> None:
    asyncio.run(_work(Settings.model_validate(json.loads(sys.argv[1])), sys.argv[2]))
