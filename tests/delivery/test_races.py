"""Two processes at one broadcast at once: one deed happens, the other sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import numpy as np
import sqlalchemy as sa

from bot import errors
from bot.actions import broadcast, confirm, finishing, release, settle
from bot.actions.settle import Stopped
from bot.core import settling
from bot.core.packing import MSGIDS
from bot.core.plan import Phase
from bot.core.receipt import State
from bot.roles import worker
from bot.runtime import Runtime
from bot.store import batch_states, batches, broadcasts, tables
from bot.store.batches import Claim
from bot.store.database import Connection
from tests.delivery import land as lands
from tests.delivery.land import Land
from tests.sandbox.platform import Platform

Work = Callable[[Connection], Awaitable[None]]


async def test_of_two_who_consent_at_once_one_sends_and_the_other_is_told(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    object.__setattr__(rt, "settings", rt.settings.model_copy(update={"approval_threshold": 3}))
    waiting = await broadcast.submit(
        rt, await land.actor("s-deputy"), land.draft(), expected=None, idem_key=None
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


async def test_workers_that_start_for_the_first_time_at_once_call_under_one_name(
    rt: Runtime,
) -> None:
    # Under two names the platform would take what one repeats for the other, who died, for another message.
    assert len(set(await asyncio.gather(*(worker._install_id(rt) for _ in range(8))))) == 1


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


async def _intend(rt: Runtime, claim: Claim, begun: asyncio.Event, also: Work) -> Phase:
    """What a worker does before it makes calls, slowly; the state of the broadcast as it found it."""
    async with rt.write() as c:
        arrays = await batches.held(c, claim)
        phase, _ = await broadcasts.control(c, claim.broadcast_id)
        begun.set()
        await also(c)
        if phase is Phase.SENDING:
            settling.intend(arrays, [0, 1], repeatable=True, now_s=rt.real_s())
        await batches.save(c, claim, arrays)
    return phase


async def _slowly(_c: Connection) -> None:
    await asyncio.sleep(0.2)


async def _claimed(land: Land) -> Claim:
    sent = await land.send()
    async with land.rt.write() as c:
        claim = await batches.claim(c, "somebody", of=sent.id, quiet=False)
    assert claim
    return claim


async def test_a_stop_counts_the_calls_that_are_written_down_just_beside_it(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    claim, chair, begun = await _claimed(land), await land.actor("s-chair"), asyncio.Event()
    beside = asyncio.create_task(_intend(rt, claim, begun, _slowly))
    await begun.wait()
    found = await settle.stop(rt, chair, claim.broadcast_id)
    assert await beside is Phase.SENDING
    assert (found.flying, found.unsent) == (2, 5)


async def test_whoever_would_write_down_calls_during_a_stop_writes_none(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    claim, chair, begun = await _claimed(land), await land.actor("s-chair"), asyncio.Event()
    stopping = asyncio.Event()

    async def stop() -> Stopped:
        async with rt.write() as c:
            found = await settle.stop(rt, chair, claim.broadcast_id)
            stopping.set()
            await _slowly(c)
        return found

    deed = asyncio.create_task(stop())
    await stopping.wait()
    assert await _intend(rt, claim, begun, _slowly) is Phase.STOPPED
    assert ((await deed).flying, (await land.tally(claim.broadcast_id)).people.unsent) == (0, 7)


async def test_a_stop_by_somebody_whose_window_a_worker_waits_for_does_not_wait_in_a_ring(
    rt: Runtime, platform: Platform
) -> None:
    land = await lands.settle(rt, platform, villages=4, unregistered=0)
    claim, chair, begun = await _claimed(land), await land.actor("s-chair"), asyncio.Event()
    row = sa.update(tables.follower).values(window_left=5)

    async def her_window(c: Connection) -> None:
        await c.execute(row)

    spoken = asyncio.Event()

    async def work() -> Phase:
        await spoken.wait()
        return await _intend(rt, claim, begun, her_window)

    worker = asyncio.create_task(work())
    async with rt.write() as c:  # she speaks, which opens her window, and says 停止
        await her_window(c)
        spoken.set()
        await asyncio.sleep(0.1)
        await settle.stop(rt, chair, claim.broadcast_id)
    assert await worker is (Phase.STOPPED if rt.db.on_sqlite else Phase.SENDING)


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
