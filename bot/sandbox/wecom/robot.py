"""Group robots: /cgi-bin/webhook/send?key=, without token, receipt or repeat protection."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from typing import Any

from bot.sandbox import codes
from bot.sandbox.gate import OK, Call, Endpoint
from bot.sandbox.wecom import shorten
from bot.sandbox.world import ROBOT_SEND, World

# "群机器人配置说明", read 2026. Too long answers 93000, the same code as a dead key: only the text differs.
TOO_LONG = "Invalid input : content exceed max length"
_BYTES = {"text": 2048, "markdown": 4096, "markdown_v2": 4096}
_PICTURE = 2 << 20


def describe(call: Call) -> None:
    """The request as the group sees it: it names no recipient besides the key in the address."""
    kept = call.data | shorten.content(call.data, {})
    call.body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def send(world: World, call: Call) -> dict[str, Any]:
    """Post to a group: 93000 bad key or too long, 45009 over 20 a minute, 40008, 44004, 40058."""
    group = world.groups.get(call.who)
    kind = str(call.data.get("msgtype"))
    check = _CHECKS.get(kind)
    if check is None:
        raise codes.Refused(40008)
    content = call.data.get(kind)
    if not isinstance(content, dict):
        raise codes.Refused(40058)
    check(kind, content)
    group.pace(world.now())
    call.accepted = True
    return OK


def _text(kind: str, content: dict[str, Any]) -> None:
    text = content.get("content")
    if not isinstance(text, str) or not text:
        raise codes.Refused(44004)
    if len(text.encode()) > _BYTES[kind]:
        raise codes.Refused(93000, TOO_LONG)


def _image(kind: str, content: dict[str, Any]) -> None:
    try:
        picture = base64.b64decode(str(content.get("base64", "")), validate=True)
    except binascii.Error as error:
        raise codes.Refused(40058) from error
    if not picture or hashlib.md5(picture, usedforsecurity=False).hexdigest() != content.get("md5"):
        raise codes.Refused(40058)
    if len(picture) > _PICTURE:
        raise codes.Refused(40006)


def _news(kind: str, content: dict[str, Any]) -> None:
    articles = content.get("articles")
    if not isinstance(articles, list) or not 1 <= len(articles) <= 8:
        raise codes.Refused(40058)
    if not all(
        isinstance(item, dict) and item.get("title") and item.get("url") for item in articles
    ):
        raise codes.Refused(40058)


_CHECKS: dict[str, Callable[[str, dict[str, Any]], None]] = {
    "text": _text, "markdown": _text, "markdown_v2": _text, "image": _image, "news": _news,
}  # fmt: skip

ENDPOINTS = [
    Endpoint(
        ROBOT_SEND,
        send,
        method="POST",
        json=True,
        token=False,
        quota=False,
        who="key",
        describe=describe,
    )
]
