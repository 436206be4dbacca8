"""登记: a code or a QR code makes a WeChat account speak for a person; 不是我 undoes it."""

from __future__ import annotations

from bot import errors
from bot.actions import admit, enrol, offices
from bot.core import intents, invite
from bot.core.model import Unit
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import units
from handlers.chat import public
from handlers.chat.message import Member, Message

Intent = intents.Bind | intents.HowToBind | intents.NotMe | intents.WrongAccount


async def handle(rt: Runtime, message: Message, intent: Intent) -> Reply:
    """Register, undo, or say how to."""
    match intent:
        case intents.Bind(code=code, typed=typed):
            return await _bind(rt, message, code or typed)
        case intents.NotMe():
            if said := await admit.take_back(rt, message.follower.id):
                return message.say(said)
            try:
                return message.say(await enrol.not_me(rt, message.follower.id))
            except errors.Conflict as error:
                return message.say(str(error))
        case intents.HowToBind(why=why):
            return message.say(rt.words.say(f"bind.{why}"))
        case intents.WrongAccount():
            return message.say(rt.words.say("bind.wrong_account"))


async def scanned(rt: Runtime, message: Message, scene: str) -> Reply:
    """A QR code whose scene is an invitation registers in one scan; any other scene only welcomes."""
    if invite.read(scene) is None:
        return await public.welcome(rt, message)
    return await _bind(rt, message, scene)


async def _bind(rt: Runtime, message: Message, code: str) -> Reply:
    try:
        bound = await enrol.bind(rt, message.follower, code, message.now)
    except (errors.BadInput, errors.Conflict) as error:
        return message.say(str(error))
    return message.say(bound.text)


async def leaving(rt: Runtime, message: Member) -> Reply:
    """我不干了: the level above is asked to check; nothing is changed before it has."""
    post = message.person.posts[0]
    told = await _tell_above(rt, message, post.unit)
    key = "bind.leaving" if told else "bind.leaving_untold"
    above = told.display if told else ""
    return message.say(rt.words.say(key, unit=post.unit.display, title=post.title, above=above))


async def _tell_above(rt: Runtime, message: Member, unit: Unit) -> Unit | None:
    """The nearest unit above whose leaders are registered and have been told."""
    async with rt.read() as c:
        line = await units.ancestors(c, unit)
    name = message.person.name
    said = rt.words.say("bind.leaving_told", unit=unit.display, name=name)
    for above in reversed(line):
        if await offices.tell_leaders(rt, above, said):
            return above
    return None
