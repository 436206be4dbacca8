"""Control: do what a person does, and see how the bot answers."""

from __future__ import annotations

import asyncio
import base64
import binascii
from dataclasses import replace
from typing import Any

from bot.sandbox import envelope, push, talk, xml
from bot.sandbox.control.given import BadRequest, Given
from bot.sandbox.world import World

# The smallest PNG there is: one white dot.
_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="


async def say(world: World, given: Given) -> Any:
    """{openid, text, bizmsgmenuid?}: she types a line; answers {reply, text, status, raw, ms, attempts, problem}."""
    text = given.text("text")
    fields: xml.Fields = {"Content": text}
    if given.has("bizmsgmenuid"):
        fields["bizmsgmenuid"] = given.text("bizmsgmenuid")
    return (await talk.message(world, given.text("openid"), "text", fields, {"text": text})).show()


async def voice(world: World, given: Given) -> Any:
    """{openid, recognition}: she speaks; recognition is what the platform heard."""
    heard = given.text("recognition", "")
    fields = {"MediaId": "voice-" + str(world.now()), "Format": "amr", "Recognition": heard}
    return (
        await talk.message(world, given.text("openid"), "voice", fields, {"text": heard})
    ).show()


async def image(world: World, given: Given) -> Any:
    """{openid, url?, media_id?, file?}: she sends a picture; `file` (base64) is what media/get gives for it."""
    url = given.text("url", "http://127.0.0.1/picture.jpg")
    try:
        file = base64.b64decode(given.text("file", _DOT), validate=True)
    except binascii.Error as error:
        raise BadRequest("file is not base64") from error
    known = world.media.received(file, world.now())
    fields = {"PicUrl": url, "MediaId": given.text("media_id", known.media_id)}
    return (
        await talk.message(
            world, given.text("openid"), "image", fields, {"text": "[图片]", "url": url}
        )
    ).show()


async def message(world: World, given: Given) -> Any:
    """{openid, type, fields}: she sends a message of any other type (video, location, link, unknown ones)."""
    kind = given.text("type")
    return (
        await talk.message(world, given.text("openid"), kind, _fields(given), {"text": f"[{kind}]"})
    ).show()


async def event(world: World, given: Given) -> Any:
    """{openid, event, event_key?, fields?}: any event in her name."""
    name = given.text("event")
    fields: xml.Fields = {"EventKey": given.text("event_key")} if given.has("event_key") else {}
    return (
        await talk.event(world, given.text("openid"), name, {**fields, **_fields(given)}, name)
    ).show()


async def click(world: World, given: Given) -> Any:
    """{openid, key}: she taps a menu button of type click."""
    key = given.text("key")
    note = next((name for name, button_key in _buttons(world) if button_key == key), key)
    return (
        await talk.event(
            world, given.text("openid"), "CLICK", {"EventKey": key}, f"点了菜单「{note}」"
        )
    ).show()


async def follow(world: World, given: Given) -> Any:
    """{openid, scene?}: she follows the account, by a code when there is a scene."""
    return (await talk.follow(world, given.text("openid"), *_scene(world, given))).show()


async def unfollow(world: World, given: Given) -> Any:
    """{openid}: she leaves."""
    return (await talk.unfollow(world, given.text("openid"))).show()


async def scan(world: World, given: Given) -> Any:
    """{openid, scene | ticket}: she scans a code; SCAN for a follower, subscribe for anybody else."""
    scene, ticket = _scene(world, given)
    if not scene:
        raise BadRequest("scene or ticket is missing")
    return (await talk.scan(world, given.text("openid"), scene, ticket)).show()


def _buttons(world: World) -> list[tuple[str, str]]:
    top = (world.menu or {}).get("button", [])
    return [
        (item.get("name", ""), item.get("key", ""))
        for one in top
        for item in [one, *one.get("sub_button", [])]
    ]


def _fields(given: Given) -> xml.Fields:
    fields = given.values.get("fields", {})
    if not isinstance(fields, dict):
        raise BadRequest("fields must be an object")
    return fields


def _scene(world: World, given: Given) -> tuple[str, str]:
    ticket = given.text("ticket", "")
    if ticket or given.has("scene"):
        scene = given.text("scene", "")
        ticket = ticket or world.scenes.latest.get(scene, "")
        if ticket:
            made = world.scenes.live(ticket, world.now())
            if made is None:
                raise BadRequest("this code is unknown or has run out")
            return made.scene, made.ticket
        return scene, ""
    return "", ""


async def raw(world: World, given: Given) -> Any:
    """{body | fields, openid?, signature: good|bad|missing, age_s, app_id, plaintext, mode?, retries=0}: push anything."""
    fields = _fields(given)
    text = given.text("body", xml.render(fields, world.account.form) if fields else None)
    signature = given.text("signature", "good")
    if signature not in ("good", "bad", "missing"):
        raise BadRequest("signature is good, bad or missing")
    forge = envelope.Forge(
        signature=signature,
        age_s=given.number("age_s", 0),
        app_id=given.text("app_id") if given.has("app_id") else None,
        plaintext=given.flag("plaintext", fallback=False),
    )
    sender = replace(world.account, mode=_mode(world, given))
    openid = given.text("openid", str(fields.get("FromUserName", "")))
    sealed = envelope.seal(sender, text, openid, forge)
    parcel = push.Parcel(openid, sealed=sealed, retries=given.number("retries", 0))
    return (await world.pusher.deliver(parcel)).show()


def _mode(world: World, given: Given) -> str:
    mode = given.text("mode", world.account.mode)
    if mode not in ("secure", "plain", "compatible"):
        raise BadRequest("mode is secure, plain or compatible")
    return mode


async def repeat(world: World, given: Given) -> Any:
    """{push? | openid?, times=1, together=false}: send the very same bytes of a push again; answers {results}."""
    number = given.number("push", 0)
    if not number:
        openid = given.text("openid", "")
        number = next(
            (
                key
                for key in reversed(world.pusher.sent)
                if openid in ("", world.pusher.sent[key][0])
            ),
            0,
        )
    if number not in world.pusher.sent:
        raise BadRequest("there is no such push to repeat")
    openid, sealed = world.pusher.sent[number]
    sends = [
        world.pusher.deliver(push.Parcel(openid, sealed=sealed, retries=0))
        for _ in range(given.number("times", 1))
    ]
    if given.flag("together", fallback=False):
        results = await asyncio.gather(*sends)
    else:
        results = [await one for one in sends]
    return {"results": [result.show() for result in results]}


TABLE = [
    ("POST", "/control/say", say),
    ("POST", "/control/voice", voice),
    ("POST", "/control/image", image),
    ("POST", "/control/message", message),
    ("POST", "/control/event", event),
    ("POST", "/control/click", click),
    ("POST", "/control/follow", follow),
    ("POST", "/control/unfollow", unfollow),
    ("POST", "/control/scan", scan),
    ("POST", "/control/push", raw),
    ("POST", "/control/repeat", repeat),
]
