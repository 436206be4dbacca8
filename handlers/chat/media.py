"""Voice nobody understood, pictures, films, places: how to say it so that it counts."""

from __future__ import annotations

from bot.core import inbound
from bot.core.reply import NoReply, Reply
from bot.runtime import Runtime
from handlers.chat.message import Message


async def handle(rt: Runtime, message: Message) -> Reply:
    """A short helpful text; nothing of it is recorded."""
    match message.inbound.what:
        case inbound.Voice():
            return message.say(rt.words.say("chat.voice"))
        case inbound.Image():
            return message.say(rt.words.say("chat.image"))
        case inbound.Video() | inbound.ShortVideo():
            return message.say(rt.words.say("chat.video"))
        case inbound.Location():
            return message.say(rt.words.say("chat.location"))
        case inbound.Link():
            return message.say(rt.words.say("chat.link"))
        case _:
            return NoReply()
