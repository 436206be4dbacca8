"""/t/TOKEN: one notice in large print for the person whose link it is; looking at it signs nothing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.core import link, period
from bot.runtime import Runtime
from bot.store import broadcasts, units
from config import pages


def routes(rt: Runtime) -> list[Route]:
    """The address of the page."""
    shelf = pages.load()

    async def page(request: Request) -> Response:
        known = link.read(rt.seal, str(request.path_params["token"]))
        async with rt.read() as c:
            found = await broadcasts.by_id(c, known[0]) if known is not None else None
            sender = await units.by_id(c, found.unit_id) if found is not None else None
        if found is None or sender is None:
            gone = shelf.get_template("sorry.html")
            text = gone.render(title=rt.settings.account_name, text=rt.words.say("h5.gone"))
            return HTMLResponse(text, status_code=404)
        deadline = (
            period.at(found.deadline_ms).astimezone(rt.settings.zone) if found.deadline_ms else None
        )
        values = {
            "title": found.title,
            "by": rt.words.say("h5.by", unit=found.joint or sender.display, n=found.id),
            "body": found.body,
            "deadline": rt.words.say("h5.deadline", at=deadline) if deadline else "",
        }
        return HTMLResponse(shelf.get_template("notice.html").render(values))

    return [Route("/t/{token:str}", page)]
