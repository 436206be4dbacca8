"""The worker: sends batches and single messages, matches outcomes, releases what is due, sweeps."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable

import structlog

from bot import errors
from bot.actions import (
    deliver,
    finishing,
    jobs,
    photos,
    post,
    quota,
    recall,
    release,
    settle,
    sweep,
    tokens,
)
from bot.actions.deliver import Sender
from bot.actions.rolling import EVERY_S as ROLLING_S
from bot.actions.rolling import Rolling
from bot.core import retry
from bot.core.backoff import Window
from bot.core.priority import Priority, Turns
from bot.runtime import Runtime
from bot.shared import alive, wake
from bot.store import aiosqlite_short, batches, database, metas
from bot.store import turns as claims
from bot.store.batches import Claim

LANES = 2  # batches under way at once: the end of one does not leave the window empty
POLL_S = 1.0
_FAILED_S = 2.0
_TAKEN_S = 0.01
_TRIES = 5

_log = structlog.get_logger()


async def run(rt: Runtime, stop: asyncio.Event) -> None:
    """Work until `stop` is set, then let calls under way end and give every batch back."""
    install, owner = await _install_id(rt), alive.me()
    window, turns, rolling = Window.of(rt.settings.window, LANES), Turns(), Rolling()
    senders = [Sender(install, lane, stop) for lane in window.lanes]
    # The first thing is to find what a predecessor of this process left behind.
    await sweep.batches_of_the_dead(rt)
    await asyncio.gather(
        *(_lane(rt, sender, turns, f"{owner}#{at}") for at, sender in enumerate(senders)),
        _every(rt, stop, POLL_S, lambda: _letters(rt, stop)),
        _every(rt, stop, POLL_S, _Finishes(rt).match),
        _every(rt, stop, POLL_S, lambda: _release(rt)),
        _every(rt, stop, photos.EVERY_S, lambda: _photos(rt, stop)),
        _every(rt, stop, sweep.EVERY_S, lambda: sweep.sweep(rt)),
        _every(rt, stop, POLL_S, lambda: sweep.peers(rt)),
        _every(rt, stop, tokens.EVERY_S, lambda: tokens.look(rt)),
        _every(rt, stop, quota.EVERY_S, lambda: quota.look(rt)),
        _every(rt, stop, settle.EVERY_S, lambda: settle.look(rt)),
        _every(rt, stop, ROLLING_S, lambda: rolling.look(rt)),
        _every(rt, stop, recall.EVERY_S, lambda: recall.work(rt)),
        _every(rt, stop, jobs.EVERY_S, lambda: jobs.look(rt)),
    )


async def _install_id(rt: Runtime) -> str:
    """What keeps the call ids of two installations on one account apart; made once, however many workers start."""
    async with rt.write() as c:
        return await metas.settle(c, "install_id", secrets.token_hex(16))


async def _lane(rt: Runtime, sender: Sender, turns: Turns, owner: str) -> None:
    stop = sender.stop
    while not stop.is_set():
        try:
            claim = await _claim(rt, owner, turns, express=sender.lane.express)
            if claim is None:
                await _pause(rt, stop, POLL_S)
                continue
            await _send(rt, sender, claim)
        except errors.Fenced:
            _log.warning("batch.lost", owner=owner)
        except Exception:
            _log.exception("batch.failed", owner=owner)
            await _pause(rt, stop, _FAILED_S)


async def _send(rt: Runtime, sender: Sender, claim: Claim) -> None:
    """Send a batch; after a fault of ours others may have it, later each time."""
    try:
        await deliver.deliver(rt, sender, claim)
    except errors.Fenced:
        raise
    except Exception as error:
        # A database that was away says nothing about the batch, whose calls in doubt the platform will forget.
        away = isinstance(error, database.Unavailable)
        wait_ms = 1000 * (1 if away else retry.wait_s(claim.attempts))
        attempts = claim.attempts + (not away)
        async with rt.write() as c:
            await batches.put_back(c, claim, wait_ms=wait_ms, attempts=attempts)
        raise


async def _claim(rt: Runtime, owner: str, turns: Turns, *, express: bool) -> Claim | None:
    """Take a batch of the broadcast whose turn it is; the express lane takes only what is urgent."""
    await rt.refresh_clock()
    quiet = rt.quiet.hold(rt.now(), rt.settings.zone)
    with aiosqlite_short.swift():
        for _ in range(_TRIES):
            # A look without a transaction: an idle worker does not take the one writer's turn each second.
            async with rt.read() as c:
                waiting = await claims.waiting(c, rt.now_ms(), quiet=quiet)
            if express:
                waiting = {n: one for n, one in waiting.items() if one is Priority.URGENT}
            if not waiting:
                return None
            n = turns.next(waiting)
            async with rt.write() as c:
                claim = await batches.claim(c, owner, quiet=quiet, of=n)
            if claim is not None:
                turns.charge(n, waiting[n], len(claim.members))
                return claim
            # Others have taken what was left of it, or hold it this moment.
            await asyncio.sleep(_TAKEN_S)
    return None


async def _every(
    rt: Runtime, stop: asyncio.Event, seconds: float, work: Callable[[], Awaitable[None]]
) -> None:
    while not stop.is_set():
        try:
            await work()
        except Exception:
            _log.exception("worker.failed")
            await _pause(rt, stop, _FAILED_S)
        await _pause(rt, stop, seconds)


async def _pause(rt: Runtime, stop: asyncio.Event, seconds: float) -> None:
    """Wait for a hint, the end, or the time."""
    hint = asyncio.create_task(rt.waker.wait(wake.WORK, seconds))
    end = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({hint, end}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (hint, end):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _letters(rt: Runtime, stop: asyncio.Event) -> None:
    while not stop.is_set():
        taken = await post.take(rt)
        if not taken:
            return
        await asyncio.gather(*(post.deliver(rt, letter) for letter in taken))


async def _photos(rt: Runtime, stop: asyncio.Event) -> None:
    while not stop.is_set() and await photos.fetch_due(rt):
        pass


async def _release(rt: Runtime) -> None:
    await rt.refresh_clock()
    await release.due(rt, rt.now())


class _Finishes:
    """Goes through the kept outcomes again and again; what fits nothing yet is looked at every 30 s."""

    _AGAIN_S = 30.0

    def __init__(self, rt: Runtime) -> None:
        self._rt = rt
        self._after = 0
        self._around = 0.0

    async def match(self) -> None:
        """Everything new, and from the start when it is time."""
        now = asyncio.get_running_loop().time()
        if now >= self._around + self._AGAIN_S:
            self._after, self._around = 0, now
        while seen := await finishing.match(self._rt, self._after):
            self._after = seen
