"""The supervisor of `yihu demo`: Redis, a sandbox platform, the program on it, and the Nanping federation."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import socket
import string
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot import errors, runtime
from bot.actions import transfer
from bot.core import period, wording
from bot.roles import federation, serve
from bot.shared import embedded
from bot.store import metas, schema
from config import words
from config.settings import Settings

_STARTS_WITHIN = 15.0  # seconds for the sandbox to answer
_OURS = ("yihu.db", "yihu.db-wal", "yihu.db-shm", "secret.key", "demo.json")
_OUR_ROOMS = ("redis", "sandbox", "spool", "federation")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The running platform; it ends by itself when this process ends, however that happens."""

    process: subprocess.Popen[bytes]
    url: str

    def control(self, path: str, body: object) -> None:
        """Tell the sandbox something through its control address."""
        request = urllib.request.Request(  # noqa: S310  # always our own loopback address
            f"{self.url}/control/{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            answer.read()


def run(settings: Settings, *, reset: bool) -> None:
    """Start everything, say what to open, serve until Ctrl-C.

    Raises SetupError, in one sentence, when the port is taken, the data dir cannot be used, or
    another demo already runs in it.
    """
    home = settings.data_dir
    with _alone(home):
        if reset:
            _clear(home)
        serve.check_port(settings)
        keys = _credentials(home)
        with _sandbox(home, keys, settings.port) as sandbox:
            settings = settings.model_copy(
                update={**_account(keys, sandbox.url), "test_clock": True, "home_url": sandbox.url}
            )
            server = embedded.open(home)
            try:
                asyncio.run(_demo(settings, server.url, sandbox))
            finally:
                embedded.close(server)


async def _demo(settings: Settings, redis_url: str, sandbox: Sandbox) -> None:
    """The program on the sandbox, its federation imported at the first start."""
    await asyncio.to_thread(schema.upgrade_now, settings.sql_url)
    async with runtime.opened(settings, redis_url) as rt:
        await _set_clock(rt, sandbox)
        rooms = settings.data_dir / "federation"
        if not rooms.exists():
            today = rt.calendar.day(rt.now())
            part = Path(tempfile.mkdtemp(dir=settings.data_dir, prefix=".federation-"))
            files = federation.write(part, today)
            for kind, path in files:
                await transfer.load(rt, kind, path)
            await asyncio.to_thread(part.rename, rooms)
        await asyncio.to_thread(_people, rooms, sandbox)
    served = asyncio.create_task(serve.serve(settings, "all"))
    await _ready(settings, served)
    url = f"http://{settings.host}:{settings.port}/"
    sys.stdout.write(
        wording.Words(words.load()).say("demo.ready", url=url, sandbox=sandbox.url) + "\n"
    )
    sys.stdout.flush()
    await served


async def _ready(settings: Settings, served: asyncio.Task[None]) -> None:
    """Wait until the port answers, or until serving has failed."""
    while not served.done():
        try:
            _, writer = await asyncio.open_connection(settings.host, settings.port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    served.result()


async def _set_clock(rt: runtime.Runtime, sandbox: Sandbox) -> None:
    """Start on a workday at 10:00, and never go back: a newcomer at midnight must not meet quiet hours."""
    now = rt.now()
    local = now.astimezone(rt.settings.zone)
    fits = rt.calendar.is_workday(local.date()) and 9 <= local.hour < 17
    async with rt.write() as c:
        offset = int(await metas.get(c, "clock_offset_ms") or 0)
        if not fits:
            day = local.date() if local.hour < 9 else local.date() + timedelta(days=1)
            start = rt.calendar.moment(rt.calendar.next_workday(day), 10)
            offset += period.ms(start) - period.ms(now)
        await metas.put(c, "clock_offset_ms", str(offset))
    await rt.refresh_clock()
    await asyncio.to_thread(sandbox.control, "clock", {"offset_ms": offset})


def _people(rooms: Path, sandbox: Sandbox) -> None:
    """Let the sandbox know who follows the account and which groups have a robot."""
    sandbox.control("people", json.loads((rooms / "people.json").read_text("utf-8")))
    sandbox.control("groups", json.loads((rooms / "groups.json").read_text("utf-8")))


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
    for name in _OUR_ROOMS:
        shutil.rmtree(home / name, ignore_errors=True)


def _credentials(home: Path) -> dict[str, str]:
    """Made once for each data dir: they open nothing but this sandbox."""
    path = home / "demo.json"
    if path.exists():
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
def _sandbox(home: Path, keys: dict[str, str], port: int) -> Iterator[Sandbox]:
    """The sandbox on the next free port; it stops when its standard input ends, so with us."""
    own = _free_port(port + 1)
    room = home / "sandbox"
    room.mkdir(mode=0o700, exist_ok=True)
    with (room / "sandbox.log").open("ab") as log:
        process = subprocess.Popen(
            _command(own, room, port),
            env={**os.environ, **{f"YIHU_SANDBOX_{name}": value for name, value in keys.items()}},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches us first; we end it
        )
    try:
        assert process.stdout is not None
        if not process.stdout.readline().startswith(b"sandbox:"):
            raise errors.SetupError(f"the sandbox did not start; see {room / 'sandbox.log'}")
        yield Sandbox(process, f"http://127.0.0.1:{own}")
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


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
