"""The answer to 「是哪一个？」: the same question or order again, with the unit she chose."""

from __future__ import annotations

import dataclasses
from typing import Final

from bot.core import intents
from bot.core.reply import Reply
from bot.runtime import Runtime
from handlers.chat import (
    asking,
    chain,
    choosing,
    difficulty_list,
    missing,
    progress,
    report,
    weekly,
)
from handlers.chat.asking import Short, Standing
from handlers.chat.message import Member

ABOUT: Final = choosing.ABOUT
_KINDS: Final[dict[str, type[choosing.Intent]]] = {
    kind.__name__: kind for kind in choosing.Intent.__args__
}


async def answered(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """Go on with the unit of that number; one that has gone meanwhile is not found."""
    question, asked = standing
    codes = asked.data["units"]
    match said:
        case intents.Digit(number=number) if 1 <= number <= len(codes):
            code = codes[number - 1]
        case intents.Accept() if len(codes) == 1:
            code = codes[0]
        case intents.Deny() if len(codes) == 1:
            await asking.take(rt, question)
            return message.say(rt.words.say("question.dropped"))
        case _:
            return message.say(rt.words.say("question.again", sentence=asked.sentence))
    await asking.take(rt, question)
    before = _KINDS[asked.data["intent"]](**asked.data["fields"])
    intent = dataclasses.replace(before, unit_words=code)
    match intent:
        case intents.AskProgress() | intents.WhoIsSlow():
            return await progress.handle(rt, message, intent)
        case intents.Weekly() | intents.Material() | intents.Ledger():
            return await weekly.handle(rt, message, intent)
        case intents.AskRelay() | intents.WhoNotRelayed(places=True):
            return await chain.handle(rt, message, intent)
        case intents.WantReport():
            return await report.handle(rt, message, intent)
        case intents.DifficultyList():
            return await difficulty_list.handle(rt, message, intent)
        case _:
            return await missing.handle(rt, message, intent)
