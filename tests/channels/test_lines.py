"""Posts over kept-alive lines, against a host that answers byte for byte as it is told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from yarl import URL

from bot.channels import lines
from bot.channels.lines import EndlessError, Lines, LostError, NoLineError

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
END = b""  # in a script: the host ends the connection
SILENT = None  # the host says nothing more


@dataclass
class Host:
    """Answers the n-th post with the n-th of `script`, whatever connection it comes on."""

    port: int = 0
    script: list[list[bytes] | None] = field(default_factory=list)
    connections: int = 0
    posts: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> URL:
        """Its address."""
        return URL(f"http://127.0.0.1:{self.port}/cgi-bin/send?access_token=t%0D%0AX: y")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        with contextlib.closing(writer), contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                self.posts.append(head + await reader.readexactly(length))
                parts = self.script.pop(0) if self.script else [OK]
                if parts is SILENT:
                    await reader.read()
                for part in parts or []:
                    if part == END:
                        return
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(0.001)


@pytest.fixture
async def some() -> AsyncIterator[Lines]:
    """Two lines to each host."""
    made = Lines(limit=2, connect_s=0.2, deadline_s=0.4)
    yield made
    made.close()


@pytest.fixture
async def host(some: Lines) -> AsyncIterator[Host]:
    """A host that says what it is told."""
    made = Host()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        some.close()
        await asyncio.sleep(0.02)  # it sees that we are gone


async def test_one_line_serves_one_post_after_the_other(host: Host, some: Lines) -> None:
    for number in range(5):
        assert await some.post(host.url, b"{%d}" % number) == (200, b"ok")
    assert host.connections == 1
    assert [post.rpartition(b"\r\n\r\n")[2] for post in host.posts] == [
        b"{%d}" % number for number in range(5)
    ]


async def test_what_stands_in_the_address_cannot_add_a_header(host: Host, some: Lines) -> None:
    await some.post(host.url, b"{}")
    assert b"\r\nX:" not in host.posts[0]


async def test_no_more_lines_are_opened_than_allowed(host: Host, some: Lines) -> None:
    answers = await asyncio.gather(*(some.post(host.url, b"{}") for _ in range(20)))
    assert answers == [(200, b"ok")] * 20
    assert host.connections == 2


async def test_whoever_gets_no_line_in_time_has_sent_nothing(host: Host, some: Lines) -> None:
    host.script = [SILENT, SILENT]
    told = await asyncio.gather(
        *(some.post(host.url, b"{}") for _ in range(3)), return_exceptions=True
    )
    assert [type(one) for one in told] == [TimeoutError, TimeoutError, NoLineError]
    assert len(host.posts) == 2
    # Their lines are not used again, and others may be opened.
    assert await some.post(host.url, b"{}") == (200, b"ok")
    assert host.connections == 3


async def test_a_post_given_up_leaves_no_answer_for_the_next(host: Host, some: Lines) -> None:
    host.script = [SILENT, [OK]]
    given_up = asyncio.create_task(some.post(host.url, b"{}"))
    while not host.posts:
        await asyncio.sleep(0.001)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await some.post(host.url, b"{}") == (200, b"ok")
    assert host.connections == 2


@pytest.mark.parametrize(
    "parts",
    [
        [OK[:7], OK[7:30], OK[30:]],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n", b"1\r\nk\r\n0\r\n\r\n"],
        [b"HTTP/1.1 100 Continue\r\n\r\n", OK],
        [b"HTTP/1.1 200 OK\r\n\r\no", b"k", END],
        [b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", END],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"],
    ],
)
async def test_an_answer_is_whole_however_it_comes(
    host: Host, some: Lines, parts: list[bytes]
) -> None:
    host.script = [parts]
    assert await some.post(host.url, b"{}") == (200, b"ok")
    assert await some.post(host.url, b"{}") == (200, b"ok")  # on whichever line


@pytest.mark.parametrize(
    "parts",
    [
        [END],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", END],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n", END],
        [b"no HTTP at all\r\n\r\n"],
        [b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"],
    ],
)
async def test_half_an_answer_is_none(host: Host, some: Lines, parts: list[bytes]) -> None:
    host.script = [parts]
    with pytest.raises(LostError):
        await some.post(host.url, b"{}")
    assert await some.post(host.url, b"{}") == (200, b"ok")
    assert host.connections == 2


async def test_an_endless_answer_is_cut_off(host: Host, some: Lines) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"
    host.script = [[head, *[b"x" * 65536] * 20]]
    with pytest.raises(EndlessError):
        await some.post(host.url, b"{}")


@pytest.mark.parametrize("when", ["with it", "after it"])
async def test_a_second_answer_to_one_question_answers_no_other(
    host: Host, some: Lines, when: str
) -> None:
    other = OK.replace(b"ok", b"no")
    host.script = [[OK + other] if when == "with it" else [OK, other]]
    assert await some.post(host.url, b"{}") == (200, b"ok")
    await asyncio.sleep(0.01)
    assert await some.post(host.url, b"{}") == (200, b"ok")
    assert host.connections == 2


async def test_a_line_that_was_idle_for_long_is_not_trusted(
    host: Host, some: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some.post(host.url, b"{}")
    monkeypatch.setattr(lines, "IDLE_S", 0.0)
    await some.post(host.url, b"{}")
    assert host.connections == 2


async def test_nobody_listening_means_nothing_was_sent(some: Lines) -> None:
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    for _ in range(5):  # more often than there are lines: none is lost
        with pytest.raises(NoLineError):
            await some.post(URL(f"http://127.0.0.1:{port}/"), b"{}")


async def test_a_host_that_speaks_no_tls_gets_nothing(host: Host, some: Lines) -> None:
    with pytest.raises(NoLineError):
        await some.post(host.url.with_scheme("https").with_port(host.port), b"{}")
    assert host.posts == []
