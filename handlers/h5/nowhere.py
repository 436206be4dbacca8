"""An address that is nothing: a page for who looks with a browser, JSON for everything else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.runtime import Runtime
from config import pages

_NOT_PAGES: Final = ("/api/", "/wechat", "/wecom", "/healthz", "/readyz", "/metrics")


def answer(rt: Runtime) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What is answered with 404 where no route is."""
    page = pages.load().get_template("sorry.html")
    text = page.render(title=rt.settings.account_name, text=rt.words.say("h5.nowhere"))

    async def nowhere(request: Request, _: Exception) -> Response:
        looks = "text/html" in request.headers.get("accept", "")
        if looks and not request.url.path.startswith(_NOT_PAGES):
            return HTMLResponse(text, status_code=404)
        return JSONResponse({"detail": "Not Found"}, status_code=404)

    return nowhere
