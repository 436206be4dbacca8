"""转了, 转不了: what became of a notice in her groups."""

from __future__ import annotations

from bot.actions import relay
from bot.core import intents
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat.message import Member


async def handle(
    rt: Runtime, message: Member, intent: intents.Relayed | intents.CannotRelay
) -> Reply:
    """Count the proof, or note that it cannot be."""
    match intent:
        case intents.Relayed(groups=groups, people=people, number=number):
            done = await relay.relayed(
                rt, message.person, groups, people, number=number, at=message.at
            )
            if done is None:
                return message.say(rt.words.say("relaying.none"))
            key = "relaying.some" if done.left else "relaying.all"
        case intents.CannotRelay(reason=reason):
            done = await relay.cannot(rt, message.person, reason, message.at)
            if done is None:
                return message.say(rt.words.say("relaying.none"))
            key = "relaying.cannot"
    title = done.broadcast.title
    return message.say(rt.words.say(key, title=title, groups=done.groups, left=done.left))
