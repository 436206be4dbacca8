"""A web front whose chat is the test's own, and a sandbox that speaks to it."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
import uvicorn
from starlette.applications import Starlette

from bot import runtime
from bot.actions import receive
from bot.channels.base import Listener
from bot.core import inbound, reply
from bot.roles import web
from bot.spool import Spool
from bot.store import followers, tables
from config.settings import Settings
from handlers import hooks
from handlers.chat import human
from tests import programs
from tests.stories.ground import KEYS, free_port

OPENID = "oPushPushPushPushPushPushPush"[:28]


class Front:
    """A web front whose chat is a function of the test, and a sandbox that speaks to it."""

    def __init__(self, rt: runtime.Runtime, sandbox: str, listener: Listener, spool: Spool) -> None:
        self.rt, self.sandbox, self.spool = rt, sandbox, spool
        self.receiver = receive.Receiver(rt, listener, spool, self.answer, human.first_aid)
        self.effects: list[str] = []
        self.chat: Callable[[inbound.Inbound], Awaitable[str]] = self.echo
        self.http = aiohttp.ClientSession()

    async def echo(self, said: inbound.Inbound) -> str:
        return f"heard {said.what.content}" if isinstance(said.what, inbound.Text) else "welcome"

    async def answer(
        self, rt: runtime.Runtime, said: inbound.Inbound, _: followers.Follower
    ) -> reply.Reply:
        async with rt.write() as c:
            await c.execute(sa.insert(tables.opinion).values(text=str(said.what)))
        return reply.TextReply(await self.chat(said))

    async def control(self, path: str, body: object) -> Any:
        async with self.http.post(f"{self.sandbox}/control/{path}", json=body) as told:
            return await told.json()

    async def repeat(self) -> str:
        told = await self.control("repeat", {})
        raw: str = told["results"][0]["raw"]
        return raw

    async def count(self, table: sa.Table) -> int:
        async with self.rt.read() as c:
            return await c.scalar(sa.select(sa.func.count()).select_from(table)) or 0

    async def outbox(self) -> list[str]:
        async with self.rt.read() as c:
            return list(await c.scalars(sa.select(tables.outbox.c.text)))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    """The address of a sandbox for all tests of this file."""
    words = [
        word
        for name, value in KEYS.items()
        for word in (f"--{name.replace('_', '-').lower()}", value)
    ]
    process = programs.Child(
        programs.sandbox,
        "--until-eof",
        "--port",
        "0",
        *words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    yield process.stdout.readline().decode().split()[1]
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
async def front(
    database_url: str, redis_url: str, sandbox: str, tmp_path: Path
) -> AsyncIterator[Front]:
    port = free_port()
    given = {f"wechat_{name.lower()}": value for name, value in KEYS.items()}
    given |= {"data_dir": str(tmp_path), "database_url": database_url, "secret_key": "k"}
    settings = Settings.model_validate({**given, "port": port})
    async with runtime.opened(settings, redis_url) as rt:
        spool = Spool(tmp_path / "spool")
        listener = rt.channels.listeners["wechat"]
        stage = Front(rt, sandbox, listener, spool)
        app = Starlette(routes=[hooks.route("/wechat", listener, stage.receiver)])
        server = web.Server(uvicorn.Config(app, port=port, log_config=None))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        await stage.control("target", {"url": f"http://127.0.0.1:{port}/wechat"})
        await stage.control("follow", {"openid": OPENID})
        yield stage
        server.should_exit = True
        await serving
        await stage.http.close()
