"""`yihu bench webhook`: what a push costs our front, and what it costs a bare FastAPI + wechatpy echo.

Both run beside each other and are loaded in turns, so that what else the machine does hits both alike.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import statistics
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import errors
from bot.bench import pushes, servers
from bot.channels import crypt, fields
from bot.core.changes import Progress
from bot.roles import federation

CONNECTIONS = 32
# Our rate as a part of the echo's: what must hold now, and where we are going.
GOALS = {"finish": (0.5, 0.8), "click": (0.5, 0.8), "report": (0.1, 0.25)}
_SAYS = {
    "finish": "event TEMPLATESENDJOBFINISH",
    "click": "event CLICK, answered",
    "report": "chat report, recorded",
}
_COMMANDS = {"units": "org"}  # whose import takes a file of that kind


@dataclass(frozen=True, slots=True)
class Run:
    """One load: pushes per second, milliseconds to the median and the slowest 1 %, CPU microseconds per push.

    `late`: the part that got `success` because 2 s were over; its answer goes by another way.
    """

    rate: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    late: float


@dataclass(slots=True)
class Side:
    """All loads of one kind on one server."""

    runs: list[Run] = field(default_factory=list)

    def median(self) -> Run:
        """Each figure's median over the loads."""
        columns = zip(*(asdict(run).values() for run in self.runs), strict=True)
        return Run(*(statistics.median(column) for column in columns))


@dataclass(slots=True)
class Result:
    """The two sides of each kind of push: `ours` and `echo`, loaded in turns."""

    kinds: dict[str, dict[str, Side]]

    def ratios(self, kind: str) -> list[float]:
        """Our rate as a part of the echo's, for each time they took turns."""
        ours, echo = self.kinds[kind]["ours"], self.kinds[kind]["echo"]
        return [a.rate / b.rate for a, b in zip(ours.runs, echo.runs, strict=True)]

    def ratio(self, kind: str) -> float:
        """The median of `ratios`: what else the machine does hits both sides of one turn alike."""
        return statistics.median(self.ratios(kind))

    def cpu_ratio(self, kind: str) -> float:
        """The echo's CPU time for a push as a part of ours: the ratio on a machine with nothing else to do."""
        ours, echo = self.kinds[kind]["ours"], self.kinds[kind]["echo"]
        return statistics.median(
            b.cpu_us / a.cpu_us for a, b in zip(ours.runs, echo.runs, strict=True)
        )

    def table(self) -> str:
        """For people: a block for each kind of push, medians first."""
        return "\n\n".join(self._block(kind) for kind in self.kinds)

    def _block(self, kind: str) -> str:
        columns = ("pushes/s", "p50 ms", "p99 ms", "CPU us", "late")
        lines = [f"{_SAYS[kind]:<34}" + "".join(f"{column:>10}" for column in columns)]
        for name, side in self.kinds[kind].items():
            m = side.median()
            lines.append(
                f"  {name:<32}{m.rate:>10.0f}{m.p50_ms:>10.2f}{m.p99_ms:>10.2f}{m.cpu_us:>10.0f}{m.late:>10.1%}"
            )
        now, later = GOALS[kind]
        each = " ".join(f"{ratio:.2f}" for ratio in self.ratios(kind))
        verdict = "reached" if self.ratio(kind) >= now else "NOT reached"
        lines.append(f"  ours / echo {self.ratio(kind):.2f} (each turn: {each})")
        lines.append(f"  by CPU time {self.cpu_ratio(kind):.2f}")
        lines.append(f"  goal {now:g}: {verdict}; going to {later:g}")
        return "\n".join(lines)

    def plain(self) -> dict[str, object]:
        """For programs: every load, the medians and the ratios."""
        return {
            kind: {
                "ratio": round(self.ratio(kind), 4),
                "ratios": [round(ratio, 4) for ratio in self.ratios(kind)],
                "cpu_ratio": round(self.cpu_ratio(kind), 4),
                **{
                    name: {"median": asdict(side.median()), "runs": [asdict(r) for r in side.runs]}
                    for name, side in sides.items()
                },
            }
            for kind, sides in self.kinds.items()
        }


def measure(*, rounds: int, pushes_each: int, seconds: float, progress: Progress) -> Result:
    """Alternate both servers `rounds` times over every kind; each load ends after so many pushes or seconds.

    SetupError when a server does not start or answers anything but what it must.
    """
    with tempfile.TemporaryDirectory(prefix="yihu-bench-") as made:
        room = Path(made)
        keys = _keys()
        with _federation(room, keys, progress) as (environment, reporters):
            maker = pushes.Maker(
                keys["TOKEN"], keys["AES_KEY"], keys["APP_ID"], keys["ORIGINAL_ID"], reporters
            )
            kinds: dict[str, Callable[[], bytes]] = {
                "finish": maker.finish,
                "click": maker.click,
                "report": maker.report,
            }
            with (
                servers.ours(environment, room / "ours.log") as ours,
                servers.echo(
                    keys["TOKEN"], keys["AES_KEY"], keys["APP_ID"], room / "echo.log"
                ) as echo,
            ):
                result = Result({kind: {"ours": Side(), "echo": Side()} for kind in kinds})
                for each in range(rounds + 1):
                    progress("rounds", each, rounds + 1)
                    for kind, make in kinds.items():
                        requests = [
                            make() for _ in range(pushes_each if each else pushes_each // 10)
                        ]
                        for name, served in (("ours", ours), ("echo", echo)):
                            run = _load(served, requests, seconds, kind, keys)
                            if each:  # the first is for warming up
                                result.kinds[kind][name].runs.append(run)
                return result


def _keys() -> dict[str, str]:
    """An account of this run only."""
    letters = string.ascii_letters + string.digits
    return {
        "APP_ID": "wx" + secrets.token_hex(8),
        "APP_SECRET": secrets.token_hex(16),
        "TOKEN": secrets.token_hex(12),
        "AES_KEY": "".join(secrets.choice(letters) for _ in range(42)) + "A",
        "ORIGINAL_ID": "gh_" + secrets.token_hex(6),
    }


@contextlib.contextmanager
def _federation(
    room: Path, keys: dict[str, str], progress: Progress
) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The demo's federation in a database of its own: the settings, and the openids of village chairs."""
    environment = {f"YIHU_WECHAT_{name}": value for name, value in keys.items()} | {
        "YIHU_DATA_DIR": str(room),
        "YIHU_DATABASE_URL": "",
        "YIHU_REDIS_URL": "",
        "YIHU_SECRET_KEY": secrets.token_urlsafe(32),
        "YIHU_WECHAT_API_BASE": "http://127.0.0.1:9",  # nobody: nothing here calls out
        "YIHU_TEST_CLOCK": "0",
    }
    servers.run(environment, "db", "upgrade")
    files = federation.write(room / "federation", datetime.now(UTC).date() - timedelta(days=1))
    for number, (kind, path) in enumerate(files):
        progress("import", number, len(files))
        servers.run(environment, _COMMANDS.get(kind, kind), "import", str(path))
    people = json.loads((room / "federation" / "people.json").read_text("utf-8"))["people"]
    yield environment, [one["openid"] for one in people if one["unit"].endswith("村妇联")]


def _load(
    served: servers.Served, requests: list[bytes], seconds: float, kind: str, keys: dict[str, str]
) -> Run:
    order = {
        "port": served.port,
        "requests": [request.decode() for request in requests],
        "connections": CONNECTIONS,
        "seconds": seconds,
    }
    before = served.cpu_seconds()
    done = subprocess.run(
        [sys.executable, "-m", "bot.bench.load"],
        input=json.dumps(order).encode(),
        capture_output=True,
        check=False,
    )
    spent = served.cpu_seconds() - before
    if done.returncode:
        raise errors.SetupError(f"the load failed: {done.stderr.decode().strip()[-300:]}")
    told = json.loads(done.stdout)
    late = _check(told, kind, keys)
    took = sorted(told["seconds"])
    count = len(took)
    return Run(
        rate=count / told["took"],
        p50_ms=took[count // 2] * 1000,
        p99_ms=took[min(count - 1, count * 99 // 100)] * 1000,
        cpu_us=spent / count * 1e6,
        late=late,
    )


def _check(told: dict[str, object], kind: str, keys: dict[str, str]) -> float:
    """A fast refusal is no figure: every status is 200, the last answers are what they must be.

    The part of them that came late.
    """
    statuses, bodies = told["statuses"], told["bodies"]
    assert isinstance(statuses, dict)
    assert isinstance(bodies, list)
    if set(statuses) != {"200"}:
        raise errors.SetupError(f"pushes were answered with other than 200: {statuses}")
    if kind == "finish":
        late, good = 0, bodies == ["success"] * len(bodies)
    else:
        frame = crypt.Frame(keys["AES_KEY"], keys["APP_ID"])
        late = bodies.count("success")
        texts = [_opened(frame, body) for body in bodies if body != "success"]
        good = late < len(bodies) / 2 and all(texts)
        if kind == "report":  # recorded, or echoed
            good = good and all(text.startswith(("记上了", "新增执委")) for text in texts)
    if not good:
        raise errors.SetupError(f"a {kind} was answered with something else: {bodies[-1]}")
    return late / len(bodies)


def _opened(frame: crypt.Frame, body: str) -> str:
    """The text of a sealed answer; empty for anything else."""
    if not body.startswith("<xml>"):
        return ""
    tree, _ = fields.parse(body.encode())
    sealed = tree.get("Encrypt")
    if not isinstance(sealed, str):
        return ""
    inside, _ = fields.parse(frame.open(sealed))
    return str(inside.get("Content", ""))
