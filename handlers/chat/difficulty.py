"""困难 by number: raised by her, answered by the level above, solved or not, passed on, 销号."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot import errors
from bot.actions import difficulty
from bot.core import intents, wording
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
_MOST_TEXT: Final = 200  # characters of a difficulty, an answer, a reason
_NAMED: Final = 5  # when it is not plain which is meant
_SHORT: Final = 12
_STOPS: Final = "。.！!；; "
_SAYS: Final[Mapping[type, str]] = {
    intents.AnswerDifficulty: "answer",
    intents.Solved: "solved",
    intents.NotSolved: "not_solved",
    intents.CloseDifficulty: "close",
    intents.TransferDifficulty: "pass",
    intents.AskDifficulty: "ask",
}

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
    except errors.Several as several:
        return message.say(await _several(rt, intent, several.numbers))
    except errors.NotFound:
        return message.say(rt.words.say("trouble.no_such"))
    except errors.NotAllowed:
        return message.say(await _not_hers(rt, message, intent))
    except errors.Conflict:
        return message.say(await _too_late(rt, message, intent))


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
    match intent:
        case intents.Difficulty(text=text):
            if not text.strip():
                return await _ask(rt, message, {"step": _TEXT}, rt.words.say("trouble.ask"))
            if len(text) > _MOST_TEXT:
                return message.say(rt.words.say("trouble.long", most=_MOST_TEXT))
            return await _raise(rt, message, text)
        case intents.AnswerDifficulty(number=number, text=text) if not text.strip():
            data = {"step": _ANSWER, "number": number}
            return await _ask(rt, message, data, rt.words.say("trouble.ask_answer"))
        case intents.AnswerDifficulty(text=text) if len(text) > _MOST_TEXT:
            return message.say(rt.words.say("trouble.long", most=_MOST_TEXT))
        case _:
            one, key = await _step(rt, message, intent)
            return message.say(_about(rt, message, key, one))


async def _step(
    rt: Runtime, message: Member, intent: Intent
) -> tuple[difficulties.Difficulty, str]:
    """Take one step with a difficulty there is; how it stands now, and the sentence to say of it."""
    person, at = message.person, message.at
    match intent:
        case intents.AnswerDifficulty(number=number, text=text):
            return await difficulty.answer(rt, person, number, text, at), "trouble.answered"
        case intents.Solved(number=number):
            one = await difficulty.solved(rt, person, number, at)
            return one, f"trouble.solved{_top(one)}"
        case intents.CloseDifficulty(number=number):
            return await difficulty.close(rt, person, number, at), "trouble.closed"
        case intents.TransferDifficulty(number=number, to=to):
            return await difficulty.transfer(rt, person, number, at, to=to), "trouble.passed"
        case intents.NotSolved(number=number, reason=reason):
            reason = reason[:_MOST_TEXT]
            one = await difficulty.not_solved(rt, person, number, at, reason=reason)
            if one.state is difficulties.State.OPEN and not (reason and _top(one)):
                return one, "trouble.told" if reason else f"trouble.is_open{_why(one)}"
            return one, f"trouble.not_solved{_top(one)}{'_why' if reason else ''}"
        case _:
            asked = intent.number if isinstance(intent, intents.AskDifficulty) else None
            one = await difficulty.ask(rt, person, asked)
            return one, f"trouble.is_{one.state}{_why(one)}"


def _why(one: difficulties.Difficulty) -> str:
    """Behind a sentence's name where she has said what is still missing and nobody has answered that."""
    return "_why" if one.reason and one.state in difficulties.WAITING else ""


def _top(one: difficulties.Difficulty) -> str:
    """Behind a sentence's name where nobody stands above the unit that raised it."""
    return "_top" if one.owner.id == one.unit.id else ""


def _about(rt: Runtime, message: Member, key: str, one: difficulties.Difficulty) -> str:
    """The sentence with as much of the text, the reason or the answer as leaves room for what it promises."""
    rest = {
        "n": one.id,
        "unit": one.unit.short,
        "owner": one.owner.display,
        "due": dates.day(rt, one.due_on),
        "by": dates.promised(rt, one.due_on, message.now),
    }
    room = message.limit - len(rt.words.say(key, text="", answer="", reason="", **rest))
    reason = wording.shorten(one.reason, room // 2 if key.endswith("_why") else room)
    if key.endswith("_why"):
        room -= len(reason)
    text, answer = wording.shorten(one.text, room), wording.shorten(one.answer, room)
    said = {"text": text, "answer": answer, "reason": reason}
    return rt.words.say(key, **{name: it.rstrip(_STOPS) for name, it in said.items()}, **rest)


async def _several(rt: Runtime, intent: Intent, numbers: Sequence[int]) -> str:
    """Which she may mean, and how to say it."""
    async with rt.read() as c:
        some = [await difficulties.by_id(c, number) for number in numbers[:_NAMED]]
    named = [
        rt.words.say("trouble.several_one", n=one.id, text=wording.shorten(one.text, _SHORT))
        for one in some
        if one is not None
    ]
    said = rt.words.say(f"trouble.several_say_{_SAYS[type(intent)]}", n=numbers[0])
    comma = rt.words.say("analysis.comma")
    return rt.words.say("trouble.several", count=len(numbers), said=said, list=comma.join(named))


async def _not_hers(rt: Runtime, message: Member, intent: Intent) -> str:
    """Who has it, if it is not hers to answer, to pass on or to close."""
    owners = intents.AnswerDifficulty | intents.TransferDifficulty | intents.CloseDifficulty
    if not isinstance(intent, owners) or not intent.number:
        return rt.words.say("trouble.not_yours")
    return _about(
        rt, message, "trouble.of_another", await difficulty.ask(rt, message.person, intent.number)
    )


async def _too_late(rt: Runtime, message: Member, intent: Intent) -> str:
    """Why not: somebody has answered already, or it is settled."""
    number = getattr(intent, "number", None)
    if isinstance(intent, intents.AnswerDifficulty | intents.TransferDifficulty) and number:
        one = await difficulty.ask(rt, message.person, number)
        if one.state is difficulties.State.ANSWERED:
            return _about(rt, message, "trouble.quicker", one)
    return rt.words.say("trouble.not_now")


async def _raise(rt: Runtime, message: Member, text: str) -> Reply:
    one = await difficulty.raise_(rt, message.person, text, message.at)
    return message.say(_about(rt, message, f"trouble.raised{_top(one)}", one))


async def _ask(rt: Runtime, message: Member, data: Mapping[str, object], sentence: str) -> Reply:
    note = await asking.ask(rt, message, Asked(Open.TEXT, ABOUT, data, "", sentence))
    return message.say(sentence, note)
