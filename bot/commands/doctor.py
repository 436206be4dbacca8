"""`yihu doctor`: what works, what does not, and what to do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.core.finding import Finding


@click.command("doctor")
def command() -> None:
    """Look at this machine and ask the platform what the account may do."""
    from bot import errors
    from bot.core.finding import Verdict

    found = asyncio.run(_examined())
    for one in found:
        click.echo(f"{one.verdict:<8} {one.area:<14} {one.says}")
        if one.mend:
            click.echo(f"{'':<8} {'':<14} → {one.mend}")
    faults = list(dict.fromkeys(one.area for one in found if one.verdict is Verdict.BROKEN))
    if faults:
        raise errors.SetupError(f"broken: {', '.join(faults)}; do what stands after each arrow")
    click.echo("nothing is broken")


async def _examined() -> list[Finding]:
    from bot import runtime
    from bot.actions import doctor
    from bot.shared import embedded
    from config import settings

    loaded = settings.load()
    server = None if loaded.redis_url else await asyncio.to_thread(embedded.open, loaded.data_dir)
    try:
        rt = runtime.Runtime(loaded, server.url if server else loaded.redis_url)
        try:
            return await doctor.examine(rt)
        finally:
            await rt.close()
    finally:
        if server is not None:
            await asyncio.to_thread(embedded.close, server)
