"""群众 and whoever is not registered: welcome, how to register, a short answer, her county's public figures."""

from __future__ import annotations

from bot.actions import running
from bot.core import intents, progress, wording
from bot.core.model import Level
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import units
from handlers.chat import figures, help, inherited  # noqa: A004 -- the subject is called 帮助
from handlers.chat.message import Member, Message


async def welcome(rt: Runtime, message: Message) -> Reply:
    """To a new follower; one who is registered already is told what she can do."""
    if isinstance(message, Member):
        return message.say(rt.words.say("public.back", unit=message.home.short))
    ours = rt.words.say("public.welcome", account=rt.settings.account_name)
    theirs = (await inherited.replies(rt, message)).follow
    if not theirs:
        return message.say(ours)
    room = message.limit - len(ours) - 2
    return message.say(f"{wording.shorten(theirs, room)}\n\n{ours}")


async def handle(rt: Runtime, message: Message, intent: intents.Intent) -> Reply:
    """A short answer to somebody who is not registered; nothing of it is recorded."""
    if isinstance(intent, intents.AskProgress) and message.person is None:
        return await _county(rt, message, intent.unit_words)
    key = _key(message, intent)
    if key in ("public.unclear", "chat.service"):
        before = await inherited.answer(rt, message, default=key == "public.unclear")
        if before is not None:
            return before
    return message.say(rt.words.say(key))


def _key(message: Message, intent: intents.Intent) -> str:
    match intent:
        case intents.Help() | intents.CannotUse() | intents.MyItems() | intents.WantReport():
            return help.lines(message)
        case intents.Greeting() | intents.Thanks() | intents.SmallTalk():
            return "public.greeting"
        case intents.UnknownService() | intents.Difficulty() | intents.AskDifficulty():
            return "chat.service"
        case intents.OptOut() | intents.OptIn():
            return "public.no_notices"
        case intents.Report() | intents.Correct():
            return "public.report" if message.person is None else "public.no_post"
        case intents.Unclear() | intents.Sticker() | intents.Complaint() | intents.Answer():
            return "public.unclear"
        case _:
            return "public.register" if message.person is None else "public.no_post"


async def _county(rt: Runtime, message: Message, words: str) -> Reply:
    """The totals of one county and nothing below or above it: that is what is public."""
    async with rt.read() as c:
        everywhere = [(0, 2**31 - 1)]
        found = await units.named(c, words, everywhere) if words else []
        counties = [unit for unit in found if unit.level is Level.COUNTY]
        if len(counties) != 1:
            return message.say(rt.words.say("public.which_county"))
    campaign = await running.one(rt, counties[0], message.at)
    if campaign is None:
        return message.say(rt.words.say("chat.no_campaign"))
    shown = await figures.all_of(rt, message, counties[0], campaign)
    lines = [progress.first_line(rt.words, one) for one in shown]
    ends = [figures.as_of(rt, message.now), figures.over(rt, campaign, message.now)]
    return message.say("\n".join(filter(None, [*lines, *ends])))
