"""Temporary media: upload and download."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.sandbox import codes, media
from bot.sandbox.gate import Call, Endpoint
from bot.sandbox.world import World


def upload(world: World, call: Call) -> dict[str, Any]:
    """Keep the form part `media`; 40004, 41005, 40006, 40005."""
    content, content_type = media.file_part(call.raw, call.content_type)
    item = world.media.add(call.query.get("type", ""), content, content_type, world.now())
    call.body = f"{item.kind} {len(content)} bytes"
    return {"type": item.kind, "media_id": item.media_id, "created_at": world.now() // 1000}


def upload_news(world: World, call: Call) -> dict[str, Any]:
    """Keep articles under a media_id for mass messages; 40035, 44004."""
    articles = call.data.get("articles")
    if not isinstance(articles, list) or not 1 <= len(articles) <= 8:
        raise codes.Refused(40035)
    if not all(isinstance(item, dict) and item.get("title") for item in articles):
        raise codes.Refused(44004)
    item = world.media.keep("news", call.raw, "application/json", world.now())
    return {"type": item.kind, "media_id": item.media_id, "created_at": world.now() // 1000}


def get(world: World, call: Call) -> Response:
    """The bytes of a media_id; 41006, 40007."""
    item = world.media.get(call.query.get("media_id"), world.now())
    return Response(item.content, media_type=item.content_type)


ENDPOINTS = [
    Endpoint("/cgi-bin/media/upload", upload, method="POST"),
    Endpoint("/cgi-bin/media/uploadnews", upload_news, method="POST", json=True),
    Endpoint("/cgi-bin/media/get", get, method="GET"),
]
