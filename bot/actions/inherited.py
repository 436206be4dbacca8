"""What the account did by itself before us, menu and auto-replies: read from the platform and kept for good."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.channels import account
from bot.core import autoreply
from bot.core.autoreply import Autoreplies
from bot.runtime import Runtime
from bot.store import metas
from config import menu

_REPLIES: Final = "autoreplies"
_MENU: Final = "website_menu"


async def look(rt: Runtime) -> Autoreplies:
    """Read the auto-replies of the back office and keep them; what was kept before and is off there now stays.

    Raises what the platform's refusal means.
    """
    told = await account.autoreplies(rt.channels.mp)
    async with rt.write() as c:
        kept = await metas.get(c, _REPLIES) or ""
        found = autoreply.merged(kept, told)
        if found != kept:
            await metas.put(c, _REPLIES, found)
    return autoreply.read(found)


async def replies(rt: Runtime) -> Autoreplies:
    """The auto-replies that were kept, none if YIHU_WECHAT_AUTOREPLIES says drop."""
    if rt.settings.wechat_autoreplies == "drop":
        return Autoreplies()
    async with rt.read() as c:
        return autoreply.read(await metas.get(c, _REPLIES) or "")


async def website_menu(rt: Runtime) -> tuple[bool, Sequence[Mapping[str, Any]]]:
    """Whether a menu made on the platform's website is up, and its buttons as last seen; they are kept.

    Raises what the platform's refusal means.
    """
    told = await account.self_menu(rt.channels.mp)
    buttons = [one for one in told.buttons if not _ours(one)]
    async with rt.write() as c:
        if buttons:
            await metas.put(c, _MENU, json.dumps(buttons, ensure_ascii=False))
            return told.open, buttons
        kept: list[Mapping[str, Any]] = json.loads(await metas.get(c, _MENU) or "[]")
    return False, kept


def below(button: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The buttons under a button, in whichever of the platform's two shapes."""
    found = button.get("sub_button") or []
    return found if isinstance(found, list) else found.get("list", [])


def _ours(button: Mapping[str, Any]) -> bool:
    keys = {one.get("key") for one in (button, *below(button))}
    return any(ours.key in keys for ours in menu.load())
