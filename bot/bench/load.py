"""A load of its own process: finished requests over a few connections, as fast as they are answered."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import httptools
import uvloop


@dataclass(slots=True)
class Tally:
    """What came back: seconds of each answer, statuses by number, and the last bodies."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)


class _Caller(asyncio.Protocol):
    """One connection: the next request goes out when the answer is in; `done` when there is none left."""

    def __init__(self, requests: Iterator[bytes], ends: float, tally: Tally) -> None:
        self._requests, self._ends, self._tally = requests, ends, tally
        self._began = 0.0
        self._body = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is no subclass
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None or time.perf_counter() > self._ends:
            self._transport.close()
            return
        self._body = b""
        self._parser = httptools.HttpResponseParser(self)
        self._began = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """The parser has a part of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """The parser has the whole answer."""
        tally, status = self._tally, self._parser.get_status_code()
        tally.seconds.append(time.perf_counter() - self._began)
        tally.statuses[status] = tally.statuses.get(status, 0) + 1
        tally.bodies.append(self._body)
        # The parser is still at work here; what comes next must not begin inside of it.
        asyncio.get_running_loop().call_soon(self._next)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(exc)


async def drive(
    port: int, requests: list[bytes], *, connections: int, seconds: float
) -> tuple[Tally, float]:
    """Send `requests` to loopback over `connections`, at most for `seconds`; what came, and how long it took."""
    loop, tally, waiting = asyncio.get_running_loop(), Tally(), iter(requests)
    began = time.perf_counter()
    callers = [
        (
            await loop.create_connection(
                lambda: _Caller(waiting, began + seconds, tally), "127.0.0.1", port
            )
        )[1]
        for _ in range(connections)
    ]
    await asyncio.wait_for(asyncio.gather(*(one.done for one in callers)), seconds + 30)
    return tally, time.perf_counter() - began


def main() -> None:
    """Read one JSON order on standard input, write one JSON result on standard output."""
    order = json.load(sys.stdin)
    requests = [text.encode() for text in order["requests"]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        tally, took = runner.run(
            drive(
                order["port"], requests, connections=order["connections"], seconds=order["seconds"]
            )
        )
    json.dump(
        {
            "took": took,
            "seconds": tally.seconds,
            "statuses": tally.statuses,
            "bodies": [body.decode() for body in tally.bodies[-200:]],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
