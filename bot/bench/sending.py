"""Our engine in processes of its own: one confirms a notice, others send it as the worker role does.

`python -m bot.bench.sending ORDER` (JSON) prints what it took.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
import sys
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bot import runtime
from bot.actions import broadcast, calls
from bot.actions.calls import Slice, Work, Writer
from bot.channels.base import Call, Limits, Outcome, Words
from bot.core import pace
from bot.core.outcome import Kind
from bot.core.packing import Arrays
from bot.core.plan import Draft, Phase
from bot.core.receipt import State
from bot.roles import worker
from bot.runtime import Runtime
from bot.store import broadcasts, crowd, units
from bot.store.database import Connection
from config.settings import Settings

_FREE = pace.Rate(per_s=1e9, burst=1_000_000)  # the platform's limits are lifted on both sides
_TAKEN = [Outcome(Kind.OK, 0, None, "ok")]


@dataclass(frozen=True, slots=True)
class Order:
    """`way`: `submit` confirms a notice; `http` sends it, `instant` calls nobody, `ledger` does not even look for addresses."""

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
    for name in ("TEMPLATE",):
        setattr(pace, name, _FREE)
    if way == "http":
        return
    limits = rt.channels.sending["template"].limits
    channel = _Instant(limits) if way == "instant" else _Ledger(limits)
    rt.channels.sending = {**rt.channels.sending, "template": channel}
    if way == "ledger":
        setattr(calls.Writer, "prepare", _nobody)  # noqa: B010 - mypy allows no other way


async def _submit(order: Order) -> dict[str, float]:
    """Confirm one notice to everybody: resolve, freeze, cut."""
    async with runtime.opened(Settings.model_validate(order.settings), order.redis_url) as rt:
        async with rt.read() as c:
            root = await units.by_code(c, crowd.ROOT)
        assert root is not None
        draft = Draft(kind="通知", title="bench", body="bench", unit=root, scope_units=(root,))
        began = time.perf_counter()
        sent = await broadcast.submit(rt, None, draft, expected=None, idem_key=None)
        return {"seconds": time.perf_counter() - began, "n": sent.id}


async def _work(order: Order) -> dict[str, float]:
    """The worker role until the newest notice is done."""
    async with runtime.opened(Settings.model_validate(order.settings), order.redis_url) as rt:
        _prepare(rt, order.way)
        async with rt.read() as c:
            (sent,) = await broadcasts.recent(c, None, 1)
        stop = asyncio.Event()
        began, spent = time.perf_counter(), time.process_time()
        working = asyncio.create_task(worker.run(rt, stop))
        while not await _is_done(rt, sent.id):  # noqa: ASYNC110 - as somebody outside sees it
            await asyncio.sleep(0.1)
        took, spent = time.perf_counter() - began, time.process_time() - spent
        stop.set()
        await working
        tally = await broadcast.tally(rt, sent.id)
        assert tally.people.accepted == tally.people.n, tally
    return {"seconds": took, "cpu_s": spent}


async def _is_done(rt: Runtime, n: int) -> bool:
    async with rt.read() as c:
        return (await broadcasts.get(c, n)).state is Phase.DONE


def _peak_mb() -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


def main() -> None:
    """Submit or work, and say what it took."""
    order = Order(**json.loads(sys.argv[1]))
    found = asyncio.run(_submit(order) if order.way == "submit" else _work(order))
    sys.stdout.write(json.dumps(found | {"peak_mb": _peak_mb()}))


if __name__ == "__main__":
    main()
