"""12号通知有3人不知道收没收到: the author's answer, 1 再发 or 2 不再发."""

from __future__ import annotations

from typing import Final

from bot import errors
from bot.actions import settle
from bot.core import intents
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store.doubts import Decision
from handlers.chat import asking
from handlers.chat.asking import Short, Standing
from handlers.chat.message import Member

ABOUT: Final = settle.ABOUT
_CHOICES: Final = {1: Decision.AGAIN, 2: Decision.LEAVE}


async def answered(rt: Runtime, message: Member, standing: Standing, said: Short) -> Reply:
    """Act on the set that was kept when the question was asked."""
    question, asked = standing
    decision = _CHOICES.get(said.number) if isinstance(said, intents.Digit) else None
    if decision is None:
        return message.say(rt.words.say("question.again", sentence=asked.sentence))
    if not await asking.take(rt, question):
        return message.say(rt.words.say("question.already"))
    n = asked.data["number"]
    try:
        async with rt.db.savepoint():
            count = await settle.decide(rt, message.actor, n, decision)
    except errors.NotFound:
        return message.say(rt.words.say("notice.no_such", n=n))
    except errors.Conflict as error:
        return message.say(str(error))
    return message.say(rt.words.say(f"notice.unknown_{decision}", n=n, count=count))
