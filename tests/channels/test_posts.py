"""Posts beside aiohttp's session: connections that live, die, lie or drip, against a server of bare bytes."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from yarl import URL

from bot.channels.http import Answer, Http
from bot.channels.posts import Posts
from bot.core.outcome import Kind

OK = b'{"errcode":0,"errmsg":"ok","msgid":7}'
Said = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Keeps the requests of each connection; `say` answers one."""

    def __init__(self) -> None:
        self.connections: list[list[bytes]] = []
        self.say: Said = says(plain(OK))
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        asked: list[bytes] = []
        self.connections.append(asked)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r")[0])
                asked.append(head + await reader.readexactly(length))
                await self.say(writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def plain(body: bytes, *more: bytes) -> bytes:
    head = [b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *more]
    return b"\r\n".join([*head, b"", body])


def says(*parts: bytes, close: bool = False) -> Said:
    async def say(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.001)
        if close:
            writer.close()

    return say


@asynccontextmanager
async def running(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    scheme = "https" if tls else "http"
    server.url = f"{scheme}://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield server
    listening.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as one:
        yield one


async def _post(http: Http, server: Server) -> Answer:
    return await http.post(f"{server.url}/send", {"access_token": "t 1"}, {"touser": "o1"})


async def test_one_connection_carries_call_after_call(server, http):
    for _ in range(3):
        assert (await _post(http, server)).body["msgid"] == 7
    [asked] = server.connections
    head, body = asked[0].split(b"\r\n\r\n")
    assert head.startswith(b"POST /send?access_token=t+1 HTTP/1.1\r\n")
    assert f"host: {server.url.removeprefix('http://')}".encode() in head.lower()
    assert b"content-type: application/json" in head.lower()
    assert b"accept-encoding: identity" in head.lower()
    assert json.loads(body) == {"touser": "o1"}
    assert asked == [asked[0]] * 3


ANSWERS = {
    "in chunks": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                  b"5\r\n" + OK[:5] + b"\r\n", b"%x\r\n" % len(OK[5:]) + OK[5:] + b"\r\n0\r\n\r\n"],
    "byte by byte": [plain(OK)[at : at + 1] for at in range(len(plain(OK)))],
    "packed, though nobody asked": [plain(gzip.compress(OK), b"Content-Encoding: gzip")],
    "after 100 Continue": [b"HTTP/1.1 100 Continue\r\n\r\n", plain(OK)],
}  # fmt: skip


@pytest.mark.parametrize("parts", ANSWERS.values(), ids=ANSWERS.keys())
async def test_an_answer_is_read_however_it_comes(server, http, parts):
    server.say = says(*parts)
    for _ in range(2):
        assert (await _post(http, server)).code == 0
    assert len(server.connections) == 1


async def test_an_answer_may_end_with_its_connection(server, http):
    server.say = says(b"HTTP/1.0 200 OK\r\n\r\n" + OK, close=True)
    for _ in range(2):
        assert (await _post(http, server)).code == 0
    assert len(server.connections) == 2


async def test_a_connection_that_died_between_two_calls_is_not_used(server, http):
    server.say = says(plain(OK), close=True)
    for _ in range(3):
        assert (await _post(http, server)).code == 0
        await asyncio.sleep(0.02)
    assert [len(asked) for asked in server.connections] == [1, 1, 1]


async def test_what_is_said_unasked_is_nobodys_answer(server, http):
    refused = plain(b'{"errcode":40003}')
    server.say = says(plain(OK) + refused)
    for _ in range(3):
        assert (await _post(http, server)).code == 0
    assert len(server.connections) == 3


@pytest.mark.parametrize(
    "parts",
    [
        [b"SSH-2.0-OpenSSH_9.6\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 5, 7\r\n\r\n12345"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
        [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 20_000],
        [plain(gzip.compress(b" " * 10_000_000), b"Content-Encoding: gzip")],
        [plain(b"not packed", b"Content-Encoding: gzip")],
    ],
    ids=["another protocol", "two lengths", "no chunk", "a long head", "a bomb", "not packed"],
)
async def test_what_is_no_answer_leaves_it_unclear_and_ends_the_connection(server, http, parts):
    server.say = says(*parts)
    assert (await _post(http, server)).trouble is Kind.UNCLEAR
    server.say = says(plain(OK))
    assert (await _post(http, server)).code == 0
    assert len(server.connections) == 2


async def test_an_answer_that_drips_is_not_waited_for_for_ever(server):
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(plain(OK)[: -len(OK)])
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.01)

    server.say = drip
    http = Http(connections=1, deadline_s=0.1)
    answer = await _post(http, server)
    assert (answer.trouble, answer.detail) == (Kind.UNCLEAR, "no answer: TimeoutError")
    server.say = says(plain(OK))
    assert (await _post(http, server)).code == 0, "and its place is free again"
    await http.close()


async def test_a_call_that_nobody_waits_for_any_more_gives_its_place_back(server):
    server.say = says()
    http = Http(connections=1, deadline_s=10)
    call = asyncio.create_task(_post(http, server))
    while not (server.connections and server.connections[0]):
        await asyncio.sleep(0.001)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    server.say = says(plain(OK))
    assert (await _post(http, server)).code == 0
    assert len(server.connections) == 2, "what was said on the first is no answer to the second"
    await http.close()


async def test_with_all_connections_taken_nothing_is_sent(server):
    server.say = says()
    http = Http(connections=1, deadline_s=0.4)
    first, second = await asyncio.gather(_post(http, server), _post(http, server))
    assert (first.trouble, second.trouble) == (Kind.UNCLEAR, Kind.AGAIN)
    assert [len(asked) for asked in server.connections] == [1]
    await http.close()


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "127.0.0.1", "http://", "http://[::1"])
async def test_an_address_that_is_none_is_a_setting_to_mend(http, url):
    assert (await http.post(f"{url}/send", {}, {})).trouble is Kind.SETUP


def _certificate(directory: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side with a certificate of its own, and the side of one who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    held, public = directory / "held.pem", directory / "public.pem"
    public.write_bytes(made.public_bytes(pem))
    held.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(held)
    return tls, ssl.create_default_context(cafile=str(public))


async def test_only_a_platform_that_proves_who_it_is_is_told_anything(http, tmp_path):
    tls, trusting = _certificate(tmp_path)
    async with running(tls) as server:
        assert (await _post(http, server)).trouble is Kind.AGAIN
        assert not any(server.connections)
        connector = aiohttp.TCPConnector(ssl=trusting)
        async with aiohttp.ClientSession(connector=connector) as session:
            posts = Posts(session, aiohttp.ClientTimeout(total=5, connect=2))
            where = URL(server.url.replace("127.0.0.1", "localhost"))
            for _ in range(2):
                assert await posts.post(where / "send", b"{}", most=100) == (200, OK)
        assert [len(asked) for asked in server.connections if asked] == [2]
