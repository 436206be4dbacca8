"""`yihu serve`: the program itself."""

from __future__ import annotations

import click


@click.command("serve")
@click.option(
    "--role",
    type=click.Choice(["all", "web", "worker", "clock"]),
    default="all",
    help="what this process does; `all` does everything",
)
def command(role: str) -> None:
    """Run the webhook, the worker and the clock until SIGTERM."""
    from bot.roles import loop, serve
    from config import logs, settings

    loaded = settings.load()
    logs.setup(loaded, role)
    loop.run(serve.serve(loaded, role))
