"""Pushes as a platform makes them; the encryption is wechatpy's, not ours, so that two bugs cannot agree."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from wechatpy.crypto import PrpCrypto

from bot.channels import wire
from bot.channels.base import Account, Format, Platform
from bot.core import inbound

NOW = datetime(2026, 7, 21, 8, 0, tzinfo=UTC)
SECONDS = str(int(NOW.timestamp()))
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PLAIN = Account("wechat", Platform.MP, "wx0123456789abcdef", "tokentoken", None, None)
SECURE = replace(PLAIN, aes_key=KEY)
WECOM = replace(SECURE, name="wecom", platform=Platform.WECOM, app_id="ww0123456789abcdef")
TEXT = {
    "ToUserName": "gh_0123456789ab",
    "FromUserName": "oAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "CreateTime": SECONDS,
    "MsgType": "text",
    "Content": "东山村新增执委12名",
    "MsgId": "7023456789012345678",
}
EVENT = {name: value for name, value in TEXT.items() if name not in {"Content", "MsgId"}} | {
    "MsgType": "event"
}


def body(fields: Mapping[str, object], form: Format) -> bytes:
    """A plain body in one of the two forms."""
    if form is Format.JSON:
        return json.dumps(fields, ensure_ascii=False).encode()
    inside = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items())
    return f"<xml>{inside}</xml>".encode()


def sign(*parts: str) -> str:
    """The platform's signature."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def query(account: Account, *, sealed: str | None = None, at: str = SECONDS) -> dict[str, str]:
    """The query of a push: the signature of the mode, or both as the platform sends them."""
    nonce = "1514711492"
    signs = {"signature": sign(account.token, at, nonce), "timestamp": at, "nonce": nonce}
    if sealed is not None:
        signs |= {
            "encrypt_type": "aes",
            "msg_signature": sign(account.token, at, nonce, sealed),
        }
    return signs


def seal(account: Account, text: bytes) -> str:
    """The text sealed for this account."""
    sealed: bytes = PrpCrypto(key_of(account)).encrypt(text, account.app_id)
    return sealed.decode()


def unseal(account: Account, sealed: str) -> str:
    """What the platform reads of our encrypted answer."""
    text: str = PrpCrypto(key_of(account)).decrypt(sealed, account.app_id)
    return text


def key_of(account: Account) -> bytes:
    """The 32 bytes of the account's key."""
    assert account.aes_key
    return base64.b64decode(account.aes_key + "=")


def push(account: Account, plain: bytes, form: Format) -> tuple[dict[str, str], bytes]:
    """Query and body as the platform pushes them to this account."""
    if account.aes_key is None:
        return query(account), plain
    sealed = seal(account, plain)
    envelope = {"ToUserName": TEXT["ToUserName"], "Encrypt": sealed}
    return query(account, sealed=sealed), body(envelope, form)


ACCOUNTS = {"plain": PLAIN, "secure": SECURE, "wecom": WECOM}
all_accounts = pytest.mark.parametrize("account", ACCOUNTS.values(), ids=ACCOUNTS.keys())
all_forms = pytest.mark.parametrize("form", Format)


def read(account: Account, fields: dict[str, str], form: Format = Format.XML) -> inbound.Inbound:
    """What our listener makes of these fields, pushed to this account."""
    asked, pushed = push(account, body(fields, form), form)
    return wire.Wire(account).read(asked, pushed, now=NOW).inbound
