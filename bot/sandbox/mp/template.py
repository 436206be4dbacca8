"""Template messages: send, with its ten-minute repeat window, and the list of templates."""

from __future__ import annotations

import functools
import json
from typing import Any

from bot.sandbox import codes
from bot.sandbox.gate import Call, Endpoint
from bot.sandbox.world import TEMPLATE_SEND, World


def describe(call: Call) -> None:
    """The client_msg_id, and the request without recipient and id."""
    data = call.data
    kept = {
        key: data[key]
        for key in ("template_id", "url", "page", "miniprogram", "data")
        if key in data
    }
    call.body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    client_id = data.get("client_msg_id")
    call.dedupe = client_id if isinstance(client_id, str) else ""


def send(world: World, call: Call) -> dict[str, Any]:
    """Send one: 40003, 43004, 40037, 47003, 40039, 40165; a repeated client_msg_id gets its first msgid."""
    data = call.data
    if not isinstance(data.get("touser"), str) or not data["touser"]:
        raise codes.Refused(40003)
    found = world.templates.get(data.get("template_id"))
    person = world.people.follower(call.who, world.now())
    _check_links(data)
    found.check(data.get("data"))
    first = world.repeated(call.who, call.dedupe) if call.dedupe else None
    if first is not None:
        call.msgid, call.duplicate = first, True
    else:
        call.msgid, call.accepted = world.take_msgid(), True
        if world.outcomes.enabled and world.pusher.target:
            _report(world, call, world.outcomes.status_for(person))
    return {"errcode": 0, "errmsg": "ok", "msgid": call.msgid}


def _check_links(data: dict[str, Any]) -> None:
    url = data.get("url") or ""
    if not isinstance(url, str) or len(url.encode()) > 1024:
        raise codes.Refused(40039)
    program = data.get("miniprogram")
    if program and (not isinstance(program, dict) or not program.get("appid")):
        raise codes.Refused(40165)


def _report(world: World, call: Call, status: str | None) -> None:
    if status is None:
        return
    if world.outcomes.before_answer:
        call.before.append(functools.partial(world.outcomes.now, call.who, call.msgid, status))
    else:
        call.after.append(functools.partial(world.outcomes.later, call.who, call.msgid, status))


def listing(world: World, call: Call) -> dict[str, Any]:
    """All templates of the account."""
    items = [
        {
            "template_id": item.template_id,
            "title": item.title,
            "primary_industry": "政府与公共事业",
            "deputy_industry": "公共事业",
            "content": item.content,
            "example": "",
        }
        for item in world.templates.known.values()
    ]
    return {"template_list": items}


ENDPOINTS = [
    Endpoint(TEMPLATE_SEND, send, method="POST", json=True, who="touser", describe=describe),
    Endpoint("/cgi-bin/template/get_all_private_template", listing, method="GET"),
]
