"""WeCom's callback: always sealed, for a corp id; who pushes is named in each call, as one sandbox has one account.

Source: "接收消息" and "回调配置" pages of developer.work.weixin.qq.com (path/91144), copies read 2026.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from bot.sandbox import account, clock, crypto, push, xml
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.world import World


async def say(world: World, given: Given) -> Any:
    """{target, corp_id, token, aes_key, userid, text | fields}: a member writes to the corp's app."""
    more = given.values.get("fields") or {"MsgType": "text", "Content": given.text("text")}
    if not isinstance(more, dict):
        raise BadRequest("fields must be an object")
    who, userid = _corp(given), given.text("userid")
    fields: xml.Fields = {
        "ToUserName": who.app_id,
        "FromUserName": userid,
        "CreateTime": world.now() // 1000,
        **more,
        "AgentID": given.text("agent_id", "1000002"),
    }
    if fields["MsgType"] != "event":
        fields["MsgId"] = world.take_msgid()
    pusher = push.Pusher(who, given.text("target"), world.pusher.timing)
    await pusher.start()
    try:
        return (await pusher.deliver(push.Parcel(userid, xml.render(fields, "xml")))).show()
    finally:
        await pusher.stop()


async def verify(world: World, given: Given) -> Any:
    """{target, corp_id, token, aes_key}: the address is checked; answers {ok, status, ms}, ok only within 1 s."""
    who, proof = _corp(given), str(secrets.randbelow(10**18))
    echo, stamp, nonce = who.sealer.encrypt(proof), str(clock.real_ms() // 1000), "263014780"
    query = {
        "msg_signature": crypto.signature(who.token, stamp, nonce, echo),
        "timestamp": stamp,
        "nonce": nonce,
        "echostr": echo,
    }
    pusher = push.Pusher(who, given.text("target"))
    await pusher.start()
    began = time.perf_counter()
    try:
        status, body = await pusher.get(query)
    finally:
        await pusher.stop()
    took = time.perf_counter() - began
    return {"ok": body == proof and took < 1, "status": status, "ms": round(took * 1000)}


def _corp(given: Given) -> account.Account:
    try:
        sealer = crypto.Sealer(given.text("aes_key"), given.text("corp_id"))
    except ValueError as error:
        raise BadRequest(str(error)) from error
    corp = sealer.receive_id
    return account.Account(corp, "", given.text("token"), corp, "secure", "xml", sealer)


TABLE = [
    ("POST", "/control/wecom/say", say),
    ("POST", "/control/wecom/verify", verify),
]
