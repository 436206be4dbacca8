"""`yihu bench ledger`: what a whole country costs, beside one city and beside a bare ledger, in one run."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot import runtime
from bot.bench import asked, federations, servers, weigh
from bot.bench.bare import Bare
from bot.bench.figures import Line
from bot.core import period
from bot.core.changes import Progress
from bot.runtime import Runtime
from bot.store import database, filling, spare
from config.settings import Settings

_IMPORT: Final = {"seconds": 60.0, "peak_mb": 500.0}
_PEAK: Final = {"peak_mb": 500.0}
_ZONE: Final = "Asia/Shanghai"
_NOWHERE: Final = "redis://127.0.0.1:1"  # a hint that finds nobody is lost
_REPORTS: Final = 200  # of each round on each side
_ASKED: Final = 1200
_CHARTS: Final = 40
_CHAIRS: Final = 500


@dataclass(frozen=True, slots=True)
class Order:
    """What to measure: the units (None: those of Nanping), how many entries, on which PostgreSQL (empty: SQLite)."""

    units: Path | None = None
    entries: int = 20_000
    rounds: int = 5
    url: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, in the order in which it was measured."""

    on: str
    lines: Sequence[Line]

    def reached(self) -> bool:
        """Whether every figure is as it must be."""
        return all(line.reached for line in self.lines)

    def table(self) -> str:
        """For people, a line for each thing."""
        return "\n".join([self.on, *(line.text() for line in self.lines)])

    def plain(self) -> dict[str, object]:
        """For programs."""
        return {
            "on": self.on,
            "lines": {
                line.name: {
                    "figures": dict(line.figures),
                    "most": dict(line.most),
                    "reached": line.reached,
                }
                for line in self.lines
            },
        }


@dataclass(frozen=True, slots=True)
class _Place:
    """One federation of the comparison: its file, its database, the keys of its chairs."""

    units: Path
    environment: dict[str, str]
    chairs: list[str]

    def settings(self) -> Settings:
        """As its own processes have them."""
        known = {name.removeprefix("YIHU_").lower(): v for name, v in self.environment.items()}
        return Settings.model_validate(known)


def measure(order: Order, progress: Progress) -> Result:
    """All of it, one after the other. SetupError when something fails on the way."""
    with tempfile.TemporaryDirectory(prefix="yihu-bench-") as made, _databases(order.url) as urls:
        room = Path(made)
        units = federations.unpacked(order.units or federations.NANPING, room)
        small = _place(room / "small", federations.NANPING, urls[0])
        large = _place(room / "large", units, urls[1])
        lines = list(_imports(large, progress))
        _import(small, "org", small.units)
        for place in (small, large):
            _furnish(place, progress)
        found, count = asyncio.run(_inside(small, large, order, room, progress))
        lines += [*found, *_afterwards(large, room, progress)]
        where = "PostgreSQL" if order.url else "SQLite"
        total = sum(1 for _ in federations.rows(units))
        return Result(f"{total:,} units and {count:,} entries on {where}", lines)


@contextlib.contextmanager
def _databases(url: str) -> Iterator[tuple[str, str]]:
    """Two addresses of databases of our own; empty for SQLite files."""
    if not url:
        yield "", ""
        return
    names = [f"yihu_bench_{secrets.token_hex(6)}" for _ in range(2)]
    try:
        asyncio.run(_administer(url, create=names))
        yield spare.address(url, names[0]), spare.address(url, names[1])
    finally:
        asyncio.run(_administer(url, drop=names))


async def _administer(url: str, *, create: Sequence[str] = (), drop: Sequence[str] = ()) -> None:
    db = database.Database(Settings(database_url=url).sql_url)
    try:
        for name in create:
            async with db.read() as c:
                await spare.create(c, name)
        for name in drop:
            async with db.read() as c:
                await spare.drop(c, name)
    finally:
        await db.close()


def _place(room: Path, units: Path, url: str) -> _Place:
    """An empty database with our schema, and the files beside it."""
    room.mkdir()
    environment = {
        "YIHU_DATA_DIR": str(room),
        "YIHU_DATABASE_URL": url,
        "YIHU_REDIS_URL": _NOWHERE,
        "YIHU_SECRET_KEY": secrets.token_urlsafe(32),
        "YIHU_TIMEZONE": _ZONE,
        "YIHU_TEST_CLOCK": "0",
        "YIHU_QUIET_HOURS": "off",
    }
    servers.run(environment, "db", "upgrade")
    chairs = federations.people(units, room / "people.csv", villages=_CHAIRS)
    federations.campaign(units, room / "campaign.yaml", _friday().date())
    return _Place(units, environment, chairs)


def _friday() -> datetime:
    """The newest past moment at which weekly analyses are made; all of the run is then."""
    now = datetime.now(ZoneInfo(_ZONE))
    friday = (now - timedelta(days=(now.weekday() - 4) % 7)).replace(hour=16, minute=7, second=0)
    return friday if friday <= now else friday - timedelta(days=7)


def _imports(large: _Place, progress: Progress) -> Iterator[Line]:
    """The country into an empty database, and the same file again."""
    for name in ("import", "import of the same again"):
        progress(name, 0, 0)
        found = _import(large, "org", large.units)
        yield Line(name, found.figures(), _IMPORT)


def _import(place: _Place, group: str, file: Path) -> weigh.Weight:
    return weigh.run(place.environment, group, "import", str(file))


def _furnish(place: _Place, progress: Progress) -> None:
    room = Path(place.environment["YIHU_DATA_DIR"])
    for group, file in (("people", "people.csv"), ("campaign", "campaign.yaml")):
        progress(f"import of {group}", 0, 0)
        _import(place, group, room / file)


async def _inside(
    small: _Place, large: _Place, order: Order, room: Path, progress: Progress
) -> tuple[list[Line], int]:
    """Fill both ledgers and ask them; what was found, and how many entries the large one got."""
    async with AsyncExitStack() as stack:
        sides = []
        for place in (small, large):
            rt = await stack.enter_async_context(runtime.opened(place.settings(), _NOWHERE))
            stack.enter_context(rt.at(_friday()))
            sides.append(await asked.opened(rt, place.chairs))
        await _fill(sides[0], min(order.entries, 6000), progress)
        count = await _fill(sides[1], order.entries, progress)
        bare = Bare(room / "bare.db")
        stack.callback(bare.close)
        await _copy(sides[1].rt, bare, count, progress)
        lines = await asked.asks(sides[1], bare, count=_ASKED, told=progress)
        lines += await asked.reports(
            sides[0], sides[1], bare, rounds=order.rounds, each=_REPORTS, told=progress
        )
        progress("weekly analyses", 0, 0)
        lines.append(await asked.weekly(sides[1]))
        lines.append(await asked.charts(sides[1], count=_CHARTS, told=progress))
        return lines, count


async def _fill(side: asked.Side, count: int, progress: Progress) -> int:
    rt = side.rt
    now = rt.now()
    start = rt.calendar.moment(rt.calendar.day(now) - timedelta(days=federations.DAYS))
    offset = start.utcoffset() or timedelta()
    span = filling.Span(period.ms(start), period.ms(now), offset // timedelta(milliseconds=1))
    async with rt.write() as c:
        made = await filling.fill(c, side.campaign.indicators, span, count=count, progress=progress)
    async with rt.write() as c:
        await filling.settle(c)
    return made


async def _copy(rt: Runtime, bare: Bare, count: int, progress: Progress) -> None:
    """The same entries into the bare ledger."""
    done = 0
    async with rt.read() as c:
        async for some in filling.read(c):
            bare.load(some)
            done += len(some)
            progress("filling the bare ledger", done, count)


def _afterwards(large: _Place, room: Path, progress: Progress) -> Iterator[Line]:
    """`ledger verify`; a file with changes under the full ledger; and whether all still agrees."""
    yield _verify(large, "ledger verify", progress)
    file = room / "changed.csv"
    federations.changed(large.units, file)
    progress("import of changes", 0, 0)
    found = _import(large, "org", file)
    yield Line("import of 1 % changes under the full ledger", found.figures(), _PEAK)
    yield _verify(large, "ledger verify after it", progress)


def _verify(large: _Place, name: str, progress: Progress) -> Line:
    progress(name, 0, 0)
    found = weigh.run(large.environment, "ledger", "verify")
    return Line(name, found.figures())
