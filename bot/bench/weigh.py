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

from bot import errors

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Weight:
    """Seconds with the start of the interpreter, MB at the most, and the last line that was said."""

    seconds: float
    peak_mb: float
    said: str


def run(environment: Mapping[str, str], *arguments: str) -> Weight:
    """Run `yihu …` and weigh it; SetupError with its last line when it fails."""
    with tempfile.NamedTemporaryFile(prefix="yihu-weight-") as peak:
        command = [sys.executable, "-m", "bot.bench.weigh", peak.name, *arguments]
        began = time.perf_counter()
        done = subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, check=False
        )
        took = time.perf_counter() - began
        said = (done.stderr if done.returncode else done.stdout).decode(errors="replace")
        last = said.strip().splitlines()[-1:] or [""]
        if done.returncode:
            raise errors.SetupError(f"yihu {' '.join(arguments[:2])} failed: {last[0]}")
        return Weight(took, int(Path(peak.name).read_text("ascii")) / 1024, last[0])


def main() -> None:
    """Be `yihu` with the arguments after the first, which names the file for the peak in kB.

    From /proc: what `wait4` tells of a child includes what its parent weighed when it was started.
    """
    from bot import cli  # noqa: PLC0415 - the parent needs nothing of it

    place = Path(sys.argv.pop(1))
    try:
        cli.main()
    finally:
        found = _PEAK.search(Path("/proc/self/status").read_text("ascii"))
        assert found is not None
        place.write_text(found[1], "ascii")


if __name__ == "__main__":
    main()
