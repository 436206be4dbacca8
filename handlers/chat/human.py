"""A human for her: 人工 at any time, and first of all when somebody is in danger."""

from __future__ import annotations

from bot.actions import tell
from bot.core import inbound, intent, intents, text
from bot.core.reply import Reply, TextReply, TransferReply
from bot.runtime import Runtime
from bot.store import followers, people
from config import danger
from handlers.chat import asking
from handlers.chat.message import Message

Intent = intents.Danger | intents.ContactMe | intents.Human
ASKED = "human"  # the deed of asking for a human: what the bot does not understand then goes to him


async def handle(rt: Runtime, message: Message, intent: Intent) -> Reply:
    """110, 12338 and the offer of a human for words of danger; a human at once for the rest."""
    match intent:
        case intents.Danger():
            return await _danger(rt, message)
        case intents.ContactMe():
            await _tell_named(rt)
            return await _hand_over(rt, message)
        case intents.Human():
            return await _hand_over(rt, message)


def has(message: Message) -> bool:
    """Whether a human has taken over: after words of danger everything goes straight to him."""
    until = message.follower.human_until_ms
    return until is not None and until > message.now_ms


def first_aid(rt: Runtime, said: inbound.Inbound) -> Reply | None:
    """What words of danger get when nothing else works, not even the database; None for other words."""
    match said.what:
        case inbound.Text(words) | inbound.Voice(str(words), _):
            in_danger = intent.is_danger(text.line(words), danger.load().words)
        case _:
            in_danger = False
    return TextReply(rt.words.say("human.danger")) if in_danger else None


async def asked(rt: Runtime, message: Message) -> bool:
    """Whether she asked for a human a moment ago: what the bot does not understand is meant for him."""
    return await asking.last(rt, message, ASKED, asking.HALF_HOUR) is not None


async def _danger(rt: Runtime, message: Message) -> Reply:
    until = message.now_ms + danger.load().human_minutes * asking.MINUTE
    async with rt.write() as c:
        await followers.human_until(c, message.follower.id, until)
    await _tell_named(rt)
    minutes = danger.load().human_minutes
    lines = rt.words.say("human.danger"), rt.words.say("human.then", minutes=minutes)
    return TextReply("\n".join(lines))


async def _tell_named(rt: Runtime) -> None:
    """Tell those the office named that somebody asks for help; nothing of who and what."""
    async with rt.write() as c:
        named = [await people.by_key(c, key) for key in danger.load().persons]
    for person in named:
        if person is not None:
            await tell.person(rt, person.id, rt.words.say("human.tell"))


async def _hand_over(rt: Runtime, message: Message) -> Reply:
    await asking.did(rt, message, ASKED, {})
    return transfer()


def transfer() -> Reply:
    """Hand her words to whoever is on duty."""
    return TransferReply(None)
