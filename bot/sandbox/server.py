"""Starts the sandbox: listens, puts the routes together, says where it is, and ends cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox import browse, codes, control, gate, mp, options, page, wecom, world


class Server(uvicorn.Server):
    """A uvicorn server that says where it is and takes SIGTERM or Ctrl-C as a request to end with code 0."""

    banner = ""
    until_eof = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say the address once connections are taken."""
        await super().startup(sockets)
        print(self.banner, flush=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on the two signals without raising them again."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        if self.until_eof:
            loop.add_reader(sys.stdin, self._look)
        yield

    def _look(self) -> None:
        """End when standard input ends: then whoever started us is gone, however that happened."""
        if not os.read(sys.stdin.fileno(), 1024):
            asyncio.get_running_loop().remove_reader(sys.stdin)
            self._end()

    def _end(self) -> None:
        self.should_exit = True


class WithAbort:
    """ASGI wrapper that lets a handler drop its connection without a byte: faults need that, ASGI has no word for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with `sandbox.abort` in the scope."""
        if scope["type"] == "http":
            transport = getattr(getattr(send, "__self__", None), "transport", None)
            scope["sandbox.abort"] = transport.abort if transport is not None else lambda: None
        await self._app(scope, receive, send)


async def _unknown(request: Request) -> Response:
    return JSONResponse(codes.Refused(40066).body())


def application(made: world.World) -> Starlette:
    """The ASGI application over one world."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await made.pusher.start()
        await made.outcomes.start()
        yield
        await made.outcomes.stop()
        await made.pusher.stop()
        made.journal.close()

    routes = [gate.route(endpoint) for endpoint in (*mp.ENDPOINTS, *wecom.ENDPOINTS)]
    unknown = Route("/cgi-bin/{rest:path}", _unknown, methods=["GET", "POST"])
    own = [*routes, *control.routes(), *page.routes(), unknown]
    app = Starlette(routes=[*own, *browse.routes()], lifespan=lifespan)
    app.state.world = made
    return app


def _listen(given: options.Options) -> socket.socket:
    found = socket.socket(socket.AF_INET6 if ":" in given.host else socket.AF_INET)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind((given.host, given.port))
    return found


def main(argv: list[str]) -> int:
    """Run the sandbox until it is told to end; 0, or 2 with one sentence on stderr when it cannot start."""
    given = options.read(argv)
    gc.set_threshold(
        100_000, 50, 100
    )  # a million people are met once and kept; looking for rubbish costs half
    try:
        made = world.of(given)
    except (ValueError, OSError) as error:
        print(f"sandbox: cannot start: {error}", file=sys.stderr)
        return 2
    try:
        listening = _listen(given)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        print(f"sandbox: cannot listen on {given.host}:{given.port}: {why}", file=sys.stderr)
        return 2
    config = uvicorn.Config(
        WithAbort(application(made)),
        loop="uvloop",
        http="httptools",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    base = f"http://{given.host if ':' not in given.host else f'[{given.host}]'}:{listening.getsockname()[1]}"
    server = Server(config)
    server.banner = f"sandbox: {base}  control: {base}/control"
    server.until_eof = given.until_eof
    server.run(sockets=[listening])
    return 0
