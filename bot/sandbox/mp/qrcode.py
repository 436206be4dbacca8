"""QR codes with a scene: create, and the picture behind a ticket."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import segno
from starlette.responses import Response

from bot.sandbox import codes, scenes
from bot.sandbox.gate import Call, Endpoint
from bot.sandbox.world import World

_NUMBER = ("QR_SCENE", "QR_LIMIT_SCENE")
_TEXT = ("QR_STR_SCENE", "QR_LIMIT_STR_SCENE")


def create(world: World, call: Call) -> dict[str, Any]:
    """Make a temporary or permanent code; 40052 and 40053 for a bad request, 45029 over 100,000 permanent ones."""
    name = call.data.get("action_name")
    if name not in _NUMBER + _TEXT:
        raise codes.Refused(40052)
    scene = _scene(name, call.data.get("action_info"))
    if "LIMIT" in name:
        made = world.scenes.create(scene, None)
        answer: dict[str, Any] = {"ticket": made.ticket}
    else:
        seconds = call.data.get("expire_seconds", scenes.DEFAULT_SECONDS)
        if (
            isinstance(seconds, bool)
            or not isinstance(seconds, int)
            or not 1 <= seconds <= scenes.MAX_SECONDS
        ):
            raise codes.Refused(40053)
        made = world.scenes.create(scene, world.now() + seconds * 1000)
        answer = {"ticket": made.ticket, "expire_seconds": seconds}
    world.journal.write("scene", **asdict(made))
    call.body = f"{name} {scene}"
    return {**answer, "url": _url(call, made)}


def _url(call: Call, made: scenes.Scene) -> str:
    # The real one points to weixin.qq.com; this one to the sandbox, so that any phone can follow it.
    return f"{call.base}/q/{made.short}"


def _scene(name: str, info: Any) -> str:
    scene = info.get("scene") if isinstance(info, dict) else None
    if not isinstance(scene, dict):
        raise codes.Refused(40053)
    if name in _NUMBER:
        number = scene.get("scene_id")
        highest = 100_000 if "LIMIT" in name else 2**32 - 1
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= highest:
            raise codes.Refused(40053)
        return str(number)
    text = scene.get("scene_str")
    if not isinstance(text, str) or not 1 <= len(text) <= 64:
        raise codes.Refused(40053)
    return text


def show(world: World, call: Call) -> Response:
    """The picture of a ticket (PNG; the real one is JPEG); 404 when it is unknown or has run out."""
    made = world.scenes.live(call.query.get("ticket", ""), world.now())
    if made is None:
        return Response("ticket not found", status_code=404, media_type="text/plain")
    picture = io.BytesIO()
    segno.make(_url(call, made), error="m").save(picture, kind="png", scale=8)
    return Response(picture.getvalue(), media_type="image/png")


ENDPOINTS = [
    Endpoint("/cgi-bin/qrcode/create", create, method="POST", json=True),
    Endpoint("/cgi-bin/showqrcode", show, method="GET", token=False, quota=False),
]
