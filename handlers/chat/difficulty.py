"""困难 by number: raised by her, answered by the level above, solved or not, passed on, 销号."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot import errors
from bot.actions import difficulty
from bot.core import intents
from bot.core.intents import Open
from bot.core.reply import Reply
from bot.runtime import Runtime
from bot.store import difficulties
from handlers.chat import asking, dates
from handlers.chat.asking import Asked
from handlers.chat.message import Member

ABOUT: Final = "difficulty"
RAISE: Final = "raise"  # a text that may be a difficulty, to be accepted
_TEXT: Final = "text"  # the text of a difficulty is asked for
_ANSWER: Final = "answer"  # the text of an answer is asked for

Intent = (
    intents.Difficulty
    | intents.AnswerDifficulty
    | intents.Solved
    | intents.NotSolved
    | intents.CloseDifficulty
    | intents.TransferDifficulty
    | intents.AskDifficulty
)


async def handle(rt: Runtime, message: Member, intent: Intent) -> Reply:
    """Do what she says to the difficulty she means, or say why not."""
    try:
        async with rt.db.savepoint():
            return await _do(rt, message, intent)
    except errors.NotFound:
        return message.say(rt.words.say("trouble.no_such"))
    except errors.NotAllowed:
        return message.say(rt.words.say("trouble.not_yours"))
    except errors.Conflict:
        return message.say(rt.words.say("trouble.not_now"))


async def answered(
    rt: Runtime, message: Member, standing: asking.Standing, said: asking.Short
) -> Reply:
    """The words she was asked for, or yes to making a remark a difficulty."""
    question, asked = standing
    match asked.data["step"], said:
        case "raise", intents.Accept():
            await asking.take(rt, question)
            return await _raise(rt, message, asked.data["text"])
        case "raise", intents.Deny():
            await asking.take(rt, question)
            return message.say(rt.words.say("question.dropped"))
        case "text", intents.Answer(text=text):
            await asking.take(rt, question)
            return await handle(rt, message, intents.Difficulty(text))
        case "answer", intents.Answer(text=text):
            await asking.take(rt, question)
            number = asked.data["number"]
            return await handle(rt, message, intents.AnswerDifficulty(number, text))
        case _:
            return message.say(rt.words.say("question.again", sentence=asked.sentence))


async def _do(rt: Runtime, message: Member, intent: Intent) -> Reply:
    person, at = message.person, message.at
    match intent:
        case intents.Difficulty(text=text):
            if not text.strip():
                return await _ask(rt, message, {"step": _TEXT}, rt.words.say("trouble.ask"))
            return await _raise(rt, message, text)
        case intents.AnswerDifficulty(number=number, text=text):
            if not text.strip():
                data = {"step": _ANSWER, "number": number}
                return await _ask(rt, message, data, rt.words.say("trouble.ask_answer"))
            one, key = await difficulty.answer(rt, person, number, text, at), "trouble.answered"
        case intents.Solved(number=number):
            one, key = await difficulty.solved(rt, person, number, at), "trouble.solved"
        case intents.NotSolved(number=number):
            one, key = await difficulty.not_solved(rt, person, number, at), "trouble.not_solved"
        case intents.CloseDifficulty(number=number):
            one, key = await difficulty.close(rt, person, number, at), "trouble.closed"
        case intents.TransferDifficulty(number=number):
            one, key = await difficulty.transfer(rt, person, number, at), "trouble.passed"
        case intents.AskDifficulty(number=number):
            one = await difficulty.ask(rt, person, number)
            key = f"trouble.is_{one.state}"
    return message.say(_about(rt, key, one))


def _about(rt: Runtime, key: str, one: difficulties.Difficulty) -> str:
    return rt.words.say(
        key,
        n=one.id,
        unit=one.unit.short,
        text=one.text,
        owner=one.owner.display,
        answer=one.answer,
        due=dates.day(rt, one.due_on),
    )


async def _raise(rt: Runtime, message: Member, text: str) -> Reply:
    one = await difficulty.raise_(rt, message.person, text, message.at)
    return message.say(_about(rt, "trouble.raised", one))


async def _ask(rt: Runtime, message: Member, data: Mapping[str, object], sentence: str) -> Reply:
    note = await asking.ask(rt, message, Asked(Open.TEXT, ABOUT, data, "", sentence))
    return message.say(sentence, note)
