"""The callback address of each account: proves, reads, answers; nothing else happens here."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot import errors
from bot.actions import receive
from bot.channels import wire
from bot.channels.base import Listener
from bot.shared import meters
from config import logs

MOST_BYTES = 64 * 1024
PATIENCE = 5.0  # seconds for a body: after that the platform itself would have given up

_log = logs.get()


def routes(path: str, listener: Listener, receiver: receive.Receiver) -> list[Route]:
    """GET (the platform checks the address) and POST (a push) of one account."""

    async def prove(request: Request) -> Response:
        try:
            body = listener.prove(request.query_params, now=datetime.now(UTC))
        except errors.NotOurs:
            return _answer(listener, b"", 403, "forged")
        return _answer(listener, body, 200, "proved")

    async def take(request: Request) -> Response:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _capped(request)
        except ClientDisconnect:
            return _answer(listener, b"", 400, "gone")
        except TimeoutError:
            return _answer(listener, b"", 408, "slow")
        if body is None:
            return _answer(listener, b"", 413, "long")
        raw = receive.Raw(dict(request.query_params), body, datetime.now(UTC))
        try:
            push = listener.read(raw.query, body, now=raw.at)
        except errors.NotOurs:
            return _answer(listener, b"", 403, "forged")
        except errors.Malformed as error:
            _log.warning(
                "push.malformed", account=listener.account.name, why=str(error), size=len(body)
            )
            return _answer(listener, receive.SUCCESS, 200, "malformed")
        try:
            answer = await receiver.once(push, raw)
        except OSError:
            _log.error("push.lost", account=listener.account.name, push=push.inbound.key.hex())
            return _answer(listener, b"", 500, "lost")
        meters.ANSWER_SECONDS.observe(time.perf_counter() - began)
        return _answer(listener, answer, 200, "answered")

    return [Route(path, take, methods=["POST"]), Route(path, prove, methods=["GET"])]


def closed(path: str) -> list[Route]:
    """The address of an account that is not set up: it has no key, so nobody can have signed."""

    async def refuse(_: Request) -> Response:
        return Response(status_code=403)

    return [Route(path, refuse, methods=["GET", "POST"])]


async def _capped(request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than a push can be."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > MOST_BYTES:
        return None
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _answer(listener: Listener, body: bytes, status: int, end: str) -> Response:
    meters.PUSHES.labels(listener.account.name, end).inc()
    return Response(body, status_code=status, media_type=wire.content_type(body))
