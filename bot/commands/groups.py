"""`yihu groups import FILE`."""

from __future__ import annotations

import click

from bot.commands import importing


@click.group("groups")
def command() -> None:
    """WeChat groups."""


importing.add(command, "groups", "Import WeChat groups (CSV or .xlsx).")
