"""A scene for each fault: a land, a platform, and processes of the program; dice whose seed is told."""

from __future__ import annotations

import asyncio
import os
import random
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.core.plan import BATCH, Broadcast
from bot.core.receipt import IN_DOUBT
from bot.runtime import Runtime
from bot.store import database, metas, tables
from tests.delivery import land as lands
from tests.delivery.faults.crew import Crew, Nursery
from tests.delivery.faults.invariants import Found, Watch, Wish, calls_of, hold
from tests.delivery.land import Land
from tests.sandbox.platform import Platform

RESUMES_S = 90.0  # I7: how soon it goes on after a fault is over, by itself


@dataclass
class Scene:
    rt: Runtime
    platform: Platform
    crew: Crew
    dice: random.Random
    patch: pytest.MonkeyPatch
    land: Land = field(init=False)
    sent: int = 0
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)  # at its end

    async def settle(self, people: int) -> None:
        """A city of so many people, all registered; a notice to them is cut small enough for every worker to get some."""
        self.patch.setattr("bot.core.audience.BATCH", min(BATCH, max(8, people // 24)))
        alone = {"approval_threshold": 1_000_000}  # nobody else has to agree
        object.__setattr__(self.rt, "settings", self.rt.settings.model_copy(update=alone))
        self.land = await lands.settle(self.rt, self.platform, villages=people - 3, unregistered=0)

    async def send(self, **changes: Any) -> Broadcast:
        """A notice with a title of its own."""
        self.sent += 1
        return await self.land.send(**{"title": f"第{self.sent}次演练通知"} | changes)

    async def hold(self, sent: Broadcast, **wish: Any) -> Found:
        return await hold(self.land, sent, Wish(**wish))

    async def reported(self, sent: Broadcast) -> None:
        """I8: wait until every report the platform pushed to a web has had its effect."""

        async def all_in() -> bool:
            return (await self.land.tally(sent.id)).people.accepted == 0

        await self.until(all_in)
        told = self.platform.control("settle", timeout_ms=10_000)
        assert told == {"pushes": 0, "outcomes": 0}

    def watch(self, sent: Broadcast) -> Watch:
        return Watch(self.land, sent.id)

    async def until(self, what: Callable[[], Awaitable[bool]], seconds: float = RESUMES_S) -> float:
        """Wait for it; how many seconds that took."""
        began = time.monotonic()
        while not await _holds(what):
            self.crew.all_alive()
            logs = "\n".join(self.crew.log(name) for name in self.crew.pids)
            assert time.monotonic() - began < seconds, f"not within {seconds} s\n{logs}"
            await asyncio.sleep(0.1)
        return time.monotonic() - began

    async def reached(self, sent: Broadcast, n: int, seconds: float = RESUMES_S) -> float:
        """Wait until the program knows of `n` people that they have it."""

        async def so_many() -> bool:
            people = (await self.land.tally(sent.id)).people
            return people.accepted + people.delivered >= n

        return await self.until(so_many, seconds)

    async def taken(
        self, n: int, endpoint: str = "template/send", seconds: float = RESUMES_S
    ) -> float:
        """Wait until the platform has taken `n` calls."""

        async def so_many() -> bool:
            return self.accepted(endpoint) >= n

        return await self.until(so_many, seconds)

    async def at(self, moment: datetime) -> None:
        """Move both clocks, this process's and the platform's; the program's own processes need YIHU_TEST_CLOCK."""
        offset_ms = (moment - datetime.now(UTC)) // timedelta(milliseconds=1)
        async with self.rt.write() as c:
            await metas.put(c, "clock_offset_ms", str(offset_ms))
        moved = self.rt.settings.model_copy(update={"test_clock": True})
        object.__setattr__(self.rt, "settings", moved)
        self.crew.settings = self.crew.settings.model_copy(update={"test_clock": True})
        await self.rt.refresh_clock()
        self.platform.control("clock", offset_ms=offset_ms)

    async def kill(self, name: str, n: int) -> int:
        """SIGKILL; how many calls of broadcast `n` it had written down and not settled."""
        pid = self.crew.pids[name]
        self.crew.kill(name)
        found = await self._in_doubt(n, pid)
        await asyncio.sleep(0.05)  # a commit may have been on its way to the server
        return max(found, await self._in_doubt(n, pid))

    async def _in_doubt(self, n: int, pid: int) -> int:
        batch = tables.batch.c
        asked = sa.select(batch.states).where(
            batch.broadcast_id == n, batch.state == "claimed", batch.owner.contains(f":{pid}:")
        )
        async with self.rt.read() as c:
            held = (await c.scalars(asked)).all()
        return sum(states.count(int(one)) for states in held for one in IN_DOUBT)

    def tell(self, text: str) -> None:
        """Say a figure in the output of the test (`pytest -s`, or when it fails)."""
        print(text)  # noqa: T201 - that is what it is for

    def clear_faults(self) -> None:
        """The platform is well again."""
        request = urllib.request.Request(f"{self.platform.url}/control/faults", method="DELETE")
        with urllib.request.urlopen(request, timeout=5):
            pass

    def calls_of(self, sent: Broadcast, *, since: int = 0) -> list[dict[str, Any]]:
        """Every call about a notice, after an entry of the ledger."""
        return calls_of(self.land, sent.title, since=since)

    def accepted(self, endpoint: str = "template/send") -> int:
        """How many copies the platform has taken."""
        told = self.platform.see("ledger/summary?copies=0")["accepted"]
        return sum(count for name, count in told.items() if name.endswith(endpoint))

    def duplicates(self) -> int:
        """How many repeats the platform has recognised."""
        return int(self.platform.see("ledger/summary?copies=0")["duplicates"])

    def last(self) -> int:
        """The number of the newest entry of the ledger."""
        return int(self.platform.see("ledger/summary?copies=0")["entries"])

    async def done(self, sent: Broadcast, seconds: float = RESUMES_S) -> float:
        async def finished() -> bool:
            return await self.land.phase(sent.id) == "done"

        return await self.until(finished, seconds)


async def _holds(what: Callable[[], Awaitable[bool]]) -> bool:
    """Asked of a database that may be away it is not so yet."""
    try:
        return await what()
    except database.Fault:
        return False


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    found = Nursery()
    yield found
    found.close()


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """A test's own; the same again with the seed that the head of the run names."""
    seed = f"{os.environ['YIHU_TEST_SEED']} {request.node.name}"
    print(f"seed: {seed}")  # noqa: T201 - seen when the test fails
    return random.Random(seed)


@pytest.fixture
def crew(rt: Runtime, redis_url: str, nursery: Nursery, tmp_path: Path) -> Iterator[Crew]:
    found = Crew(nursery, tmp_path, rt.settings, redis_url)
    yield found
    found.close()


@pytest.fixture
async def scene(
    rt: Runtime,
    platform: Platform,
    crew: Crew,
    dice: random.Random,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Scene]:
    found = Scene(rt, platform, crew, dice, monkeypatch)
    yield found
    for close in found.closing:
        await close()


def sizes(small: Any, full: Any, *, on: str) -> pytest.MarkDecorator:
    """The same story small on one database in every run, and full on both in `make chaos`."""
    marks = [pytest.mark.chaos, pytest.mark.slow]
    cases = [pytest.param(on, small, id=f"{on}-small")]
    cases += [
        pytest.param(engine, full, id=f"{engine}-full", marks=marks)
        for engine in ("sqlite", "postgresql")
    ]
    return pytest.mark.parametrize(("database_url", "size"), cases, indirect=["database_url"])


def only(engine: str) -> pytest.MarkDecorator:
    """A story on one database: what it is about does not depend on it, or the other cannot do it."""
    return pytest.mark.parametrize("database_url", [engine], indirect=True)
