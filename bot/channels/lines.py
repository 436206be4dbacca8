"""Kept-alive HTTP/1.1 connections for short posts: what a broadcast makes by the million.

aiohttp does everything else; of such a post it needs five times the processor time.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import deque
from typing import Final, NamedTuple, cast

import httptools
from yarl import URL

IDLE_S: Final = 15.0  # a line that was not used for so long is not trusted any more
MOST_BYTES: Final = 1024 * 1024  # of an answer, its head included
_FINAL: Final = 200  # below it an answer is still to come


class NoLineError(OSError):
    """There was no connection in time: nothing was sent."""


class LostError(OSError):
    """The connection ended, or what came was no HTTP, before the answer was whole: it may have arrived."""


class EndlessError(LostError):
    """The answer is longer than any answer of a platform."""


class Reply(NamedTuple):
    """A whole answer: its status and its body."""

    status: int
    body: bytes


class Lines:
    """At most `limit` connections to each host; whoever finds none free waits her turn.

    `connect_s` bounds the wait for a connection, `deadline_s` all of it.
    """

    def __init__(self, *, limit: int, connect_s: float, deadline_s: float) -> None:
        self._limit, self._connect_s, self._deadline_s = limit, connect_s, deadline_s
        self._hosts: dict[tuple[str, str, int], _Host] = {}

    async def post(self, url: URL, body: bytes) -> Reply:
        """Post JSON; raises NoLineError, LostError, or TimeoutError when it may have been sent."""
        host = self._host(url)
        ends = time.monotonic() + self._deadline_s
        line = host.free() or await self._line(host)
        try:
            async with asyncio.timeout(ends - time.monotonic()):
                reply = await line.ask(_head(url, len(body)) + body)
        except BaseException:
            line.close()
            raise
        finally:
            host.put_back(line)
        return reply

    async def _line(self, host: _Host) -> _Line:
        try:
            async with asyncio.timeout(self._connect_s):
                return await host.take()
        except TimeoutError as error:
            raise NoLineError from error

    def _host(self, url: URL) -> _Host:
        if url.host is None or url.port is None:
            raise ValueError("an address without a host")
        key = (url.scheme, url.host, url.port)
        found = self._hosts.get(key)
        if found is None:
            tls = ssl.create_default_context() if url.scheme == "https" else None
            found = self._hosts[key] = _Host(url.host, url.port, tls, self._limit)
        return found

    def close(self) -> None:
        """Close every connection that is not in use; those in use close when they are put back."""
        for host in self._hosts.values():
            host.close()
        self._hosts.clear()


def _head(url: URL, length: int) -> bytes:
    # yarl has quoted the path and the query: no line break can be in them.
    return (
        f"POST {url.raw_path_qs} HTTP/1.1\r\nHost: {url.host_port_subcomponent}\r\n"
        "User-Agent: yihu\r\nAccept: */*\r\nAccept-Encoding: identity\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode("ascii")


class _Host:
    """The lines to one host: free ones, the last used first, and those who wait."""

    def __init__(self, name: str, port: int, tls: ssl.SSLContext | None, limit: int) -> None:
        self._name, self._port, self._tls = name, port, tls
        self._room = limit  # lines that may still be opened
        self._free: list[_Line] = []
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._closed = False

    async def take(self) -> _Line:
        """A line that nobody else uses, new if there is none; raises NoLineError."""
        while True:
            line = self.free()
            if line is not None:
                return line
            if self._room > 0:
                return await self._opened()
            await self._turn()

    def free(self) -> _Line | None:
        """An open line that nobody uses."""
        while self._free:
            line = self._free.pop()
            if line.open and time.monotonic() - line.used_at < IDLE_S:
                return line
            line.close()
            self._room += 1
        return None

    async def _opened(self) -> _Line:
        self._room -= 1
        try:
            _, line = await asyncio.get_running_loop().create_connection(
                _Line, self._name, self._port, ssl=self._tls
            )
        except OSError as error:  # of TLS and of names too
            self._give_room()
            raise NoLineError(type(error).__name__) from error
        except BaseException:
            self._give_room()
            raise
        return line

    async def _turn(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self._wake()  # it was this one's turn: another may have it
            raise

    def put_back(self, line: _Line) -> None:
        """It is not used any more."""
        if line.open and not self._closed:
            line.used_at = time.monotonic()
            self._free.append(line)
            self._wake()
        else:
            line.close()
            self._give_room()

    def _give_room(self) -> None:
        self._room += 1
        self._wake()

    def _wake(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    def close(self) -> None:
        self._closed = True
        for line in self._free:
            line.close()
        self._free.clear()


class _Line(asyncio.Protocol):
    """One connection with at most one post under way."""

    def __init__(self) -> None:
        self.open = False
        self.used_at = 0.0
        self._asked: asyncio.Future[Reply] | None = None
        self._parts: list[bytes] = []
        self._came = 0
        self._until_end = False  # no length is given: the body ends with the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is no subclass
        self.open = True

    def ask(self, raw: bytes) -> asyncio.Future[Reply]:
        """Send; the answer, or LostError."""
        self._asked = asyncio.get_running_loop().create_future()
        if not self.open:
            self._fail(LostError("closed"))
            return self._future()
        self._parts, self._came, self._until_end = [], 0, False
        self._parser = httptools.HttpResponseParser(self)
        self._transport.write(raw)
        return self._future()

    def _future(self) -> asyncio.Future[Reply]:
        assert self._asked is not None
        return self._asked

    def data_received(self, data: bytes) -> None:
        if self._asked is None or self._asked.done():
            self.close()  # nobody asked: whatever it is, it would be taken for the next answer
            return
        self._came += len(data)
        if self._came > MOST_BYTES:
            self._fail(EndlessError())
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(LostError("no HTTP"))

    def on_header(self, name: bytes, value: bytes) -> None:
        """The parser has one."""
        if name.lower() in (b"content-length", b"transfer-encoding") and value:
            self._until_end = False

    def on_message_begin(self) -> None:
        """The parser has come to an answer."""
        self._until_end = True
        if self._asked is None or self._asked.done():
            self.close()  # a second one to the same question

    def on_body(self, body: bytes) -> None:
        """The parser has a part of the body."""
        self._parts.append(body)

    def on_message_complete(self) -> None:
        """The parser has the whole answer."""
        status = self._parser.get_status_code()
        if status < _FINAL:
            self._parts = []
            return
        if not self._parser.should_keep_alive():
            self.close()
        self._answer(status)

    def _answer(self, status: int) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(Reply(status, b"".join(self._parts)))

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        if self._asked is None or self._asked.done():
            return
        status = self._parser.get_status_code() if self._came else 0
        if exc is None and self._until_end and status >= _FINAL:
            self._answer(status)
        else:
            self._fail(LostError("the connection ended"))

    def _fail(self, error: LostError) -> None:
        self.close()
        if self._asked is not None and not self._asked.done():
            self._asked.set_exception(error)

    def close(self) -> None:
        """End the connection; what was asked and not answered is lost."""
        if self.open:
            self.open = False
            self._transport.abort()
