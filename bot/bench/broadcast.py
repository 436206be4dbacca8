"""`yihu bench broadcast`: what our engine sends beside a bare aiohttp loop and wechatpy's own client.

All call the same sink, a process of its own, in turns, so that what else the machine does hits all alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot import errors
from bot.bench import servers
from bot.bench.figures import Line
from bot.core import seal
from bot.core.changes import Progress
from bot.shared import embedded
from bot.store import crowd, database, schema
from bot.store.crowd import Crowd
from config.settings import Settings

_BLOCKING: Final = 300  # calls of wechatpy's loop in a round: it is slow
_THREADS: Final = (16, 64)


@dataclass(frozen=True, slots=True)
class Order:
    """What to measure: `instant` leaves out the network; `url` is a PostgreSQL, empty for SQLite."""

    people: int = 10_000
    window: int = 128
    workers: int = 1
    delay_ms: float = 20.0
    rounds: int = 3
    instant: bool = False
    url: str = ""


@dataclass(slots=True)
class Result:
    """Recipients per second of each way by round, and lines of other figures."""

    on: str
    rates: dict[str, list[float]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def median(self, way: str) -> float:
        """The middle one of its rounds."""
        return statistics.median(self.rates[way])

    def ratio(self, way: str) -> float:
        """Ours as a multiple of it: the middle one of the rounds' ratios."""
        pairs = zip(self.rates["ours"], self.rates[way], strict=True)
        return statistics.median(ours / other for ours, other in pairs)

    def table(self) -> str:
        """For people."""
        lines = [self.on]
        for way in self.rates:
            beside = "" if way == "ours" else f"   ours is {self.ratio(way):.2f} x"
            lines.append(f"{way:<24}{self.median(way):>10,.0f} /s{beside}")
        return "\n".join([*lines, *(line.text() for line in self.lines)])

    def plain(self) -> dict[str, object]:
        """For programs."""
        lines = {line.name: dict(line.figures) for line in self.lines}
        return {"on": self.on, "rates": self.rates, "lines": lines}


@dataclass(frozen=True, slots=True)
class _Place:
    """The database with its people, and the settings of whoever works on it."""

    settings: Mapping[str, Any]
    redis_url: str

    def ours(self, way: str) -> dict[str, float]:
        """One process of `bot.bench.sending`."""
        return _told([self._command(way)])[0]

    def workers(self, way: str, count: int) -> list[dict[str, float]]:
        """Several at once."""
        return _told([self._command(way)] * count)

    def _command(self, way: str) -> list[str]:
        order = {"settings": dict(self.settings), "redis_url": self.redis_url, "way": way}
        return [sys.executable, "-m", "bot.bench.sending", json.dumps(order)]


def measure(order: Order, progress: Progress) -> Result:
    """Fill a database, then alternate. SetupError when a part of it fails."""
    with (
        tempfile.TemporaryDirectory(prefix="yihu-bench-") as made,
        servers.database(order.url) as url,
    ):
        room = Path(made)
        delay = 0 if order.instant else order.delay_ms
        with _sink(room, delay) as sink, _redis(room) as redis_url:
            settings = _settings(room, url, sink, order.window)
            asyncio.run(_fill(settings, order.people, progress))
            place = _Place(settings, redis_url)
            if order.instant:
                return _ledger(place, order, progress)
            return _sending(place, order, sink, progress)


def _sending(place: _Place, order: Order, sink: str, progress: Progress) -> Result:
    head = f"{order.people:,} people, sink of {order.delay_ms:g} ms, W={order.window}, {order.workers} worker(s)"
    result = Result(head)
    peaks = []
    for each in range(order.rounds):
        progress("rounds", each, order.rounds)
        _counts(sink)
        place.ours("submit")
        done = place.workers("http", order.workers)
        _all_once(_counts(sink), order.people)
        peaks += [one["peak_mb"] for one in done]
        _note(result, "ours", order.people, max(one["seconds"] for one in done))
        took = _bare("aiohttp", sink, order.people, order.window)
        _note(result, "aiohttp, no ledger", order.people, took)
        count = min(_BLOCKING, order.people)
        _note(result, "wechatpy in a loop", count, _bare("threads", sink, count, 1))
        for threads in _THREADS:
            count = min(order.people, _BLOCKING * 10)
            took = _bare("threads", sink, count, threads)
            _note(result, f"wechatpy, {threads} threads", count, took)
    result.lines.append(Line("worker", {"peak_mb": max(peaks)}, {"peak_mb": 150}))
    return result


def _ledger(place: _Place, order: Order, progress: Progress) -> Result:
    result = Result(f"{order.people:,} people, no network, W={order.window}")
    settings = Settings.model_validate(place.settings)
    empty = asyncio.run(_size(settings))
    submits: list[float] = []
    peaks: dict[str, float] = {}
    for each in range(order.rounds):
        for way, name in (("ledger", "ours"), ("instant", "with addresses, letters")):
            progress(name, each, order.rounds)
            froze = place.ours("submit")
            submits.append(froze["seconds"])
            peaks["submit"] = max(froze["peak_mb"], peaks.get("submit", 0))
            done = place.workers(way, order.workers)
            peaks[way] = max([peaks.get(way, 0), *(one["peak_mb"] for one in done)])
            _note(result, name, order.people, max(one["seconds"] for one in done))
    bytes_each = (asyncio.run(_size(settings)) - empty) / (2 * order.rounds * order.people)
    result.lines += [
        Line("frozen and cut", {"seconds": statistics.median(submits)}, {"seconds": 3}),
        Line("peak memory (MB)", peaks, {"ledger": 150, "instant": 150}),
        Line("database", {"bytes_per_recipient": bytes_each}, {"bytes_per_recipient": 20}),
    ]
    return result


def _note(result: Result, way: str, count: int, seconds: float) -> None:
    result.rates.setdefault(way, []).append(count / seconds)


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


def _bare(way: str, sink: str, count: int, window: int) -> float:
    command = [sys.executable, "-m", "bot.bench.bare_calls", way, sink, str(count), str(window)]
    return _told([command])[0]["seconds"]


def _told(commands: list[list[str]]) -> list[dict[str, float]]:
    """What these processes, running at once, print as their last line; SetupError when one fails."""
    running = [
        subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for one in commands
    ]
    told = []
    for one in running:
        out, wrong = one.communicate()
        if one.returncode:
            last = (wrong.decode(errors="replace").strip().splitlines() or [""])[-1]
            raise errors.SetupError(f"a part of the comparison failed: {last}")
        told.append(json.loads(out.splitlines()[-1]))
    return told


def _counts(sink: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{sink}/counts") as answer:  # noqa: S310 - of our own sink
        told: dict[str, int] = json.load(answer)
        return told


def _all_once(told: Mapping[str, int], people: int) -> None:
    """A rate of a broadcast that loses or doubles is no figure."""
    if told != {"calls": people, "doubled": 0}:
        raise errors.SetupError(f"the sink took {told} of {people} people")


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
