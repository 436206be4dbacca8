"""Real processes of the program on a test's database, to be killed, frozen and thawed by name."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.settings import Settings
from tests.stories.ground import free_port


class Nursery:
    """One for each test process; `born` gives a process id."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.delivery.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def born(self, order: dict[str, Any]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@dataclass
class Crew:
    """The processes of one test; `changes` are names of modules that differ in all of them."""

    nursery: Nursery
    room: Path
    settings: Settings
    redis_url: str
    changes: dict[str, Any] = field(default_factory=dict)
    pids: dict[str, int] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def start(self, *names: str, clock_s: int = 0) -> None:
        """Start processes, their clocks wrong by so much; what stands before the bar of a name is its role."""
        for name in names:
            role = name.partition("-")[0]
            own: dict[str, Any] = {"redis_url": self.redis_url}
            if role == "web":
                own["port"] = self.ports.setdefault(name, free_port())
            order = {
                "role": role,
                "log": str(self.room / f"{name}.log"),
                "changes": self.changes,
                "clock_s": clock_s,
                "settings": json.loads(self.settings.model_copy(update=own).model_dump_json()),
            }
            self.pids[name] = self.nursery.born(order)

    def kill(self, name: str) -> None:
        """SIGKILL, and the end of it."""
        pid = self.pids.pop(name)
        os.kill(pid, signal.SIGKILL)
        while _alive(pid):
            time.sleep(0.002)

    def freeze(self, name: str) -> None:
        os.kill(self.pids[name], signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        os.kill(self.pids[name], signal.SIGCONT)

    async def end(self, name: str, seconds: float = 15) -> None:
        """SIGTERM, and wait for the end."""
        pid = self.pids.pop(name)
        os.kill(pid, signal.SIGTERM)
        async with asyncio.timeout(seconds):
            while _alive(pid):
                await asyncio.sleep(0.02)

    def all_alive(self) -> None:
        dead = [name for name, pid in self.pids.items() if not _alive(pid)]
        assert not dead, f"{dead} ended by itself:\n{self.log(dead[0])}"

    def log(self, name: str) -> str:
        path = self.room / f"{name}.log"
        return path.read_text("utf-8", "replace")[-4000:] if path.exists() else ""

    def said(self, name: str, event: str) -> bool:
        """Whether it has logged this at any time."""
        return f'"{event}"' in (self.room / f"{name}.log").read_text("utf-8", "replace")

    def rss_mb(self, name: str) -> float:
        """What it holds in memory now."""
        pages = Path(f"/proc/{self.pids[name]}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def close(self) -> None:
        for name in list(self.pids):
            if _alive(self.pids[name]):
                self.kill(name)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
