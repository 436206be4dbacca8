"""A made-up city for sending: people, groups, an author; and what a test asks about a broadcast."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from bot.actions import broadcast
from bot.core import tree
from bot.core.access import Actor
from bot.core.model import Level, Unit
from bot.core.plan import ALL, Broadcast, Draft, Phase
from bot.core.receipt import Tally
from bot.roles import worker
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, people, tables, units
from bot.store.database import Connection
from tests.sandbox.platform import Platform

_LETTER: Final = re.compile("(?=.*[a-f])[0-9a-f]{32}")


@dataclass
class Land:
    """What is there: units by code, person ids by key, and the platform they are on."""

    rt: Runtime
    platform: Platform
    units: dict[str, Unit] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)

    async def actor(self, key: str) -> Actor:
        async with self.rt.read() as c:
            person = await people.by_id(c, self.persons[key])
            assert person
            return await people.actor(c, person)

    def draft(self, **changes: Any) -> Draft:
        city = self.units["s"]
        values: dict[str, Any] = {
            "kind": "通知",
            "title": "会改联推进通知",
            "body": "请各村妇联于月底前完成会改联，有困难及时反映。",
            "unit": city,
            "scope_units": (city,),
            "items": (ALL,),
        }
        return Draft(**(values | changes))

    async def send(self, **changes: Any) -> Broadcast:
        return await broadcast.submit(
            self.rt,
            await self.actor("s-chair"),
            self.draft(**changes),
            expected=None,
            idem_key=None,
        )

    async def tally(self, n: int) -> Tally:
        return await broadcast.tally(self.rt, n)

    async def phase(self, n: int) -> Phase:
        async with self.rt.read() as c:
            return (await broadcasts.get(c, n)).state

    async def states(self, n: int, channel: str = "template") -> dict[int, int]:
        async with self.rt.read() as c:
            found = await batch_states.of(c, n, [channel], None)
        return {
            int(member): int(state)
            for batch in found
            for member, state in zip(batch.members, batch.arrays.states, strict=True)
        }

    async def until(self, what: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
        async with asyncio.timeout(seconds):
            while not await what():
                await asyncio.sleep(0.02)

    async def done(self, n: int, seconds: float = 20) -> None:
        async def finished() -> bool:
            return await self.phase(n) is Phase.DONE

        await self.until(finished, seconds)

    def copies(self, endpoint: str = "template/send") -> Counter[str]:
        """How many copies of broadcasts the platform accepted for each openid or robot key."""
        return self._accepted(endpoint, letters=False)

    def letters(self) -> Counter[str]:
        """How many letters to single persons went by template."""
        return self._accepted("template/send", letters=True)

    def _accepted(self, endpoint: str, *, letters: bool) -> Counter[str]:
        found = self.platform.see(f"ledger?endpoint={endpoint}&accepted=1&limit=100000")
        return Counter(item["who"] for item in found["entries"] if is_letter(item) is letters)

    def calls(self, endpoint: str = "template/send") -> int:
        return len(self.platform.see(f"ledger?endpoint={endpoint}&limit=100000")["entries"])


def is_letter(item: dict[str, Any]) -> bool:
    """Whether a call in the platform's ledger is a letter to one person (an author is told how her stop ended).

    A letter has a random id in hex, a copy of a broadcast one with capitals, or of digits alone.
    """
    return bool(_LETTER.fullmatch(item["dedupe"] or ""))


@contextlib.asynccontextmanager
async def working(rt: Runtime) -> AsyncIterator[asyncio.Event]:
    """A worker at work for the length of a block."""
    stop = asyncio.Event()
    task = asyncio.create_task(worker.run(rt, stop))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, 12)


async def expire_leases(rt: Runtime) -> None:
    """What passing time does to the batches of a worker that is not heard of, but for one it holds while it is frozen."""
    batch = tables.batch.c
    free = sa.select(batch.broadcast_id, batch.no).where(batch.state == "claimed")
    async with rt.write() as c:
        rows = (await c.execute(free.with_for_update(skip_locked=True))).all()
        for n, no in rows:
            this = sa.update(tables.batch).where(batch.broadcast_id == n, batch.no == no)
            await c.execute(this.values(lease_until_ms=0))


async def hurry(rt: Runtime) -> None:
    """Have batches that wait for a retry be ready now."""
    async with rt.write() as c:
        await c.execute(sa.update(tables.batch).values(not_before_ms=None))


def openid(key: str) -> str:
    return "o" + key.encode().hex()[:27].ljust(27, "0")


async def settle(rt: Runtime, platform: Platform, *, villages: int, unregistered: int) -> Land:
    """A city with one township and its villages; every `unregistered`-th village chair has no account (0: all have)."""
    land = Land(rt, platform)
    nodes = [tree.Node("s", None, (0, "")), tree.Node("t", "s", (0, ""))]
    nodes += [tree.Node(f"v{number:04}", "t", (number, "")) for number in range(villages)]
    spans = tree.number(nodes)
    async with rt.write() as c:
        await c.execute(sa.insert(tables.org_epoch).values(id=1, made_at_ms=0))
        for node in nodes:
            await _unit(c, land, node, spans[node.key])
        await _people(c, land, "s", ["s-chair", "s-deputy"])
        await _people(c, land, "t", ["t-chair"])
        for number in range(villages):
            code = f"v{number:04}"
            away = unregistered and number % unregistered == 0
            await _people(c, land, code, [f"{code}-chair"], registered=not away)
    openids = [openid(key) for key in land.persons]
    platform.meet(*openids)
    return land


async def _unit(c: Connection, land: Land, node: tree.Node, span: tree.Interval) -> None:
    level = {"s": Level.CITY, "t": Level.TOWNSHIP}.get(node.key, Level.VILLAGE)
    unit_id = await c.scalar(
        sa.insert(tables.unit)
        .values(
            code=node.key,
            name=f"{node.key}单位",
            display=f"{node.key}妇联",
            short=node.key,
            stem=node.key,
            level=int(level),
            kind="regional",
            parent_id=land.units[node.parent].id if node.parent else None,
            sort=0,
            lo=span[0],
            hi=span[1],
        )
        .returning(tables.unit.c.id)
    )
    assert unit_id
    await c.execute(
        sa.insert(tables.unit_span).values(epoch=1, unit_id=unit_id, lo=span[0], hi=span[1])
    )
    found = await units.by_id(c, unit_id)
    assert found
    land.units[node.key] = found


async def _people(
    c: Connection, land: Land, code: str, keys: list[str], *, registered: bool = True
) -> None:
    for key in keys:
        person_id = await c.scalar(
            sa.insert(tables.person)
            .values(key=key, name=f"{key}的人")
            .returning(tables.person.c.id)
        )
        assert person_id
        land.persons[key] = person_id
        role = key.split("-")[1]
        await c.execute(
            sa.insert(tables.post).values(
                person_id=person_id, unit_id=land.units[code].id, role=role
            )
        )
        if registered:
            await bind(c, land, key)


async def bind(c: Connection, land: Land, key: str, account: str = "") -> int:
    """Register a person with an account of her own, or with that of another name."""
    seal, account = land.rt.seal, account or key
    follower_id: int | None = await c.scalar(
        sa.insert(tables.follower)
        .values(
            account="wechat",
            openid_digest=seal.digest("openid", openid(account)),
            openid_sealed=seal.seal(openid(account)),
        )
        .returning(tables.follower.c.id)
    )
    assert follower_id
    await c.execute(
        sa.insert(tables.binding).values(
            person_id=land.persons[key], follower_id=follower_id, bound_at_ms=0
        )
    )
    return follower_id


async def robot_group(land: Land, key: str, code: str = "t") -> None:
    """A group with a robot, known to the platform."""
    await robot_groups(land, [key], code)


async def robot_groups(land: Land, keys: Sequence[str], code: str = "t") -> None:
    """Groups with a robot each."""
    land.platform.control("groups", groups=[{"key": f"robot-{key}"} for key in keys])
    seal = land.rt.seal
    async with land.rt.write() as c:
        for key in keys:
            await _group(
                c,
                land,
                key,
                code,
                kind="robot",
                robot_key_sealed=seal.seal(f"robot-{key}"),
                robot_key_digest=seal.digest("robot", f"robot-{key}"),
            )


async def relay_group(land: Land, key: str, owner: str, code: str = "t") -> None:
    """A group that a person forwards to."""
    async with land.rt.write() as c:
        await _group(c, land, key, code, kind="relay", owner_person_id=land.persons[owner])


async def _group(c: Connection, land: Land, key: str, code: str, **values: Any) -> None:
    group_id = await c.scalar(
        sa.insert(tables.wechat_group)
        .values(key=key, name=f"{key}群", unit_id=land.units[code].id, **values)
        .returning(tables.wechat_group.c.id)
    )
    assert group_id
    land.groups[key] = group_id
