"""Voice nobody understood, pictures, films, places: how to say it so that it counts."""

from __future__ import annotations

from bot.core import inbound
from bot.core.reply import NoReply, Reply
from bot.runtime import Runtime
from handlers.chat import hints, item, photos
from handlers.chat.message import Member, Message


async def handle(rt: Runtime, message: Message) -> Reply:
    """A document she owes if it may be one; else a short helpful text, and nothing of it is recorded."""
    taken = None
    if isinstance(message, Member):
        taken = await photos.shown(rt, message) or await item.shown(rt, message)
    if taken is not None:
        return taken
    match message.inbound.what:
        case inbound.Voice():
            return message.say(await hints.unread(rt, message, "chat.voice"))
        case inbound.Image():
            return message.say(await hints.unread(rt, message, "chat.image"))
        case inbound.Video() | inbound.ShortVideo():
            return message.say(await hints.unread(rt, message, "chat.video"))
        case inbound.Location():
            return message.say(rt.words.say("chat.location"))
        case inbound.Link():
            return message.say(rt.words.say("chat.link"))
        case _:
            return NoReply()
