"""意见: kept without any trace of who said it, as the answer promises."""

from __future__ import annotations

from bot.core import intents
from bot.core.intents import Open
from bot.core.model import Level
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import opinions, units
from handlers.chat import asking
from handlers.chat.asking import Asked
from handlers.chat.message import Member, Message

ABOUT = "opinion"


async def handle(rt: Runtime, message: Message, intent: intents.Opinion) -> Reply:
    """Keep the opinion under her county, or ask for it."""
    text = intent.text.strip()
    if not text:
        sentence = rt.words.say("opinion.ask")
        note = await asking.ask(rt, message, Asked(Open.TEXT, ABOUT, {}, "", sentence))
        return message.say(sentence, note)
    async with rt.write() as c:
        county: int | None = None
        if isinstance(message, Member):
            line = [*await units.ancestors(c, message.home), message.home]
            county = next((unit.id for unit in line if unit.level is Level.COUNTY), None)
        await opinions.add(c, county_unit_id=county, text=text)
    return message.say(rt.words.say("opinion.kept"))


async def answered(
    rt: Runtime, message: Member, standing: asking.Standing, intent: asking.Short
) -> Reply:
    """The words she was asked for."""
    if not await asking.take(rt, standing[0]):
        return message.say(rt.words.say("question.already"))
    match intent:
        case intents.Answer(text=text):
            return await handle(rt, message, intents.Opinion(text))
        case _:
            return message.say(rt.words.say("question.dropped"))
