"""A scene for each fault: a land, a platform, and processes of the program; dice whose seed is told."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.core.plan import Broadcast
from bot.runtime import Runtime
from tests.delivery import land as lands
from tests.delivery.faults.crew import Crew, Nursery
from tests.delivery.faults.invariants import Found, Watch, Wish, hold
from tests.delivery.land import Land
from tests.sandbox.platform import Platform

RESUMES_S = 90.0  # I7: how soon it goes on after a fault is over, by itself


@dataclass
class Scene:
    rt: Runtime
    platform: Platform
    crew: Crew
    dice: random.Random
    land: Land = field(init=False)
    sent: int = 0

    async def settle(self, people: int) -> None:
        """A city of so many people, all registered."""
        self.land = await lands.settle(self.rt, self.platform, villages=people - 3, unregistered=0)

    async def send(self, **changes: Any) -> Broadcast:
        """A notice with a title of its own."""
        self.sent += 1
        return await self.land.send(**{"title": f"第{self.sent}次演练通知"} | changes)

    async def hold(self, sent: Broadcast, **wish: Any) -> Found:
        return await hold(self.land, sent, Wish(**wish))

    def watch(self, sent: Broadcast) -> Watch:
        return Watch(self.land, sent.id)

    async def until(self, what: Callable[[], Awaitable[bool]], seconds: float = RESUMES_S) -> float:
        """Wait for it; how many seconds that took."""
        began = time.monotonic()
        while not await what():
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
def scene(rt: Runtime, platform: Platform, crew: Crew, dice: random.Random) -> Scene:
    return Scene(rt, platform, crew, dice)


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
