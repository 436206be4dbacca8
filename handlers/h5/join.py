"""/h5/join/CODE: an invitation as a page, with the QR code that registers in one scan."""

from __future__ import annotations

import jinja2
import segno
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot import errors
from bot.channels import account
from bot.core import invite, wording
from bot.runtime import Runtime
from bot.store import admissions, invites, people, units
from config import pages

_LOOKS_A_MINUTE = (
    30  # for one address: enough for an office behind one router, too few to guess codes
)
_BUSY = 429
_QR_SECONDS = 30 * 24 * 3600  # the longest the platform allows


def routes(rt: Runtime) -> list[Route]:
    """The address of the page."""
    shelf = pages.load()

    async def page(request: Request) -> Response:
        if await _too_many(rt, request.client.host if request.client else ""):
            return _sorry(rt, shelf, _BUSY)
        code = str(request.path_params["code"]).upper()
        if invite.read_open(code):
            return await _unit(rt, shelf, code)
        async with rt.read() as c:
            person_id = await invites.open_for(c, rt.seal.digests("code", code), rt.now_ms())
            person = await people.by_id(c, person_id) if person_id is not None else None
        if person is None or not person.posts:
            return _sorry(rt, shelf, 404)
        who = f"{person.home.display} {person.posts[0].title} {wording.masked(person.name)}"
        values = {
            "title": rt.words.say("h5.join"),
            "who": who,
            "code": code,
            "qr": await _qr(rt, code),
        }
        return HTMLResponse(
            shelf.get_template("join.html").render(account=rt.settings.account_name, **values)
        )

    return [Route("/h5/join/{code:str}", page)]


async def _unit(rt: Runtime, shelf: jinja2.Environment, code: str) -> Response:
    """The page of a code by which the new members of a unit register."""
    async with rt.read() as c:
        found = await admissions.by_code(c, rt.seal.digests("open code", code))
        unit = await units.by_id(c, found.unit_id) if found else None
    if found is None or unit is None or found.expires_at_ms <= rt.now_ms():
        return _sorry(rt, shelf, 404)
    values = {"title": rt.words.say("h5.join_unit", unit=unit.short), "who": unit.display}
    page = shelf.get_template("join_unit.html")
    qr = await _qr(rt, code)
    return HTMLResponse(page.render(account=rt.settings.account_name, code=code, qr=qr, **values))


async def _qr(rt: Runtime, code: str) -> str | None:
    """The picture to hold a finger on, as a data URI (WeChat finds a QR code only in a picture).

    None where the account cannot make QR codes.
    """
    try:
        made = await account.create_qr(rt.channels.mp, code, seconds=_QR_SECONDS)
    except errors.YihuError:
        return None
    picture: str = segno.make(made.url, error="m").png_data_uri(scale=8)
    return picture


async def _too_many(rt: Runtime, address: str) -> bool:
    key = f"yihu:{{join}}:{address}"
    try:
        looks = await rt.redis.incr(key)
        if looks == 1:
            await rt.redis.expire(key, 60)
    except (RedisError, OSError):
        return False
    return int(looks) > _LOOKS_A_MINUTE


def _sorry(rt: Runtime, shelf: jinja2.Environment, status: int) -> Response:
    text = rt.words.say("h5.busy" if status == _BUSY else "h5.gone")
    page = shelf.get_template("sorry.html").render(title=rt.settings.account_name, text=text)
    return HTMLResponse(page, status_code=status)
