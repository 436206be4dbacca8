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
            key = "relaying.some" if done is not None and done.left else "relaying.all"
            if done is not None and groups and not done.groups:
                key = "relaying.said_before"
        case intents.CannotRelay(reason=reason, number=number):
            done = await relay.cannot(rt, message.person, reason, number=number, at=message.at)
            key = "relaying.cannot"
    if done is None:
        return message.say(rt.words.say("relaying.none"))
    title = done.broadcast.title
    return message.say(rt.words.say(key, title=title, groups=done.groups, left=done.left))


async def not_hers(rt: Runtime, message: Member, intent: intents.NotMyGroup) -> Reply:
    """我不是群主: which group is meant, or that it is noted."""
    said = await relay.disown(rt, message.person, intent.words, message.at)
    names = rt.words.say("broadcast.separator").join(said.done or said.of)
    if said.done:
        return message.say(rt.words.say("relaying.not_hers", list=names))
    if said.of:
        return message.say(rt.words.say("relaying.which", n=len(said.of), list=names))
    return message.say(rt.words.say("relaying.no_groups"))
