"""/t/g…: a notice on the phone of somebody in a group, in large print; GET signs nothing, POST does.

Made for many at once: the page of a notice lies ready as bytes, readers are counted in memory, no look at it
touches the database.
"""

from __future__ import annotations

import re
import secrets
import time
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from bot import errors
from bot.actions import opens
from bot.actions.opens import Link, Opens
from bot.core import intent, link, text
from bot.core.crowding import Crowding
from bot.runtime import Runtime
from config import danger
from handlers.h5.shelf import Shelf, View

_COOKIE: Final = "r"
_KEPT_S: Final = 40 * 24 * 3600  # longer than a notice lives
_READER: Final = re.compile("[0-9a-f]{24}(k?)")
_BODY: Final = 4096  # bytes of a form
_COUNTED: Final = 600  # new readers of one address in a minute: a whole town may share one
_WRITES: Final = 30  # forms of one address in a minute
_ROBOT: Final = re.compile(
    rb"bot|spider|crawl|preview|prefetch|scan|monitor|python|curl|wget|java/|go-http|headless|okhttp|libwww",
    re.IGNORECASE,
)
_HEAD: Final = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'",
    ),
]


class GroupPage:
    """The address of groups' links, as an ASGI application."""

    def __init__(self, rt: Runtime, counted: Opens) -> None:
        self._rt = rt
        self._counted = counted
        self._shelf = Shelf(rt)
        self._looks, self._writes = Crowding(), Crowding()
        self._secure = "; Secure" if rt.settings.public_url.startswith("https:") else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One look or one form."""
        token = scope["path_params"]["token"]
        found = link.read_group(self._rt.seal, token)
        if found is None:
            await _answer(send, 404, self._shelf.gone)
            return
        to = Link(*found)
        headers = dict(scope["headers"])
        reader, known = _reader(headers.get(b"cookie", b""))
        if scope["method"] == "POST":
            await self._write(to, Request(scope, receive), send, reader)
            return
        said = {b"ok=1": View.KEPT, b"ok=2": View.KNOWN}.get(scope["query_string"], View.PLAIN)
        status, body = await self._shelf.page(to, said, known=known)
        more: list[tuple[bytes, bytes]] = []
        if not reader:
            reader = secrets.token_hex(12)
            more = [(b"set-cookie", self._cookie(reader, token))]
            if status == 200 and self._counts(scope, headers):
                self._counted.add(to, readers=1)
        await _answer(send, status, body.replace(b"@@READER@@", reader.encode()), more)

    def _counts(self, scope: Scope, headers: dict[bytes, bytes]) -> bool:
        """Whether this is somebody who reads: no robot that says so, no fetching ahead, not the thousandth of one address."""
        agent = headers.get(b"user-agent", b"")
        ahead = headers.get(b"sec-purpose", b"") + headers.get(b"purpose", b"")
        if scope["method"] != "GET" or b"prefetch" in ahead or b"Mozilla" not in agent:
            return False
        return not _ROBOT.search(agent) and not self._looks.over(
            _address(scope), _COUNTED, time.monotonic()
        )

    async def _write(self, to: Link, request: Request, send: Send, reader: str) -> None:
        """知道了, or what she wrote; then the page again, so that going back sends nothing twice."""
        if self._writes.over(_address(request.scope), _WRITES, time.monotonic()):
            await self._say(send, to, 429, "h5.busy", reader)
            return
        form = await _form(request)
        if form is None:
            await self._say(send, to, 413, "h5.too_long", reader)
            return
        # The word in the form is the word in the cookie, which no other site knows.
        if not reader or form.get("f") != reader or not _same_site(request):
            await self._say(send, to, 403, "h5.retry", reader)
            return
        token = request.path_params["token"]
        status, _ = await self._shelf.page(to, View.PLAIN, known=False)
        if status != 200 or not await self._shelf.open(to):
            await self._say(send, to, 409, "h5.over", reader)
        elif form.get("do") == "known":
            if not _reader(request.headers.get("cookie", "").encode())[1]:
                self._counted.add(to, known=1)
            await _back(send, token, b"2", self._cookie(f"{reader}k", token))
        elif _in_danger(form):  # help comes first, and such words are kept nowhere
            await self._say(send, to, 200, "h5.danger", reader)
        else:
            try:
                await opens.say(self._rt, to, reader, form)
            except errors.BadInput as error:
                await self._say(send, to, 400, str(error), reader)
                return
            await _back(send, token, b"1", None)

    async def _say(self, send: Send, to: Link, status: int, what: str, reader: str) -> None:
        """The page again with a sentence on top."""
        said = self._rt.words.say(what) if what in self._rt.words else what
        body = await self._shelf.with_sentence(to, said)
        await _answer(send, status, body.replace(b"@@READER@@", reader.encode()))

    def _cookie(self, word: str, token: str) -> bytes:
        kept = f"{_COOKIE}={word}; Path=/t/{token}; Max-Age={_KEPT_S}; HttpOnly; SameSite=Lax"
        return (kept + self._secure).encode()


def _reader(raw: bytes) -> tuple[str, bool]:
    """The word of this browser for the link ('' without one), and whether it has said 知道了."""
    if not raw:
        return "", False
    try:
        kept = SimpleCookie(raw.decode("latin-1")).get(_COOKIE)
    except CookieError:
        return "", False
    match = _READER.fullmatch(kept.value) if kept is not None else None
    return (match[0][:24], bool(match[1])) if match else ("", False)


def _in_danger(form: dict[str, str]) -> bool:
    said = text.line(f"{form.get('name', '')} {form.get('text', '')}")
    return intent.is_danger(said, danger.load().words)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _same_site(request: Request) -> bool:
    """Whether the form was sent from a page of ours, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return True
    return urlsplit(origin).netloc == request.headers.get("host", "")


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of the form; None when it is longer than one of ours can be."""
    body = b""
    try:
        async for some in request.stream():
            body += some
            if len(body) > _BODY:
                return None
    except ClientDisconnect:
        return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[-1] for name, values in fields.items()}


async def _back(send: Send, token: str, how: bytes, cookie: bytes | None) -> None:
    headers = [(b"location", b"/t/" + token.encode() + b"?ok=" + how), (b"content-length", b"0")]
    if cookie is not None:
        headers.append((b"set-cookie", cookie))
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _answer(
    send: Send, status: int, body: bytes, more: list[tuple[bytes, bytes]] | None = None
) -> None:
    headers = [*_HEAD, (b"content-length", str(len(body)).encode()), *(more or ())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
