"""Posts through aiohttp's connections and parser, without the objects that its session makes for each request.

TLS, the pool, keep-alive, chunks and packed bodies stay aiohttp's; what is left out (redirects, cookies, traces,
a request, a writer and a response for each call) took half of the processor time of a call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import aiohttp
from aiohttp import hdrs
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from yarl import URL

_KEPT: Final = 64  # addresses; a token is good for thousands of calls, a robot's key for one
_BUFFER: Final = 2**16


@dataclass(frozen=True, slots=True)
class _Head:
    """What posts to one address begin with; `request` says to aiohttp where they go."""

    request: aiohttp.ClientRequest
    raw: bytes


class NotSent(Exception):
    """There was no connection; its cause says why."""


class Posts:
    """Of one session, whose connections and default headers they use."""

    def __init__(self, session: aiohttp.ClientSession, timeout: aiohttp.ClientTimeout) -> None:
        self._session, self._timeout = session, timeout
        self._heads: dict[URL, _Head] = {}

    async def post(self, address: URL, body: bytes, *, most: int) -> tuple[int, bytes | None]:
        """Status and body of the answer to JSON, None for a body of more than `most` bytes.

        Raises NotSent, or ClientError, TimeoutError, OSError when it may have arrived.
        """
        head = self._heads.get(address) or self._head(address)
        conn = await self._connected(head.request)
        handler = conn.protocol
        assert handler is not None
        assert handler.transport is not None
        loop = asyncio.get_running_loop()
        # Whoever reads is told that the connection is gone.
        late = loop.call_later(self._timeout.total or 0, handler.transport.abort)
        give_back = conn.close
        try:
            handler.set_response_params(read_until_eof=True, read_bufsize=_BUFFER)
            handler.transport.write(b"%b%d\r\n\r\n%b" % (head.raw, len(body), body))
            status, raw = await _answer(handler, most)
            give_back = (
                conn.release
            )  # closes it unless the answer was read to its end, and nothing more was said
        except (aiohttp.ClientError, aiohttp.http.HttpProcessingError, OSError) as error:
            if late.when() <= loop.time():
                raise TimeoutError from error
            raise aiohttp.ClientPayloadError from error
        finally:
            late.cancel()
            give_back()
        return status, raw

    async def _connected(self, request: aiohttp.ClientRequest) -> Connection:
        connector = self._session.connector
        assert connector is not None
        try:
            return await connector.connect(request, [], self._timeout)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NotSent from error

    def _head(self, address: URL) -> _Head:
        request = aiohttp.ClientRequest(
            hdrs.METH_POST,
            address,
            headers={**self._session.headers, hdrs.CONTENT_TYPE: "application/json"},
            loop=asyncio.get_running_loop(),
            session=self._session,
        )
        lines = [f"POST {address.raw_path_qs} HTTP/1.1"]
        lines += [f"{k}: {v}" for k, v in request.headers.items() if k != hdrs.CONTENT_LENGTH]
        raw = "\r\n".join([*lines, f"{hdrs.CONTENT_LENGTH}: "]).encode()
        if len(self._heads) >= _KEPT:
            self._heads.clear()
        head = self._heads[address] = _Head(request, raw)
        return head


async def _answer(handler: ResponseHandler, most: int) -> tuple[int, bytes | None]:
    message, payload = await handler.read()
    while 100 <= message.code < 200 and not message.upgrade:  # not the answer yet
        message, payload = await handler.read()
    return message.code, await capped(message.headers, payload, most)


async def capped(headers: Mapping[str, str], body: aiohttp.StreamReader, most: int) -> bytes | None:
    """A body, unpacked; None when it is longer than `most` bytes."""
    said = headers.get(hdrs.CONTENT_LENGTH, "")
    if said.isdecimal() and int(said) <= most and hdrs.CONTENT_ENCODING not in headers:
        return await body.read()
    found = bytearray()
    async for part in body.iter_chunked(_BUFFER):
        found += part
        if len(found) > most:
            return None
    return bytes(found)
