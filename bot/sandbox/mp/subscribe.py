"""Subscription notices: sent to whoever agreed, consent used up, the outcome reported a moment later."""

from __future__ import annotations

import functools
from typing import Any

from bot.sandbox import codes, faults, xml
from bot.sandbox.gate import Call, Endpoint
from bot.sandbox.mp import template
from bot.sandbox.world import SUBSCRIBE_SEND, World


def send(world: World, call: Call) -> dict[str, Any]:
    """Send one: 40003, 40037, 41030, 47003, then 43101 without her consent."""
    data = call.data
    found = world.consents.get(data.get("template_id"))
    if not isinstance(data.get("touser"), str) or world.people.maybe(call.who) is None:
        raise codes.Refused(40003)
    page = data.get("page") or ""
    if not isinstance(page, str) or len(page.encode()) > 1024:
        raise codes.Refused(41030)
    found.check(data.get("data"))
    world.consents.check(call.who, found.template_id)
    call.msgid, call.accepted = world.take_msgid(), True
    if world.outcomes.enabled and world.pusher.target:
        _report(world, call, found.template_id)
    return {"errcode": 0, "errmsg": "ok", "msgid": call.msgid}


def _report(world: World, call: Call, template_id: str) -> None:
    rule = world.faults.pick(faults.OUTCOME, call.who)
    if rule is not None and rule.status == "none":
        return
    status = "success" if rule is None else rule.status or "failed"
    one = {
        "TemplateId": template_id,
        "MsgID": call.msgid,
        "ErrorCode": 0 if rule is None else 1,
        "ErrorStatus": status,
    }
    event: xml.Fields = {
        "Event": "subscribe_msg_sent_event",
        "SubscribeMsgSentEvent": {"List": one},
    }
    if world.outcomes.before_answer:
        call.before.append(functools.partial(world.outcomes.now, call.who, call.msgid, event))
    else:
        call.after.append(functools.partial(world.outcomes.later, call.who, call.msgid, event))


ENDPOINTS = [
    Endpoint(
        SUBSCRIBE_SEND, send, method="POST", json=True, who="touser", describe=template.describe
    )
]
