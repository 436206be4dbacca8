"""The callback address of each account: proves, reads, answers; nothing else happens here.

An ASGI application of its own: Starlette's request, response and middleware would cost as much as the signature,
AES and XML together.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl

from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import errors
from bot.actions import receive as receiving
from bot.channels import wire
from bot.channels.base import Listener
from bot.shared import meters
from config import logs

MOST_BYTES: Final = 64 * 1024
PATIENCE: Final = 5.0  # seconds for a body: after that the platform itself would have given up
METHODS: Final = ("GET", "POST")

_log = logs.get()


class _GoneError(Exception):
    """Whoever called has hung up."""


class Callback:
    """GET (the platform checks the address) and POST (a push) of one account."""

    def __init__(self, listener: Listener, receiver: receiving.Receiver) -> None:
        self._listener = listener
        self._receiver = receiver
        self._name = listener.account.name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["method"] == "POST":
            body, status, end = await self._taken(scope, receive)
        else:
            body, status, end = self._proved(scope)
        meters.push(self._name, end)
        await _answer(send, body, status)

    def _proved(self, scope: Scope) -> tuple[bytes, int, str]:
        try:
            body = self._listener.prove(_query(scope), now=datetime.now(UTC))
        except errors.NotOurs:
            return b"", 403, "forged"
        return body, 200, "proved"

    async def _taken(self, scope: Scope, receive: Receive) -> tuple[bytes, int, str]:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _capped(scope, receive)
        except _GoneError:
            return b"", 400, "gone"
        except TimeoutError:
            return b"", 408, "slow"
        if body is None:
            return b"", 413, "long"
        raw = receiving.Raw(_query(scope), body, datetime.now(UTC))
        try:
            push = self._listener.read(raw.query, body, now=raw.at)
        except errors.NotOurs:
            return b"", 403, "forged"
        except errors.Malformed as error:
            _log.warning("push.malformed", account=self._name, why=str(error), size=len(body))
            return receiving.SUCCESS, 200, "malformed"
        try:
            answer = await self._receiver.once(push, raw)
        except OSError:
            _log.error("push.lost", account=self._name, push=push.inbound.key.hex())
            return b"", 500, "lost"
        meters.ANSWER_SECONDS.observe(time.perf_counter() - began)
        return answer, 200, "answered"


class Front:
    """The callbacks, and behind them the application for everything else."""

    def __init__(self, app: ASGIApp, callbacks: Sequence[Route]) -> None:
        self._app = app
        self._at = {route.path: route.endpoint for route in callbacks}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A push goes straight to its account; what is neither GET nor POST the application refuses."""
        callback = self._at.get(scope["path"]) if scope["type"] == "http" else None
        if callback is not None and scope["method"] in METHODS:
            await callback(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def route(path: str, listener: Listener, receiver: receiving.Receiver) -> Route:
    """The address of an account."""
    return Route(path, Callback(listener, receiver), methods=METHODS)


def closed(path: str) -> Route:
    """The address of an account that is not set up: it has no key, so nobody can have signed."""
    return Route(path, _Closed(), methods=METHODS)


class _Closed:
    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await _answer(send, b"", 403)


def _query(scope: Scope) -> dict[str, str]:
    """The parameters; of one that is written twice the last."""
    text = scope["query_string"].decode("latin-1")
    if "%" in text or "+" in text:
        return dict(parse_qsl(text, keep_blank_values=True))
    parts = (part.partition("=") for part in text.split("&") if part)
    return {name: value for name, _, value in parts}


async def _capped(scope: Scope, receive: Receive) -> bytes | None:
    """The body, or None as soon as it is longer than a push can be. Raises _GoneError."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > MOST_BYTES:
            return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _GoneError
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


async def _answer(send: Send, body: bytes, status: int) -> None:
    kind = wire.content_type(body).encode()
    headers = [(b"content-length", str(len(body)).encode()), (b"content-type", kind)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
