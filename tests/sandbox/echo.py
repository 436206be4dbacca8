"""A little bot behind a webhook, its cipher by wechatpy: nothing of the sandbox's own code."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from bot.sandbox.options import DEFAULTS

Fields = dict[str, Any]


@dataclass
class Heard:
    """One push: when it came, its query, its body as sent, and what was inside."""

    at: float
    query: dict[str, str]
    body: str
    fields: Fields


@dataclass
class Bot:
    """`answer` gives the plain reply, None for `success`, or a number for an HTTP status; `pages` are shown to a GET."""

    url: str = ""
    answer: Callable[[Fields], str | int | None] = lambda _: None
    heard: list[Heard] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)

    def events(self, name: str) -> list[Fields]:
        """The events of that name so far."""
        return [one.fields for one in self.heard if one.fields.get("Event") == name]

    def wait(self, count: int, seconds: float = 5) -> list[Heard]:
        """What was heard, once there are `count` pushes."""
        ends = time.monotonic() + seconds
        while len(self.heard) < count and time.monotonic() < ends:
            time.sleep(0.01)
        assert len(self.heard) >= count, [one.fields for one in self.heard]
        return self.heard


def crypto() -> WeChatCrypto:
    """The cipher of wechatpy with the sandbox's development credentials."""
    return WeChatCrypto(DEFAULTS["token"], DEFAULTS["aes_key"], DEFAULTS["app_id"])


def text(fields: Fields, words: str) -> str:
    """A passive text reply, plain."""
    return (
        f"<xml><ToUserName><![CDATA[{fields['FromUserName']}]]></ToUserName>"
        f"<FromUserName><![CDATA[{fields['ToUserName']}]]></FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{words}]]></Content></xml>"
    )


def opened(body: str, query: dict[str, str]) -> Fields:
    """What is inside a push; wechatpy raises when the signature or the frame is wrong."""
    stamp, nonce = query["timestamp"], query["nonce"]
    if "msg_signature" not in query:
        check_signature(DEFAULTS["token"], query["signature"], stamp, nonce)
    else:
        if body.startswith("{"):  # wechatpy reads XML only
            body = f"<xml><Encrypt>{json.loads(body)['Encrypt']}</Encrypt></xml>"
        body = crypto().decrypt_message(body, query["msg_signature"], stamp, nonce)
    return dict(json.loads(body) if body.startswith("{") else xmltodict.parse(body)["xml"])


def sealed(answer: str, query: dict[str, str], *, as_json: bool) -> str:
    """A reply in the form and the mode of its push."""
    if as_json:
        answer = json.dumps(xmltodict.parse(answer)["xml"])
    if "msg_signature" not in query:
        return answer
    whole = str(crypto().encrypt_message(answer, query["nonce"], query["timestamp"]))
    return json.dumps(xmltodict.parse(whole)["xml"]) if as_json else whole


@contextmanager
def running() -> Iterator[Bot]:
    """The bot on a free port."""
    bot = Bot()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path in bot.pages:
                self.reply(200, bot.pages[self.path].encode(), "text/html; charset=utf-8")
                return
            query = dict(parse_qsl(urlsplit(self.path).query))
            check_signature(
                DEFAULTS["token"], query["signature"], query["timestamp"], query["nonce"]
            )
            self.reply(200, query["echostr"].encode())

        def do_POST(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                fields = opened(body, query)
            except Exception as error:  # noqa: BLE001  # whatever wechatpy says, the push is not genuine
                self.reply(403, repr(error).encode())
                return
            bot.heard.append(Heard(time.monotonic(), query, body, fields))
            answer = bot.answer(fields)
            if isinstance(answer, int):
                self.reply(answer, b"no")
            elif answer is None:
                self.reply(200, b"success")
            else:
                whole = sealed(answer, query, as_json=body.startswith("{"))
                self.reply(200, whole.encode())

        def reply(self, status: int, body: bytes, kind: str = "text/plain") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    bot.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield bot
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
