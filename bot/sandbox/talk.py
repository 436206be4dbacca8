"""What a person does with the account: she speaks, taps, scans, follows; and what she gets to see of it."""

from __future__ import annotations

import secrets
from typing import Any

from bot.sandbox import feed, people, push, xml
from bot.sandbox.circles import Circle
from bot.sandbox.templates import Template
from bot.sandbox.world import SUBSCRIBE_SEND, TEMPLATE_SEND, World, body_of

OUT_OF_SERVICE = "该公众号暂时无法提供服务，请稍后再试"
# Menu types besides CLICK that open a customer-service window: "Customer Service Messages" page, read 2026.
OPENING = {"click", "scancode_push", "scancode_waitmsg", "subscribe", "scan"}


class NotFollowing(Exception):
    """She does not follow the account, so there is nothing she could tap or type."""


async def message(
    world: World, openid: str, kind: str, fields: xml.Fields, line: dict[str, Any]
) -> push.Result:
    """She sends a message of `kind`; it opens the 48 h window. Raises NotFollowing."""
    person = _follower(world, openid)
    person.open(people.MESSAGE, world.now())
    world.say(openid, {"from": "her", "kind": kind, "opens": people.MESSAGE, **line})
    return await _push(world, openid, {"MsgType": kind, **fields, "MsgId": world.take_msgid()})


async def event(world: World, openid: str, name: str, fields: xml.Fields, note: str) -> push.Result:
    """She causes an event; those of OPENING open the one-minute window. Raises NotFollowing."""
    person = _follower(world, openid)
    line: dict[str, Any] = {"from": "her", "kind": "event", "event": name, "text": note}
    if name.lower() in OPENING:
        person.open(people.ACTION, world.now())
        line["opens"] = people.ACTION
    world.say(openid, line)
    return await _push(world, openid, {"MsgType": "event", "Event": name, **fields})


async def follow(world: World, openid: str, scene: str = "", ticket: str = "") -> push.Result:
    """She follows the account, by a QR code when there is a scene."""
    person = world.people.meet(openid, world.now())
    person.follows, person.followed_ms = True, world.now()
    world.keep_person(person)
    fields: xml.Fields = {"EventKey": f"qrscene_{scene}" if scene else ""}
    if scene:
        fields["Ticket"] = ticket or "gQ" + secrets.token_urlsafe(60)
    return await event(
        world, openid, "subscribe", fields, "关注了公众号" + ("（扫码）" if scene else "")
    )


async def unfollow(world: World, openid: str) -> push.Result:
    """She leaves; nothing can be answered or sent to her any more."""
    person = _follower(world, openid)
    world.say(
        openid, {"from": "her", "kind": "event", "event": "unsubscribe", "text": "取消了关注"}
    )
    person.follows = False
    person.windows.clear()
    world.keep_person(person)
    return await _push(world, openid, {"MsgType": "event", "Event": "unsubscribe", "EventKey": ""})


async def scan(world: World, openid: str, scene: str, ticket: str) -> push.Result:
    """She scans a code with a scene: `subscribe` when she did not follow, `SCAN` when she does."""
    person = world.people.known.get(openid)
    if person is None or not person.follows:
        return await follow(world, openid, scene, ticket)
    fields = {"EventKey": scene, "Ticket": ticket or "gQ" + secrets.token_urlsafe(60)}
    return await event(world, openid, "SCAN", fields, "扫了二维码")


def forward(world: World, openid: str, circle: Circle, text: str) -> None:
    """She forwards a text to a group of hers; the account learns nothing of it."""
    at = world.now()
    circle.lines.append({"at": at, "text": text})
    world.journal.write("forward", key=circle.key, at=at, text=text)
    world.feed.add(at, feed.FORWARD, openid, circle.name)


def _follower(world: World, openid: str) -> people.Person:
    person = world.people.meet(openid, world.now())
    if not person.follows:
        raise NotFollowing
    return person


async def _push(world: World, openid: str, fields: xml.Fields) -> push.Result:
    fields = {
        "ToUserName": world.account.original_id,
        "FromUserName": openid,
        "CreateTime": world.now() // 1000,
        **fields,
    }
    result = await world.pusher.send(
        openid, push.Parcel(openid, xml.render(fields, world.account.form))
    )
    note_result(world, openid, result)
    return result


def note_result(world: World, openid: str, result: push.Result) -> None:
    """Write into her chat what she sees of the bot's answer to a push."""
    if result.reply is not None:
        reply = result.reply
        line = {
            "from": "account",
            "kind": reply["MsgType"],
            "text": reply.get("Content", ""),
            "passive": True,
        }
        if reply["MsgType"] != "text":
            line["fields"] = reply
        world.say(openid, line)
    elif result.problem and world.pusher.target:
        world.say(
            openid,
            {
                "from": "platform",
                "kind": "problem",
                "text": OUT_OF_SERVICE,
                "problem": result.problem,
            },
        )


def lines(world: World, openid: str, since: int) -> list[dict[str, Any]]:
    """Her chat from line number `since` (from 0): dicts with n, at, from, kind and what that kind needs."""
    person = world.people.known.get(openid)
    found = person.lines[since:] if person else []
    return [{"n": since + index, **_shown(world, line)} for index, line in enumerate(found, 1)]


def _shown(world: World, line: int | dict[str, Any]) -> dict[str, Any]:
    if isinstance(line, dict):
        return {key: value for key, value in line.items() if key != "opens"}
    entry = world.ledger.get(line)
    body = body_of(world, line)
    shown: dict[str, Any] = {"at": entry.at, "from": "account", "seq": entry.seq}
    if entry.endpoint in (TEMPLATE_SEND, SUBSCRIBE_SEND):
        own = world.templates if entry.endpoint == TEMPLATE_SEND else world.consents
        found = own.known.get(str(body.get("template_id"))) or Template("", title="")
        url = body.get("url") or body.get("page") or ""
        return {
            **shown,
            "kind": "template",
            "msgid": str(entry.msgid),
            "url": url,
            **found.card(body.get("data")),
        }
    kind = str(body.get("msgtype", "text"))
    content = body.get(kind)
    content = content if isinstance(content, dict) else {}
    return {**shown, "kind": kind, "text": str(content.get("content", "")), "content": content}


def text_of(world: World, seq: int) -> str:
    """What a recipient reads of ledger entry `seq`, as plain text."""
    shown = _shown(world, seq)
    if shown["kind"] == "template":
        rows = [f"{row['label'] or row['key']}：{row['value']}" for row in shown["rows"]]
        return "\n".join([shown["title"], *rows])
    return shown["text"] or world.ledger.body(seq)
