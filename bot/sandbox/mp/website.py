"""What the account's keeper set up on the platform's website: the auto-replies, and the menu while the program has none."""

from __future__ import annotations

from typing import Any

from bot.sandbox.gate import Call, Endpoint
from bot.sandbox.mp import menu
from bot.sandbox.world import World

_NONE = {"is_add_friend_reply_open": 0, "is_autoreply_open": 0}


def autoreplies(world: World, call: Call) -> dict[str, Any]:
    """The auto-replies as they were put in; none at first."""
    told: dict[str, Any] = world.website.get("autoreplies", _NONE)
    return told


def selfmenu(world: World, call: Call) -> dict[str, Any]:
    """The menu in the shape with `sub_button: {list: [...]}`: the program's own, else the website's."""
    if world.menu is not None:
        return {"is_menu_open": 1, "selfmenu_info": menu.listed(world.menu["button"])}
    told: dict[str, Any] = world.website.get("selfmenu", {"is_menu_open": 0})
    return told


ENDPOINTS = [
    Endpoint("/cgi-bin/get_current_autoreply_info", autoreplies, method="GET"),
    Endpoint("/cgi-bin/get_current_selfmenu_info", selfmenu, method="GET"),
]
