"""Calls out: one session, a deadline, a cap on the answer, and no secret in any text.

A call never raises for what the network or the platform does: the `Answer` says whether nothing
was sent (AGAIN), whether it may have arrived (UNCLEAR), or what the platform said. The platforms
put their status into the body (`errcode`), not into the HTTP code.
"""

from __future__ import annotations

import functools
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeAlias

import aiohttp
import pydantic_core
from yarl import URL

from bot.channels import codes
from bot.channels.base import Outcome, Platform
from bot.channels.posts import NotSent, Posts, capped
from bot.core.outcome import Kind

log = logging.getLogger(__name__)

DEADLINE_S = 10.0  # for the whole call; a real platform answers in 20 to 60 ms
_CONNECT_S = 5.0  # up to here nothing has been sent
_MOST_BYTES = 1024 * 1024
_WORDS = ("application/json", "text/plain", "text/html", "text/json")
_SECRET = re.compile(
    r"((?:access_token|secret|appsecret|key|ticket)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,}]+"
)
_LEAST = 5  # characters of `key=x`
_SCHEMES = ("http", "https")
_Raw: TypeAlias = tuple[int, bytes | None]  # status and body, None for one that is too long


@dataclass(slots=True)
class Answer:
    """What came back.

    `code` is the errcode, None where the body has none (queries, when all is well); `trouble` is
    set when there is no usable body; `detail` is one line for the log without secrets.
    """

    code: int | None
    body: Mapping[str, object] = field(repr=False)  # may hold a token
    trouble: Kind | None
    detail: str

    def kind(self, platform: Platform) -> Kind:
        """The class of the answer to a *send*: without an errcode nothing is known."""
        if self.trouble is not None:
            return self.trouble
        return (
            Kind.UNCLEAR if self.code is None else codes.classify(platform, self.code, self.detail)
        )

    def outcome(self, platform: Platform) -> Outcome:
        """The answer to a send as the outcome of its one recipient."""
        msgid = self.body.get("msgid", self.body.get("msg_id"))  # a mass message's has a bar
        named = str(msgid) if isinstance(msgid, int | str) and msgid != "" else None
        return Outcome(self.kind(platform), self.code, named, self.detail)


def scrub(text: str) -> str:
    """The text with the value of every token, secret and key replaced by `***`."""
    return text if len(text) < _LEAST else _SECRET.sub(r"\1***", text)


class Http:
    """The one way out of this process; opens its session at the first call."""

    def __init__(self, *, connections: int, deadline_s: float) -> None:
        self._connections = connections
        self._timeout = aiohttp.ClientTimeout(
            total=deadline_s, connect=min(_CONNECT_S, deadline_s / 2)
        )
        self._session: aiohttp.ClientSession | None = None
        self._posts: Posts | None = None

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout,
                headers={"Accept-Encoding": "identity"},  # an answer is short; nothing to unpack
            )
        return self._session

    async def get(self, url: str, query: Mapping[str, str]) -> Answer:
        """Ask; the query may carry a secret, which appears nowhere else."""
        return await self._told("GET", url, query, lambda address: self._call("GET", address, None))

    async def post(self, url: str, query: Mapping[str, str], body: Mapping[str, object]) -> Answer:
        """Post JSON in UTF-8, unescaped as the platforms want it."""
        raw = _written(body)
        return await self._told("POST", url, query, lambda address: self._post(address, raw))

    async def clock(self, url: str) -> datetime | None:
        """The time in the Date header of whatever is answered there (RFC 9110 §6.6.1), to the second."""
        try:
            async with self._opened().get(url, allow_redirects=False) as response:
                return parsedate_to_datetime(response.headers["Date"])
        except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
            return None

    async def upload(
        self, url: str, query: Mapping[str, str], *, name: str, kind: str, file: bytes
    ) -> Answer:
        """Post one file as the form field `media`; `kind` is its MIME type."""
        form = aiohttp.FormData()
        form.add_field("media", file, filename=name, content_type=kind)
        return await self._told(
            "POST", url, query, lambda address: self._call("POST", address, form)
        )

    async def fetch(self, url: str, query: Mapping[str, str], *, most: int) -> Answer:
        """Fetch a file of at most `most` bytes, from exactly there: no redirect is followed.

        The body of the answer then holds `file`, or `too_large`; what is JSON is read as any other answer.
        """
        try:
            async with self._opened().get(
                _address(url, tuple(query.items())), allow_redirects=False
            ) as response:
                if 300 <= response.status < 400:
                    return Answer(None, {}, Kind.REFUSED, f"HTTP {response.status}: sent elsewhere")
                raw = await capped(response.headers, response.content, most)
                if response.content_type in _WORDS or response.status != 200:
                    return _read(response.status, raw)
                body = {"too_large": True} if raw is None else {"file": raw}
                return Answer(0, body, None, "a file")
        except aiohttp.InvalidURL:
            return _trouble(Kind.REFUSED, "no address to fetch anything from")
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return _trouble(Kind.AGAIN, f"not fetched: {type(error).__name__}")

    async def _told(
        self, method: str, url: str, query: Mapping[str, str], ask: Callable[[URL], Awaitable[_Raw]]
    ) -> Answer:
        """The answer, whatever happens."""
        began = time.monotonic()
        try:
            answer = _read(*await ask(_address(url, tuple(query.items()))))
        except (
            NotSent,
            aiohttp.ClientConnectorError,
            aiohttp.ConnectionTimeoutError,
        ) as error:
            answer = _trouble(Kind.AGAIN, f"no connection: {_reason(error)}")
        except aiohttp.InvalidURL:
            answer = _trouble(Kind.SETUP, "the address of the platform cannot be used")
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            # The words of such an error hold the whole address, with the token: its name must do.
            answer = _trouble(Kind.UNCLEAR, f"no answer: {_reason(error)}")
        if log.isEnabledFor(logging.DEBUG):
            took = (time.monotonic() - began) * 1000
            why = answer.trouble or ""
            log.debug("%s %s code=%s %s %.0f ms", method, url, answer.code, why, took)
        return answer

    async def _call(self, method: str, address: URL, data: aiohttp.FormData | None) -> _Raw:
        async with self._opened().request(
            method, address, data=data, allow_redirects=False
        ) as response:  # its connection is closed unless the answer was read to its end
            return response.status, await capped(response.headers, response.content, _MOST_BYTES)

    async def _post(self, address: URL, body: bytes) -> _Raw:
        if self._posts is None:
            self._posts = Posts(self._opened(), self._timeout)
        return await self._posts.post(address, body, most=_MOST_BYTES)


def _reason(error: BaseException) -> str:
    return type(error.__cause__ if isinstance(error, NotSent) else error).__name__


def _written(body: Mapping[str, object]) -> bytes:
    try:
        return pydantic_core.to_json(body)
    except ValueError:  # half of a character of two halves
        return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


@functools.lru_cache(maxsize=64)
def _address(url: str, query: tuple[tuple[str, str], ...]) -> URL:
    """The address with its query; a token is good for thousands of calls, and to write it into one costs a tenth of a call."""
    try:
        address = URL(url).update_query(query)
    except (ValueError, TypeError) as error:
        raise aiohttp.InvalidURL(url) from error
    if address.scheme not in _SCHEMES or not address.host:
        raise aiohttp.InvalidURL(url)
    return address


def _read(status: int, raw: bytes | None) -> Answer:
    if status == 429:
        return _trouble(Kind.PACE, "HTTP 429")
    if status >= 500:
        return _trouble(Kind.UNCLEAR, f"HTTP {status}")
    if raw is None:
        return _trouble(Kind.UNCLEAR, f"HTTP {status} with an endless body")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return _trouble(Kind.UNCLEAR, f"HTTP {status} with a body that is no JSON")
    if not isinstance(body, dict) or not _sound(body.get("errcode")):
        return _trouble(Kind.UNCLEAR, f"HTTP {status} with JSON that is no answer")
    code = body.get("errcode")
    words = scrub(str(body.get("errmsg", "")))[:200]
    return Answer(None if code is None else int(code), body, None, words)


def _sound(code: object) -> bool:
    """Whether this is an errcode: a number (some proxies quote it), or left out."""
    if isinstance(code, str):
        return re.fullmatch(r"-?[0-9]{1,10}", code) is not None
    return code is None or (isinstance(code, int) and not isinstance(code, bool))


def _trouble(kind: Kind, detail: str) -> Answer:
    return Answer(None, {}, kind, detail)
