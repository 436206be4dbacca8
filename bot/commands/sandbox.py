"""`yihu sandbox`: the WeChat platform to run against, a program of its own."""

from __future__ import annotations

import os
import sys

import click


@click.command(
    "sandbox",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Play WeChat on this machine; prints its address and its control address."""
    os.execv(sys.executable, [sys.executable, "-m", "bot.sandbox", *arguments])  # noqa: S606
