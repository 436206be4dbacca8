"""Puts up the account's menu where it has none; a menu that somebody else made is left alone."""

from __future__ import annotations

from bot import errors
from bot.channels import account
from bot.runtime import Runtime
from config import logs
from config import menu as buttons

_log = logs.get()


async def ensure(rt: Runtime) -> None:
    """Look once at the platform's menu and create ours if there is none; failing is only logged."""
    if not rt.settings.wechat_app_id:
        return
    ours = [{"type": "click", "name": button.name, "key": button.key} for button in buttons.load()]
    try:
        if not await account.menu(rt.channels.mp):
            await account.create_menu(rt.channels.mp, ours)
            _log.info("menu.created", buttons=len(ours))
    except errors.YihuError as error:
        _log.warning("menu.left", why=str(error))
