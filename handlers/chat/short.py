"""Short answers: 对, 不对, 是11名, 算了, a digit, 确认发送; what they mean is decided by what stands open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.core import intents
from bot.core.intents import Open
from bot.core.reply import Reply, TextReply
from bot.runtime import Runtime
from handlers.chat import (
    asking,
    broadcast,
    chosen,
    control,
    correct,
    difficulty,
    doubts,
    hints,
    item,
    items,
    lines,
    newcomers,
    opinion,
    report,
    report_answers,
    unknowns,
)
from handlers.chat.asking import Short, Standing
from handlers.chat.message import Member

_OWNERS: Final[Mapping[str, Callable[[Runtime, Member, Standing, Short], Awaitable[Reply]]]] = {
    broadcast.ABOUT: broadcast.answered,
    control.ABOUT: control.answered,
    correct.ABOUT: correct.answered,
    difficulty.ABOUT: difficulty.answered,
    newcomers.ABOUT: newcomers.answered,
    opinion.ABOUT: opinion.answered,
    doubts.ABOUT: report_answers.answered,
    item.ABOUT: item.answered,
    items.ABOUT: items.answered,
    chosen.ABOUT: chosen.answered,
    unknowns.ABOUT: unknowns.answered,
}


_REASONS: Final = (control.ABOUT, correct.ABOUT, difficulty.ABOUT)
"""Who asks for a reason or a difficulty in her own words."""


async def handle(rt: Runtime, message: Member, standing: Standing | None, said: Short) -> Reply:
    """Give the answer to whoever asked; without a question explain, or mend what was recorded last."""
    if standing is None:
        return await _unasked(rt, message, said)
    question, asked = standing
    match asked.open, said:
        case Open.LIST, other if not isinstance(other, intents.Digit | intents.DropIt):
            return await _unasked(rt, message, other)
        case Open.TEXT, intents.Answer(text=text) if asked.about in _REASONS and (
            await lines.instead(rt, message, asked)
        ):
            return await _instead(rt, message, text)
        case _, intents.DropIt():
            await asking.take(rt, question)
            mending = asked.about == correct.ABOUT  # what stands recorded stays recorded
            key = "reporting.unchanged" if mending else "question.dropped"
            return message.say(rt.words.say(key))
        case Open.PREVIEW, intents.Accept() | intents.Digit():
            return message.say(rt.words.say("question.say_send"))
        case (Open.READBACK | Open.NUMBER | Open.CHOICE | Open.YESNO, intents.ConfirmSend()):
            return await again(rt, message, standing)
        case (Open.NUMBER | Open.CHOICE, intents.Accept()):
            return await again(rt, message, standing)
        case _:
            return await _OWNERS[asked.about](rt, message, standing, said)


async def _instead(rt: Runtime, message: Member, text: str) -> Reply:
    """A report in place of the reason she was asked for; what that was for is not done, and she is told so."""
    note = await asking.drop(rt, message) or rt.words.say("question.put_aside")
    reply = await report.handle(rt, message, intents.Report(text))
    if not isinstance(reply, TextReply) or len(reply.text) + len(note) >= message.limit:
        return reply
    return TextReply(f"{reply.text}\n{note}")


async def again(rt: Runtime, message: Member, standing: Standing) -> Reply:
    """The open question once more, when what she said does not answer it."""
    return message.say(rt.words.say("question.again", sentence=standing[1].sentence))


async def _unasked(rt: Runtime, message: Member, said: Short) -> Reply:
    match said:
        case intents.ConfirmSend():
            shown = await asking.last(rt, message, broadcast.SHOWN)
            sent = await asking.last(rt, message, broadcast.SENT)
            if shown is not None and (sent is None or sent.done_at_ms < shown.done_at_ms):
                title = shown.payload["title"]
                return message.say(rt.words.say("question.not_sent", title=title))
            if sent is not None:
                return message.say(rt.words.say("question.already_sent", n=sent.payload["number"]))
            return message.say(rt.words.say("question.nothing_to_send"))
        case intents.Accept():
            if await asking.last(rt, message, report.ACCEPTED) is not None:
                return message.say(rt.words.say("question.already"))
            return message.say(rt.words.say("question.nothing_open"))
        case intents.Deny(number=number):
            return await correct.handle(rt, message, intents.Correct("", number))
        case intents.DropIt():
            return message.say(rt.words.say("question.nothing_open"))
        case _:
            return message.say(await hints.not_understood(rt, message))
