"""The outside of a push (query, signature, encryption) and the inside of what the bot answered."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.sandbox import account, clock, crypto, xml


@dataclass(frozen=True, slots=True)
class Forge:
    """How a push shall differ from a genuine one, for tests of the bot's defences. The default is genuine.

    `signature`: good, bad or missing · `age_s`: seconds that the timestamp lies in the past · `app_id`: another receiver
    in the frame · `plaintext`: the body unencrypted although the mode is secure.
    """

    signature: str = "good"
    age_s: int = 0
    app_id: str | None = None
    plaintext: bool = False


GENUINE = Forge()


@dataclass(frozen=True, slots=True)
class Sealed:
    """One push ready to go: query string, body bytes and content type."""

    query: str
    body: bytes
    content_type: str


def seal(to: account.Account, text: str, openid: str, forge: Forge = GENUINE) -> Sealed:
    """Sign a body, and encrypt it when the account's mode asks for it. The timestamp is real time."""
    stamp = str(clock.real_ms() // 1000 - forge.age_s)
    nonce = str(secrets.randbelow(1_000_000_000))
    query = {
        "signature": crypto.signature(to.token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
    }
    if openid:
        query["openid"] = openid
    body = text
    if to.mode != "plain" and not forge.plaintext:
        encrypted = to.sealer.encrypt(text, receive_id=forge.app_id)
        query["encrypt_type"] = "aes"
        query["msg_signature"] = crypto.signature(to.token, stamp, nonce, encrypted)
        body = _outer(to, text, encrypted)
    if forge.signature != "good":
        for name in ("signature", "msg_signature"):
            if name in query and forge.signature == "bad":
                query[name] = query[name][::-1]
            else:
                query.pop(name, None)
    return Sealed(
        urlencode(query), body.encode(), "application/json" if to.form == "json" else "text/xml"
    )


def _outer(to: account.Account, text: str, encrypted: str) -> str:
    if to.mode == "compatible":
        try:
            return xml.render({**xml.parse(text), "Encrypt": encrypted}, to.form)
        except xml.BadBody:
            pass
    return xml.render({"ToUserName": to.original_id, "Encrypt": encrypted}, to.form)


class BadReply(ValueError):
    """An answer for which WeChat would show her 「该公众号暂时无法提供服务」; the text says why."""


def open_reply(to: account.Account, openid: str, raw: bytes) -> xml.Fields | None:
    """The passive reply inside an answer, or None for `success` and an empty body. Raises BadReply."""
    try:
        text = raw.decode().strip()
        if text in ("", "success"):
            return None
        fields = xml.parse(text)
        if to.mode == "secure" or (to.mode == "compatible" and "Encrypt" in fields):
            fields = xml.parse(_decrypt(to, fields))
    except (UnicodeDecodeError, xml.BadBody, crypto.BadFrame) as error:
        raise BadReply(str(error)) from error
    _check(to, openid, fields)
    return fields


def _decrypt(to: account.Account, fields: xml.Fields) -> str:
    parts = [
        str(fields.get(name, "")) for name in ("TimeStamp", "Nonce", "Encrypt", "MsgSignature")
    ]
    if not all(parts):
        raise BadReply("an encrypted reply needs Encrypt, MsgSignature, TimeStamp and Nonce")
    stamp, nonce, encrypted, given = parts
    if not crypto.matches(crypto.signature(to.token, stamp, nonce, encrypted), given):
        raise BadReply("MsgSignature does not match")
    return to.sealer.decrypt(encrypted)


_NEEDED = {
    "text": "Content",
    "image": "Image",
    "voice": "Voice",
    "video": "Video",
    "music": "Music",
    "news": "Articles",
    "transfer_customer_service": "MsgType",
}


def _check(to: account.Account, openid: str, fields: xml.Fields) -> None:
    kind = fields.get("MsgType")
    if kind not in _NEEDED:
        raise BadReply(f"unknown MsgType {kind!r}")
    if fields.get("ToUserName") != openid or fields.get("FromUserName") != to.original_id:
        raise BadReply("ToUserName must be the openid and FromUserName the account")
    if not str(fields.get("CreateTime", "")).isdigit():
        raise BadReply("CreateTime must be whole seconds")
    if not fields.get(_NEEDED[kind]):
        raise BadReply(f"{_NEEDED[kind]} is missing or empty")
    if kind == "text" and len(str(fields["Content"]).encode()) > 2048:
        raise BadReply("Content is longer than 2048 bytes")
