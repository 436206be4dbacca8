"""`yihu ledger verify`: are the totals what the entries say?"""

from __future__ import annotations

import asyncio

import click

from bot.commands import opening

_SHOWN = 20


@click.group("ledger")
def command() -> None:
    """The ledger of what was reported."""


@command.command("verify")
def verify() -> None:
    """Recompute every total from the entries and compare."""
    asyncio.run(_verify())


async def _verify() -> None:
    from bot import errors
    from bot.store import recount, units

    async with opening.opened() as rt, rt.write() as c:
        wrong = await recount.differences(c, limit=_SHOWN)
        where = await units.many(c, (one.unit_id for one in wrong))
    for one in wrong:
        day = f" day {one.day}" if one.day is not None else ""
        click.echo(f"unit {where[one.unit_id].code} indicator {one.indicator_id}{day}: {one.off}")
    if wrong:
        more = f"at least {_SHOWN}" if len(wrong) == _SHOWN else str(len(wrong))
        raise errors.Conflict(f"{more} totals differ from the entries; they are listed above")
    click.echo("all totals agree with the entries")
