"""`yihu groups import|export|check`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.commands import importing, opening


@click.group("groups")
def command() -> None:
    """WeChat groups."""


importing.add(command, "groups", "Import WeChat groups (CSV or .xlsx).")


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", help="the code of the unit whose groups, and those below; left out: all")
def export(file: Path, unit: str | None) -> None:
    """Write the register as a table (.xlsx, .csv) that `import` reads back; robots' keys are never in it."""
    asyncio.run(_export(file, unit))


@command.command("check")
def check() -> None:
    """Say what somebody should look at: owners who left, unused groups, groups that are there twice."""
    asyncio.run(_check())


async def _export(file: Path, unit: str | None) -> None:
    from bot.actions import register

    async with opening.opened() as rt:
        with opening.bar() as progress:
            count = await register.save(rt, file, unit, progress=progress)
    click.echo(f"{file.name}: {count} groups")


async def _check() -> None:
    from bot.actions import register

    async with opening.opened() as rt:
        found = await register.problems(rt)
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} to look at" if found else "all groups are in order")
