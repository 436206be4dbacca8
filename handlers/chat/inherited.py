"""Where we have no answer: what the account answered to keywords, and to anything, before us."""

from __future__ import annotations

from bot.actions import inherited
from bot.channels import registry
from bot.core import wording
from bot.core.autoreply import Autoreplies
from bot.core.reply import Reply, TextReply
from bot.runtime import Runtime
from handlers.chat.message import Message


async def replies(rt: Runtime, message: Message) -> Autoreplies:
    """The account's own; WeCom's app has none."""
    if message.inbound.account != registry.WECHAT:
        return Autoreplies()
    return await inherited.replies(rt)


async def answer(rt: Runtime, message: Message, *, default: bool = False) -> Reply | None:
    """The answer to a keyword in what she says; else, with `default`, the one to any message and whom to call."""
    found = await replies(rt, message)
    hit = found.answer(message.line, message.inbound.key)
    if hit is None and default and found.default:
        note = rt.words.say("public.help")
        room = wording.LIMIT - len(note) - 1
        return TextReply(f"{wording.shorten(found.default, room)}\n{note}")
    return hit
