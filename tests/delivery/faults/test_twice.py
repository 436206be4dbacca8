"""What is asked for twice, by people, webs that die and clocks that stand still, happens once (fault tests 5, 6, 7 and 36)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from bot.core import period
from bot.core.model import Role
from bot.core.plan import Broadcast, Phase
from bot.store import broadcasts, tables
from tests.delivery.faults.conftest import Scene, only, sizes
from tests.delivery.faults.web import Web

_TITLE = "第1次演练通知"


def _body() -> dict[str, Any]:
    return {"title": _TITLE, "body": "请各村妇联于月底前完成。"}


async def _count(scene: Scene, table: sa.Table) -> int:
    async with scene.rt.read() as c:
        return int(await c.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


@sizes((200, 3), (12000, 30), on="postgresql")
async def test_a_web_killed_while_it_plans_leaves_all_or_nothing_and_the_same_key_is_once(
    scene: Scene, size: tuple[int, int]
) -> None:
    people, kills = size
    await scene.settle(people)
    scene.crew.settings = scene.crew.settings.model_copy(update={"approval_threshold": 1_000_000})
    web = await Web.opened(scene, "web")

    async def post() -> int | None:
        try:
            status, told = await web.post(
                "/broadcasts", _body(), idempotency_key="one and the same"
            )
        except (aiohttp.ClientError, ValueError):
            return None
        assert status == 201, told
        return int(told["n"])

    numbers: set[int] = set()
    for turn in range(kills):
        asking = asyncio.create_task(post())
        # From before it arrives to after it is answered; planning takes a second for ten thousand.
        await asyncio.sleep(scene.dice.uniform(0, 0.02 + people / 8000))
        while turn == kills // 2 and not (asking.done() or await _count(scene, tables.broadcast)):
            await asyncio.sleep(0.005)  # once it dies when all is planned, answered or not
        scene.crew.kill("web")
        answered = await asking
        numbers |= {answered} if answered else set()
        made, cut = await _count(scene, tables.broadcast), await _count(scene, tables.batch)
        assert (made == 0) == (cut == 0), "half planned"
        assert made <= 1
        assert not numbers or made == 1
        await web.start()
    number = await post()
    assert number
    assert numbers <= {number}
    async with scene.rt.read() as c:
        sent = await broadcasts.get(c, number)
        assert await c.scalar(sa.select(sa.func.sum(tables.batch.c.n))) == people == sent.people_n
    scene.crew.start("worker-1")
    await scene.done(sent, 300)
    await scene.reported(sent)
    found = await scene.hold(sent)
    assert found.copies.total() == people


@sizes((120, 1), (12000, 15), on="sqlite")
async def test_a_web_killed_while_somebody_agrees_leaves_it_waiting_or_cut_and_never_half(
    scene: Scene, size: tuple[int, int]
) -> None:
    people, kills = size
    await scene.settle(people)
    scene.crew.settings = scene.crew.settings.model_copy(update={"approval_threshold": 1})
    web = await Web.opened(scene, "web")
    admin = await web.other(Role.ADMIN)
    agreed = 0

    async def agree(n: int) -> int | None:
        try:
            return (await admin.post(f"/broadcasts/{n}/approve", {}))[0]
        except (aiohttp.ClientError, ValueError):
            return None

    for turn in range(kills):
        _, told = await web.post("/broadcasts", _body() | {"title": f"第{turn + 1}次演练通知"})
        n, cut = int(told["n"]), await _count(scene, tables.batch)
        assert await scene.land.phase(n) is Phase.WAITING
        asking = asyncio.create_task(agree(n))
        await asyncio.sleep(scene.dice.uniform(0, 0.02 + people / 8000))
        scene.crew.kill("web")
        answered = await asking
        waits = await scene.land.phase(n) is Phase.WAITING
        assert waits == (await _count(scene, tables.batch) == cut), "half agreed"
        assert not (answered == 200 and waits)
        agreed += not waits
        await web.start()
        # Whoever presses again is told how it stands; after that it is cut once.
        assert await agree(n) == (200 if waits else 409)
        async with scene.rt.read() as c:
            members = sa.select(sa.func.sum(tables.batch.c.n)).where(
                tables.batch.c.broadcast_id == n
            )
            assert await c.scalar(members) == people
            last = await broadcasts.get(c, n)
        if turn < kills - 1:  # one is enough to be sent
            assert (await admin.post(f"/broadcasts/{n}/stop", {}))[0] == 200
    scene.tell(f"{agreed} of {kills} were agreed to when the web died")
    scene.crew.start("worker-1")
    await scene.done(last, 300)
    await scene.reported(last)
    await scene.hold(last)


@sizes((3, 2), (40, 20), on="sqlite")
async def test_whoever_releases_is_killed_on_the_way_and_each_notice_starts_once_within_a_minute(
    scene: Scene, size: tuple[int, int]
) -> None:
    each, kills = size
    await scene.settle(30)
    await scene.at(began := scene.rt.now())
    keys = list(scene.land.persons)[:6]
    some = tuple(scene.land.persons[key] for key in keys)
    sent: list[Broadcast] = []
    dues: dict[str, int] = {}
    waited = 0
    for turn in range(kills):
        due = began + timedelta(minutes=5 * (turn + 1))
        now = [await scene.send(not_before=due, persons=some, explicit=True) for _ in range(each)]
        dues |= {f"broadcast:{one.id}": period.ms(due) for one in now}
        sent += now
        scene.crew.start("clock", "worker")
        await asyncio.sleep(1)
        await scene.at(due + timedelta(seconds=1))
        await asyncio.sleep(scene.dice.uniform(0, 1))  # they look every second
        scene.crew.kill("worker")
        scene.crew.kill("clock")
        phases = {await scene.land.phase(one.id) for one in now}
        assert phases <= {Phase.READY, Phase.SENDING, Phase.DONE}
        assert Phase.READY not in phases or phases == {Phase.READY}, "all or none"
        waited += phases == {Phase.READY}
        scene.crew.start("clock", "worker")
        for one in now:
            await scene.done(one)
        scene.crew.kill("worker")
        scene.crew.kill("clock")
    scene.tell(f"{waited} of {kills} times nothing was released yet when they died")
    for one in sent:
        await scene.hold(one, people=keys)
    released = await _audited(scene, f"broadcast.{Phase.SENDING}")
    assert sorted(name for name, _ in released) == sorted(dues)
    assert all(0 <= at_ms - dues[name] <= 60_000 for name, at_ms in released)


@only("postgresql")
async def test_a_hundred_posts_with_one_key_at_once_are_one_notice_and_other_keys_are_told(
    scene: Scene,
) -> None:
    await scene.settle(30)
    web = await Web.opened(scene, "web")
    answers = await asyncio.gather(
        *(web.post("/broadcasts", _body(), idempotency_key="pressed often") for _ in range(100))
    )
    assert {status for status, _ in answers} == {201}
    assert len({told["n"] for _, told in answers}) == 1
    assert await _count(scene, tables.broadcast) == 1
    others = await asyncio.gather(
        *(
            web.post("/broadcasts", _body() | {"only_new": True}, idempotency_key=f"another {at}")
            for at in range(100)
        )
    )
    assert {status for status, _ in others} == {409}, "the same words under other keys"
    async with scene.rt.read() as c:
        sent = await broadcasts.get(c, answers[0][1]["n"])
    scene.crew.start("worker-1")
    await scene.done(sent)
    await scene.reported(sent)
    await scene.hold(sent)


async def _audited(scene: Scene, deed: str) -> list[tuple[str, int]]:
    """To what it was done, and when by the program's time."""
    audit = tables.audit.c
    async with scene.rt.read() as c:
        rows = await c.execute(sa.select(audit.object, audit.at_ms).where(audit.deed == deed))
        return [(row.object, row.at_ms) for row in rows]


@pytest.mark.parametrize(
    "size", [(2, 3), pytest.param((5, 40), marks=[pytest.mark.chaos, pytest.mark.slow])]
)
@only("postgresql")  # a process that is frozen while it writes would hold all of SQLite
async def test_clocks_and_workers_side_by_side_start_what_is_due_once_though_one_stands_still(
    scene: Scene, size: tuple[int, int]
) -> None:
    processes, count = size
    await scene.settle(30)
    now = scene.rt.now()
    await scene.at(now)
    some = tuple(scene.land.persons.values())[:6]
    due = now + timedelta(hours=2)
    sent = [await scene.send(not_before=due, persons=some, explicit=True) for _ in range(count)]
    names = [f"{role}-{at}" for at in range(processes) for role in ("clock", "worker")]
    scene.crew.start(*names)
    await asyncio.sleep(1.5)
    assert {await scene.land.phase(one.id) for one in sent} == {Phase.READY}
    frozen = ("clock-0", "worker-0")
    await scene.at(due + timedelta(seconds=1))
    await asyncio.sleep(scene.dice.uniform(0, 1))
    for name in frozen:
        scene.crew.freeze(name)
    await asyncio.sleep(scene.dice.uniform(2, 4) if count == 3 else 180)
    for name in frozen:
        scene.crew.thaw(name)
    keys = [key for key, number in scene.land.persons.items() if number in some]
    for one in sent:
        await scene.done(one)
        await scene.hold(one, people=keys)
    released = await _audited(scene, f"broadcast.{Phase.SENDING}")
    assert sorted(name for name, _ in released) == sorted(f"broadcast:{one.id}" for one in sent)
    assert all(0 <= at_ms - period.ms(due) <= 60_000 for _, at_ms in released)
    runs = tables.job_run.c
    async with scene.rt.read() as c:
        claimed = (await c.execute(sa.select(runs.name, runs.due_ms))).all()
    assert claimed
    assert len(claimed) == len(set(claimed))
    jobs = [name for name in scene.crew.pids if name.startswith("clock")]
    told = [
        line for name in jobs for line in scene.crew.log(name).splitlines() if "job.done" in line
    ]
    assert len(told) <= len(claimed)
