"""Customer-service messages, inside the windows that she opened."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox import codes
from bot.sandbox.gate import OK, Call, Endpoint
from bot.sandbox.world import CUSTOM_SEND, World

TEXT_BYTES = 2048  # the exact limit is not published; developers report 2048


def describe(call: Call) -> None:
    """The request without its recipient."""
    kept = {key: value for key, value in call.data.items() if key != "touser"}
    call.body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def send(world: World, call: Call) -> dict[str, Any]:
    """Send text, image, voice, news or msgmenu: 40003, 40008, 44004, 45002, 40007, then 45015 and 45047."""
    data = call.data
    if not isinstance(data.get("touser"), str) or call.who not in world.people.known:
        raise codes.Refused(40003)
    kind = str(data.get("msgtype"))
    check = _CHECKS.get(kind)
    if check is None:
        raise codes.Refused(40008)
    content = data.get(kind)
    if not isinstance(content, dict):
        raise codes.Refused(44004)
    check(world, content)
    world.people.known[call.who].spend(world.now())
    call.accepted = True
    return OK


def _text(world: World, content: dict[str, Any]) -> None:
    text = content.get("content")
    if not isinstance(text, str) or not text.strip():
        raise codes.Refused(44004)
    if len(text.encode()) > TEXT_BYTES:
        raise codes.Refused(45002)


def _picture(world: World, content: dict[str, Any]) -> None:
    world.media.get(content.get("media_id"), world.now(), "image")


def _voice(world: World, content: dict[str, Any]) -> None:
    world.media.get(content.get("media_id"), world.now(), "voice")


def _menu(world: World, content: dict[str, Any]) -> None:
    items = content.get("list")
    if not isinstance(items, list) or not items:
        raise codes.Refused(44004)
    for item in items:
        if not isinstance(item, dict) or not item.get("content") or "id" not in item:
            raise codes.Refused(40035)
    texts = [str(content.get("head_content", "")), str(content.get("tail_content", ""))]
    if len("".join([*texts, *(str(item["content"]) for item in items)]).encode()) > TEXT_BYTES:
        raise codes.Refused(45002)


def _news(world: World, content: dict[str, Any]) -> None:
    articles = content.get("articles")
    if not isinstance(articles, list) or len(articles) != 1 or not isinstance(articles[0], dict):
        raise codes.Refused(40035)
    if not articles[0].get("title"):
        raise codes.Refused(44004)


_CHECKS = {"text": _text, "image": _picture, "voice": _voice, "msgmenu": _menu, "news": _news}

ENDPOINTS = [Endpoint(CUSTOM_SEND, send, method="POST", json=True, who="touser", describe=describe)]
