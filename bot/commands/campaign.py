"""`yihu campaign import FILE`."""

from __future__ import annotations

import click

from bot.commands import importing


@click.group("campaign")
def command() -> None:
    """Campaigns (专项工作)."""


importing.add(command, "campaign", "Import a campaign (YAML).")
