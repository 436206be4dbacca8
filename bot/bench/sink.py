"""A platform that takes every template message after a while and counts the copies of each.

It does next to nothing for a call, so that what is measured is whoever calls. `python -m bot.bench.sink PORT DELAY_MS`.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from dataclasses import dataclass, field
from typing import cast

import uvloop

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_ID = re.compile(rb'"client_msg_id": ?"([^"]*)"')
_OPENID = re.compile(rb'"(o\d{27})"')
_QUOTA = b'{"errcode":0,"quota":{"daily_limit":1000000000,"used":0,"remain":1000000000}}'
_TOKEN = b'{"access_token":"of-the-bench","expires_in":7200}'


@dataclass(slots=True)
class Counts:
    """What has been taken since the last question: calls, the people of them, and copies beyond the first.

    Copies of a message are told by its id, those of a mass message by whom it is for.
    """

    calls: int = 0
    people: int = 0
    doubled: int = 0
    msgid: int = 0
    seen: set[bytes] = field(default_factory=set)

    def take(self, names: list[bytes], people: int) -> bytes:
        """The answer to one message for so many."""
        self.calls += 1
        self.people += people
        self.msgid += 1
        before = len(self.seen)
        self.seen.update(names)
        self.doubled += before + len(names) - len(self.seen)
        return b'{"errcode":0,"errmsg":"ok","msgid":%d,"msg_id":%d}' % (self.msgid, self.msgid)

    def told(self) -> bytes:
        """All of it, and begin anew."""
        names = ("calls", "people", "doubled")
        said = json.dumps({name: getattr(self, name) for name in names}).encode()
        self.calls = self.people = self.doubled = 0
        self.seen.clear()
        return said


class _Side(asyncio.Protocol):
    """One connection: whole requests, one after the other."""

    def __init__(self, counts: Counts, delay_s: float) -> None:
        self._counts, self._delay_s = counts, delay_s
        self._loop = asyncio.get_running_loop()
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is no subclass

    def data_received(self, data: bytes) -> None:
        self._came += data
        while True:
            head, found, rest = self._came.partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            size = int(length[1]) if length else 0
            if not found or len(rest) < size:
                return
            self._came = rest[size:]
            self._answer(head, rest[:size])

    def _answer(self, head: bytes, body: bytes) -> None:
        path = head.split(b" ", 2)[1]
        if path.startswith(b"/cgi-bin/message/template/send"):
            self._late(self._counts.take(_ID.findall(body), 1))
            return
        if path.startswith(b"/cgi-bin/message/mass/send"):
            to = _OPENID.findall(body)
            self._late(self._counts.take(to, len(to)))
            return
        if path.startswith(b"/cgi-bin/stable_token"):
            said = _TOKEN
        elif path.startswith(b"/cgi-bin/openapi/quota/get"):
            said = _QUOTA
        else:
            said = self._counts.told() if path == b"/counts" else b'{"errcode":0}'
        self._write(said)

    def _late(self, said: bytes) -> None:
        if self._delay_s:
            self._loop.call_later(self._delay_s, self._write, said)
        else:
            self._write(said)

    def _write(self, said: bytes) -> None:
        if not self._transport.is_closing():
            head = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            self._transport.write(head % len(said) + said)


async def _serve(port: int, delay_s: float) -> None:
    counts = Counts()
    server = await asyncio.get_running_loop().create_server(
        lambda: _Side(counts, delay_s), "127.0.0.1", port, backlog=1024
    )
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
