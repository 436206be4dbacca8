"""Numbers by unit are those of the batches at every moment, whoever changes them and whenever the roll is written."""

from __future__ import annotations

import asyncio
import random

import numpy as np
import sqlalchemy as sa

from bot.actions.rolling import Rolling
from bot.core.plan import Receipt
from bot.core.receipt import REACHED, SIGNS, State
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, people, receipts, rolls, tables
from bot.store.database import Connection
from tests.delivery import land as lands
from tests.delivery.land import Land
from tests.sandbox.platform import Platform


async def _naive(c: Connection, n: int) -> tuple[int, int, int, int]:
    """People, reached, delivered, signed: counted one by one from what is kept of them."""
    marks = dict((await c.execute(sa.select(tables.mark.c.no, tables.mark.c.marks))).all())
    found = np.zeros(4, int)
    for batch in await batch_states.of(c, n, ["template"], None):
        hers = np.frombuffer(marks.get(batch.no) or bytes(len(batch.members)), np.uint8)
        states = batch.arrays.states
        signed, delivered = (hers & SIGNS) > 0, states == State.DELIVERED
        reached = np.isin(states, REACHED)
        found += [len(states), reached.sum(), delivered.sum(), signed.sum()]
    return tuple(found.tolist())


async def _told(c: Connection, land: Land, n: int) -> tuple[int, int, int, int]:
    kept = await broadcasts.get(c, n)
    rows = await receipts.counts_by_child(c, kept, land.units["t"])
    city = await receipts.counts_by_child(c, kept, land.units["s"])
    rows.append(city[0])  # who stands at the city itself
    numbers = [(one.people, one.reached, one.delivered, one.signed) for one in rows]
    return tuple(np.sum(numbers, axis=0).tolist())


async def _same(land: Land, n: int) -> tuple[int, int, int, int]:
    """What is told, as it was at some moment while it was asked."""
    async with land.rt.read() as c:
        before = await _naive(c, n)
    async with land.rt.read() as c:
        told = await _told(c, land, n)
    async with land.rt.read() as c:
        after = await _naive(c, n)
    assert all(low <= here <= high for low, here, high in zip(before, told, after, strict=True))
    return told


async def _sign(land: Land, n: int, key: str) -> None:
    async with land.rt.write() as c:
        person = await people.by_id(c, land.persons[key])
        assert person
        hers = await receipts.received(c, person.id, n)
        assert hers
        await receipts.add(c, hers, kind="signed", person_id=person.id, at_ms=1)


async def test_while_it_is_sent_and_signed_the_numbers_are_those_of_its_batches(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=40, unregistered=3)
    sent = await land.send(receipt=Receipt.SIGN)
    assert await _same(land, sent.id) == (43, 0, 0, 0)
    async with lands.working(rt):
        while await land.phase(sent.id) != "done":
            await _same(land, sent.id)
        await land.done(sent.id)
    assert (await _same(land, sent.id))[1] == 29
    for key in ("v0007-chair", "v0031-chair"):
        await _sign(land, sent.id, key)
        assert (await _same(land, sent.id))[3] >= 1
    for _ in range(20):  # the worker's looks: few batches are written in after a while
        looking = Rolling()
        for _ in range(16):
            await looking.look(rt)
    async with rt.read() as c:
        assert await rolls.stirred(c) == {}
    assert (await _same(land, sent.id))[3] == 2


async def test_what_is_signed_while_the_roll_is_written_is_in_it(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=60, unregistered=0)
    sent = await land.send(receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(sent.id)
    over = asyncio.Event()

    async def write() -> None:
        while not over.is_set():
            async with rt.write() as c:
                await rolls.settle(c, sent.id, 100)
            await asyncio.sleep(0)

    async def sign(keys: list[str]) -> None:
        for key in keys:
            await _sign(land, sent.id, key)

    keys = [f"v{number:04}-chair" for number in range(60)]
    random.Random(5).shuffle(keys)
    writing = [asyncio.create_task(write()) for _ in range(2)]
    await asyncio.gather(*(sign(keys[at::4]) for at in range(4)))
    over.set()
    await asyncio.gather(*writing)
    assert (await _same(land, sent.id))[3] == 60
    async with rt.write() as c:
        await rolls.settle(c, sent.id, 100)
    async with rt.read() as c:
        assert await rolls.stirred(c) == {}
    assert (await _same(land, sent.id))[3] == 60


async def test_a_roll_written_before_a_signature_is_committed_leaves_it_for_the_next_time(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    sent = await land.send(receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(sent.id)
    await _sign(land, sent.id, "v0000-chair")  # the batch is stirred already
    signed, commit = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with rt.write():
            await _sign(land, sent.id, "v0001-chair")
            signed.set()
            await commit.wait()

    async def write() -> None:
        async with rt.write() as c:
            await rolls.settle(c, sent.id, 100)

    signing = asyncio.create_task(slowly())
    await signed.wait()
    writing = asyncio.create_task(write())
    await asyncio.wait([writing], timeout=0.3)  # SQLite lets it wait
    commit.set()
    await asyncio.gather(signing, writing)
    assert (await _same(land, sent.id))[3] == 2


async def test_a_broadcast_from_before_there_were_rolls_has_its_numbers_too(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=9, unregistered=2)
    sent = await land.send(receipt=Receipt.SIGN)
    async with lands.working(rt):
        await land.done(sent.id)
    async with rt.write() as c:
        await c.execute(sa.delete(tables.roll))
        await c.execute(sa.delete(tables.stir))
    before = await _same(land, sent.id)
    await _sign(land, sent.id, "v0005-chair")
    assert (await _same(land, sent.id))[3] == 1
    async with rt.write() as c:
        assert await rolls.settle(c, sent.id, 100) == 1
        assert await c.scalar(sa.select(sa.func.count()).select_from(tables.roll))
    assert await _same(land, sent.id) == (*before[:3], 1)
