"""`yihu bench broadcast`: what our engine sends beside a bare aiohttp loop and wechatpy's own client.

All call the same sink, a process of its own, in turns, so that what else the machine does hits all alike.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Final

from bot.bench import place
from bot.bench.figures import Line
from bot.bench.place import Place
from bot.core.changes import Progress

_BLOCKING: Final = 300  # calls of wechatpy's loop in a round: it is slow
_THREADS: Final = (16, 64)
_BARE: Final = "aiohttp, no ledger"
_LOOP: Final = "wechatpy in a loop"
_MICRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """What to measure: `channel` is template or mass; `instant` leaves out the network; `url` is a PostgreSQL, empty for SQLite."""

    people: int = 20_000
    channel: str = "template"
    window: int = 128
    workers: int = 1
    delay_ms: float = 20.0
    rounds: int = 3
    instant: bool = False
    url: str = ""


@dataclass(slots=True)
class Result:
    """Recipients per second of each way by round, and lines of other figures."""

    on: str
    rates: dict[str, list[float]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def median(self, way: str) -> float:
        """The middle one of its rounds."""
        return statistics.median(self.rates[way])

    def ratio(self, way: str) -> float:
        """Ours as a multiple of it: the middle one of the rounds' ratios."""
        pairs = zip(self.rates["ours"], self.rates[way], strict=True)
        return statistics.median(ours / other for ours, other in pairs)

    def table(self) -> str:
        """For people."""
        lines = [self.on]
        for way in self.rates:
            beside = "" if way == "ours" else f"   ours is {self.ratio(way):.2f} x"
            lines.append(f"{way:<24}{self.median(way):>10,.0f} /s{beside}")
        return "\n".join([*lines, *(line.text() for line in self.lines)])

    def plain(self) -> dict[str, object]:
        """For programs."""
        lines = {line.name: dict(line.figures) for line in self.lines}
        return {"on": self.on, "rates": self.rates, "lines": lines}


def measure(order: Order, progress: Progress) -> Result:
    """Fill a database, then alternate. SetupError when a part of it fails."""
    delay_ms = 0 if order.instant else order.delay_ms
    with place.opened(
        order.people,
        window=order.window,
        delay_ms=delay_ms,
        url=order.url,
        progress=progress,
    ) as there:
        if order.instant:
            return _ledger(there, order, progress)
        if order.channel == "mass":
            return _massed(there, order, progress)
        return _sending(there, order, progress)


def _sending(there: Place, order: Order, progress: Progress) -> Result:
    head = f"{order.people:,} people, sink of {order.delay_ms:g} ms, W={order.window}, {order.workers} worker(s)"
    result = Result(head)
    peaks: list[float] = []
    cpu: dict[str, list[float]] = {"ours": [], "aiohttp": []}
    for each in range(order.rounds):
        progress("rounds", each, order.rounds)
        there.counts()
        there.ours("submit")
        done = there.workers("http", order.workers)
        there.all_once(order.people)
        peaks += [one["peak_mb"] for one in done]
        cpu["ours"].append(sum(one["cpu_s"] for one in done) * _MICRO / order.people)
        _note(result, "ours", order.people, max(one["seconds"] for one in done))
        bare = there.bare("aiohttp", order.people, order.window)
        cpu["aiohttp"].append(bare["cpu_s"] * _MICRO / order.people)
        _note(result, _BARE, order.people, bare["seconds"])
        count = min(_BLOCKING, order.people)
        _note(result, _LOOP, count, there.bare("threads", count, 1)["seconds"])
        for threads in _THREADS:
            count = min(order.people, _BLOCKING * 10)
            took = there.bare("threads", count, threads)["seconds"]
            _note(result, f"wechatpy, {threads} threads", count, took)
    spent = {name: statistics.median(some) for name, some in cpu.items()}
    result.lines += [
        Line("CPU of a call (µs)", spent, {}),
        Line("worker", {"peak_mb": max(peaks)}, {"peak_mb": 150}),
    ]
    return result


def _massed(there: Place, order: Order, progress: Progress) -> Result:
    """From approval to the last call that was taken, the audience resolved and frozen meanwhile."""
    head = f"{order.people:,} people by openid list, sink of {order.delay_ms:g} ms, 1 worker"
    result = Result(head)
    took: list[dict[str, float]] = []
    for each in range(order.rounds):
        progress("rounds", each, order.rounds)
        there.counts()
        took.append(there.ours("mass"))
        there.all_once(order.people)
        _note(result, "ours", order.people, took[-1]["seconds"])
        bare = there.bare("mass", order.people, 1)
        _note(result, _BARE, order.people, bare["seconds"])
    medians = {
        name: statistics.median(one[name] for one in took)
        for name in ("seconds", "frozen_s", "cpu_s", "peak_mb")
    }
    result.lines.append(Line("from approval to the last call", medians, {"seconds": 15}))
    return result


def _ledger(there: Place, order: Order, progress: Progress) -> Result:
    result = Result(f"{order.people:,} people, no network, W={order.window}")
    empty = there.size()
    submits: list[float] = []
    peaks: dict[str, float] = {}
    grown: dict[str, float] = {}
    for each in range(order.rounds):
        for way, name in (("ledger", "ours"), ("instant", "with addresses, letters")):
            progress(name, each, order.rounds)
            froze = there.ours("submit")
            submits.append(froze["seconds"])
            peaks["submit"] = max(froze["peak_mb"], peaks.get("submit", 0))
            done = there.workers(way, order.workers)
            peaks[way] = max([peaks.get(way, 0), *(one["peak_mb"] for one in done)])
            _note(result, name, order.people, max(one["seconds"] for one in done))
            full = there.size()
            grown[way], empty = (full - empty) / order.people, full
    most = _MICRO / (100_000 if order.url else 50_000)
    # Each recipient of `instant` has a msgid.
    bytes_each = {"without_msgids": grown["ledger"], "with_msgids": grown["instant"]}
    result.lines += [
        Line("ledger alone", {"us_each": _MICRO / result.median("ours")}, {"us_each": most}),
        Line("frozen and cut", {"seconds": statistics.median(submits)}, {"seconds": 3}),
        Line("peak memory (MB)", peaks, {"ledger": 150, "instant": 150}),
        Line("bytes a recipient", bytes_each, dict.fromkeys(bytes_each, 20)),
    ]
    return result


def _note(result: Result, way: str, count: int, seconds: float) -> None:
    result.rates.setdefault(way, []).append(count / seconds)
