"""Where broadcasts are measured: a database full of people, a sink in the place of WeChat, a Redis, and our processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import errors
from bot.bench import servers
from bot.core import seal
from bot.core.changes import Progress
from bot.shared import embedded
from bot.store import crowd, database, schema, spare
from bot.store.crowd import Crowd
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """The database with its people, the settings of whoever works on it, and the address of the sink."""

    settings: Mapping[str, Any]
    redis_url: str
    sink: str

    def ours(self, way: str) -> dict[str, float]:
        """What one process of `bot.bench.sending` tells."""
        return told([self._command(way)])[0]

    def workers(self, way: str, count: int) -> list[dict[str, float]]:
        """Several at once."""
        return told([self._command(way)] * count)

    def _command(self, way: str) -> list[str]:
        order = {"settings": dict(self.settings), "redis_url": self.redis_url, "way": way}
        return [sys.executable, "-m", "bot.bench.sending", json.dumps(order)]

    def bare(self, way: str, count: int, window: int) -> dict[str, float]:
        """What one process of `bot.bench.bare_calls` tells."""
        given = [way, self.sink, str(count), str(window)]
        return told([[sys.executable, "-m", "bot.bench.bare_calls", *given]])[0]

    def counts(self) -> dict[str, int]:
        """What the sink has taken since it was last asked."""
        with urllib.request.urlopen(f"{self.sink}/counts") as answer:  # noqa: S310 - of our own sink
            found: dict[str, int] = json.load(answer)
            return found

    def all_once(self, people: int) -> None:
        """SetupError unless the sink has taken everybody once: the rate of a broadcast that loses or doubles is no figure."""
        taken = self.counts()
        if (taken["people"], taken["doubled"]) != (people, 0):
            raise errors.SetupError(f"the sink took {taken} of {people} people")

    def size(self) -> int:
        """Bytes of the vacuumed database."""
        return asyncio.run(_size(Settings.model_validate(self.settings)))


@contextlib.contextmanager
def opened(
    people: int, *, window: int, delay_ms: float, url: str, progress: Progress
) -> Iterator[Place]:
    """A place with so many people, for the length of a block; `url` is a PostgreSQL, empty for SQLite."""
    with tempfile.TemporaryDirectory(prefix="yihu-bench-") as made, _database(url) as own:
        room = Path(made)
        with _sink(room, delay_ms) as sink, _redis(room) as redis_url:
            settings = _settings(room, own, sink, window)
            asyncio.run(_fill(settings, people, progress))
            yield Place(settings, redis_url, sink)


def _settings(room: Path, url: str, sink: str, window: int) -> dict[str, Any]:
    settings = {
        "data_dir": str(room),
        "database_url": url,
        "secret_key": secrets.token_urlsafe(32),
        "quiet_hours": "off",
        "approval_threshold": 100_000_000,
        "window": window,
        "wechat_account": "service",
        "wechat_app_id": "wx" + secrets.token_hex(8),
        "wechat_app_secret": secrets.token_hex(16),
        "wechat_api_base": sink,
        "wecom_api_base": sink,
        "wechat_template_id": "template",
        "public_url": "https://yihu.example.cn",
        "test_clock": False,
    }
    environment = {f"YIHU_{name.upper()}": str(value) for name, value in settings.items()}
    servers.run(environment | {"YIHU_TEST_CLOCK": "0"}, "db", "upgrade")
    return settings


async def _fill(settings: Mapping[str, Any], people: int, progress: Progress) -> None:
    opened = Settings.model_validate(settings)
    sealer = seal.Sealer(opened.secret_keys)
    db = database.Database(opened.sql_url)
    try:
        async with db.write() as c:
            one = Crowd(people, sealer.seal, lambda key: sealer.digest("openid", key))
            await crowd.fill(c, one, progress)
    finally:
        await db.close()


async def _size(settings: Settings) -> int:
    db = database.Database(settings.sql_url)
    try:
        return await schema.size(db)
    finally:
        await db.close()


def told(commands: list[list[str]]) -> list[dict[str, float]]:
    """What these processes, running at once, print as their last line; SetupError when one fails."""
    running = [
        subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for one in commands
    ]
    found = []
    for one in running:
        out, wrong = one.communicate()
        if one.returncode:
            last = (wrong.decode(errors="replace").strip().splitlines() or [""])[-1]
            raise errors.SetupError(f"a part of the comparison failed: {last}")
        found.append(json.loads(out.splitlines()[-1]))
    return found


@contextlib.contextmanager
def _sink(room: Path, delay_ms: float) -> Iterator[str]:
    port = servers.free_port()
    command = [sys.executable, "-m", "bot.bench.sink", str(port), str(delay_ms)]
    with servers.serving(command, os.environ, port, room / "sink.log"):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def _redis(room: Path) -> Iterator[str]:
    server = embedded.open(room)
    try:
        yield server.url
    finally:
        embedded.close(server)


@contextlib.contextmanager
def _database(url: str) -> Iterator[str]:
    """A database of our own on the server of `url`; empty for a SQLite file."""
    if not url:
        yield ""
        return
    name = f"yihu_bench_{secrets.token_hex(6)}"
    try:
        asyncio.run(_administer(url, name, spare.create))
        yield spare.address(url, name)
    finally:
        asyncio.run(_administer(url, name, spare.drop))


async def _administer(url: str, name: str, deed: Any) -> None:
    db = database.Database(Settings(database_url=url).sql_url)
    try:
        async with db.read() as c:
            await deed(c, name)
    finally:
        await db.close()
