"""The control API under /control: act as people, read what happened, make things go wrong. Loopback only."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import talk
from bot.sandbox.control import acting, agreeing, crowd, faulting, living, reading, turning
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.wecom import callback
from bot.sandbox.world import World

Handler = Callable[[World, Given], Awaitable[Any]]

TABLE: list[tuple[str, str, Handler]] = [
    *acting.TABLE,
    *reading.TABLE,
    *crowd.TABLE,
    *living.TABLE,
    *agreeing.TABLE,
    *faulting.TABLE,
    *turning.TABLE,
    *callback.TABLE,
]


def routes() -> list[Route]:
    """All control routes, `GET /control` with their list included."""
    return [Route("/control", _index, methods=["GET"]), *(_route(*row) for row in TABLE)]


async def _index(request: Request) -> Response:
    if not from_here(request):
        return refused()
    world: World = request.app.state.world
    listed = [
        {"method": way, "path": path, "does": (work.__doc__ or "").strip()}
        for way, path, work in TABLE
    ]
    return JSONResponse({**turning.state(world), "routes": listed})


def _route(method: str, path: str, work: Handler) -> Route:
    async def serve(request: Request) -> Response:
        if not from_here(request):
            return refused()
        try:
            given = Given.of(await request.body(), dict(request.query_params), request.path_params)
            result = await work(request.app.state.world, given)
        except BadRequest as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        except talk.NotFollowing:
            return JSONResponse({"error": "she does not follow the account"}, status_code=409)
        return result if isinstance(result, Response) else JSONResponse(result)

    return Route(path, serve, methods=[method], name=f"{method} {path}")


def refused() -> Response:
    """What everybody else is told."""
    return JSONResponse({"error": "control answers on loopback only"}, status_code=403)


def from_here(request: Request) -> bool:
    """Only this machine: by address, by the name that was asked for, and not through a proxy or another site's page."""
    client = request.client.host if request.client else ""
    origin = request.headers.get("origin", "")
    name = request.url.hostname or ""
    if "x-forwarded-for" in request.headers or not _loopback(client) or not _loopback(name):
        return False
    return not origin or origin == f"{request.url.scheme}://{request.url.netloc}"


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
