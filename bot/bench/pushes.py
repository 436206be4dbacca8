"""Signed and sealed pushes, made before the clock runs: finished outcomes, menu taps, reports."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bot.channels import crypt


@dataclass(slots=True)
class Maker:
    """Pushes to one account, no two alike; `reporters` are openids of people who may report."""

    token: str
    aes_key: str
    app_id: str
    original_id: str
    reporters: Sequence[str]
    _began: int = field(default_factory=lambda: int(time.time()))
    _numbers: Iterator[int] = field(init=False)
    _rounds: Iterator[tuple[int, str]] = field(init=False)
    _taps: Iterator[tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(time.time_ns())
        # Everybody reports once before anybody reports again, and then one more: never fewer.
        self._rounds = _rounds(self.reporters)
        self._taps = _rounds(self.reporters)

    def finish(self) -> bytes:
        """TEMPLATESENDJOBFINISH for somebody, of a message nobody asks about."""
        return self._push(
            secrets.choice(self.reporters),
            "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>"
            f"<MsgID>{next(self._numbers)}</MsgID><Status><![CDATA[success]]></Status>",
        )

    def click(self) -> bytes:
        """A tap on 我的事 by one of the people in turn; at another second each time, or it would be a repeat."""
        times, openid = next(self._taps)
        return self._push(
            openid,
            "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event>"
            "<EventKey><![CDATA[MINE]]></EventKey>",
            created=self._began - times,
        )

    def report(self) -> bytes:
        """A typed report of her own unit by one of the people in turn, one more than her last."""
        value, openid = next(self._rounds)
        return self._push(
            openid,
            f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[新增执委{value}名]]></Content>"
            f"<MsgId>{next(self._numbers)}</MsgId>",
        )

    def _push(self, openid: str, inside: str, *, created: int | None = None) -> bytes:
        stamp, nonce = str(int(time.time())), str(secrets.randbelow(10**9))
        created = created or int(stamp)
        head = (
            f"<ToUserName><![CDATA[{self.original_id}]]></ToUserName>"
            f"<FromUserName><![CDATA[{openid}]]></FromUserName><CreateTime>{created}</CreateTime>"
        )
        sealed = crypt.Frame(self.aes_key, self.app_id).seal(f"<xml>{head}{inside}</xml>".encode())
        body = (
            f"<xml><ToUserName><![CDATA[{self.original_id}]]></ToUserName>"
            f"<Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        ).encode()
        query = {
            "signature": crypt.sign(self.token, stamp, nonce),
            "timestamp": stamp,
            "nonce": nonce,
            "openid": openid,
            "encrypt_type": "aes",
            "msg_signature": crypt.sign(self.token, stamp, nonce, sealed),
        }
        return (
            f"POST /wechat?{urlencode(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body


def _rounds(people: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Everybody in turn, again and again, with the number of the round."""
    return ((number, openid) for number in itertools.count(1) for openid in people)
