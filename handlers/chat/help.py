"""帮助, greetings, thanks, complaints, and what was not understood: what *she* can do, in three lines."""

from __future__ import annotations

from bot.core import access, intents
from bot.core.model import Level
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import hints, inherited
from handlers.chat.message import Member, Message

_Said = (
    intents.Help
    | intents.CannotUse
    | intents.Greeting
    | intents.Thanks
    | intents.SmallTalk
    | intents.Complaint
    | intents.UnknownService
)
Intent = _Said | intents.Unclear


async def handle(rt: Runtime, message: Member, intent: Intent) -> Reply:
    """A sentence for everything that asks for no deed; what the account said before us where we have none."""
    if isinstance(intent, intents.Unclear | intents.UnknownService):
        before = await inherited.answer(rt, message)
        if before is not None:
            return before
    if isinstance(intent, intents.Unclear):
        return message.say(await hints.not_understood(rt, message))
    key = _key(message, intent)
    example = await hints.whole(rt, message) if key == lines(message) else ""
    return message.say(rt.words.say(key, example=example or rt.words.say("help.example")))


def _key(message: Member, intent: _Said) -> str:
    match intent:
        case intents.Help() | intents.CannotUse():
            return lines(message)
        case intents.Greeting():
            return "chat.greeting"
        case intents.Thanks():
            return "chat.thanks"
        case intents.SmallTalk():
            return "chat.small_talk"
        case intents.Complaint():
            return "chat.complaint"
        case intents.UnknownService():
            return "chat.service"


def lines(message: Message) -> str:
    """The name of the three lines of what she can do."""
    if not isinstance(message, Member):
        return "help.public"
    if access.send_post(message.actor) is None:
        posts = message.person.posts
        own = any(post.waiting or access.report_post(message.actor, post.unit) for post in posts)
        return "help.member" if own else "help.admin"
    return "help.village" if message.home.level is Level.VILLAGE else "help.leader"
