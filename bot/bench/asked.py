"""What is asked of a full ledger in one process: reports, progress, the weekly analyses, charts."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot import picture
from bot.actions import progress, publish, report
from bot.bench import federations, figures
from bot.bench.bare import Bare
from bot.bench.figures import Line
from bot.core import chart, ledger
from bot.core import progress as rules
from bot.core.changes import Progress
from bot.core.ledger import Claim
from bot.core.model import Campaign, Indicator, Level, Person, Unit
from bot.runtime import Runtime
from bot.store import campaigns, memory, people, units

REPORT_MOST: Final = 1.2  # times what it costs in a small federation
PROGRESS_MS: Final = 20.0
WEEKLY_S: Final = 30.0
CHART_MS: Final = 300.0
_WARM: Final = 20
_BARE_EVERY: Final = 5  # a whole country takes it a second or so


@dataclass(slots=True)
class Side:
    """One open federation: who reports there, and how often each has."""

    rt: Runtime
    campaign: Campaign
    chairs: Sequence[Person]
    said: int = 0

    def indicator(self, code: str) -> Indicator:
        """The indicator of the campaign."""
        return next(one for one in self.campaign.indicators if one.code == code)


@dataclass(slots=True)
class _Costs:
    """Of each report the time and the CPU time; of the bare ledger's the time."""

    small: list[tuple[float, float]] = field(default_factory=list)
    large: list[tuple[float, float]] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def ratio(self, kind: int) -> float:
        """In the middle of all pairs; whatever else the machine does hits both of a pair."""
        pairs = zip(self.small, self.large, strict=True)
        return statistics.median(b[kind] / a[kind] for a, b in pairs)


async def opened(rt: Runtime, keys: Sequence[str]) -> Side:
    """The federation in the runtime's database, with the chairs of these keys."""
    async with rt.read() as c:
        campaign = await campaigns.by_code(c, federations.CAMPAIGN)
        chairs = [await people.by_key(c, key) for key in keys]
    assert campaign is not None
    return Side(rt, campaign, [person for person in chairs if person is not None])


async def reports(
    small: Side, large: Side, bare: Bare, *, rounds: int, each: int, told: Progress
) -> list[Line]:
    """The same report in turns: small federation, large one, bare ledger as large as that one."""
    found = []
    for at in range(rounds + 1):
        told("reports", at, rounds + 1)
        costs = _Costs()
        for pair in range(each if at else _WARM):
            # Now the one first, now the other: what the first of two pays for both hits them alike.
            for side in (small, large) if pair % 2 else (large, small):
                (costs.small if side is small else costs.large).append(await _report(side))
            costs.bare.append(_bare_report(large, bare))
        if at:  # the first round is for warming up
            found.append(costs)
    ratios, cpu = ([one.ratio(kind) for one in found] for kind in (0, 1))
    ours = [cost[0] for one in found for cost in one.large]
    beside = [cost for one in found for cost in one.bare]
    return [
        Line(
            "report, country against small tree",
            {
                "ratio": statistics.median(ratios),
                "least": min(ratios),
                "largest": max(ratios),
                "ratio_of_cpu": statistics.median(cpu),
            },
            {"ratio": REPORT_MOST},
        ),
        Line("report, small tree", figures.spread([a for one in found for a, _ in one.small])),
        Line("report, country", figures.spread(ours)),
        Line("report, bare ledger", figures.spread(beside)),
        Line(
            "report, country against bare ledger",
            {"ratio": statistics.median(ours) / statistics.median(beside)},
        ),
    ]


async def _report(side: Side) -> tuple[float, float]:
    """Seconds for one report by one of the chairs in turn, as chat has it written, and of CPU in this process."""
    turn, at = divmod(side.said, len(side.chairs))
    side.said += 1
    person = side.chairs[at]
    claim = Claim(person.home, side.indicator("members"), 100 + turn)
    source, now = os.urandom(32), side.rt.now()
    began, spent = time.perf_counter(), time.process_time()
    with memory.message():
        async with side.rt.write():
            done = await report.record(side.rt, person, [claim], source=source, said_at=now)
    took = time.perf_counter() - began, time.process_time() - spent
    assert done.fresh
    return took


def _bare_report(side: Side, bare: Bare) -> float:
    person = side.chairs[side.said % len(side.chairs)]
    day = side.rt.calendar.day(side.rt.now()).toordinal()
    entry = (person.home.code, side.indicator("members").id, side.said, side.said - 1, day)
    began = time.perf_counter()
    bare.report(entry)
    return time.perf_counter() - began


async def asks(side: Side, bare: Bare, *, count: int, told: Progress) -> list[Line]:
    """进度 of units of all levels, as often of each, by their codes; then a part of them of the bare ledger."""
    some = await _drawn(side.rt, count)
    found: list[rules.Progress] = []
    ways: dict[str, list[float]] = {"chat": [], "the API": []}
    cpu: dict[str, list[float]] = {way: [] for way in ways}
    for at, unit in enumerate(some):
        if not at % 50:
            told("progress", at, len(some))
        indicator = side.indicator("members" if at % 2 else "reform")
        for way, costs in ways.items():
            began, spent = time.perf_counter(), time.process_time()
            with memory.message() if way == "chat" else contextlib.nullcontext():
                one = await _progress(side.rt, unit.code, indicator)
            costs.append(time.perf_counter() - began)
            cpu[way].append(time.process_time() - spent)
        found.append(one)
    beside = []
    for at, one in enumerate(found[::_BARE_EVERY]):
        told("progress of the bare ledger", at, len(some) // _BARE_EVERY)
        beside.append(_bare_progress(side.rt, bare, one))
    lines = [
        Line(
            f"progress of any unit, as {way} asks",
            figures.both(costs, cpu[way]),
            {"p99_ms": PROGRESS_MS},
        )
        for way, costs in ways.items()
    ]
    lines.append(Line("progress, bare ledger", figures.spread(beside)))
    return [*lines, _against(found, ways["chat"], beside), await _tables(side, some)]


def _against(
    found: Sequence[rules.Progress], ours: Sequence[float], beside: Sequence[float]
) -> Line:
    """How often the bare ledger's time ours is: in the middle, at the slow end, and of the whole nation."""
    fast, bare_fast = figures.spread(ours), figures.spread(beside)
    tops = [
        (ours[at * _BARE_EVERY], cost)
        for at, cost in enumerate(beside)
        if found[at * _BARE_EVERY].unit.level is Level.NATIONAL
    ]
    top = [statistics.median(column) for column in zip(*tops, strict=True)]
    ratios = {
        "ratio_of_median": fast["median_ms"] / bare_fast["median_ms"],
        "ratio_of_p99": fast["p99_ms"] / bare_fast["p99_ms"],
        "ratio_of_the_nation": top[0] / top[1],
    }
    return Line("progress against bare ledger", ratios)


async def _progress(rt: Runtime, code: str, indicator: Indicator) -> rules.Progress:
    async with rt.read() as c:
        found = await units.by_code(c, code)
    assert found is not None
    return await progress.of(rt, found, indicator)


def _bare_progress(rt: Runtime, bare: Bare, one: rules.Progress) -> float:
    """Seconds in which the bare ledger finds the same figures, which it must."""
    since = rt.calendar.day(rt.calendar.week_start(rt.now())).toordinal()
    prefix = one.unit.code if one.unit.parent_id is not None else ""
    least = ledger.done_from(one.indicator)
    began = time.perf_counter()
    found = bare.progress(prefix, one.indicator.id, least, since)
    took = time.perf_counter() - began
    assert found == (one.reported, one.done, one.total.value, one.week.value), (found, one)
    return took


async def _tables(side: Side, some: Sequence[Unit]) -> Line:
    """The table of the units below, of the units that have any."""
    took = []
    for unit in [unit for unit in some if unit.level < Level.VILLAGE][:300]:
        began = time.perf_counter()
        await progress.children(side.rt, unit, side.indicator("reform"))
        took.append(time.perf_counter() - began)
    return Line("table of the units below", figures.spread(took))


async def _drawn(rt: Runtime, count: int) -> list[Unit]:
    """Units of all levels, as many of each, mixed."""
    draw = random.Random(3)
    found: list[Unit] = []
    for level in Level:
        async with rt.read() as c:
            all_ = await units.at_level(c, 0, 2**31 - 1, level)
        found.extend(draw.choices(all_, k=count // len(Level)))
    draw.shuffle(found)
    return found


async def weekly(side: Side) -> Line:
    """Every office's analysis of this week: worked out, written down, and told to its leader."""
    due = side.rt.now()
    began, spent = time.perf_counter(), time.process_time()
    await publish.every(side.rt, due)
    took, spent = time.perf_counter() - began, time.process_time() - spent
    said = await publish.summary(side.rt, due)
    return Line(
        "weekly analyses of all offices",
        {"seconds": took, "cpu_seconds": spent, "analyses": float(said.split()[0])},
        {"seconds": WEEKLY_S},
    )


async def charts(side: Side, *, count: int, told: Progress) -> Line:
    """Figures, curve and table of a unit with units below, as a picture."""
    rt, took, cpu = side.rt, [], []
    some = [unit for unit in await _drawn(rt, count * 2) if unit.level < Level.VILLAGE][:count]
    for at, unit in enumerate(some):
        told("charts", at, len(some))
        began, spent = time.perf_counter(), time.process_time()
        one = await progress.of(rt, unit, side.indicator("reform"))
        course = await progress.drawn(rt, one, side.campaign)
        rows = await progress.children(rt, unit, one.indicator, one.as_of)
        local = one.as_of.astimezone(rt.calendar.zone)
        svg = chart.whole_svg(rt.words, one, course, rows[:40], local=local)
        await asyncio.to_thread(picture.png, svg)
        took.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
    return Line("chart", figures.both(took, cpu), {"p99_ms": CHART_MS})
