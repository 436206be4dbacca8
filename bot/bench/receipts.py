"""`yihu bench receipts`: what it takes to say who of a million was reached and has signed, for one unit and for a thousand."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from bot import runtime
from bot.actions import broadcast
from bot.bench import servers
from bot.bench.figures import Line, spread
from bot.core.changes import Progress
from bot.core.plan import Broadcast, Draft, Receipt
from bot.runtime import Runtime
from bot.store import crowd, receipts, rolls, units
from bot.store.crowd import Crowd
from config.settings import Settings

_NOWHERE: Final = "redis://127.0.0.1:1"  # a hint that finds nobody is lost
_TIMES: Final = 50


def measure(people: int, progress: Progress) -> list[Line]:
    """Fill, freeze, mark, and ask. SetupError when the database cannot be made."""
    with tempfile.TemporaryDirectory(prefix="yihu-bench-") as made:
        settings: dict[str, Any] = {
            "data_dir": Path(made),
            "secret_key": secrets.token_urlsafe(32),
            "quiet_hours": "off",
            "approval_threshold": 100_000_000,
            "wechat_account": "service",
            "test_clock": False,
        }
        environment = {f"YIHU_{name.upper()}": str(value) for name, value in settings.items()}
        servers.run(
            environment | {"YIHU_TEST_CLOCK": "0", "YIHU_DATABASE_URL": ""}, "db", "upgrade"
        )
        return asyncio.run(_asked(Settings.model_validate(settings), people, progress))


async def _asked(settings: Settings, people: int, progress: Progress) -> list[Line]:
    async with runtime.opened(settings, _NOWHERE) as rt:
        sent = await _sent(rt, people, progress)
        async with rt.read() as c:
            root = await units.by_code(c, crowd.ROOT)
            assert root is not None
            child = (await units.children(c, root.id))[-1]
        progress("asking", 0, 0)
        one = await _times(rt, lambda c: receipts.counts_by_child(c, sent, child), _TIMES)
        all_ = await _times(rt, lambda c: receipts.counts_by_child(c, sent, root), _TIMES // 5)
    children = -(-people // crowd.EACH)
    return [
        Line("one unit", spread(one), {"median_ms": 1}),
        Line(
            f"{children:,} children, each with its people, reached, opened, signed",
            spread(all_),
            {"median_ms": 10},
        ),
    ]


async def _sent(rt: Runtime, people: int, progress: Progress) -> Broadcast:
    async with rt.write() as c:
        one = Crowd(people, rt.seal.seal, lambda key: rt.seal.digest("openid", key))
        await crowd.fill(c, one, progress)
        root = await units.by_code(c, crowd.ROOT)
    assert root is not None
    draft = Draft(
        kind="通知",
        title="bench",
        body="bench",
        unit=root,
        scope_units=(root,),
        receipt=Receipt.SIGN,
    )
    sent = await broadcast.submit(rt, None, draft, expected=None, idem_key=None)
    async with rt.write() as c:
        await crowd.answer(c, sent.id)
    async with rt.write() as c:
        await rolls.settle(c, sent.id, people)  # as the worker does every two seconds
    return sent


async def _times(rt: Runtime, ask: Callable[[Any], Awaitable[object]], times: int) -> list[float]:
    took = []
    for _ in range(times):
        async with rt.read() as c:
            began = time.perf_counter()
            await ask(c)
            took.append(time.perf_counter() - began)
    return took
