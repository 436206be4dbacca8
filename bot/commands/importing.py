"""The `import` command that units, people, groups and campaigns share."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.commands import opening


def add(group: click.Group, kind: str, help_text: str) -> None:
    """Give `group` an import command for files of `kind`."""

    @group.command("import", help=help_text)
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--check", is_flag=True, help="change nothing, say what would change")
    @click.option("--prune", is_flag=True, help="end what the file lacks inside the units it names")
    def command(file: Path, *, check: bool, prune: bool) -> None:
        asyncio.run(_load(kind, file, check=check, prune=prune))


async def _load(kind: str, file: Path, *, check: bool, prune: bool) -> None:
    from bot.actions import transfer

    async with opening.opened() as rt:
        with opening.bar() as progress:
            changes = await transfer.load(
                rt, kind, file, check=check, prune=prune, ask=True, progress=progress
            )
    for note in changes.notes:
        click.echo(f"{file.name}: {note}")
    if check:
        for line in changes.lines:
            click.echo(line)
        hidden = changes.new + changes.changed + changes.ended - len(changes.lines)
        if hidden:
            click.echo(f"and {hidden} more")
        click.echo(f"{file.name}: would be {changes.sentence()}; nothing was changed")
    else:
        click.echo(f"{file.name}: {changes.sentence()}")
