"""A platform on loopback that answers as a test tells it to, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.core.seal import Sealer

SEAL = Sealer(["of a test"])
SECRET = "5ecre7"  # must never be seen outside of a request
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Asked:
    """One request."""

    path: str
    query: dict[str, str]
    body: Any


@dataclass
class Platform:
    """What it was asked, and what it answers: `token` for stable_token, `answer` for all else."""

    asked: list[Asked] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: says({"errcode": 0, "errmsg": "ok"}))
    token: Answer = field(default_factory=lambda: numbered_tokens(lasts=7200))
    url: str = ""

    @property
    def tokens(self) -> list[Asked]:
        """The requests for a token."""
        return [each for each in self.asked if each.path.endswith("/stable_token")]

    @property
    def calls(self) -> list[Asked]:
        """All other requests."""
        return [each for each in self.asked if not each.path.endswith("/stable_token")]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Keep the request, answer as told."""
        raw = await request.read()
        body = json.loads(raw) if request.content_type == "application/json" else raw
        self.asked.append(Asked(request.path, dict(request.query), body))
        is_token = request.path.endswith("/stable_token")
        return await (self.token if is_token else self.answer)(request)


def says(body: Mapping[str, object] | bytes | str, *, status: int = 200) -> Answer:
    """Answers with this body; JSON as text/plain, the way WeChat does it."""
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else b""
    raw = raw or (json.dumps(body).encode() if isinstance(body, Mapping) else b"")

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=raw, status=status, content_type="text/plain")

    return answer


def numbered_tokens(*, lasts: int) -> Answer:
    """A new token every time, named by its number."""
    count = 0

    async def answer(_: web.Request) -> web.StreamResponse:
        nonlocal count
        count += 1
        return web.json_response({"access_token": f"{SECRET}-{count}", "expires_in": lasts})

    return answer


def by_token(good: str) -> Answer:
    """Takes only this token; anything else is 40001."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.query.get("access_token") == good:
            return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": 7})
        return web.json_response({"errcode": 40001, "errmsg": "access_token is invalid"})

    return answer


async def hangs(_: web.Request) -> web.StreamResponse:
    """Takes the request and says nothing for a minute, which passes at once on the clock of the loop.

    So whoever waits runs into its own deadline, however long that is and however busy the machine.
    """
    loop = asyncio.get_running_loop()
    time = loop.time
    vars(loop)["time"] = lambda: time() + 60
    await asyncio.sleep(60)
    return web.Response()


async def drops(request: web.Request) -> web.StreamResponse:
    """Takes the request and closes the connection."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def truncates(request: web.Request) -> web.StreamResponse:
    """Promises more than it sends."""
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"errcode": 0')
    assert request.transport is not None
    request.transport.close()
    return response


async def floods(request: web.Request) -> web.StreamResponse:
    """Sends ten megabytes before the answer, which would be a good one."""
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        for _ in range(160):
            await response.write(b" " * 65536)
        await response.write(b'{"errcode": 0, "errmsg": "ok"}')
    except ConnectionError:
        pass  # we were hung up on, as we should be
    return response


async def redirects(request: web.Request) -> web.StreamResponse:
    """Sends whoever follows to a place where all is well."""
    if "elsewhere" in request.query:
        return web.json_response({"errcode": 0, "errmsg": "ok"})
    return web.Response(status=307, headers={"Location": f"{request.path}?elsewhere=1"})


@asynccontextmanager
async def running() -> AsyncIterator[Platform]:
    """A platform listening on a free port."""
    platform = Platform()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", platform.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    platform.url = f"http://127.0.0.1:{port}"
    try:
        yield platform
    finally:
        await runner.cleanup()
