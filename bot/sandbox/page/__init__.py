"""The one page at `/`: a phone to chat with the account, people and groups, and a live picture of the federation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox import control

HERE = Path(__file__).parent
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_ENDINGS = (".css", ".js", ".svg")
FILES = {
    "/": "index.html",
    **{f"/page/{file.name}": file.name for file in HERE.iterdir() if file.suffix in _ENDINGS},
}


def routes() -> list[Route]:
    """The page, its files, and the addresses inside QR codes."""
    return [*(Route(path, _file(name)) for path, name in FILES.items()), Route("/q/{short}", _code)]


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        shown = request.query_params.get("key", "")
        if shown and control.has_key(request, shown):
            let_in = RedirectResponse("/")
            let_in.set_cookie(control.KEY_COOKIE, shown, httponly=True, samesite="strict")
            return let_in
        return FileResponse(HERE / name, headers=HEADERS)

    return serve


async def _code(request: Request) -> Response:
    return RedirectResponse(f"/?scan={request.path_params['short']}")
