"""PostgreSQL restarted, its connections terminated one after the other (fault test 11)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from tests import servers
from tests.conftest import upgrade
from tests.delivery.faults.conftest import Scene

_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


@pytest.fixture
def own_postgres() -> Iterator[servers.Postgres]:
    """A server that the test may stop."""
    room = servers.make_room()
    yield servers.Postgres(room)
    servers.clear_room(room)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    server: servers.Postgres = request.getfixturevalue(
        "own_postgres" if request.node.get_closest_marker("chaos") else "postgres"
    )
    name = server.create()
    upgrade(server.url(name))
    yield server.url(name)
    server.drop(name)


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((170, 2, 50.0, 2.0, 0.2, 0), id="small"),
        pytest.param(
            (9000, 4, 25.0, 300.0, 1.0, 2), id="full", marks=[pytest.mark.chaos, pytest.mark.slow]
        ),
    ],
)
async def test_postgresql_restarted_and_its_connections_cut_again_and_again(
    scene: Scene, request: pytest.FixtureRequest, database_url: str,
    size: tuple[int, int, float, float, float, int],
) -> None:  # fmt: skip
    people, workers, pace, cut_s, every_s, restarts = size
    name = database_url.partition("@/")[2].partition("?")[0]
    await scene.settle(people)
    scene.crew.changes["bot.core.pace.TEMPLATE"] = [pace, 5]
    scene.crew.start(*(f"worker-{at}" for at in range(workers)))
    sent = await scene.send()
    await scene.taken(min(200, people // 10))
    server: servers.Postgres = request.getfixturevalue("own_postgres" if restarts else "postgres")
    for _ in range(restarts):
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(scene.dice.uniform(1, 6))
        await asyncio.to_thread(server.start)
        took = await scene.taken(scene.accepted() + 1)
        scene.tell(f"under way again {took:.1f} s after the restart")
        assert took <= 60
    end, cuts = time.monotonic() + cut_s, 0
    while time.monotonic() < end:
        await asyncio.to_thread(server.run, f"{_CUT} AND datname = '{name}'")
        cuts += 1
        await asyncio.sleep(every_s)
    assert scene.accepted() < people, "in the middle"
    took = await scene.taken(scene.accepted() + 1)
    assert took <= 60
    took = await scene.done(sent, 240)
    scene.tell(f"cut {cuts} times; done {took:.1f} s after the last")
    found = await scene.hold(sent)
    assert found.copies.total() == people
