"""The browser inside the phone: shows the bot's own pages under the sandbox's address, and nothing else.

Every path that is not the sandbox's own is fetched from the host of the target. So a page's links work, the phone can
show it in a frame, and no browser ever asks another address than this one.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import aiohttp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox import control
from bot.sandbox.world import World

_OWN = ("/control/", "/page/", "/cgi-bin/")
_TIMEOUT = aiohttp.ClientTimeout(total=15)
_ASKED = ("accept", "accept-language", "content-type", "cookie", "user-agent")
_ANSWERED = (
    "cache-control", "content-disposition", "content-security-policy", "content-type", "referrer-policy", "set-cookie",
)  # fmt: skip


def routes() -> list[Route]:
    """Everything that is nobody else's; to stand last."""
    return [Route("/{path:path}", _fetch, methods=["GET", "POST"])]


async def _fetch(request: Request) -> Response:
    if not control.from_here(request):
        return control.refused()
    if request.url.path.startswith(_OWN):
        return PlainTextResponse("there is no such address", status_code=404)
    world: World = request.app.state.world
    home = origin(world.pusher.target)
    if not home:
        return PlainTextResponse("no target: nothing to show", status_code=404)
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {name: request.headers[name] for name in _ASKED if name in request.headers}
    try:
        async with world.pusher.session().request(
            request.method,
            f"{home}{request.url.path}{query}",
            data=await request.body() or None,
            headers=headers,
            timeout=_TIMEOUT,
            allow_redirects=False,
        ) as answer:
            made = Response(await answer.read(), status_code=answer.status)
            for name, value in answer.headers.items():
                if name.lower() in _ANSWERED:
                    made.headers.append(name, value)
            if "Location" in answer.headers:
                made.headers["Location"] = answer.headers["Location"].removeprefix(home)
            return made
    except (TimeoutError, aiohttp.ClientError) as error:
        why = f"the bot does not answer: {type(error).__name__}"
        return PlainTextResponse(why, status_code=502)


def origin(url: str) -> str:
    """Scheme and host of an address; empty for none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
