"""One command of ours in a process of its own: how long it took, and its largest resident memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import errors

# `yihu` that leaves its status behind, as what wait4 tells of a child includes what its parent weighed.
_YIHU: Final = """
import shutil, sys
from bot.cli import main
place = sys.argv.pop(1)
try:
    main()
finally:
    shutil.copyfile("/proc/self/status", place)
"""
_PEAK: Final = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Weight:
    """Seconds with the start of the interpreter, those of CPU, MB at the most, and the last line that was said."""

    seconds: float
    cpu: float
    peak_mb: float
    said: str

    def figures(self) -> dict[str, float]:
        """For a line of what was measured."""
        return {"seconds": self.seconds, "cpu_seconds": self.cpu, "peak_mb": self.peak_mb}


def run(environment: Mapping[str, str], *arguments: str) -> Weight:
    """Run `yihu …` and weigh it; SetupError with its last line when it fails."""
    with tempfile.NamedTemporaryFile(prefix="yihu-weight-") as peak:
        command = [sys.executable, "-c", _YIHU, peak.name, *arguments]
        began, spent = time.perf_counter(), _children()
        done = subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, check=False
        )
        took, spent = time.perf_counter() - began, _children() - spent
        said = (done.stderr if done.returncode else done.stdout).decode(errors="replace")
        last = said.strip().splitlines()[-1:] or [""]
        if done.returncode:
            raise errors.SetupError(f"yihu {' '.join(arguments[:2])} failed: {last[0]}")
        status = _PEAK.search(Path(peak.name).read_text("utf-8"))
        assert status is not None
        return Weight(took, spent, int(status[1]) / 1024, last[0])


def _children() -> float:
    """CPU seconds of all processes that we started and that have ended."""
    known = os.times()
    return known.children_user + known.children_system
