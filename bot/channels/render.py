"""Our answer to a push as XML or JSON, plain or in an encrypted envelope.

The forms: developers.weixin.qq.com/doc/subscription/guide/product/message/
Passive_user_reply_message.html, a copy read in November 2026. One tree gives both forms;
wechatpy's own rendering knows no JSON and lets `]]>` and control characters through.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.channels.base import Format
from bot.channels.typed import UNWRITABLE
from bot.core import reply as replies

SUCCESS = b"success"  # the platform's word for "taken, nothing to say"; never encrypted

Value = str | int | Mapping[str, "Value"]
Tree = Mapping[str, Value]


def text(reply: replies.Reply, *, to: str, sender: str, at: int, form: Format) -> bytes:
    """The plain answer from `sender` to `to`, made at `at` (epoch seconds); `success` if empty.

    An answer without a word would show her the platform's own fault message.
    """
    body = _body(reply)
    if not body:
        return SUCCESS
    head: Tree = {"ToUserName": to, "FromUserName": sender, "CreateTime": at}
    return render({**head, **body}, form)


def render(tree: Tree, form: Format) -> bytes:
    """The fields in this form, UTF-8, without what XML cannot hold."""
    if form is Format.JSON:
        return json.dumps(_clean(tree), ensure_ascii=False).encode()
    return f"<xml>{_xml(tree)}</xml>".encode()


def envelope(sealed: str, *, signature: str, at: int, nonce: str, form: Format) -> bytes:
    """What carries a sealed answer: base64, hex and numbers, in which there is nothing to clean."""
    if form is Format.JSON:
        tree = {"Encrypt": sealed, "MsgSignature": signature, "TimeStamp": at, "Nonce": nonce}
        return json.dumps(tree).encode()
    return (
        f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt>"
        f"<MsgSignature><![CDATA[{signature}]]></MsgSignature>"
        f"<TimeStamp>{at}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    ).encode("ascii")


def content_type(body: bytes) -> str:
    """The Content-Type of an answer, read off its bytes: a stored one needs no second column."""
    kind = {b"<": "application/xml", b"{": "application/json"}.get(body[:1], "text/plain")
    return f"{kind}; charset=utf-8"


def _body(reply: replies.Reply) -> Tree | None:
    match reply:
        case replies.TextReply(words) if UNWRITABLE.sub("", words).strip():
            return {"MsgType": "text", "Content": words}
        case replies.ImageReply(media_id):
            return {"MsgType": "image", "Image": {"MediaId": media_id}}
        case replies.NewsReply(title, description, pic_url, url):
            item = {"Title": title, "Description": description, "PicUrl": pic_url, "Url": url}
            return {"MsgType": "news", "ArticleCount": 1, "Articles": {"item": item}}
        case replies.TransferReply(str() as account):
            return {"MsgType": "transfer_customer_service", "TransInfo": {"KfAccount": account}}
        case replies.TransferReply():
            return {"MsgType": "transfer_customer_service"}
    return None


def _clean(value: Value) -> Value:
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    if isinstance(value, int):
        return value
    return {name: _clean(inner) for name, inner in value.items()}


def _xml(value: Value) -> str:
    if isinstance(value, str):
        # `]]>` would end the CDATA section: end it in between and open the next.
        text = UNWRITABLE.sub("", value).replace("]]>", "]]]]><![CDATA[>")
        return f"<![CDATA[{text}]]>"
    if isinstance(value, int):
        return str(value)
    return "".join([f"<{name}>{_xml(inner)}</{name}>" for name, inner in value.items()])
