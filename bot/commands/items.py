"""`yihu items import FILE`."""

from __future__ import annotations

import click

from bot.commands import importing


@click.group("items")
def command() -> None:
    """Tasks, documents to hand in, special statistics."""


importing.add(command, "items", "Import items (CSV or .xlsx): what is asked of which units.")
