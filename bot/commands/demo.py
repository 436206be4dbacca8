"""`yihu demo`: the whole loop on this machine, without an account."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="port to open (default 8000)"
)
@click.option(
    "--data-dir", type=click.Path(path_type=Path), default=None, help="where everything is kept"
)
@click.option("--reset", is_flag=True, help="forget what an earlier demo left here and start anew")
@click.option("--phone", is_flag=True, help="let phones in this network open the page, with a key")
def command(port: int | None, data_dir: Path | None, *, reset: bool, phone: bool) -> None:
    """Start a WeChat sandbox, the program on it, and the federation of Nanping."""
    from bot.roles import playground
    from config import logs, settings

    given: dict[str, object] = {"port": port, "data_dir": data_dir}
    loaded = settings.load(**{name: value for name, value in given.items() if value is not None})
    # What is logged goes beside the data: the terminal is for what she is to do next.
    with (loaded.data_dir / "demo.log").open("a", encoding="utf-8") as log:
        logs.setup(loaded, "demo", stream=log)
        with playground.opened(loaded, reset=reset, phone=phone) as (prepared, sandbox):
            from bot.roles import demo

            demo.run(prepared, sandbox)
