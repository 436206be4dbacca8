"""`yihu org import FILE`."""

from __future__ import annotations

import click

from bot.commands import importing


@click.group("org")
def command() -> None:
    """The federation's units."""


importing.add(command, "units", "Import units (CSV or .xlsx) and number the tree.")
