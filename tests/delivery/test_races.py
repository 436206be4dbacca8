"""Two processes at one broadcast at once: one deed happens, the other sees it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import numpy as np
import sqlalchemy as sa

from bot import errors
from bot.actions import broadcast, confirm, finishing, release
from bot.core.packing import MSGIDS
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.runtime import Runtime
from bot.store import batch_states, broadcasts, tables
from tests.delivery import land as lands
from tests.sandbox.platform import Platform


async def test_of_two_who_consent_at_once_one_sends_and_the_other_is_told(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    object.__setattr__(rt, "settings", rt.settings.model_copy(update={"approval_threshold": 3}))
    waiting = await broadcast.submit(
        rt, await land.actor("s-deputy"), land.draft(), expected_hash=None, idem_key=None
    )
    chair = await land.actor("s-chair")
    ends = await asyncio.gather(
        *(broadcast.approve(rt, chair, waiting.id) for _ in range(4)), return_exceptions=True
    )
    refused = [end for end in ends if isinstance(end, BaseException)]
    assert [type(end) for end in refused] == [errors.Conflict] * 3
    assert await land.phase(waiting.id) is Phase.SENDING


async def test_two_who_look_for_what_is_due_release_it_once_without_a_fault(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    later = rt.now() + timedelta(hours=1)
    sent = [await land.send(not_before=later) for _ in range(3)]
    lines = await asyncio.gather(*(release.due(rt, later) for _ in range(4)))
    assert sum(int(line.split()[0]) for line in lines) == 3
    assert {await land.phase(one.id) for one in sent} == {Phase.SENDING}


async def test_a_copy_put_back_while_a_broadcast_is_being_closed_keeps_it_open(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    sent = await land.send()
    batch = tables.batch.c
    async with rt.write() as c:
        n = await c.scalar(sa.select(batch.n).where(batch.broadcast_id == sent.id)) or 0
        await c.execute(
            sa.update(tables.batch).values(
                states=bytes([State.ACCEPTED]) * n,
                msgids=np.arange(1, n + 1, dtype=MSGIDS).tobytes(),
                msgid_lo=1,
                msgid_hi=n,
                state="closed",
            )
        )
    await confirm.finished(rt, b"d" * 16, 1, "failed:system failed", rt.now())
    put_back = asyncio.Event()

    async def match() -> None:
        async with rt.write():
            await finishing.match(rt, 0)
            put_back.set()
            await asyncio.sleep(0.3)

    matching = asyncio.create_task(match())
    await put_back.wait()
    assert not await release.finish(rt, sent.id)
    await matching
    async with rt.read() as c:
        tally = await broadcasts.tally(c, await broadcasts.get(c, sent.id))
    assert (await land.phase(sent.id), tally.people.unsent) == (Phase.SENDING, 1)


async def test_outcomes_that_fit_nothing_do_not_have_all_batches_between_them_read(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=1, unregistered=0)
    sent = await land.send()
    async with rt.write() as c:
        await c.execute(sa.update(tables.batch).values(msgid_lo=100, msgid_hi=200))
        assert await batch_states.with_msgids(c, [900, 50]) == []
        assert await batch_states.with_msgids(c, [900, 100, 50]) == [(sent.id, 0)]
        assert await batch_states.with_msgids(c, [200]) == [(sent.id, 0)]
