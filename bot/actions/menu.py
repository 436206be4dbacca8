"""Puts up the account's menu where it has none; a menu that somebody else made is left alone, and noted."""

from __future__ import annotations

from bot import errors
from bot.actions import inherited
from bot.channels import account
from bot.runtime import Runtime
from bot.store import database
from config import logs
from config import menu as buttons

_log = logs.get()


async def ensure(rt: Runtime) -> None:
    """Look once at what the account does by itself, keep it, create our menu if there is none.

    Failing is only logged: `yihu doctor` looks again.
    """
    if not rt.settings.wechat_app_id:
        return
    try:
        found = await inherited.look(rt)
        _log.info("autoreplies.kept", rules=len(found.rules))
    except (errors.YihuError, *database.Unavailable) as error:
        _log.warning("autoreplies.left", why=str(error))
    ours = [{"type": "click", "name": button.name, "key": button.key} for button in buttons.load()]
    try:
        if await account.menu(rt.channels.mp):
            return
        theirs, _ = await inherited.website_menu(rt)
        if theirs:
            _log.info("menu.left", why="one made on the website is up")
            return
        await account.create_menu(rt.channels.mp, ours)
        _log.info("menu.created", buttons=len(ours))
    except (errors.YihuError, *database.Unavailable) as error:
        _log.warning("menu.left", why=str(error))
