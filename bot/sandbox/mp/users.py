"""Followers: one person's data and the list of openids."""

from __future__ import annotations

from typing import Any

from bot.sandbox import codes
from bot.sandbox.gate import Call, Endpoint
from bot.sandbox.world import World

PAGE = 10_000


def info(world: World, call: Call) -> dict[str, Any]:
    """What the platform tells about one openid (no nickname since 2021); 40003 when unknown."""
    person = world.people.known.get(call.who)
    if person is None:
        raise codes.Refused(40003)
    if not person.follows:
        return {"subscribe": 0, "openid": person.openid}
    return {
        "subscribe": 1,
        "openid": person.openid,
        "language": "zh_CN",
        "subscribe_time": person.followed_ms // 1000,
        "remark": "",
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_QR_CODE",
        "qr_scene": 0,
        "qr_scene_str": "",
    }


def listing(world: World, call: Call) -> dict[str, Any]:
    """Openids of followers, 10,000 a page."""
    everyone = [person.openid for person in world.people.known.values() if person.follows]
    after = call.query.get("next_openid", "")
    start = everyone.index(after) + 1 if after in everyone else 0
    page = everyone[start : start + PAGE]
    found: dict[str, Any] = {
        "total": len(everyone),
        "count": len(page),
        "next_openid": page[-1] if page else "",
    }
    return {**found, "data": {"openid": page}} if page else found


ENDPOINTS = [
    Endpoint("/cgi-bin/user/info", info, method="GET", who="openid"),
    Endpoint("/cgi-bin/user/get", listing, method="GET"),
]
