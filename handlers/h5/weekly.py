"""/h5/weekly/TOKEN: a published weekly analysis in large print; every sentence opens its figures.

The same address with .docx, .xlsx or .png gives it as a file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot import errors
from bot.actions import publish, weekly_files
from bot.actions.publish import Shown
from bot.core import weekly_chart, weekly_table
from bot.core.weekly import Sentence
from bot.runtime import Runtime
from config import pages

# What a browser may do with the page: nothing but show it.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"
_PRIVATE: Final = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


def routes(rt: Runtime) -> list[Route]:
    """The addresses of the page and its files."""
    shelf = pages.load()

    async def page(request: Request) -> Response:
        token, _, ending = str(request.path_params["token"]).partition(".")
        try:
            shown, _person, until = await publish.opened(rt, token)
        except errors.NotFound:
            gone = shelf.get_template("sorry.html")
            text = gone.render(title=rt.settings.account_name, text=rt.words.say("h5.gone"))
            return HTMLResponse(text, status_code=404)
        if ending:
            return await file(rt, shown, ending)
        local = until.astimezone(rt.calendar.zone)
        last = rt.words.say("weekly.page_link", month=local.month, day=local.day)
        text = await asyncio.to_thread(_render, rt, shelf, shown, token, last)
        headers = {"Content-Security-Policy": _POLICY, **_PRIVATE}
        return HTMLResponse(text, headers=headers)

    return [Route("/h5/weekly/{token:str}", page)]


async def file(rt: Runtime, shown: Shown, ending: str) -> Response:
    """The analysis as a download; 404 for an ending we do not make."""
    try:
        made = await weekly_files.make(rt, shown, ending)
    except errors.NotFound:
        return Response(status_code=404)
    where = "inline" if ending == "png" else "attachment"
    named = (
        f"{where}; filename=\"{shown.figures.week}.{ending}\"; filename*=UTF-8''{quote(made.name)}"
    )
    return Response(
        made.content, media_type=made.kind, headers={"Content-Disposition": named, **_PRIVATE}
    )


def _render(rt: Runtime, shelf: jinja2.Environment, shown: Shown, token: str, last: str) -> str:
    figures, say = shown.figures, rt.words.say
    at = figures.as_of
    values = {
        "title": say("weekly.title", unit=figures.place.short, campaign=figures.campaign_name),
        "about": say(
            "weekly.page_about",
            week=say("weekly.page_of", n=int(figures.week[-2:])),
            year=at.year,
            month=at.month,
            day=at.day,
            hour=at.hour,
            minute=at.minute,
        ),
        "how": say("weekly.page_more"),
        "sentences": [_sentence(one) for one in shown.sentences],
        "path_name": say("weekly.page_path"),
        "table_name": say("weekly.table"),
        "parts": [
            {
                "name": one.measure.name,
                "svg": Markup(weekly_chart.svg(rt.words, figures, one)),  # noqa: S704  # escaped where it is drawn
                "table": weekly_table.of_row(rt.words, one),
            }
            for one in figures.rows
        ],
        "files": [
            {"href": f"{token}.{ending}", "name": say(f"weekly.{name}")}
            for ending, name in (("docx", "word"), ("xlsx", "excel"), ("png", "picture"))
        ],
        "until": last,
    }
    return shelf.get_template("weekly.html").render(values)


def _sentence(one: Sentence) -> Mapping[str, Any]:
    paths = list(dict.fromkeys(it.path for it in one.evidence))
    apart = len({it.unit for it in one.evidence}) > 1
    return {"text": one.text, "evidence": one.evidence, "paths": paths, "apart": apart}
