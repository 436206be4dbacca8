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


@command.command()
@click.option(
    "--units",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="units to import, .csv or .csv.gz; Nanping's without it",
)
@click.option(
    "--entries",
    type=click.IntRange(1000, 20_000_000),
    help="made-up reports in the ledger  [default: 2000000, 20000 without --units]",
)
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 50))
@click.option(
    "--database-url",
    default="",
    metavar="URL",
    help="a PostgreSQL where two databases may be made and dropped; a temporary SQLite without it",
)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def ledger(
    units: Path | None, entries: int | None, rounds: int, database_url: str, file: Path | None
) -> None:
    """A whole country: import, reports, progress, weekly analyses, charts, verify; and a bare ledger beside it."""
    from bot.bench import ledger as bench

    count = entries or (2_000_000 if units else 20_000)
    with opening.bar() as progress:
        result = bench.measure(bench.Order(units, count, rounds, database_url), progress)
    if file is not None:
        file.write_text(json.dumps(result.plain(), indent=1) + "\n", "utf-8")
    click.echo(result.table())


@command.command()
@click.option("--people", default=20_000, show_default=True, type=click.IntRange(500, 10_000_000))
@click.option(
    "--channel",
    default="template",
    show_default=True,
    type=click.Choice(["template", "mass"]),
    help="mass: by openid list, from approval to the last call",
)
@click.option("--delay", default=20.0, show_default=True, help="ms until the sink answers")
@click.option("--window", default=128, show_default=True, type=click.IntRange(1, 1000))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 16))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 50))
@click.option("--instant", is_flag=True, help="no network: the ledger alone, memory and bytes")
@click.option(
    "--database-url",
    default="",
    metavar="URL",
    help="a PostgreSQL where a database may be made and dropped; a temporary SQLite without it",
)
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def broadcast(  # noqa: PLR0917 - click gives them by name
    people: int,
    channel: str,
    delay: float,
    window: int,
    workers: int,
    rounds: int,
    instant: bool,  # noqa: FBT001 - click's
    database_url: str,
    file: Path | None,
) -> None:
    """One notice to so many people: our engine, a bare aiohttp loop and wechatpy's client in turns."""
    from bot.bench import broadcast as bench

    order = bench.Order(people, channel, window, workers, delay, rounds, instant, database_url)
    with opening.bar() as progress:
        result = bench.measure(order, progress)
    if file is not None:
        file.write_text(json.dumps(result.plain(), indent=1) + "\n", "utf-8")
    click.echo(result.table())


@command.command()
@click.option(
    "--people", default=1_000_000, show_default=True, type=click.IntRange(1000, 10_000_000)
)
def receipts(people: int) -> None:
    """Who was reached and who has signed, of so many people: for one unit, and for all children of a unit."""
    from bot.bench import receipts as bench

    with opening.bar() as progress:
        lines = bench.measure(people, progress)
    click.echo("\n".join(line.text() for line in lines))


@command.command()
@click.option("--groups", default=900_000, show_default=True, type=click.IntRange(1000, 5_000_000))
@click.option("--opens", default=30_000, show_default=True, type=click.IntRange(1000, 1_000_000))
@click.option(
    "--database-url",
    default="",
    metavar="URL",
    help="a PostgreSQL where a database may be made and dropped; a temporary SQLite without it",
)
def groups(groups: int, opens: int, database_url: str) -> None:
    """A notice to every group of a country of half a million units: plan, chain of any unit, picture, page."""
    from bot.bench import groups as bench

    with opening.bar() as progress:
        lines = bench.measure(groups, opens, database_url, progress)
    click.echo("\n".join(line.text() for line in lines))
