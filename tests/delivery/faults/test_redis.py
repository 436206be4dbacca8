"""Redis killed, emptied and hung in the middle of a notice (fault tests 9 and 10)."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from bot.core.pace import Rate
from bot.shared import embedded
from tests.delivery.faults.conftest import Scene, sizes
from tests.delivery.faults.web import Web
from tests.delivery.land import openid


@dataclass(frozen=True)
class Size:
    people: int
    workers: int
    rate: Rate
    away_s: float


@dataclass
class Own:
    """A Redis of the test's own, which it may kill, empty and freeze."""

    room: Path
    servers: list[embedded.Server]

    @property
    def pid(self) -> int:
        return self.servers[-1].pid

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def start_empty(self) -> None:
        shutil.rmtree(self.room / "redis" / "appendonlydir")
        self.servers.append(embedded.open(self.room))

    def flush(self) -> None:
        with redis.Redis.from_url(self.servers[-1].url) as client:
            client.flushall()
            client.script_flush()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Own]:
    found = Own(tmp_path, [embedded.open(tmp_path)])
    yield found
    for server in reversed(found.servers):
        embedded.close(server)


@pytest.fixture
def redis_url(own: Own) -> str:
    return own.servers[0].url


@sizes(Size(150, 3, Rate(20.0, 4), 2.5), Size(6000, 5, Rate(120.0, 12), 15.0), on="postgresql")
async def test_redis_killed_restarted_empty_and_emptied_keeps_the_pace_and_loses_nothing(
    scene: Scene, size: Size, own: Own
) -> None:
    await scene.settle(size.people)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [size.rate.per_s, size.rate.burst]
    scene.platform.control("quota", endpoint="template/send", limit=size.people * 20 // 19 + 1)
    names = [f"worker-{at}" for at in range(size.workers)]
    scene.crew.start(*names)
    sent = await scene.send()
    watch = scene.watch(sent)
    await scene.taken(size.people * 3 // 10)
    own.kill()
    before = scene.accepted()
    await asyncio.sleep(size.away_s)
    assert scene.accepted() > before, "it goes on without Redis"
    await watch.look()
    own.start_empty()
    await scene.taken(size.people * 6 // 10)
    own.flush()
    await scene.done(sent)
    await watch.look()
    # When the common pace is lost, each process begins with a burst of its own.
    slack = size.workers * size.rate.burst
    found = await scene.hold(sent, rate=size.rate, slack=slack)
    assert found.copies.total() == size.people
    used = scene.platform.see("quota")["used"]["/cgi-bin/message/template/send"]
    assert used == len(found.calls)


@sizes(Size(400, 1, Rate(60.0, 6), 3.5), Size(20_000, 4, Rate(60.0, 6), 300.0), on="sqlite")
async def test_while_redis_hangs_it_sends_at_half_the_pace_or_more_and_everybody_is_answered(
    scene: Scene, size: Size, own: Own
) -> None:
    await scene.settle(size.people)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [size.rate.per_s, size.rate.burst]
    web = await Web.opened(scene, "web")
    scene.crew.start(*(f"worker-{at}" for at in range(size.workers)))
    sent = await scene.send()
    await scene.taken(10)
    told: list[float] = []
    said: list[float] = []
    before_s = [await _asked(web, sent.id) for _ in range(20)]
    os.kill(own.pid, signal.SIGSTOP)
    try:
        pages = [await web.page("/readyz"), await web.page("/h5/join/K7M2QX")]
        assert [status for status, _ in pages] == [503, 404]
        assert max(took for _, took in pages) <= 2.5, pages
        before, began = scene.accepted(), time.monotonic()
        while time.monotonic() < began + size.away_s:
            told.append(await _asked(web, sent.id))
            at = time.monotonic()
            answer = await web.say(openid("s-deputy"), f"{sent.id}号通知")
            said.append(time.monotonic() - at)
            assert answer["status"] == 200
            await asyncio.sleep(0.2)
        passed, took = scene.accepted() - before, time.monotonic() - began
    finally:
        os.kill(own.pid, signal.SIGCONT)
    assert passed >= took * size.rate.per_s / 2, f"{passed} in {took:.1f} s"
    assert scene.accepted() < size.people, "in the middle"
    scene.tell(
        f"{passed} in {took:.1f} s, API {_p95(told):.2f} s (p95; {_p95(before_s):.2f} before), chat {max(said):.2f} s at most"
    )
    assert _p95(told) <= 1.0, told
    assert max(said) <= 4.5
    await scene.done(sent, 200)
    await scene.reported(sent)
    await scene.hold(sent, rate=size.rate, slack=size.workers * size.rate.burst)


async def _asked(web: Web, n: int) -> float:
    """How many seconds the sum of a notice takes."""
    at = time.monotonic()
    status, _ = await web.get(f"/broadcasts/{n}")
    assert status == 200
    return time.monotonic() - at


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
