"""The web role: the callback, health, pages and the API on one port."""

from __future__ import annotations

import asyncio
import contextlib
import traceback
from collections.abc import AsyncIterator, Iterator

import uvicorn
from fastapi import FastAPI
from starlette.responses import RedirectResponse
from starlette.routing import Route

from bot import errors
from bot.actions import menu, opens, passive, receive
from bot.channels import registry
from bot.core import inbound, reply
from bot.runtime import Runtime
from bot.spool import Spool
from bot.store import database, followers
from config import logs
from handlers import api, h5, health, hooks
from handlers.chat import dispatch, human
from handlers.h5 import nowhere

_DRAIN_EVERY = 5.0  # seconds between looks into the spool

_log = logs.get()


async def answer(rt: Runtime, said: inbound.Inbound, follower: followers.Follower) -> reply.Reply:
    """The chat's answer; a fault of ours undoes what was begun and says so in one sentence."""
    try:
        async with rt.db.savepoint():
            answered = await dispatch.answer(rt, said, follower)
            return await passive.appended(rt, follower, answered) if rt.passive else answered
    except (*database.Unavailable, database.Duplicate):
        raise
    except Exception as error:
        # Where, not what: the words of an exception may be hers.
        where = [
            f"{step.name}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)[-4:]
        ]
        kind, what = type(error).__name__, type(said.what).__name__
        _log.error("chat.broken", push=said.key.hex(), kind=what, error=kind, at=" > ".join(where))
        return reply.TextReply(rt.words.say("chat.broken"))


def build(rt: Runtime) -> hooks.Front:
    """The application, with the callbacks before it."""
    spool = Spool(rt.settings.data_dir / "spool")
    if not spool.writable():
        raise errors.SetupError(f"the spool in {rt.settings.data_dir} cannot be written")
    counted = opens.Opens()
    receivers: list[receive.Receiver] = []
    callbacks: list[Route] = []
    for name, listener in rt.channels.listeners.items():
        receiver = receive.Receiver(rt, listener, spool, answer, human.first_aid)
        receivers.append(receiver)
        callbacks.append(hooks.route(f"/{name}", listener, receiver))
    others = {registry.WECHAT, registry.WECOM} - rt.channels.listeners.keys()
    callbacks += [hooks.closed(f"/{name}") for name in others]

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(_drain(receiver)) for receiver in receivers]
        tasks += [asyncio.create_task(menu.ensure(rt)), asyncio.create_task(_count(rt, counted))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    app = FastAPI(
        title="一呼",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        routes=[
            *callbacks
        ],  # for whatever `Front` does not take: other methods, a slash at the end
    )
    app.router.routes.extend(health.routes(rt, spool))
    if rt.settings.home_url:
        app.router.routes.append(Route("/", lambda _: RedirectResponse(rt.settings.home_url)))
    app.router.routes.extend(h5.routes(rt, counted))
    app.include_router(api.router(rt))
    app.add_exception_handler(404, nowhere.answer(rt))
    return hooks.Front(app, callbacks)


async def _drain(receiver: receive.Receiver) -> None:
    """Work off the spool: at once what a crash left, later what grew old; outlives any fault."""
    older = 0.0
    while True:
        try:
            done = await receiver.drain(older_than_s=older)
            if done:
                _log.info("spool.drained", records=done)
        except Exception as error:
            _log.warning("spool.waits", why=type(error).__name__)
        older = 10.0
        await asyncio.sleep(_DRAIN_EVERY)


async def _count(rt: Runtime, counted: opens.Opens) -> None:
    """Write what readers have opened once a second, and a last time at the end; outlives any fault."""
    try:
        while True:
            await asyncio.sleep(opens.EVERY_S)
            try:
                await counted.flush(rt)
            except Exception as error:
                _log.warning("opens.wait", why=type(error).__name__)
    finally:
        await counted.flush(rt)


class Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own: one place stops all roles."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the caller."""
        yield


async def run(rt: Runtime, stop: asyncio.Event) -> None:
    """Serve until `stop`; finishes the requests under way."""
    settings = rt.settings
    config = uvicorn.Config(
        build(rt),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=8,
        timeout_keep_alive=30,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        server_header=False,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    waiting.cancel()
    await serving
