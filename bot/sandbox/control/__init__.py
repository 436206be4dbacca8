"""The control API under /control: act as people, read what happened, make things go wrong. Loopback only, unless a key lets others in."""

from __future__ import annotations

import ipaddress
import secrets
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

KEY_COOKIE = "sandbox_key"
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
    index = [Route(path, _index, methods=["GET"]) for path in ("/control", "/control/")]
    return [*index, *(_route(*row) for row in TABLE)]


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
    return JSONResponse(
        {"error": "control answers on loopback only, or with the key"}, status_code=403
    )


def from_here(request: Request) -> bool:
    """Only this machine, or whoever has shown the key; not through a proxy, and not from another site's page."""
    origin = request.headers.get("origin", "")
    if "x-forwarded-for" in request.headers:
        return False
    if origin and origin != f"{request.url.scheme}://{request.url.netloc}":
        return False
    client = request.client.host if request.client else ""
    # The name too: a page elsewhere may let its own name lead to this machine.
    if _loopback(client) and _loopback(request.url.hostname or ""):
        return True
    return has_key(request, request.cookies.get(KEY_COOKIE, ""))


def has_key(request: Request, shown: str) -> bool:
    """Whether this is the key that lets other machines in, if there is one."""
    key: str = request.app.state.world.given.key
    return bool(key) and secrets.compare_digest(shown.encode(), key.encode())


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
