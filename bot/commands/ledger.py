"""`yihu ledger`: are the totals what the entries say? Figures in and out in the office's own tables."""

from __future__ import annotations

import asyncio
from pathlib import Path

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


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--campaign", help="its code; left out: the newest one where that person has her post"
)
@click.option("--by", required=True, help="the person_id of whoever answers for the figures")
@click.option("--check", is_flag=True, help="change nothing, say what would change")
def import_(file: Path, campaign: str | None, by: str, *, check: bool) -> None:
    """Import figures from an office's own table (.xlsx, .xls, .csv): all of it or nothing.

    One row for a unit, by code or name; headings as in config/headers.yaml. An empty cell says nothing, 0 is a
    zero. The same file again changes nothing.
    """
    asyncio.run(_import(file, campaign, by, check=check))


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", required=True, help="the code of the unit whose figures, and those below")
@click.option("--campaign", help="its code; left out: the newest one that runs there")
@click.option(
    "--indicator", "indicators", multiple=True, help="its code; several times; all if left out"
)
@click.option(
    "--period", help="at the end of a week (2026-W47) or a day (2026-11-20); left out: now"
)
@click.option("--blank", is_flag=True, help="without values, to be filled in")
def export(
    file: Path,
    unit: str,
    campaign: str | None,
    indicators: tuple[str, ...],
    period: str | None,
    *,
    blank: bool,
) -> None:
    """Export figures as a table (.xlsx, .csv) that `import` reads back."""
    asyncio.run(_export(file, unit, campaign, indicators, period=period, blank=blank))


async def _import(file: Path, campaign: str | None, by: str, *, check: bool) -> None:
    from bot.actions import transfer_ledger

    async with opening.opened() as rt:
        with opening.bar() as progress:
            done = await transfer_ledger.load(
                rt, file, campaign_code=campaign, by=by, check=check, progress=progress
            )
    changes = done.changes
    if check:
        for line in changes.lines:
            click.echo(line)
        hidden = changes.new + changes.changed - len(changes.lines)
        if hidden > 0:
            click.echo(f"and {hidden} more")
    said = f"{changes.new} new, {changes.changed} changed, {changes.same} the same"
    cells = f"{done.zero} zeros, {done.missing} empty, {done.not_expected} not asked for"
    sums = f"; {done.totals} rows of sums agree" if done.totals else ""
    end = "; nothing was changed" if check else ""
    click.echo(f"{file.name}: {'would be ' if check else ''}{said} ({cells}){sums}{end}")


async def _export(
    file: Path,
    unit: str,
    campaign: str | None,
    indicators: tuple[str, ...],
    *,
    period: str | None,
    blank: bool,
) -> None:
    from bot.actions import export_ledger

    async with opening.opened() as rt:
        asked = await export_ledger.ask(
            rt,
            unit_code=unit,
            campaign_code=campaign,
            indicator_codes=indicators,
            span=period,
            blank=blank,
        )
        with opening.bar() as progress:
            count = await export_ledger.save(rt, file, asked, progress=progress)
    click.echo(f"{file.name}: {count} units")


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
