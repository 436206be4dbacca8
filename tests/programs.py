"""Processes of the program, without the second that starting Python and importing everything takes.

Each is a process of its own with its own arguments, environment, directory and streams, forked from one that has
imported the program and done nothing else (`tests.preloaded`). That `yihu` and `python -m bot` start by themselves is
seen in tests/org/test_command_line.py, tests/stories/test_demo.py and tests/sandbox/test_alone.py.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Any

from bot import cli
from bot.sandbox import server

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.preloaded", "tests.programs"])

Main = Callable[[], None]


def yihu() -> None:
    """What the console script does."""
    cli.main()


def sandbox() -> None:
    """What `python -m bot.sandbox` does."""
    sys.exit(server.main(sys.argv[1:]))


class Child:
    """A process; `subprocess.Popen` as far as tests use it. A stream not given is /dev/null."""

    def __init__(
        self,
        main: Main,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: IO[bytes] | int | None = None,
        stdout: IO[bytes] | int | None = None,
        stderr: IO[bytes] | int | None = None,
    ) -> None:
        self.stdin: IO[bytes] | None = None
        self.stdout: IO[bytes] | None = None
        with contextlib.ExitStack() as ours:
            null = ours.enter_context(Path(os.devnull).open("r+b", buffering=0))
            if stdin == subprocess.PIPE:
                stdin, self.stdin = self._pipe(ours, "w")
            if stdout == subprocess.PIPE:
                stdout, self.stdout = self._pipe(ours, "r")
            if stderr == subprocess.STDOUT:
                stderr = stdout
            streams = [one or null for one in (stdin, stdout, stderr)]
            numbers = [one if isinstance(one, int) else one.fileno() for one in streams]
            self._process = _FORKED.Process(
                target=_become,
                args=(main, arguments, dict(environment or os.environ), cwd or Path.cwd()),
                kwargs={"streams": _Streams(numbers)},
                daemon=True,
            )
            self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    @staticmethod
    def _pipe(ours: contextlib.ExitStack, mode: str) -> tuple[int, IO[bytes]]:
        """The end that the child gets, and ours."""
        reading, writing = os.pipe()
        theirs, mine = (reading, writing) if mode == "w" else (writing, reading)
        ours.callback(os.close, theirs)
        return theirs, open(mine, f"{mode}b")  # noqa: PTH123 - a number, closed by who uses it

    @property
    def returncode(self) -> int | None:
        """How it ended; minus the number of the signal that ended it."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """How it ended, if it did."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def run(
    main: Main,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run it to its end; what it said."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = Child(main, *arguments, environment=environment, cwd=cwd, stdout=out, stderr=err)
        try:
            code = child.wait(timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode())
        return subprocess.CompletedProcess(arguments, code, *said)


class _Streams:
    """Three file descriptors on their way to a child."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers

    def __reduce__(self) -> Any:
        return _Arrived, tuple(DupFd(number) for number in self.numbers)


class _Arrived:
    """They stand where a process has its standard streams."""

    def __init__(self, *streams: Any) -> None:
        for number, stream in enumerate(streams):
            given = stream.detach()
            os.dup2(given, number)
            os.close(given)


def _become(
    main: Main,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    cwd: Path,
    *,
    streams: _Arrived,
) -> None:
    """In the child."""
    # New ones: those of before were opened on other files.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the stream itself
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(cwd)
    sys.argv = [main.__name__, *arguments]
    main()
