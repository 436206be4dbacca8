"""Servers of a measurement, each a process of its own, with the CPU time it has used; and databases of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

from bot import errors
from bot.store import database as databases
from bot.store import spare
from config.settings import Settings

_STARTS_WITHIN = 60.0
_YIHU = [sys.executable, "-c", "from bot.cli import main; main()"]


class Served:
    """One running server: where it listens and what it costs."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.port = port

    def cpu_seconds(self) -> float:
        """User and system time of the process so far, from /proc (its children not counted)."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        """What of its memory is in use now, from /proc."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(environment: Mapping[str, str], *arguments: str) -> None:
    """One `yihu` command; SetupError with its last line when it fails."""
    done = subprocess.run(
        [*_YIHU, *arguments], env={**os.environ, **environment}, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [""]
        raise errors.SetupError(f"yihu {arguments[0]} failed: {said[-1]}")


@contextlib.contextmanager
def ours(environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """Our front: `yihu serve --role web`."""
    port = free_port()
    command = [*_YIHU, "serve", "--role", "web"]
    with serving(command, {**environment, "YIHU_PORT": str(port)}, port, log) as served:
        yield served


@contextlib.contextmanager
def echo(token: str, aes_key: str, app_id: str, log: Path) -> Iterator[Served]:
    """The bare echo."""
    port = free_port()
    given = {"port": str(port), "token": token, "aes-key": aes_key, "app-id": app_id}
    words = [f"--{name}={value}" for name, value in given.items()]
    with serving([sys.executable, "-m", "bot.bench.echo", *words], {}, port, log) as served:
        yield served


@contextlib.contextmanager
def serving(
    command: list[str], environment: Mapping[str, str], port: int, log: Path
) -> Iterator[Served]:
    """A server of this command, once it listens on its port; ended with the block."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=file, stderr=file
        )
    try:
        _wait(process, port, log)
        yield Served(process, port)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    ends = time.monotonic() + _STARTS_WITHIN
    while process.poll() is None and time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    last = log.read_text("utf-8", "replace").strip().splitlines()[-1:] or [""]
    raise errors.SetupError(f"a server of the comparison did not start: {last[0]}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def database(url: str) -> Iterator[str]:
    """The address of an empty database of our own on the PostgreSQL of `url`, dropped afterwards; '' for SQLite."""
    if not url:
        yield ""
        return
    name = f"yihu_bench_{secrets.token_hex(6)}"
    try:
        asyncio.run(_administer(url, name, spare.create))
        yield spare.address(url, name)
    finally:
        asyncio.run(_administer(url, name, spare.drop))


async def _administer(
    url: str, name: str, deed: Callable[[databases.Connection, str], Awaitable[None]]
) -> None:
    db = databases.Database(Settings(database_url=url).sql_url)
    try:
        async with db.read() as c:
            await deed(c, name)
    finally:
        await db.close()
