"""Our engine in processes of its own: one confirms a notice, others send it as the worker role does.

`python -m bot.bench.sending ORDER` (JSON) prints what it took.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import re
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bot import runtime
from bot.actions import broadcast, calls, quota
from bot.actions.calls import Slice, Work, Writer
from bot.channels.base import Call, Limits, Outcome, Words
from bot.core import pace
from bot.core.outcome import Kind
from bot.core.packing import Arrays
from bot.core.plan import Draft, Phase
from bot.core.receipt import State
from bot.roles import loop, worker
from bot.runtime import Runtime
from bot.shared import wake
from bot.store import aiosqlite_short, broadcasts, crowd, units
from bot.store.database import Connection
from config.settings import Settings

_FREE = pace.Rate(per_s=1e9, burst=1_000_000)  # the platform's limits are lifted on both sides
_TAKEN = [Outcome(Kind.OK, 0, None, "ok")]


@dataclass(frozen=True, slots=True)
class Order:
    """`way`: `submit` confirms a notice; `http` sends it, `instant` calls nobody, `ledger` does not even look for addresses.

    `mass` does both, with one that goes by openid list.
    """

    settings: dict[str, Any]
    redis_url: str
    way: str


class _Instant:
    """A channel that takes everything at once."""

    name = "template"

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._msgids = count(1)

    async def send(self, call: Call) -> list[Outcome]:  # noqa: ARG002 - the protocol's
        """Taken."""
        return [Outcome(Kind.OK, 0, str(next(self._msgids)), "ok")]


class _Ledger:
    """As calls to many people go (WeCom's take 1,000, mass calls 10,000): one for all of a batch."""

    name = "template"

    def __init__(self, limits: Limits) -> None:
        self.limits = dataclasses.replace(
            limits, people=dataclasses.replace(limits.people, value=1000)
        )

    async def send(self, call: Call) -> list[Outcome]:  # noqa: ARG002 - the protocol's
        """Taken."""
        return _TAKEN


async def _nobody(_self: Writer, _c: Connection, _arrays: Arrays, positions: Any) -> Slice:
    """One call for the whole slice; whom it is for is not looked up."""
    call = Call("", (), Words(""))
    return Slice([Work(tuple(positions), "template", call, State.ACCEPTED, None)], {})


def _prepare(rt: Runtime, way: str) -> None:
    for name in ("TEMPLATE", "MASS"):
        setattr(pace, name, _FREE)
    if way in ("http", "mass"):
        return
    limits = rt.channels.sending["template"].limits
    channel = _Instant(limits) if way == "instant" else _Ledger(limits)
    rt.channels.sending = {**rt.channels.sending, "template": channel}
    if way == "ledger":
        setattr(calls.Writer, "prepare", _nobody)  # noqa: B010 - mypy allows no other way


async def _submit(order: Order) -> dict[str, float]:
    """Confirm one notice to everybody: resolve, freeze, cut."""
    async with _opened(order) as rt:
        began = time.perf_counter()
        sent = await broadcast.submit(
            rt, None, await _draft(rt, "通知"), expected=None, idem_key=None
        )
        return {"seconds": time.perf_counter() - began, "n": sent.id}


async def _work(order: Order) -> dict[str, float]:
    """The worker role until the newest notice is done."""
    async with _opened(order) as rt:
        async with rt.read() as c:
            (sent,) = await broadcasts.recent(c, None, 1)
        began, spent = time.perf_counter(), time.process_time()
        async with _working(rt):
            await _done(rt, sent.id)
            took, spent = time.perf_counter() - began, time.process_time() - spent
    return {"seconds": took, "cpu_s": spent}


async def _mass(order: Order) -> dict[str, float]:
    """Confirm news for everybody while a worker waits for it, until the last call is taken and written down."""
    async with _opened(order) as rt:
        await quota.fresh(rt)  # as a preview does
        draft = await _draft(rt, "动态")
        async with _working(rt):
            began, spent = time.perf_counter(), time.process_time()
            sent = await broadcast.submit(rt, None, draft, expected=None, idem_key=None)
            frozen = time.perf_counter() - began
            await _done(rt, sent.id)
            took, spent = time.perf_counter() - began, time.process_time() - spent
    return {"seconds": took, "frozen_s": frozen, "cpu_s": spent}


@contextlib.asynccontextmanager
async def _opened(order: Order) -> AsyncIterator[Runtime]:
    async with runtime.opened(Settings.model_validate(order.settings), order.redis_url) as rt:
        _prepare(rt, order.way)
        yield rt


async def _draft(rt: Runtime, kind: str) -> Draft:
    async with rt.read() as c:
        root = await units.by_code(c, crowd.ROOT)
    assert root is not None
    return Draft(kind=kind, title="bench", body="bench", unit=root, scope_units=(root,))


@contextlib.asynccontextmanager
async def _working(rt: Runtime) -> AsyncIterator[None]:
    """The worker role, for the length of a block."""
    stop = asyncio.Event()
    helper = asyncio.create_task(rt.waker.listen(wake.WORK))
    working = asyncio.create_task(worker.run(rt, stop))
    yield
    stop.set()
    await working
    helper.cancel()


async def _done(rt: Runtime, n: int) -> None:
    """Return when the notice is done and everybody in it was taken."""
    while not await _is_done(rt, n):  # noqa: ASYNC110 - as somebody outside sees it
        await asyncio.sleep(0.05)
    tally = await broadcast.tally(rt, n)
    assert tally.people.accepted == tally.people.n, tally


async def _is_done(rt: Runtime, n: int) -> bool:
    with aiosqlite_short.short():  # a look that costs the worker nothing
        async with rt.read() as c:
            phase, _ = await broadcasts.control(c, n)
    return phase is Phase.DONE


def _peak_mb() -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


def main() -> None:
    """Submit or work, and say what it took."""
    order = Order(**json.loads(sys.argv[1]))
    deed = {"submit": _submit, "mass": _mass}.get(order.way, _work)
    found = loop.run(deed(order))
    sys.stdout.write(json.dumps(found | {"peak_mb": _peak_mb()}))


if __name__ == "__main__":
    main()
