"""The menu under the chat: create, get, delete."""

from __future__ import annotations

from typing import Any

from bot.sandbox import codes
from bot.sandbox.gate import OK, Call, Endpoint
from bot.sandbox.world import MENU, World

# "自定义菜单" page, read 2026: three buttons, five below each; names 16 and 60 bytes, keys 128, addresses 1024.
_KEYED = {
    "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
}  # fmt: skip


def create(world: World, call: Call) -> dict[str, Any]:
    """Replace the menu; 40016-40020 for a bad button, 40023-40027 for a bad one below."""
    buttons = call.data.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise codes.Refused(40016)
    for button in buttons:
        _check(button)
    world.menu = {"button": buttons}
    world.journal.write(MENU, menu=world.menu)
    return OK


def _check(button: Any) -> None:
    if not isinstance(button, dict) or not _fits(button.get("name"), 16):
        raise codes.Refused(40018)
    below = button.get("sub_button")
    if not below:
        _check_action(button, kind=40017, key=40019, url=40020)
        return
    if not isinstance(below, list) or len(below) > 5:
        raise codes.Refused(40023)
    for item in below:
        if not isinstance(item, dict) or not _fits(item.get("name"), 60):
            raise codes.Refused(40025)
        _check_action(item, kind=40024, key=40026, url=40027)


def _fits(text: Any, limit: int) -> bool:
    return isinstance(text, str) and 0 < len(text.encode()) <= limit


def _check_action(button: dict[str, Any], *, kind: int, key: int, url: int) -> None:
    given = button.get("type")
    if given in _KEYED:
        if not _fits(button.get("key"), 128):
            raise codes.Refused(key)
    elif given in ("view", "miniprogram"):
        if not _fits(button.get("url"), 1024):
            raise codes.Refused(url)
    elif given not in ("media_id", "article_id"):
        raise codes.Refused(kind)


def get(world: World, call: Call) -> dict[str, Any]:
    """The menu; 46003 when there is none."""
    if world.menu is None:
        raise codes.Refused(46003)
    return {"menu": {"button": [{"sub_button": [], **button} for button in world.menu["button"]]}}


def delete(world: World, call: Call) -> dict[str, Any]:
    """Remove the menu."""
    world.menu = None
    world.journal.write(MENU, menu=None)
    return OK


def listed(buttons: list[dict[str, Any]]) -> dict[str, Any]:
    """Buttons in the shape that the website's menu is told in."""
    return {
        "button": [
            {"name": button["name"], "sub_button": {"list": below}}
            if (below := button.get("sub_button"))
            else dict(button)
            for button in buttons
        ]
    }


ENDPOINTS = [
    Endpoint("/cgi-bin/menu/create", create, method="POST", json=True),
    Endpoint("/cgi-bin/menu/get", get, method="GET"),
    Endpoint("/cgi-bin/menu/delete", delete, method="GET"),
]
