"""`yihu bench groups`: a notice to every group of the country: its plan, its chain for any unit, the picture, the page."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from bot import errors, runtime
from bot.actions import broadcast, chain
from bot.bench import servers
from bot.bench.figures import Line, spread
from bot.core import chain_chart, link
from bot.core.chain import Mark, News
from bot.core.changes import Progress
from bot.core.model import Unit
from bot.core.plan import Broadcast, Draft
from bot.picture import png
from bot.runtime import Runtime
from bot.store import chains, nation, units
from bot.store.nation import Nation
from config.settings import Settings

_NOWHERE: Final = "redis://127.0.0.1:1"  # a hint that finds nobody is lost
_TIMES: Final = 100
_ARRIVED: Final = 0.7
_LINKS: Final = 2000
_CONNECTIONS: Final = 16


def measure(groups: int, opens: int, url: str, progress: Progress) -> list[Line]:
    """All of it, one after the other; `url` is a PostgreSQL, empty for SQLite. SetupError when a part fails."""
    with tempfile.TemporaryDirectory(prefix="yihu-bench-") as made, servers.database(url) as own:
        room = Path(made)
        settings: dict[str, Any] = {
            "data_dir": room,
            "database_url": own,
            "secret_key": secrets.token_urlsafe(32),
            "quiet_hours": "off",
            "approval_threshold": 100_000_000,
            "wechat_account": "service",
            "test_clock": False,
        }
        environment = {f"YIHU_{name.upper()}": str(value) for name, value in settings.items()}
        environment |= {"YIHU_TEST_CLOCK": "0"}
        servers.run(environment, "db", "upgrade")
        lines, urls = asyncio.run(_inside(Settings.model_validate(settings), groups, progress))
        progress("opening", 0, 0)
        return [*lines, *_opened(environment, room, urls, opens)]


async def _inside(
    settings: Settings, groups: int, progress: Progress
) -> tuple[list[Line], list[str]]:
    async with runtime.opened(settings, _NOWHERE) as rt:
        async with rt.write() as c:
            one = Nation(groups, rt.seal.seal, lambda key: rt.seal.digest("openid", key))
            count = await nation.fill(c, one, progress)
        progress("planning", 0, 0)
        planned, sent = await _planned(rt)
        lines = [Line(f"plan for {groups:,} groups of {count:,} units", planned, {"seconds": 10})]
        await _arrive(rt, sent, count)
        progress("asking", 0, 0)
        lines += await _asked(rt, sent)
        draw = random.Random(3)
        places = [draw.randrange(count) for _ in range(_LINKS)]
        urls = [
            f"/t/{link.group_token(rt.seal, sent.id, 1 + at % groups, place)}"
            for at, place in enumerate(places)
        ]
        return lines, urls


async def _planned(rt: Runtime) -> tuple[dict[str, float], Broadcast]:
    async with rt.read() as c:
        root = await units.root(c)
    assert root is not None
    draft = Draft(
        kind="通知",
        title="bench",
        body="bench",
        unit=root,
        scope_units=(root,),
        items=(),
        groups=True,
    )
    began = time.perf_counter()
    shown = await broadcast.preview(rt, None, draft)
    planned = time.perf_counter()
    sent = await broadcast.submit(rt, None, draft, expected=shown.token, idem_key=None)
    return {"seconds": planned - began, "frozen_seconds": time.perf_counter() - planned}, sent


async def _arrive(rt: Runtime, sent: Broadcast, count: int) -> None:
    """Most units have forwarded it, at times of their own."""
    draw = random.Random(2)
    some = [place for place in range(count) if draw.random() < _ARRIVED]
    start = sent.approved_at_ms or 0
    async with rt.write() as c:
        for first in range(0, len(some), 20_000):
            news = [News(place, Mark.RELAYED, people=200) for place in some[first : first + 20_000]]
            await chains.note(c, sent, news, start + first * 1000)


async def _asked(rt: Runtime, sent: Broadcast) -> list[Line]:
    """The chain of a unit of each level, and the picture of the whole."""
    lines = []
    async with rt.read() as c:
        unit: Unit | None = await units.root(c)
    whole = unit
    while unit is not None:
        took = []
        for _ in range(_TIMES):
            began = time.perf_counter()
            found = await chain.standing(rt, sent, unit)
            took.append(time.perf_counter() - began)
            assert found is not None
        lines.append(Line(f"chain, {unit.level.word}", spread(took), {"p99_ms": 20}))
        async with rt.read() as c:
            unit = next(iter(await units.children(c, unit.id)), None)
    took = []
    assert whole is not None
    for _ in range(_TIMES // 5):
        began = time.perf_counter()
        found = await chain.standing(rt, sent, whole)
        assert found is not None
        local = found.as_of.astimezone(rt.calendar.zone)
        png(chain_chart.svg_of(rt.words, sent.title, found, local=local))
        took.append(time.perf_counter() - began)
    lines.append(Line("picture of the nation", spread(took), {"p99_ms": 500}))
    return lines


def _opened(environment: dict[str, str], room: Path, urls: list[str], opens: int) -> list[Line]:
    """First looks of new readers at many groups' links, on one process."""
    head = "Host: yihu.example.cn\r\nUser-Agent: Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0\r\n"
    requests = [f"GET {urls[at % len(urls)]} HTTP/1.1\r\n{head}\r\n" for at in range(opens)]
    environment = environment | {"YIHU_REDIS_URL": ""}
    with servers.ours(environment, room / "web.log") as served:
        before, cpu = served.resident_mb(), served.cpu_seconds()
        order = {"port": served.port, "requests": requests}
        order |= {"connections": _CONNECTIONS, "seconds": 60.0}
        done = subprocess.run(
            [sys.executable, "-m", "bot.bench.load"],
            input=json.dumps(order).encode(),
            capture_output=True,
            check=True,
        )
        told = json.loads(done.stdout)
        if told["statuses"] != {"200": opens}:
            raise errors.SetupError(f"the pages were answered with {told['statuses']}")
        cpu = served.cpu_seconds() - cpu
        after = served.resident_mb()
    figures = {"opens_per_s": opens / told["took"], **spread(told["seconds"])}
    return [
        Line(f"page, {opens:,} opens of {len(urls):,} links", figures),
        # 2,000 a second leave an open 500 µs of the process, whatever the load beside it takes.
        Line("page, CPU of the process", {"us_an_open": cpu * 1e6 / opens}, {"us_an_open": 500}),
        Line("page, memory grown", {"mb": after - before}, {"mb": 30}),
    ]
