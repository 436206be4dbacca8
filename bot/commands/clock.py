"""`yihu clock`: the test clock, for rehearsals and tests only."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.commands import opening

if TYPE_CHECKING:
    from config.settings import Settings


@click.command("clock")
@click.option("--set", "moment", metavar="ISO8601", help="let it be that time now")
@click.option("--offset", type=float, metavar="SECONDS", help="let it be so much later than it is")
def command(moment: str | None, offset: float | None) -> None:
    """Show or move the program's clock; only with YIHU_TEST_CLOCK=1."""
    if moment is not None and offset is not None:
        raise click.UsageError("give --set or --offset, not both")
    click.echo(asyncio.run(_clock(moment, offset)))


async def _clock(moment: str | None, offset: float | None) -> str:
    from bot import errors
    from bot.core import period
    from bot.store import metas

    async with opening.opened() as rt:
        if not rt.settings.test_clock:
            raise errors.SetupError("the clock can be moved only with YIHU_TEST_CLOCK=1")
        if moment is not None:
            real = period.ms(datetime.now(UTC))
            offset = (period.ms(_moment(moment, rt.settings)) - real) / 1000
        if offset is not None:
            async with rt.write() as c:
                await metas.put(c, "clock_offset_ms", str(round(offset * 1000)))
            await rt.refresh_clock()
        ahead = (rt.now() - datetime.now(UTC)).total_seconds()
        return f"{rt.now().astimezone(rt.settings.zone).isoformat(timespec='seconds')} ({ahead:+.0f} s)"


def _moment(text: str, settings: Settings) -> datetime:
    from bot import errors

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise errors.BadInput(
            f"--set {text!r} is not a time; write one like 2026-11-26T19:07"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)
