"""暂停接收 and 恢复接收: she decides whether notices reach her; her own questions are always answered."""

from __future__ import annotations

from bot.core import intents, period
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import people
from handlers.chat.message import Member


async def handle(rt: Runtime, message: Member, intent: intents.OptOut | intents.OptIn) -> Reply:
    """Stop or restart the notices to her."""
    async with rt.write() as c:
        match intent:
            case intents.OptOut():
                await people.pause(c, message.person.id, period.ms(message.at))
                return message.say(rt.words.say("subscription.paused"))
            case intents.OptIn():
                await people.resume(c, message.person.id)
                return message.say(rt.words.say("subscription.resumed"))
