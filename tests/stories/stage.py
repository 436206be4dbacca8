"""The stage of a story: a sandbox, the program's processes on it, and people who speak."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import text

from tests import programs
from tests.stories import ground
from tests.stories.federation import Federation
from tests.stories.ground import KEYS, SECRET_KEY, ZONE, free_port, yihu


@dataclass
class Stage:
    """One play. `start` opens it, `close` ends every process that it started."""

    room: Path
    redis_url: str
    land: Callable[[str], tuple[Federation, str]]  # makes a database with the federation in it
    engine: str = "sqlite"
    database_url: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    sandbox_url: str = ""
    port: int = 0
    processes: dict[str, programs.Child] = field(default_factory=dict)
    http: aiohttp.ClientSession | None = None

    async def start(self, *roles: str, now: datetime, only: str = "") -> Federation:
        """The sandbox, a database that holds the federation, the clocks at `now`, and one process for each role.

        With `only`, a county's code: that county with all above it.
        """
        self.http = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=60), connector=aiohttp.TCPConnector(limit=0)
        )
        self.port = self.port or free_port()
        self._start_sandbox()
        federation, self.database_url = await asyncio.to_thread(self.land, only)
        await self.at(now)
        await self._introduce(federation)
        for role in roles:
            await self.run_role(role)
        return federation

    async def _introduce(self, federation: Federation) -> None:
        """Let the platform know who follows and which robots there are."""
        people = [{"openid": openid} for openid in federation.openids()]
        await self.control("people", {"people": people})
        robots = [{"key": group.key} for group in federation.groups if group.kind == "robot"]
        await self.control("groups", {"groups": robots})

    def _start_sandbox(self) -> None:
        sandbox_room = self.room / "sandbox"
        sandbox_room.mkdir(exist_ok=True)
        environment = {f"YIHU_SANDBOX_{name}": value for name, value in KEYS.items()}
        target = f"http://127.0.0.1:{self.port}/wechat"
        options = {"--port": "0", "--data-dir": str(sandbox_room), "--target": target}
        process = programs.Child(
            programs.sandbox,
            *(word for pair in options.items() for word in pair),
            "--until-eof",
            environment={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.processes["sandbox"] = process
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        self.sandbox_url = line.split()[1]

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process of the program."""
        account = {f"YIHU_WECHAT_{name}": value for name, value in KEYS.items()}
        return {
            **os.environ,
            **account,
            "YIHU_WECHAT_API_BASE": self.sandbox_url,
            "YIHU_WECOM_API_BASE": self.sandbox_url,
            "YIHU_DATA_DIR": str(self.room),
            "YIHU_DATABASE_URL": self.database_url,
            "YIHU_REDIS_URL": self.redis_url,
            "YIHU_SECRET_KEY": SECRET_KEY,
            "YIHU_PORT": str(self.port),
            "YIHU_TEST_CLOCK": "1",
            "YIHU_QUIET_HOURS": "off",
            **self.settings,
        }

    def yihu(self, *arguments: str, code: int = 0) -> str:
        """Run a command as the person who runs the program does; its standard output, or error for a `code`."""
        return yihu(*arguments, environment=self.environment, code=code)

    async def run_role(self, role: str, name: str = "") -> None:
        """Start a process of the program and wait until it works."""
        name = name or role
        self._start_role(role, name)
        if role in ("all", "web"):
            await self.eventually(self._ready, f"{name} serves")

    def _start_role(self, role: str, name: str) -> None:
        with (self.room / f"{name}.log").open("ab") as log:
            self.processes[name] = programs.Child(
                programs.yihu,
                "serve",
                "--role",
                role,
                environment=self.environment,
                stdout=log,
                stderr=log,
            )

    async def _ready(self) -> bool:
        self._all_alive()
        try:
            status, _ = await self.ask("GET", f"http://127.0.0.1:{self.port}/readyz")
        except aiohttp.ClientError:
            return False
        return status == 200

    def _all_alive(self) -> None:
        dead = [name for name, process in self.processes.items() if process.poll() is not None]
        assert not dead, f"{dead} ended: {self.log(dead[0])}"

    def log(self, name: str) -> str:
        """What a process logged, its end."""
        path = self.room / f"{name}.log"
        return path.read_text("utf-8", "replace")[-4000:] if path.exists() else ""

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """Send a signal; SIGKILL waits for the end."""
        process = self.processes[name]
        process.send_signal(number)
        if number == signal.SIGKILL:
            process.wait()
            del self.processes[name]

    async def close(self) -> None:
        """End everything that still runs."""
        for name, process in reversed(self.processes.items()):
            if name != "sandbox":
                process.terminate()
        for name, process in reversed(self.processes.items()):
            if name == "sandbox" and process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        if self.http is not None:
            await self.http.close()

    # --- what people and the platform do ------------------------------------------------------

    async def ask(self, method: str, url: str, **given: Any) -> tuple[int, bytes]:
        """One HTTP request: status and body."""
        assert self.http is not None
        async with self.http.request(method, url, **given) as answer:
            return answer.status, await answer.read()

    async def control(self, path: str, body: object | None = None) -> Any:
        """Ask or tell the sandbox."""
        url = f"{self.sandbox_url}/control/{path}"
        if body is None:
            status, told = await self.ask("GET", url)
        else:
            status, told = await self.ask("POST", url, json=body)
        assert status == 200, f"{path}: {status} {told.decode()}"
        return json.loads(told)

    async def does(self, deed: str, openid: str, **given: Any) -> str:
        """She does a `deed` of the sandbox's control (say, voice, click, scan, follow, …); the answer's text.

        Empty when the account says `success`; `MsgType` in brackets when it is no text.
        """
        assert openid, "nobody speaks"
        told = await self.control(deed, {"openid": openid, **given})
        assert told["status"] == 200, told
        reply = told["reply"]
        if not reply:
            return ""
        return str(reply.get("Content") or f"[{reply['MsgType']}]")

    async def says(self, openid: str, text: str, *, deed: str = "say") -> str:
        """What the account answers: at once, or by customer-service message if that took longer than it may."""
        given = {"recognition" if deed == "voice" else "text": text}
        answer = await self.does(deed, openid, **given)
        if answer or not {"all", "worker"} & self.processes.keys():
            return answer
        # A picture, or a code for new members that an earlier report brought, may come before.
        last = max(at for at, line in enumerate(await self._lines(openid)) if line["from"] == "her")
        words: list[str] = []

        async def late() -> bool:
            since = (line.get("text") for line in (await self._lines(openid))[last + 1 :])
            words[:] = [text for text in since if text and "/h5/join/" not in text]
            return bool(words)

        await self.eventually(late, f"an answer to {text!r}")
        return words[0]

    async def all_say(self, lines: Iterable[tuple[str, str]], *, at_once: int = 16) -> list[str]:
        """Many people speak, `at_once` of them together; their answers in order."""
        gate = asyncio.Semaphore(at_once)

        async def one(openid: str, text: str) -> str:
            async with gate:
                return await self.says(openid, text)

        return await asyncio.gather(*(one(openid, text) for openid, text in lines))

    async def sees(self, openid: str, since: int = 0) -> list[str]:
        """What reached her phone from the account, cards as one text each."""
        seen = []
        for line in (await self._lines(openid))[since:]:
            if line["from"] == "account":
                cells = line.get("rows", [])
                rows = [f"{row['label'] or row['key']}：{row['value']}" for row in cells]
                seen.append("\n".join([line.get("title", line.get("text", "")), *rows]))
        return seen

    async def _lines(self, openid: str) -> list[dict[str, Any]]:
        told = await self.control(f"chat/{openid}")
        lines: list[dict[str, Any]] = told["lines"]
        return lines

    async def at(self, moment: datetime) -> None:
        """Move both clocks, the program's and the platform's."""
        offset = moment - datetime.now(ZONE)
        milliseconds = offset // timedelta(milliseconds=1)
        await self.does_sql(
            "INSERT INTO meta (name, value) VALUES ('clock_offset_ms', :offset)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            offset=str(milliseconds),
        )
        await self.control("clock", {"offset_ms": milliseconds})

    async def ledger(self, endpoint: str = "", **asked: Any) -> list[dict[str, Any]]:
        """What the platform took and refused, in order."""
        words = "".join(
            f"&{name}={value}" for name, value in {"endpoint": endpoint, **asked}.items()
        )
        told = await self.control(f"ledger?limit=1000000{words}")
        entries: list[dict[str, Any]] = told["entries"]
        return entries

    async def settled(self) -> None:
        """Wait until no push and no outcome of the platform is under way."""
        told = await self.control("settle", {"timeout_ms": 60_000})
        assert told == {"pushes": 0, "outcomes": 0}, told

    async def token(self, unit: str, role: str) -> str:
        """A bearer token of the program's own API."""
        return (
            await asyncio.to_thread(self.yihu, "token", "create", "--unit", unit, "--role", role)
        ).split()[-1]

    async def api(self, path: str, token: str, *, method: str = "GET", **given: Any) -> Any:
        """A call of the program's own API."""
        headers = {"Authorization": f"Bearer {token}", **given.pop("headers", {})}
        url = f"http://127.0.0.1:{self.port}/api/v1{path}"
        status, told = await self.ask(method, url, headers=headers, **given)
        assert 200 <= status < 300, f"{path}: {status} {told.decode()}"
        return json.loads(told)

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        """What a question in SQL finds in the program's database."""
        async with ground.database(self.database_url) as c:
            return [dict(row) for row in (await c.execute(text(sql))).mappings()]

    async def does_sql(self, sql: str, **given: Any) -> None:
        """Change the program's database from outside."""
        async with ground.database(self.database_url) as c:
            await c.execute(text(sql), given)

    async def eventually(self, ask: Any, what: str, *, seconds: float = 90) -> None:
        """Wait until `ask()` is true; the limit is for a busy machine."""
        end = time.monotonic() + seconds
        while not await ask():
            self._all_alive()
            if time.monotonic() > end:
                logs = "\n".join(self.log(name) for name in self.processes if name != "sandbox")
                raise AssertionError(f"not within {seconds} s: {what}\n{logs}")
            await asyncio.sleep(0.1)
