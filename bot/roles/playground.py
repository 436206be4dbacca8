"""What the demo needs beside the program: its data dir to itself, credentials, and the sandbox process.

Imports nothing heavy: the sandbox starts while the program is still being imported.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import secrets
import shutil
import socket
import string
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import errors
from bot.shared import embedded
from config.settings import Settings, load

_OURS = ("yihu.db", "yihu.db-wal", "yihu.db-shm", "secret.key", "demo.json")
_OUR_ROOMS = ("redis", "sandbox", "spool", "federation")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The running platform; it ends by itself when this process ends, however that happens."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path
    guests: str = ""  # its address for phones in this network, if they are let in

    def wait(self) -> None:
        """Return once it answers; SetupError if it has ended instead."""
        assert self.process.stdout is not None
        if not self.process.stdout.readline().startswith(b"sandbox:"):
            raise errors.SetupError(f"the sandbox did not start; see {self.log}")

    def control(self, path: str, body: object) -> None:
        """Tell the sandbox something through its control address."""
        request = urllib.request.Request(  # noqa: S310  # always our own loopback address
            f"{self.url}/control/{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            answer.read()

    def offset_ms(self, known: int | None) -> int:
        """How far its clock is ahead of real time; with `known` waits a second for another value."""
        waiting = "" if known is None else f"?unlike={known}&wait_ms=1000"
        with urllib.request.urlopen(f"{self.url}/control/clock{waiting}", timeout=10) as answer:  # noqa: S310
            moved: int = json.load(answer)["offset_ms"]
            return moved


@contextlib.contextmanager
def opened(settings: Settings, *, reset: bool, phone: bool) -> Iterator[tuple[Settings, Sandbox]]:
    """The settings of a program on a sandbox that is starting; both belong to this block.

    `phone` lets other machines of this network open the page, by an address with a key in it.

    Raises SetupError, in one sentence, when the port is taken, the data dir cannot be used, or
    another demo already runs in it.
    """
    home = settings.data_dir
    with _alone(home):
        if reset:
            _clear(home)
            settings = load(data_dir=home, port=settings.port)  # its key and its file anew
        check_port(settings)
        keys = _credentials(home)
        with _sandbox(home, keys, settings.port, phone=phone) as sandbox:
            account = {**_account(keys, sandbox.url), "test_clock": True, "home_url": sandbox.url}
            # Links of notices and groups open in the page's phone.
            own = settings.public_url or f"http://{settings.host}:{settings.port}"
            yield settings.model_copy(update=account | {"public_url": own}), sandbox


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One demo for each data dir; the lock is gone with the process, however it ended."""
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise errors.SetupError(
                f"a demo already runs in {home}; stop it with Ctrl-C there, or give another --data-dir"
            ) from error
        yield


def _clear(home: Path) -> None:
    """Remove what a demo made, and nothing else."""
    leftover = embedded.open(home)
    embedded.close(leftover)  # the last to leave stops it
    for name in _OURS:
        (home / name).unlink(missing_ok=True)
    for room in [*(home / name for name in _OUR_ROOMS), *home.glob(".federation-*")]:
        shutil.rmtree(room, ignore_errors=True)


def _credentials(home: Path) -> dict[str, str]:
    """Made once for each data dir: they open nothing but this sandbox."""
    path = home / "demo.json"
    if path.exists() and path.stat().st_size:  # a full disk leaves an empty one
        kept: dict[str, str] = json.loads(path.read_text("ascii"))
        return kept
    letters = string.ascii_letters + string.digits
    keys = {
        "APP_ID": "wx" + secrets.token_hex(8),
        "APP_SECRET": secrets.token_hex(16),
        "TOKEN": secrets.token_hex(12),
        "AES_KEY": "".join(secrets.choice(letters) for _ in range(42)) + "A",
        "ORIGINAL_ID": "gh_" + secrets.token_hex(6),
        "TEMPLATE_ID": "".join(secrets.choice(letters) for _ in range(43)),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(keys, file)
    return keys


def _account(keys: dict[str, str], url: str) -> dict[str, object]:
    account: dict[str, object] = {f"wechat_{name.lower()}": value for name, value in keys.items()}
    return {**account, "wechat_api_base": url, "wecom_api_base": url}


@contextlib.contextmanager
def _sandbox(home: Path, keys: dict[str, str], port: int, *, phone: bool) -> Iterator[Sandbox]:
    """The sandbox on the next free port; it stops when its standard input ends, so with us."""
    own = _free_port(port + 1)
    room = home / "sandbox"
    room.mkdir(mode=0o700, exist_ok=True)
    guests = {"KEY": secrets.token_urlsafe(9), "HOST": "0.0.0.0"} if phone else {}  # noqa: S104  # asked for, and behind a key
    with (room / "sandbox.log").open("ab") as log:
        process = subprocess.Popen(
            _command(own, room, port),
            env={
                **os.environ,
                **{f"YIHU_SANDBOX_{name}": value for name, value in (keys | guests).items()},
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches us first; we end it
        )
    try:
        address = f"http://{_own_address()}:{own}/?key={guests['KEY']}" if phone else ""
        yield Sandbox(process, f"http://127.0.0.1:{own}", room / "sandbox.log", address)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


def _own_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # of the range for documentation
        except OSError:
            return "127.0.0.1"
        found: str = probe.getsockname()[0]
        return found


def _command(own: int, room: Path, target: int) -> list[str]:
    options = {
        "--port": str(own),
        "--data-dir": str(room),
        "--target": f"http://127.0.0.1:{target}/wechat",
    }
    words = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "bot.sandbox", "--until-eof", *words]


def _free_port(wanted: int) -> int:
    """`wanted` if nobody listens there, else any."""
    for port in (wanted if wanted < 65536 else 0, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            found: int = probe.getsockname()[1]
            return found
    raise errors.SetupError("no free port for the sandbox")


def check_port(settings: Settings) -> None:
    """SetupError when somebody else listens there: better now than in a traceback."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise errors.SetupError(
                    f"port {settings.port} is taken by another program; choose another with YIHU_PORT (demo: --port)"
                ) from error
            raise errors.SetupError(
                f"cannot listen on {settings.host}:{settings.port}: {error.strerror}"
            ) from error
