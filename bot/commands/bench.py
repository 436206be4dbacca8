"""`yihu bench`: measured comparisons."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.commands import opening


@click.group("bench")
def command() -> None:
    """Measure the program beside something bare, in one run on this machine."""


@command.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 50))
@click.option("--pushes", default=4000, show_default=True, type=click.IntRange(100, 100_000))
@click.option("--seconds", default=3.0, show_default=True, help="longest time of one load")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def webhook(rounds: int, pushes: int, seconds: float, file: Path | None) -> None:
    """Secure-mode events and chat reports: our front and a bare FastAPI + wechatpy echo in turns."""
    from bot.bench import webhook as bench

    with opening.bar() as progress:
        result = bench.measure(
            rounds=rounds, pushes_each=pushes, seconds=seconds, progress=progress
        )
    if file is not None:
        file.write_text(json.dumps(result.plain(), indent=1) + "\n", "utf-8")
    click.echo(result.table())


@command.command()
@click.option("--campaigns", default=200, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--seed", default=7, show_default=True)
def forecast(campaigns: int, seed: int) -> None:
    """Made-up campaigns of eight shapes: how often the forecast's 80 % interval held the real day."""
    from bot.bench import forecast as bench

    with opening.bar() as progress:
        result = bench.measure(campaigns=campaigns, seed=seed, progress=progress)
    click.echo(result.table())
