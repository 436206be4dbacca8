"""/h5/photos/TOKEN: the photos of what a unit reported, for those above it; TOKEN.3 is the third of them."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot import errors
from bot.actions import photo_page, photos
from bot.runtime import Runtime
from config import pages
from handlers.chat import claims

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
_PRIVATE: Final = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
_KINDS: Final = {"jpg": "image/jpeg", "png": "image/png"}


def routes(rt: Runtime) -> list[Route]:
    """The addresses of the page and its pictures."""
    shelf = pages.load()

    async def page(request: Request) -> Response:
        token, _, number = str(request.path_params["token"]).partition(".")
        try:
            unit, shown = await photo_page.opened(rt, token)
        except errors.NotFound:
            gone = shelf.get_template("sorry.html")
            text = gone.render(title=rt.settings.account_name, text=rt.words.say("h5.gone"))
            return HTMLResponse(text, status_code=404)
        if number:
            known = number.isdigit() and 0 < int(number) <= len(shown)
            return (
                await _file(rt, shown[int(number) - 1].name) if known else Response(status_code=404)
            )
        values = {
            "title": rt.words.say("photo.page", unit=unit.display),
            "none": rt.words.say("photo.page_none"),
            "photos": [
                {"href": f"{token}.{at}", "text": _caption(rt, one)}
                for at, one in enumerate(shown, start=1)
            ],
        }
        text = shelf.get_template("photos.html").render(values)
        return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY, **_PRIVATE})

    return [Route("/h5/photos/{token:str}", page)]


def _caption(rt: Runtime, one: photo_page.Photo) -> str:
    local = one.entry.said_at.astimezone(rt.calendar.zone)
    what = claims.value(rt, one.indicator, one.entry.value, one.entry.whole)
    return rt.words.say("photo.caption", month=local.month, day=local.day, what=what)


async def _file(rt: Runtime, name: str) -> Response:
    try:
        content = await asyncio.to_thread(photos.place(rt, name).read_bytes)
    except FileNotFoundError:
        return Response(status_code=404)
    return Response(
        content,
        media_type=_KINDS[name.rpartition(".")[2]],
        headers={"X-Content-Type-Options": "nosniff", **_PRIVATE},
    )
